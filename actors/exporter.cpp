// Looks an output up, checks that it may be had, and has it written.
#include "actors/exporter.hpp"

#include "actors/lifecycle.hpp"

#include <algorithm>

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

// The reason and the path asked for, as text: what clients show. Nothing of the server's own.
Answer nothing_of_that_name(const Extract& request, const Error& error) {
  Answer answer = error_answer(error);
  answer.media_type = MediaType::text;
  answer.body =
    std::make_shared<const std::string>(error.message + " in /v1/calc/" + std::to_string(request.id)
                                        + "/extract/" + request.what + "\n");
  return answer;
}

bool has_results(const store::CalculationRecord& record) {
  return is_success(parse_state(record.status).value_or(State::failed));
}

} // namespace

Result<store::OutputRecord> ExporterState::output_of(const Download& request) const {
  if (request.output_id != 0)
    return store_->output(request.output_id);
  OQ_TRY(const auto outputs, store_->outputs(request.calculation_id));
  const auto found = std::ranges::find(outputs, request.type, &store::OutputRecord::type);
  if (found == outputs.end())
    return Error{Errc::not_found, "the calculation has no output " + request.type, {}};
  return *found;
}

Result<void> ExporterState::open_store() {
  if (!store_) {
    OQ_TRY(store_, open());
  }
  return {};
}

Result<ExporterState::Found> ExporterState::find(const Download& request) {
  OQ_CHECK(open_store());
  Found found;
  OQ_TRY(found.output, output_of(request));
  OQ_TRY(found.record, store_->find(found.output.calculation_id));
  if (!visible(found.record, request.view))
    return Error{Errc::not_found, "there is no output " + std::to_string(request.output_id), {}};
  return found;
}

// Texts are packed when the client takes that; archives and datastores are already.
FileAnswer ExporterState::sent_as(FileAnswer file, const store::CalculationRecord& record,
                                  MediaType type, ContentCoding coding) const {
  const bool is_text = type == MediaType::json || type == MediaType::text || type == MediaType::xml
                       || type == MediaType::geojson;
  return is_text && room->pack ? room->pack(record, std::move(file), coding) : file;
}

Result<Answer> ExporterState::answer(const Download& request, const Found& found) const {
  const auto& [output, record] = found;
  auto file = room->export_output(record, output, request.format);
  if (!file && file.error().code == Errc::invalid_input)
    return no_exporter(output, request, file.error());
  // With several nodes it exists all the same: on a disk that is not here now.
  if (!file && links && file.error().code == Errc::not_found)
    return Error{Errc::unavailable, file.error().message, file.error().where};
  if (!file)
    return file.error();
  Answer answer;
  answer.media_type = media_type_of(file->path);
  answer.revision = static_cast<std::uint64_t>(record.revision);
  answer.file = sent_as(*std::move(file), record, answer.media_type, request.coding);
  return answer;
}

void ExporterState::download(const Download& request, const SinkPtr& sink) {
  const auto found = find(request);
  if (!found)
    return sink->deliver(error_answer(found.error()));
  if (!request.from_peer && has_files_elsewhere(links, found->record)) {
    auto by_id = request;
    by_id.output_id = found->output.id;
    return links->couriers->send_for(found->record.node, by_id, sink);
  }
  auto made = answer(request, *found);
  sink->deliver(made ? *std::move(made) : error_answer(made.error()));
}

Result<Answer> ExporterState::extract_here(const Extract& request,
                                           const store::CalculationRecord& record) const {
  auto file = room->extract(record, request);
  if (!file && file.error().code == Errc::invalid_input)
    return nothing_of_that_name(request, file.error());
  if (!file && links && file.error().code == Errc::not_found && has_results(record))
    return Error{Errc::unavailable, file.error().message, file.error().where};
  if (!file)
    return file.error();
  Answer answer;
  answer.media_type = request.form == ExtractForm::json ? MediaType::json : MediaType::npz;
  answer.revision = static_cast<std::uint64_t>(record.revision);
  answer.file = sent_as(*std::move(file), record, answer.media_type, request.coding);
  return answer;
}

void ExporterState::extract(const Extract& request, const SinkPtr& sink) {
  const auto opened = open_store();
  auto record =
    opened ? store_->find(request.id) : Result<store::CalculationRecord>(opened.error());
  if (record && !visible(*record, OutputView::modern))
    record = Error{Errc::not_found, "there is no calculation " + std::to_string(request.id), {}};
  if (!record)
    return sink->deliver(error_answer(record.error()));
  if (!request.from_peer && has_files_elsewhere(links, *record))
    return links->couriers->send_for(record->node, request, sink);
  auto made = extract_here(request, *record);
  sink->deliver(made ? *std::move(made) : error_answer(made.error()));
}

Exporter::behavior_type exporter(Exporter::stateful_pointer<ExporterState> self, StoreFactory open,
                                 EngineRoomPtr room, ClusterLinksPtr links) {
  auto& state = self->state;
  state.open = std::move(open);
  state.room = std::move(room);
  state.links = std::move(links);
  return {
    [&state](download_atom, const Download& request, const SinkPtr& sink) {
      state.download(request, sink);
    },
    [&state](extract_atom, const Extract& request, const SinkPtr& sink) {
      state.extract(request, sink);
    },
  };
}

} // namespace oq::actors
