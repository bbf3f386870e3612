// EngineRoom: everything the actors ask of the engine and of files, as functions that a test
// replaces.
#pragma once

#include "actors/protocol.hpp"
#include "actors/shared_inputs.hpp"
#include "engine/base/result.hpp"
#include "engine/calculator/calculator.hpp"
#include "engine/output/export.hpp"
#include "store/calculation_store.hpp"
#include "store/notice_store.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace oq::actors {

// A submission's inputs in a folder of their own, not yet a calculation.
struct StagedJob {
  store::CalculationRecord record; // mode, description, parameters, ini…; no id yet
  std::filesystem::path folder;    // empty for a local ini
  std::optional<Error> error;      // why it cannot run; the record holds what was read before
  std::shared_ptr<const std::vector<store::NoticeTarget>> notify = {}; // null: nobody
};

// The datastore a calculation writes. Nothing is seen under its name before commit().
class ResultFile {
public:
  virtual ~ResultFile() = default;
  virtual engine::Datastore& datastore() = 0;
  // Size in bytes. Errc::unavailable: the disk refused, and there is no file.
  virtual Result<std::int64_t> commit() = 0;
};

// Results of single tasks of one plan, kept until the calculation ends so that a restart computes
// only the rest.
class KeptResults {
public:
  virtual ~KeptResults() = default;
  // Those that were kept, ascending; what is not whole or of another plan comes without a result.
  virtual std::vector<std::size_t> tasks() const = 0;
  virtual std::optional<engine::TaskResult> load(std::size_t task) const = 0;
  // Errc::unavailable when the disk refuses.
  virtual Result<void> keep(std::size_t task, const engine::TaskResult& result) = 0;
  virtual void remove() = 0;
};

// All of them block, and are called on threads that may.
struct EngineRoom {
  // Unpacks and reads a submission. Never fails as a whole: see StagedJob::error.
  std::function<StagedJob(const Submission&)> stage;
  // Gives the staged inputs their place as calculation `id`.
  std::function<Result<void>(const StagedJob&, CalculationId id)> settle;
  std::function<Result<std::unique_ptr<engine::Calculator>>(const store::CalculationRecord&,
                                                            engine::LogSink)>
    make_calculator;
  // The same for the plan of another node, which cut its sites into so many tiles. Null: plans have
  // no tiles here.
  std::function<Result<std::unique_ptr<engine::Calculator>>(const store::CalculationRecord&,
                                                            engine::LogSink, std::size_t tiles)>
    repeat_plan;
  // Whether a submission could run, and whether a text is an NRML document: errors name file:line.
  std::function<Result<void>(const Submission&)> check_job;
  std::function<Result<void>(const std::string& text)> check_nrml;
  // Whether clients may name this file, and its first 32 bytes have this checksum.
  std::function<bool(const std::string& path, std::uint32_t checksum)> has_file;
  std::function<Result<std::unique_ptr<ResultFile>>(const store::CalculationRecord&)>
    create_result_file;
  // Null: results of this calculation are not kept.
  std::function<std::unique_ptr<KeptResults>(const store::CalculationRecord&,
                                             const engine::Calculator&)>
    kept_results;
  std::function<std::vector<engine::OutputDescription>(const engine::Datastore&)> outputs_of;
  // One file for one output; several become a zip. Errc as engine::export_output.
  std::function<Result<FileAnswer>(const store::CalculationRecord&, const store::OutputRecord&,
                                   const std::string& format)>
    export_output;
  // One file for what is asked of the datastore. Errc as Extract says.
  std::function<Result<FileAnswer>(const store::CalculationRecord&, const Extract&)> extract;
  // The same file packed for its way; as it is when packing is not worth its time. Null: never.
  std::function<FileAnswer(const store::CalculationRecord&, FileAnswer, ContentCoding)> pack;
  // Where the calculation's datastore is, or would be.
  std::function<std::filesystem::path(const store::CalculationRecord&)> datastore_path;
  // Every option of the calculation's job as a JSON object.
  std::function<Result<std::string>(const store::CalculationRecord&)> oqparam;
  std::function<void(const store::CalculationRecord&)> remove_files;
  // Inputs on their way to another machine; see SharedInputs.
  std::function<Result<std::vector<SharedFile>>(const store::CalculationRecord&)> shared_files;
  std::function<Result<std::string>(const store::CalculationRecord&, const std::string& name,
                                    std::uint64_t offset, std::size_t size)>
    read_shared;
  std::function<Result<void>(const store::CalculationRecord&, const std::string& name,
                             std::uint64_t offset, const std::string& bytes)>
    write_shared;
};
using EngineRoomPtr = std::shared_ptr<const EngineRoom>;

using StoreFactory = std::function<Result<std::unique_ptr<store::CalculationStore>>()>;

} // namespace oq::actors
