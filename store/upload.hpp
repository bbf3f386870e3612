// From the files of a request to a calculation's inputs folder.
#pragma once

#include "engine/base/result.hpp"
#include "store/zip_archive.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace oq::store {

// A file that the HTTP side has spooled to disk.
struct UploadedFile {
  std::string field, filename; // as the client named them
  std::filesystem::path path;
};

struct UploadRequest {
  std::vector<UploadedFile> files; // in the order of the request
  std::string job_ini = {};        // the form's field, or empty
  bool on_hazard = false;          // `hazard_job_id` or `hazard_calc` was given
};

struct StoredInputs {
  std::string ini;                // path below the folder
  std::vector<std::string> files; // all, the ini too
};

// Fills `folder`, which exists and is empty; durable when it returns. The file of the field
// `archive` when it is one, or the only file when its name ends with .zip, is unpacked; other files
// are moved under their base names. Errors as extract_zip and choose_ini; the folder is empty again
// then.
Result<StoredInputs> store_inputs(const UploadRequest& request, const std::filesystem::path& folder,
                                  const ZipLimits& limits = {});

} // namespace oq::store
