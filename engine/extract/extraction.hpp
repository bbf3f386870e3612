// Extraction: what a client asked for of a datastore, as named arrays that are read while they are
// written out.
#pragma once

#include "engine/base/result.hpp"
#include "engine/extract/dtype.hpp"
#include "engine/output/datastore.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace oq::engine {

// Appends the packed elements of rows [first, first + count).
using ReadRows =
  std::function<Result<void>(std::size_t first, std::size_t count, std::string& out)>;

struct ExtractedArray {
  std::string name;               // "array", "all", "mean", "rlz-000"
  Dtype dtype;                    // of an element
  std::vector<std::size_t> shape; // the first axis is the rows; empty: a single value, one row
  ReadRows read;

  std::size_t rows() const { return shape.empty() ? 1 : shape.front(); }
  std::size_t row_bytes() const; // of what the axes after the first span
};

struct Extraction {
  std::vector<ExtractedArray> arrays;
  boost::json::object about; // what is not an array; the member `json` of an npz
};

// A name and the query behind it: hcurves?kind=mean&imt=PGA. Names may come several times.
using Parameters = std::vector<std::pair<std::string, std::string>>;
struct ExtractRequest {
  std::string what; // "hcurves", "agg_losses/structural", "sitecol/lon"
  Parameters parameters;
};

// What is read refers to `datastore`, which must outlive the extraction. Errc::not_found: no such
// name, or the calculation has no such data; Errc::invalid_input: a parameter that means nothing.
Result<Extraction> extract(const Datastore& datastore, const ExtractRequest& request);

// A job's options as a client reads them: those without a value are left out.
Extraction extraction_of(const boost::json::object& options);

// Ready arrays.
ExtractedArray packed_array(std::string name, Dtype dtype, std::vector<std::size_t> shape,
                            std::string bytes);
ExtractedArray byte_texts(std::string name, const std::vector<std::string>& texts); // "S"
ExtractedArray texts(std::string name, const std::vector<std::string>& texts);      // "U"
ExtractedArray single_number(std::string name, double value);

// Writes the rows in blocks, so that none is held longer than it takes.
template <class Write>
Result<void> for_each_block(const ExtractedArray& array, Write write) {
  constexpr std::size_t kBlockBytes = 1 << 20;
  const std::size_t step = array.row_bytes() == 0             ? array.rows() + 1
                           : array.row_bytes() >= kBlockBytes ? 1
                                                              : kBlockBytes / array.row_bytes();
  std::string block;
  for (std::size_t first = 0; first < array.rows(); first += step) {
    block.clear();
    OQ_CHECK(array.read(first, std::min(step, array.rows() - first), block));
    OQ_CHECK(write(block));
  }
  return {};
}

} // namespace oq::engine
