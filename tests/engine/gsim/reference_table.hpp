// Reads a table of reference motions: inputs, the kind of result, a column an IMT.
#pragma once

#include "engine/gsim/one_pair.hpp"

#include <filesystem>
#include <optional>

namespace oq::engine::testing {

enum class Statistic { ln_mean, total, between, within };

struct ReferenceRow {
  std::size_t line = 0;
  OnePair inputs = {};
  Statistic statistic{};
  std::vector<double> expected = {}; // as ReferenceTable::imts; NaN where the table has nothing
};

struct ReferenceTable {
  std::vector<Imt> imts;
  std::uint64_t inputs = 0; // Needs that the table sets
  std::vector<ReferenceRow> rows;
};

// $OQ_REFERENCE_DIR/gsim, if it is set.
std::optional<std::filesystem::path> reference_directory();
ReferenceTable read_reference_table(const std::filesystem::path& path);

} // namespace oq::engine::testing
