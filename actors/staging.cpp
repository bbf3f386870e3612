// From uploaded files to a job that was read, or to the reason why it cannot be.
#include "actors/staging.hpp"

#include "actors/summary.hpp"
#include "engine/base/json.hpp"
#include "engine/job/job.hpp"
#include "engine/job/own_hazard.hpp"
#include "store/upload.hpp"

#include <algorithm>
#include <cstdlib>

namespace oq::actors {
namespace {

bool starts_from_hazard(const Submission& submission) {
  return submission.hazard_calculation_id || submission.hazard_output_id
         || submission.kind == SubmissionKind::seed_risk;
}

void describe(const engine::Job& job, const Submission& submission,
              store::CalculationRecord& record) {
  record.calculation_mode = engine::to_string(job.mode);
  record.is_risk = engine::is_risk(job.mode);
  record.description = job.description;
  auto parameters = record.is_risk ? engine::risk_parameters(job) : engine::hazard_parameters(job);
  if (submission.hazard_output_id)
    parameters["hazard_output"] = *submission.hazard_output_id;
  record.parameters = json_text(parameters);
  if (!record.hazard_calculation_id)
    record.hazard_calculation_id = job.hazard_calculation_id;
}

// The ini, and the folder that its inputs may not leave.
struct IniPlace {
  std::filesystem::path ini, confine_to;
};

Result<IniPlace> place_ini(const Submission& submission, const StagingFolders& folders,
                           StagedJob& staged) {
  if (!submission.local_ini) {
    OQ_TRY(staged.record.ini, unpack(submission, staged.folder));
    return IniPlace{staged.folder / staged.record.ini, staged.folder};
  }
  IniPlace place{std::filesystem::absolute(*submission.local_ini), {}};
  if (submission.names_local_ini) {
    OQ_TRY(place.ini, named_by_client(*submission.local_ini, folders));
    place.confine_to = folders.open_to_clients;
  }
  staged.record.ini = place.ini.string();
  return place;
}

Result<void> read(const Submission& submission, const StagingFolders& folders, StagedJob& staged) {
  OQ_TRY(const auto place, place_ini(submission, folders, staged));
  OQ_TRY(const auto job, engine::read_job(place.ini, {.has_hazard = starts_from_hazard(submission),
                                                      .confine_to = place.confine_to}));
  describe(job, submission, staged.record);
  if (staged.record.is_risk && !staged.record.hazard_calculation_id && !submission.hazard_output_id
      && !engine::has_own_hazard(job))
    return Error{Errc::invalid_input, "a risk calculation starts from a hazard calculation",
                 "hazard_calculation_id"};
  return {};
}

} // namespace

Result<std::string> unpack(const Submission& submission, const std::filesystem::path& folder) {
  store::UploadRequest request;
  for (const auto& file : submission.files)
    request.files.push_back({file.field, file.name, file.path});
  request.job_ini = submission.job_ini;
  request.on_hazard = starts_from_hazard(submission);
  OQ_TRY(auto stored, store::store_inputs(request, folder));
  return std::move(stored.ini);
}

Result<std::filesystem::path> new_staging_folder(const StagingFolders& folders) {
  auto pattern = (folders.incoming / "job-XXXXXX").string();
  if (!::mkdtemp(pattern.data()))
    return Error{Errc::unavailable, "cannot make a folder for the uploaded files",
                 folders.incoming.string()};
  return std::filesystem::path(pattern);
}

Result<std::filesystem::path> named_by_client(const std::filesystem::path& path,
                                              const StagingFolders& folders) {
  const Error closed{Errc::forbidden, "no such file is open to clients", path.filename().string()};
  if (folders.open_to_clients.empty())
    return closed;
  std::error_code failed;
  auto real = std::filesystem::canonical(path, failed);
  if (failed)
    return closed;
  const auto folder = std::filesystem::canonical(folders.open_to_clients, failed);
  const auto [left, inside] = std::mismatch(folder.begin(), folder.end(), real.begin(), real.end());
  if (failed || left != folder.end() || inside == real.end())
    return closed;
  return real;
}

StagedJob stage(const Submission& submission, const StagingFolders& folders) {
  StagedJob staged{.record = {}, .folder = {}, .error = {}};
  staged.record.is_risk = starts_from_hazard(submission);
  staged.record.hazard_calculation_id = submission.hazard_calculation_id;
  staged.record.calculation_mode = "unknown"; // unless the ini can be read
  staged.record.description = "no description";
  if (!submission.local_ini) {
    auto folder = new_staging_folder(folders);
    if (!folder) {
      staged.error = folder.error();
      return staged;
    }
    staged.folder = *std::move(folder);
  }
  if (const auto done = read(submission, folders, staged); !done)
    staged.error = done.error();
  return staged;
}

Result<void> settle(const StagedJob& staged, CalculationId id,
                    const store::CalculationFiles& files) {
  OQ_CHECK(files.create(id));
  if (staged.folder.empty())
    return {};
  std::error_code failed;
  std::filesystem::permissions(staged.folder, std::filesystem::perms(0755), failed);
  std::filesystem::rename(staged.folder, files.inputs(id), failed);
  if (failed)
    return Error{Errc::unavailable, "cannot keep the inputs: " + failed.message(),
                 files.inputs(id).string()};
  return {};
}

} // namespace oq::actors
