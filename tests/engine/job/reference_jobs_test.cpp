// Every job file of the reference collection is understood.
#include "engine/job/job.hpp"

#include <gmock/gmock.h>

#include <cstdlib>

namespace oq::engine {
namespace {

namespace fs = std::filesystem;

// What the collection contains: a misspelt type, files that were not collected, and a risk file
// that takes its exposure from the hazard calculation.
bool is_known_mistake(const Error& error) {
  return error.message.find("'SA(1.0'") != std::string::npos
         || error.message.find("there is no file") != std::string::npos
         || error.message.find("exposure_file is missing") != std::string::npos;
}

TEST(ReferenceJobs, AreAllRead) {
  const char* reference = std::getenv("OQ_REFERENCE_DIR");
  if (!reference)
    GTEST_SKIP() << "OQ_REFERENCE_DIR is not set: the reference job files are NOT read";
  int read = 0;
  for (const auto& entry : fs::recursive_directory_iterator(reference)) {
    if (entry.path().extension() != ".ini")
      continue;
    // Files of a second step need the hazard of a first; nothing tells them by their names.
    auto job = read_job(entry.path());
    if (!job)
      job = read_job(entry.path(), {.has_hazard = true});
    read += job ? 1 : 0;
    EXPECT_TRUE(job || is_known_mistake(job.error())) << entry.path() << ": " << job.error().text();
  }
  EXPECT_GT(read, 300);
}

} // namespace
} // namespace oq::engine
