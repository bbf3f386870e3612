// JobArchive: the files of a job as a client would pack or attach them, changed where a test wants
// it.
#pragma once

#include "e2e/http_client.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace oq::testing {

class JobArchive {
public:
  JobArchive() = default;
  // Every regular file of a folder.
  explicit JobArchive(const std::filesystem::path& folder);

  JobArchive& add(const std::string& name, const std::string& content);
  JobArchive& remove(const std::string& name);
  // Replaces the first place where `from` stands in a file; throws when it stands nowhere.
  JobArchive& replace(const std::string& name, const std::string& from, const std::string& to);
  // Gives an option of an ini another value.
  JobArchive& set(const std::string& ini, const std::string& option, const std::string& value);

  const std::string& content(const std::string& name) const { return files_.at(name); }
  // 1-based line of the first place where `text` stands.
  int line_of(const std::string& name, const std::string& text) const;

  void write_to(const std::filesystem::path& folder) const;
  std::string zip() const;
  // The zip as the form part that clients send.
  FormPart part() const { return {"archive", zip(), "job.zip"}; }
  // The files themselves, the ini in field `job_config`, others in `input_model_1`, …
  std::vector<FormPart> parts(const std::string& ini) const;

private:
  std::map<std::string, std::string> files_;
};

// A small zip with one member that unpacks to `size` zeros.
std::string zip_of_zeros(const std::string& name, std::uint64_t size);

// demos/NAME of this tree.
JobArchive demo(const std::string& name);
// One of some seconds of work, so that something can happen in its middle; its sources as points so
// far apart: half as far is four times the work.
JobArchive heavy_demo(const std::string& spacing_km = "2.0");
// One whose rates take much room: some 35 MiB when its sites are 1 km apart.
JobArchive wide_grid(const std::string& spacing_km);

} // namespace oq::testing
