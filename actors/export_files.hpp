// One output as one file to download, made once and kept in the calculation's exports folder.
#pragma once

#include "actors/protocol.hpp"
#include "engine/base/result.hpp"
#include "store/calculation_files.hpp"
#include "store/calculation_store.hpp"

#include <string>

namespace oq::actors {

// The output whose only format is a zip of the calculation's input files.
inline constexpr const char* kInputOutput = "input";

struct ExportOrder {
  const store::CalculationRecord& record;
  const store::OutputRecord& output;
  const std::string& format;
  const std::string& generated_by;
};

// Several files become a zip. Errc as engine::export_output. One thread at a time for a
// calculation.
Result<FileAnswer> export_files(const ExportOrder& order, const store::CalculationFiles& files);

} // namespace oq::actors
