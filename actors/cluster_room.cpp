// Files that are fetched appear under their names when they are whole.
#include "actors/cluster_room.hpp"

#include "store/calculation_files.hpp"

#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>

namespace oq::actors {
namespace {

namespace fs = std::filesystem;

Error disk_refuses(const fs::path& path, const std::error_code& why) {
  return {Errc::unavailable, "the disk refuses: " + why.message(), path.string()};
}

Result<std::string> read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (!file.good() && !file.eof())
    return Error{Errc::unavailable, "an input cannot be read", path.string()};
  return bytes;
}

Result<void> write_file(const fs::path& path, const std::string& bytes) {
  std::error_code failed;
  fs::create_directories(path.parent_path(), failed);
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file)
    return disk_refuses(path, failed ? failed : std::make_error_code(std::errc::io_error));
  return {};
}

bool stays_inside(const fs::path& name) {
  const auto normal = name.lexically_normal();
  return !normal.empty() && normal.is_relative() && *normal.begin() != "..";
}

// The result of a node that was fenced in the meantime is not seen.
class FencedResultFile : public ResultFile {
public:
  FencedResultFile(std::unique_ptr<ResultFile> file, std::function<Result<void>()> check)
    : file_(std::move(file)), check_(std::move(check)) {}

  engine::Datastore& datastore() override { return file_->datastore(); }
  Result<std::int64_t> commit() override {
    OQ_CHECK(check_());
    return file_->commit();
  }

private:
  std::unique_ptr<ResultFile> file_;
  std::function<Result<void>()> check_;
};

// A database that is away for a moment is no reason to fail a calculation.
template <class Work>
auto patiently(const Work& work) -> decltype(work()) {
  constexpr int kMostTries = 60;
  constexpr std::chrono::milliseconds kPause{500};
  for (int tries = 1;; ++tries) {
    auto result = work();
    if (result || result.error().code != Errc::unavailable || tries == kMostTries)
      return result;
    std::this_thread::sleep_for(kPause);
  }
}

class ClusterFiles {
public:
  explicit ClusterFiles(const ClusterRoomSettings& settings)
    : settings_(settings), files_(settings.data_directory) {}

  // A local ini lies where it lies: nobody else can run it.
  Result<void> keep_inputs(const StagedJob& staged, CalculationId id) const {
    if (settings_.shared_data || staged.error || fs::path(staged.record.ini).is_absolute())
      return {};
    OQ_TRY(const auto store, settings_.open_store());
    const auto inputs = files_.inputs(id);
    for (const auto& entry : fs::recursive_directory_iterator(inputs)) {
      if (!entry.is_regular_file())
        continue;
      OQ_TRY(const auto bytes, read_file(entry.path()));
      OQ_CHECK(store->put_inputs(id, fs::relative(entry.path(), inputs).string(), bytes));
    }
    return {};
  }

  Result<void> fetch_missing(const store::CalculationRecord& record) const {
    if (settings_.shared_data)
      return {};
    OQ_CHECK(fetch_inputs(record));
    if (record.hazard_calculation_id)
      return fetch_datastore(*record.hazard_calculation_id);
    return {};
  }

  // A store that does not answer does not stop it: the change to `complete` is judged again, and
  // two nodes write the same numbers.
  Result<void> check_owner(const store::CalculationRecord& record) const {
    const auto cluster = settings_.open_cluster();
    if (!cluster)
      return {};
    const auto ours = (*cluster)->holds(record.id, settings_.node, record.epoch);
    if (ours && !*ours)
      return Error{Errc::fenced, "another node has taken the calculation over", {}};
    return {};
  }

private:
  Result<void> fetch_inputs(const store::CalculationRecord& record) const {
    std::error_code ignored;
    if (fs::path(record.ini).is_absolute()
        || fs::exists(files_.inputs(record.id) / record.ini, ignored))
      return {};
    OQ_TRY(const auto store, settings_.open_store());
    OQ_TRY(const auto inputs, store->get_inputs(record.id));
    if (inputs.empty())
      return Error{Errc::not_found, "the inputs of the calculation are gone", record.ini};
    fs::remove_all(files_.inputs(record.id), ignored); // half written, before a crash
    // The ini comes last: it says that all others are there.
    for (const bool ini : {false, true})
      for (const auto& input : inputs)
        if ((input.name == record.ini) == ini) {
          if (!stays_inside(input.name))
            return invalid_input("the inputs of the calculation lead out of its folder",
                                 input.name);
          OQ_CHECK(write_file(files_.inputs(record.id) / input.name, input.bytes));
        }
    fs::create_directories(files_.exports(record.id), ignored);
    return {};
  }

  Result<void> fetch_datastore(CalculationId id) const {
    std::error_code failed;
    const auto path = files_.datastore(id);
    if (fs::exists(path, failed))
      return {};
    OQ_TRY(const auto store, settings_.open_store());
    OQ_TRY(const auto parent, store->find(id));
    if (parent.node == settings_.node || !*settings_.bring)
      return {}; // whoever opens it says that it is missing
    OQ_TRY(const auto answer,
           (*settings_.bring)(
             parent.node, Question{.kind = QuestionKind::datastore, .id = id, .base = nullptr}));
    if (!answer.file)
      return Error{Errc::unavailable,
                   "the datastore of the hazard calculation cannot be had from node " + parent.node
                     + ": " + answer.message,
                   {}};
    fs::create_directories(path.parent_path(), failed);
    fs::rename(answer.file->path, path, failed);
    if (failed)
      return disk_refuses(path, failed);
    return {};
  }

  ClusterRoomSettings settings_;
  store::CalculationFiles files_;
};

} // namespace

EngineRoomPtr make_cluster_room(const EngineRoomPtr& room, const ClusterRoomSettings& settings) {
  const auto files = std::make_shared<const ClusterFiles>(settings);
  auto own = std::make_shared<EngineRoom>(*room);
  own->settle = [room, files](const StagedJob& staged, CalculationId id) -> Result<void> {
    OQ_CHECK(room->settle(staged, id));
    return files->keep_inputs(staged, id);
  };
  own->make_calculator =
    [room, files](const store::CalculationRecord& record,
                  engine::LogSink log) -> Result<std::unique_ptr<engine::Calculator>> {
    OQ_CHECK(patiently([&] {
      return files->fetch_missing(record);
    }));
    return room->make_calculator(record, std::move(log));
  };
  own->create_result_file =
    [room, files](const store::CalculationRecord& record) -> Result<std::unique_ptr<ResultFile>> {
    OQ_TRY(auto file, room->create_result_file(record));
    return std::unique_ptr<ResultFile>(
      std::make_unique<FencedResultFile>(std::move(file), [files, record] {
        return files->check_owner(record);
      }));
  };
  return own;
}

} // namespace oq::actors
