// One extraction as one file to download, made once and kept beside the calculation's exports as
// long as there is room.
#pragma once

#include "actors/extract.hpp"
#include "actors/protocol.hpp"
#include "engine/base/result.hpp"
#include "engine/job/job.hpp"
#include "store/calculation_files.hpp"
#include "store/calculation_store.hpp"

#include <functional>

namespace oq::actors {

struct ExtractOrder {
  const store::CalculationRecord& record;
  const Extract& request;
  std::function<Result<engine::Job>()> read_job; // its options, when there are no results yet
};

// Errc::not_found: there are no results; Errc::invalid_input: there is nothing of that name, in the
// words that clients look for; Errc::unavailable: the disk refused. One thread at a time for a
// calculation, in each process.
Result<FileAnswer> extract_files(const ExtractOrder& order, const store::CalculationFiles& files);

} // namespace oq::actors
