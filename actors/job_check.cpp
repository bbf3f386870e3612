// Unpacks, reads every input, and takes everything away again.
#include "actors/job_check.hpp"

#include "engine/calculator/check_nrml.hpp"
#include "engine/job/own_hazard.hpp"

#include <array>
#include <filesystem>
#include <fstream>

namespace oq::actors {
namespace {

// A staged folder that nobody will settle.
class Leftover {
public:
  explicit Leftover(std::filesystem::path folder) : folder_(std::move(folder)) {}
  ~Leftover() {
    std::error_code ignored; // what stays is swept at the next start
    if (!folder_.empty())
      std::filesystem::remove_all(folder_, ignored);
  }
  Leftover(const Leftover&) = delete;
  Leftover& operator=(const Leftover&) = delete;

private:
  std::filesystem::path folder_;
};

// A risk job that starts from a hazard is as good as its options and paths: the rest depends on the
// hazard.
Result<void> check_inputs(const engine::Job& job) {
  if (engine::is_risk(job.mode) && !engine::has_own_hazard(job))
    return {};
  OQ_CHECK(engine::make_calculator({job, nullptr, {}}));
  return {};
}

Result<void> check_job(const Submission& submission, const StagingFolders& folders) {
  if (submission.local_ini) {
    OQ_TRY(const auto ini, named_by_client(*submission.local_ini, folders));
    OQ_TRY(const auto job,
           engine::read_job(ini, {.has_hazard = false, .confine_to = folders.open_to_clients}));
    return check_inputs(job);
  }
  OQ_TRY(const auto folder, new_staging_folder(folders));
  const Leftover leftover(folder);
  OQ_TRY(const auto ini, unpack(submission, folder));
  OQ_TRY(const auto job,
         engine::read_job(folder / ini, {.has_hazard = false, .confine_to = folder}));
  return check_inputs(job);
}

Result<void> check_text(const std::string& text, const StagingFolders& folders) {
  OQ_TRY(const auto folder, new_staging_folder(folders));
  const Leftover leftover(folder);
  const auto file = folder / "xml_text.xml";
  if (std::ofstream stream(file, std::ios::binary); !(stream << text).flush())
    return Error{Errc::unavailable, "the document cannot be stored", {}};
  return engine::check_nrml(file);
}

std::uint32_t adler32(std::string_view bytes) {
  constexpr std::uint32_t kModulus = 65521;
  std::uint32_t a = 1, b = 0;
  for (const char byte : bytes) {
    a = (a + static_cast<unsigned char>(byte)) % kModulus;
    b = (b + a) % kModulus;
  }
  return b << 16 | a;
}

bool has_file(const std::string& path, std::uint32_t checksum, const StagingFolders& folders) {
  const auto real = named_by_client(path, folders);
  std::error_code failed;
  if (!real || !std::filesystem::is_regular_file(*real, failed))
    return false;
  std::array<char, 32> begin{};
  std::ifstream stream(*real, std::ios::binary);
  stream.read(begin.data(), begin.size());
  return adler32({begin.data(), static_cast<std::size_t>(stream.gcount())}) == checksum;
}

} // namespace

void add_checks(EngineRoom& room, const StagingFolders& folders) {
  room.check_job = [folders](const Submission& submission) {
    return check_job(submission, folders);
  };
  room.check_nrml = [folders](const std::string& text) {
    return check_text(text, folders);
  };
  room.has_file = [folders](const std::string& path, std::uint32_t checksum) {
    return has_file(path, checksum, folders);
  };
}

} // namespace oq::actors
