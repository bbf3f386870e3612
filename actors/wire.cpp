// Numbers from elsewhere become enumerators only when there is one.
#include "actors/wire.hpp"

namespace oq::actors {
namespace {

Error strange(const char* what) {
  return {Errc::invalid_input, std::string("another node sent a strange ") + what, {}};
}

template <class Enum>
Result<Enum> enumerator(std::uint8_t number, Enum last, const char* what) {
  if (number > static_cast<std::uint8_t>(last))
    return strange(what);
  return static_cast<Enum>(number);
}

} // namespace

void add_wire_types(caf::actor_system_config& config) {
  config.add_message_type<WireQuestion>("oq.question");
  config.add_message_type<WireExtract>("oq.extract");
  config.add_message_type<WireFile>("oq.file");
  config.add_message_type<WireAnswer>("oq.answer");
}

WireQuestion to_wire(const Question& question) {
  return {static_cast<std::uint8_t>(question.kind), question.id, question.first, question.last,
          question.base ? *question.base : std::string()};
}

Result<Question> from_wire(const WireQuestion& question) {
  Question out;
  OQ_TRY(out.kind, enumerator(question.kind, QuestionKind::log_events, "question"));
  if (question.id <= 0)
    return strange("question");
  out.id = question.id;
  out.first = question.first;
  out.last = question.last;
  out.base = std::make_shared<const std::string>(question.base);
  out.from_peer = true;
  return out;
}

WireExtract to_wire(const Extract& extract) {
  WireExtract out{extract.id, extract.what, {}, static_cast<std::uint8_t>(extract.form)};
  for (const auto& [name, value] : extract.parameters)
    out.parameters.insert(out.parameters.end(), {name, value});
  return out;
}

Result<Extract> from_wire(const WireExtract& extract) {
  Extract out;
  OQ_TRY(out.form, enumerator(extract.form, ExtractForm::json, "extraction"));
  if (extract.id <= 0 || extract.parameters.size() % 2 != 0)
    return strange("extraction");
  out.id = extract.id;
  out.what = extract.what;
  for (std::size_t i = 0; i < extract.parameters.size(); i += 2)
    out.parameters.emplace_back(extract.parameters[i], extract.parameters[i + 1]);
  out.from_peer = true;
  return out;
}

WireAnswer to_wire(const Answer& answer) {
  WireAnswer out;
  out.code = static_cast<std::uint8_t>(answer.code);
  out.media_type = static_cast<std::uint8_t>(answer.media_type);
  out.message = answer.message;
  out.where = answer.where;
  out.has_body = static_cast<bool>(answer.body);
  if (answer.body)
    out.body = *answer.body;
  out.revision = answer.revision;
  return out;
}

Result<Answer> from_wire(const WireAnswer& answer) {
  Answer out;
  OQ_TRY(out.code, enumerator(answer.code, Errc::fenced, "answer"));
  OQ_TRY(out.media_type, enumerator(answer.media_type, MediaType::npz, "answer"));
  out.message = answer.message;
  out.where = answer.where;
  if (answer.has_body)
    out.body = std::make_shared<const std::string>(answer.body);
  out.revision = answer.revision;
  return out;
}

Result<Command> command_from_wire(std::uint8_t command) {
  return enumerator(command, Command::unshare, "command");
}

Result<OutputView> view_from_wire(std::uint8_t view) {
  return enumerator(view, OutputView::seed_risk, "download");
}

} // namespace oq::actors
