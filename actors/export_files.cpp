// Exports into a folder that gets its final name when it is whole.
#include "actors/export_files.hpp"

#include "actors/npz_archive.hpp"
#include "actors/timestamps.hpp"
#include "actors/work_folder.hpp"
#include "engine/extract/extraction.hpp"
#include "engine/output/export.hpp"
#include "store/copy_groups.hpp"
#include "store/datastore_file.hpp"
#include "store/zip_archive.hpp"

#include <algorithm>
#include <vector>

namespace oq::actors {
namespace {

namespace fs = std::filesystem;
using Paths = std::vector<fs::path>;

// The format is a client's text and becomes part of a path.
bool is_plain_word(const std::string& text) {
  return !text.empty() && text.size() <= 16 && std::ranges::all_of(text, [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

// Goes into a header without quotes.
std::string header_safe(std::string name) {
  std::ranges::replace_if(
    name,
    [](unsigned char c) {
      return c <= ' ' || c >= 0x7f || c == '"' || c == ';' || c == '\\' || c == '/';
    },
    '_');
  return name;
}

Error disk_error(const std::error_code& error, const fs::path& where) {
  return {Errc::unavailable, error.message(), where.filename().string()};
}

Paths files_in(const fs::path& folder) {
  Paths found;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(folder, missing))
    found.push_back(entry.path());
  std::ranges::sort(found);
  return found;
}

Result<void> export_with(const engine::Datastore& datastore, const ExportOrder& order,
                         const fs::path& folder) {
  const auto written =
    engine::export_output(datastore, {.type = order.output.type,
                                      .format = order.format,
                                      .directory = folder,
                                      .calculation_id = order.record.id,
                                      .generated_by = order.generated_by,
                                      .start_date = export_time(order.record.started_at),
                                      .single_site_realizations = true,
                                      .copy_groups = store::copy_groups});
  return written ? Result<void>() : Result<void>(written.error());
}

// hcurves_12.npz
Result<void> export_npz(const engine::Datastore& datastore, const engine::ExtractRequest& request,
                        const ExportOrder& order, const fs::path& folder) {
  const auto parts = folder / "parts";
  std::error_code error;
  fs::create_directories(parts, error);
  if (error)
    return disk_error(error, parts);
  OQ_TRY(const auto extraction, engine::extract(datastore, request));
  OQ_CHECK(
    write_npz(extraction, parts,
              folder / (order.output.type + "_" + std::to_string(order.record.id) + ".npz")));
  fs::remove_all(parts, error);
  return error ? Result<void>(disk_error(error, parts)) : Result<void>();
}

Result<void> export_into(const fs::path& folder, const ExportOrder& order,
                         const store::CalculationFiles& files) {
  OQ_TRY(const auto datastore, store::DatastoreFile::open(files.datastore(order.record.id)));
  // Another node that shares the data directory may export the same at the same time.
  OQ_TRY(const auto work, WorkFolder::create(files.exporting()));
  const auto name = folder.filename().string();
  std::error_code error;
  fs::create_directory(work.path() / name, error);
  if (error)
    return disk_error(error, folder);
  const auto npz = npz_request(order.output.type);
  OQ_CHECK(order.format == "npz" && npz ? export_npz(*datastore, *npz, order, work.path() / name)
                                        : export_with(*datastore, order, work.path() / name));
  return work.give(name, folder);
}

Result<void> zip_into(const fs::path& archive, const std::vector<store::ZipMember>& members,
                      const store::CalculationFiles& files) {
  OQ_TRY(const auto work, WorkFolder::create(files.exporting()));
  const auto name = archive.filename().string();
  OQ_CHECK(store::make_zip(members, work.path() / name));
  return work.give(name, archive);
}

Result<fs::path> zipped(const fs::path& archive, const Paths& members,
                        const store::CalculationFiles& files) {
  std::error_code missing;
  if (fs::is_regular_file(archive, missing))
    return archive;
  std::vector<store::ZipMember> entries;
  for (const auto& member : members)
    entries.push_back({member, member.filename().string()});
  OQ_CHECK(zip_into(archive, entries, files));
  return archive;
}

// The inputs as they were uploaded; of a local job, its ini.
Result<FileAnswer> export_inputs(const ExportOrder& order, const store::CalculationFiles& files) {
  if (order.format != "zip")
    return invalid_input("the input files are exported as zip", "export_type");
  const auto inputs = files.inputs(order.record.id);
  std::vector<store::ZipMember> members;
  std::error_code missing;
  for (const auto& entry : fs::recursive_directory_iterator(inputs, missing))
    if (entry.is_regular_file(missing))
      members.push_back({entry.path(), entry.path().lexically_relative(inputs).generic_string()});
  if (members.empty())
    members.push_back({inputs / order.record.ini, fs::path(order.record.ini).filename().string()});
  const auto id = std::to_string(order.record.id);
  const auto archive = files.exports(order.record.id) / "input.zip";
  OQ_CHECK(zip_into(archive, members, files));
  return FileAnswer{archive, "output-" + std::to_string(order.output.id) + "-input_" + id + ".zip"};
}

} // namespace

Result<FileAnswer> export_files(const ExportOrder& order, const store::CalculationFiles& files) {
  if (!is_plain_word(order.format))
    return invalid_input("there is no such format", "export_type");
  if (order.output.type == kInputOutput)
    return export_inputs(order, files);
  const std::string name = order.output.type + "-" + order.format;
  const auto folder = files.exports(order.record.id) / name;
  std::error_code missing;
  if (!fs::is_directory(folder, missing)) {
    OQ_CHECK(export_into(folder, order, files));
  }
  const auto made = files_in(folder);
  const std::string prefix = "output-" + std::to_string(order.output.id) + "-";
  if (made.empty())
    return Error{Errc::not_found, "Nothing to export for export_type=" + order.format, {}};
  if (made.size() == 1)
    return FileAnswer{made.front(), header_safe(prefix + made.front().filename().string())};
  OQ_TRY(auto archive, zipped(files.exports(order.record.id) / (name + ".zip"), made, files));
  return FileAnswer{std::move(archive), header_safe(prefix + name + ".zip")};
}

} // namespace oq::actors
