// What outputs a calculation has, and how each becomes files in the layouts users know (api notes
// E).
#pragma once

#include "engine/output/datastore.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace oq::engine {

struct OutputDescription {
  std::string type;                 // datastore name: "hcurves"
  std::string name;                 // display name: "Hazard Curves"
  std::vector<std::string> formats; // in order of preference: "csv", "xml"
};

// Sorted by type; what `GET :id/results` lists.
std::vector<OutputDescription> outputs_of(const Datastore& datastore);

// All that can be exported: what lists leave out as well (the realizations when there is only one).
std::vector<OutputDescription> exports_of(const Datastore& datastore);

struct ExportRequest {
  std::string type;                // "hcurves"
  std::string format;              // "csv"
  std::filesystem::path directory; // exists
  std::int64_t calculation_id = 0; // the `_ID` of the file names
  std::string generated_by;        // "oq-engine-server 0.1.0"
  std::string start_date;          // "2026-11-23T00:52:37", for the comment line
  // With the curves of every realization of a single site, though nobody asked for them, and of
  // more than the first twelve realizations.
  bool single_site_realizations = false;
  // Copies groups of the datastore into an HDF5 file; without it there are no such exports.
  std::function<Result<void>(const Datastore&, const std::vector<std::string>& groups,
                             const std::filesystem::path&)>
    copy_groups = nullptr;
};

// Writes the files and returns their paths in order of name. Errc::not_found: no such output;
// Errc::invalid_input: no exporter for the format; Errc::unavailable: the disk refused.
Result<std::vector<std::filesystem::path>> export_output(const Datastore& datastore,
                                                         const ExportRequest& request);

} // namespace oq::engine
