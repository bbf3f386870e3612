// Packing with libzip, in a temporary file because libzip writes no other way that is as simple.
#include "e2e/job_archive.hpp"

#include "support/temporary_folder.hpp"

#include <zip.h>

#include <algorithm>
#include <stdexcept>

namespace oq::testing {
namespace {

class ZipWriter {
public:
  explicit ZipWriter(const std::filesystem::path& path) {
    archive_ = ::zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    if (!archive_)
      throw std::runtime_error("no zip at " + path.string());
  }
  void add(const std::string& name, zip_source_t* source) {
    if (::zip_file_add(archive_, name.c_str(), source, ZIP_FL_ENC_UTF_8) < 0)
      throw std::runtime_error(name + " cannot be packed");
  }
  void add(const std::string& name, const std::string& content) {
    add(name, ::zip_source_buffer(archive_, content.data(), content.size(), 0));
  }
  void close() {
    if (::zip_close(archive_) != 0)
      throw std::runtime_error("the zip cannot be written");
  }
  zip_t* archive() { return archive_; }

private:
  zip_t* archive_;
};

} // namespace

JobArchive::JobArchive(const std::filesystem::path& folder) {
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.is_regular_file())
      files_[entry.path().filename().string()] = file_text(entry.path());
  if (files_.empty())
    throw std::runtime_error("no files in " + folder.string());
}

JobArchive& JobArchive::add(const std::string& name, const std::string& content) {
  files_[name] = content;
  return *this;
}

JobArchive& JobArchive::remove(const std::string& name) {
  files_.erase(name);
  return *this;
}

JobArchive& JobArchive::replace(const std::string& name, const std::string& from,
                                const std::string& to) {
  auto& text = files_.at(name);
  const auto place = text.find(from);
  if (place == std::string::npos)
    throw std::runtime_error(from + " is not in " + name);
  text.replace(place, from.size(), to);
  return *this;
}

JobArchive& JobArchive::set(const std::string& ini, const std::string& option,
                            const std::string& value) {
  const auto& text = files_.at(ini);
  const auto start = text.find("\n" + option + " = ");
  if (start == std::string::npos)
    throw std::runtime_error(option + " is not in " + ini);
  const auto line = text.substr(start + 1, text.find('\n', start + 1) - start - 1);
  return replace(ini, "\n" + line + "\n", "\n" + option + " = " + value + "\n");
}

int JobArchive::line_of(const std::string& name, const std::string& text) const {
  const auto& content = files_.at(name);
  const auto place = content.find(text);
  if (place == std::string::npos)
    throw std::runtime_error(text + " is not in " + name);
  return 1
         + static_cast<int>(
           std::count(content.begin(), content.begin() + static_cast<std::ptrdiff_t>(place), '\n'));
}

void JobArchive::write_to(const std::filesystem::path& folder) const {
  for (const auto& [name, content] : files_)
    std::ofstream(folder / name, std::ios::binary) << content;
}

std::string JobArchive::zip() const {
  const TemporaryFolder folder;
  ZipWriter writer(folder / "job.zip");
  for (const auto& [name, content] : files_)
    writer.add(name, content);
  writer.close();
  return file_text(folder / "job.zip");
}

std::vector<FormPart> JobArchive::parts(const std::string& ini) const {
  std::vector<FormPart> parts{{"job_config", files_.at(ini), ini}};
  for (const auto& [name, content] : files_)
    if (!name.ends_with(".ini"))
      parts.push_back({"input_model_" + std::to_string(parts.size()), content, name});
  return parts;
}

std::string zip_of_zeros(const std::string& name, std::uint64_t size) {
  const TemporaryFolder folder;
  const auto zeros = folder.write("zeros", "");
  std::filesystem::resize_file(zeros, size); // sparse: takes no room
  ZipWriter writer(folder / "bomb.zip");
  writer.add(name, ::zip_source_file(writer.archive(), zeros.c_str(), 0, -1));
  writer.close();
  return file_text(folder / "bomb.zip");
}

JobArchive demo(const std::string& name) {
  return JobArchive(std::filesystem::path(OQ_SOURCE_DIR) / "demos" / name);
}

JobArchive heavy_demo(const std::string& spacing_km) {
  auto job = demo("hazard_area");
  job.set("job.ini", "region_grid_spacing", "4.0")
    .set("job.ini", "area_source_discretization", spacing_km)
    .set("job.ini", "width_of_mfd_bin", "0.1");
  return job;
}

JobArchive wide_grid(const std::string& spacing_km) {
  auto job = demo("hazard_area");
  std::string levels;
  for (const auto* imt : {"PGA", "SA(0.1)", "SA(0.2)", "SA(0.3)", "SA(0.5)", "SA(1.0)"})
    levels += (levels.empty() ? "{\"" : ", \"") + std::string(imt) + "\": logscale(0.005, 2.0, 60)";
  job.set("job.ini", "region_grid_spacing", spacing_km)
    .set("job.ini", "area_source_discretization", "40.0")
    .set("job.ini", "intensity_measure_types_and_levels", levels + "}");
  return job;
}

} // namespace oq::testing
