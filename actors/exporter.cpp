// Looks an output up, checks that it may be had, and has it written.
#include "actors/exporter.hpp"

#include "actors/lifecycle.hpp"

namespace oq::actors {
namespace {

bool visible(const store::CalculationRecord& record, OutputView view) {
  const State state = parse_state(record.status).value_or(State::failed);
  if (view == OutputView::modern)
    return state != State::deleted;
  return is_success(state) && record.is_risk == (view == OutputView::seed_risk);
}

MediaType media_type_of(const std::filesystem::path& path) {
  const auto ending = path.extension();
  if (ending == ".xml")
    return MediaType::xml;
  if (ending == ".geojson")
    return MediaType::geojson;
  if (ending == ".zip")
    return MediaType::zip;
  return ending == ".hdf5" ? MediaType::hdf5 : MediaType::text;
}

// The words that clients of the old service look for in the body.
Answer no_exporter(const store::OutputRecord& output, const Download& request, const Error& error) {
  Answer answer = error_answer(error);
  answer.message =
    "Could not export " + output.type + " in " + request.format + ": " + error.text();
  answer.media_type = MediaType::text;
  answer.body = std::make_shared<const std::string>("DataStoreExportError: " + answer.message);
  return answer;
}

} // namespace

Result<Answer> ExporterState::download(const Download& request) {
  if (!store_) {
    OQ_TRY(store_, open());
  }
  OQ_TRY(const auto output, store_->output(request.output_id));
  OQ_TRY(const auto record, store_->find(output.calculation_id));
  if (!visible(record, request.view))
    return Error{Errc::not_found, "there is no output " + std::to_string(request.output_id), {}};
  auto file = room->export_output(record, output, request.format);
  if (!file && file.error().code == Errc::invalid_input)
    return no_exporter(output, request, file.error());
  if (!file)
    return file.error();
  Answer answer;
  answer.media_type = media_type_of(file->path);
  answer.revision = static_cast<std::uint64_t>(record.revision);
  answer.file = *std::move(file);
  return answer;
}

Exporter::behavior_type exporter(Exporter::stateful_pointer<ExporterState> self, StoreFactory open,
                                 EngineRoomPtr room) {
  auto& state = self->state;
  state.open = std::move(open);
  state.room = std::move(room);
  return {
    [&state](download_atom, const Download& request, const SinkPtr& sink) {
      auto answer = state.download(request);
      sink->deliver(answer ? *std::move(answer) : error_answer(answer.error()));
    },
  };
}

} // namespace oq::actors
