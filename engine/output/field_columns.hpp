// FieldColumns: the columns in which a datastore keeps ground-motion fields, one an intensity
// measure.
#pragma once

#include "engine/output/datastore.hpp"

#include <string>
#include <vector>

namespace oq::engine {

struct FieldColumns {
  std::vector<std::string> imts; // intensity measures, then what secondary perils give
  std::size_t secondary = 0;     // so many of the last are of secondary perils

  std::size_t computed() const noexcept { return imts.size() - secondary; }
  // "gmf_data/gmv_0"; of secondary perils "gmf_data/LiqProb".
  std::string key(std::size_t column) const;
};

// Their attributes as OpenQuake names them, which pandas and `gmfs_file` read: imts (separated by
// blanks), num_events, __pdcolumns__.
Result<void> store_field_columns(const FieldColumns& columns, std::size_t events,
                                 Datastore& datastore);

// Errc::not_found without fields, Errc::internal for those of programs before there were columns.
Result<FieldColumns> read_field_columns(const Datastore& datastore);

// Some rows of every column, row x column.
Result<std::vector<double>> read_field_rows(const Datastore& datastore, const FieldColumns& columns,
                                            Range rows);

} // namespace oq::engine
