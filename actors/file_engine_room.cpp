// Inputs, datastores and exports of calculations as folders and files.
#include "actors/file_engine_room.hpp"

#include "actors/export_files.hpp"
#include "actors/extract_files.hpp"
#include "actors/job_check.hpp"
#include "actors/npz_archive.hpp"
#include "actors/packed_files.hpp"
#include "actors/plan_identity.hpp"
#include "actors/staging.hpp"
#include "actors/timestamps.hpp"
#include "actors/work_folder.hpp"
#include "engine/base/json.hpp"
#include "engine/output/export.hpp"
#include "store/calculation_files.hpp"
#include "store/datastore_file.hpp"
#include "store/input_checksum.hpp"
#include "store/partial_results.hpp"

#include <algorithm>

namespace oq::actors {
namespace {

class HdfResultFile : public ResultFile {
public:
  HdfResultFile(std::unique_ptr<store::DatastoreFile> file, std::filesystem::path path)
    : file_(std::move(file)), path_(std::move(path)) {}

  engine::Datastore& datastore() override { return *file_; }
  Result<std::int64_t> commit() override {
    OQ_CHECK(file_->commit());
    std::error_code unknown;
    const auto size = std::filesystem::file_size(path_, unknown);
    return unknown ? std::int64_t{-1} : static_cast<std::int64_t>(size);
  }

private:
  std::unique_ptr<store::DatastoreFile> file_;
  std::filesystem::path path_;
};

class FileResults : public KeptResults {
public:
  explicit FileResults(store::PartialResults files) : files_(std::move(files)) {}

  std::vector<std::size_t> tasks() const override { return files_.tasks(); }
  std::optional<engine::TaskResult> load(std::size_t task) const override {
    return files_.load(task);
  }
  Result<void> keep(std::size_t task, const engine::TaskResult& result) override {
    return files_.write(task, result);
  }
  void remove() override { files_.remove(); }

private:
  store::PartialResults files_;
};

// A local job may be edited before it is run again: nothing of it is kept.
std::unique_ptr<KeptResults> kept_results(const store::CalculationFiles& files,
                                          const store::CalculationRecord& record,
                                          const engine::Calculator& plan,
                                          const std::string& program) {
  if (std::filesystem::path(record.ini).is_absolute())
    return nullptr;
  return std::make_unique<FileResults>(
    store::PartialResults(files.folder(record.id) / "partial",
                          {program, plan_fingerprint(record, plan), plan.task_count()}));
}

// A local ini is stored with its absolute path; an uploaded one is a name below the inputs.
Result<engine::Job> job_of(const store::CalculationFiles& files,
                           const store::CalculationRecord& record,
                           const std::filesystem::path& open_to_clients) {
  const bool local = std::filesystem::path(record.ini).is_absolute();
  const auto inputs = files.inputs(record.id);
  const auto ini = inputs / record.ini;
  std::error_code missing;
  if (record.ini.empty() || !std::filesystem::is_regular_file(ini, missing))
    return Error{Errc::not_found, "the inputs of the calculation are gone", record.ini};
  return engine::read_job(ini, {.has_hazard = record.hazard_calculation_id.has_value(),
                                .confine_to = local ? open_to_clients : inputs});
}

// What results are marked with: who made them, when, and from which inputs.
engine::Attributes origin_of(const store::CalculationFiles& files,
                             const store::CalculationRecord& record,
                             const FileEngineRoomSettings& settings) {
  const auto& program = settings.generated_by;
  engine::Attributes origin;
  origin["engine_version"] = program.substr(program.rfind(' ') + 1);
  origin["date"] = export_time(record.started_at);
  if (const auto job = job_of(files, record, settings.open_to_clients)) {
    std::vector<std::filesystem::path> inputs = {job->ini};
    for (const auto& [name, paths] : job->inputs)
      inputs.insert(inputs.end(), paths.begin(), paths.end());
    if (const auto checksum = store::crc32_of(inputs))
      origin["checksum32"] = static_cast<std::int64_t>(*checksum);
  }
  return origin;
}

Result<std::unique_ptr<ResultFile>> create_result_file(const store::CalculationFiles& files,
                                                       const store::CalculationRecord& record,
                                                       const FileEngineRoomSettings& settings) {
  const auto path = files.datastore(record.id);
  OQ_TRY(auto file, store::DatastoreFile::create(path));
  OQ_CHECK(file->put_attributes("", origin_of(files, record, settings)));
  return std::unique_ptr<ResultFile>(std::make_unique<HdfResultFile>(std::move(file), path));
}

// An output of every calculation: the files it was made from.
std::vector<engine::OutputDescription> outputs_of(const engine::Datastore& datastore) {
  auto outputs = engine::outputs_of(datastore);
  for (auto& output : outputs)
    if (npz_request(output.type)) // after csv, the format of tables
      output.formats.insert(std::ranges::find(output.formats, "xml"), "npz");
  outputs.push_back({kInputOutput, "Input Files", {"zip"}});
  std::ranges::sort(outputs, {}, &engine::OutputDescription::type);
  return outputs;
}

Result<std::unique_ptr<engine::Calculator>> make_calculator(const store::CalculationFiles& files,
                                                            const store::CalculationRecord& record,
                                                            engine::LogSink log,
                                                            const FileEngineRoomSettings& settings,
                                                            std::size_t tiles = 0) {
  OQ_TRY(auto job, job_of(files, record, settings.open_to_clients));
  for (const auto& warning : job.warnings)
    if (log)
      log(engine::LogLevel::warning, warning);
  std::shared_ptr<const engine::Datastore> hazard;
  if (record.hazard_calculation_id) {
    OQ_TRY(hazard, store::DatastoreFile::open(files.datastore(*record.hazard_calculation_id)));
    job.hazard_calculation_id = record.hazard_calculation_id;
  }
  return engine::make_calculator(
    {std::move(job), std::move(hazard), std::move(log), settings.memory, tiles});
}

} // namespace

EngineRoomPtr make_file_engine_room(const FileEngineRoomSettings& settings) {
  const store::CalculationFiles files(settings.data_directory);
  const StagingFolders staging{settings.data_directory / "incoming", settings.open_to_clients};
  sweep(staging.incoming);
  sweep(files.exporting());

  auto room = std::make_shared<EngineRoom>();
  room->stage = [staging](const Submission& submission) {
    return stage(submission, staging);
  };
  add_checks(*room, staging);
  room->settle = [files](const StagedJob& staged, CalculationId id) {
    return settle(staged, id, files);
  };
  room->make_calculator = [files, settings](const store::CalculationRecord& record,
                                            engine::LogSink log) {
    return make_calculator(files, record, std::move(log), settings);
  };
  room->repeat_plan = [files, settings](const store::CalculationRecord& record, engine::LogSink log,
                                        std::size_t tiles) {
    return make_calculator(files, record, std::move(log), settings, tiles);
  };
  room->create_result_file = [files, settings](const store::CalculationRecord& record) {
    return create_result_file(files, record, settings);
  };
  room->kept_results = [files, program = settings.generated_by](
                         const store::CalculationRecord& record, const engine::Calculator& plan) {
    return kept_results(files, record, plan, program);
  };
  room->outputs_of = outputs_of;
  room->export_output = [files, generated_by = settings.generated_by](
                          const store::CalculationRecord& record, const store::OutputRecord& output,
                          const std::string& format) {
    return export_files({record, output, format, generated_by}, files);
  };
  room->extract = [files, open = settings.open_to_clients](const store::CalculationRecord& record,
                                                           const Extract& request) {
    return extract_files({record, request,
                          [&files, &record, &open] {
                            return job_of(files, record, open);
                          }},
                         files);
  };
  room->pack = [files](const store::CalculationRecord& record, FileAnswer file,
                       ContentCoding coding) {
    return packed(std::move(file), record.id, coding, files);
  };
  room->datastore_path = [files](const store::CalculationRecord& record) {
    return files.datastore(record.id);
  };
  room->oqparam = [files, open = settings.open_to_clients](
                    const store::CalculationRecord& record) -> Result<std::string> {
    OQ_TRY(const auto job, job_of(files, record, open));
    return json_text(engine::oqparam(job));
  };
  room->remove_files = [files](const store::CalculationRecord& record) {
    std::ignore = files.remove(record.id); // nobody can reach them any more, whether or not it went
  };
  const SharedInputs shared(settings.data_directory);
  room->shared_files = [shared](const store::CalculationRecord& record) {
    return shared.list(record);
  };
  room->read_shared = [shared](const store::CalculationRecord& record, const std::string& name,
                               std::uint64_t offset, std::size_t size) {
    return shared.read(record, name, offset, size);
  };
  room->write_shared = [shared](const store::CalculationRecord& record, const std::string& name,
                                std::uint64_t offset, const std::string& bytes) {
    return shared.write(record, name, offset, bytes);
  };
  return room;
}

} // namespace oq::actors
