// JobFolder: a folder of small files for a test, gone afterwards.
#pragma once

#include "engine/job/job.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace oq::engine::testing {

class JobFolder {
public:
  JobFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "oq_job_XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~JobFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  JobFolder(const JobFolder&) = delete;
  JobFolder& operator=(const JobFolder&) = delete;

  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
    return path_ / name;
  }
  Result<Job> read(const std::string& ini, const ReadJobOptions& options = {}) const {
    return read_job(write("job.ini", ini), options);
  }
  const std::filesystem::path& path() const { return path_; }

private:
  std::filesystem::path path_;
};

// A classical job with everything it needs; the files are written beside it by make_files().
inline const std::string kSmallJob = R"ini([general]
description = Small
calculation_mode = classical
[geometry]
sites = 10.0 45.0
[calculation]
source_model_logic_tree_file = ssmlt.xml
gsim_logic_tree_file = gmmlt.xml
investigation_time = 50
intensity_measure_types_and_levels = {"PGA": [0.1, 0.2], "SA(0.1)": [0.1, 0.4]}
truncation_level = 3
maximum_distance = 200
)ini";

class SmallJobFolder : public JobFolder {
public:
  SmallJobFolder() {
    for (const char* name : {"ssmlt.xml", "gmmlt.xml", "exposure.xml", "vulnerability.xml"})
      write(name, "<nrml/>");
  }
  // The small job with a line behind it (line 13).
  Result<Job> read_with(const std::string& line, const ReadJobOptions& options = {}) const {
    return read(kSmallJob + line + "\n", options);
  }
};

} // namespace oq::engine::testing
