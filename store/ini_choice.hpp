// Which of the uploaded files is the job's ini: the rules of OpenQuake's servers, old and new.
#pragma once

#include "engine/base/result.hpp"

#include <string>
#include <vector>

namespace oq::store {

struct IniRequest {
  std::string job_ini = {}; // the form's field: the end of the ini's name, or empty
  bool on_hazard = false;   // the job starts from a hazard calculation
  std::vector<std::string> job_configs = {}; // files sent in the 2013 field `job_config`
};

// `files` in the order of the upload, relative paths. In turn: `job_ini`; the `job_config` file;
// the only ini; with a hazard calculation the first *risk.ini; the first job.ini, job_haz.ini or
// job_hazard.ini; the first ini. Errc::invalid_input when there is none.
Result<std::string> choose_ini(const std::vector<std::string>& files, const IniRequest& request);

} // namespace oq::store
