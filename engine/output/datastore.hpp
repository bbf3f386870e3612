// Datastore: named arrays with attributes, what a calculation leaves behind. Keys and shapes are
// OpenQuake's.
#pragma once

#include "engine/base/result.hpp"

#include <boost/json/value.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace oq::engine {

// Flat values in C order. Strings are UTF-8.
using ArrayValues =
  std::variant<std::vector<float>, std::vector<double>, std::vector<std::int32_t>,
               std::vector<std::int64_t>, std::vector<std::uint8_t>, std::vector<std::string>>;

struct Array {
  std::vector<std::size_t> shape;
  ArrayValues values;
};

// Along one axis.
struct Range {
  std::size_t first = 0, count = 0;
};

using Attributes = std::map<std::string, boost::json::value>;

// "hcurves-stats" is a dataset; "sitecol/lon" a dataset in a group. An HDF5 file in the service,
// memory in tests. Not thread-safe; every call may fail with Errc::unavailable (disk full) or
// Errc::not_found.
class Datastore {
public:
  virtual ~Datastore() = default;
  virtual Result<void> put(const std::string& key, const Array& array) = 0;
  virtual Result<Array> get(const std::string& key) const = 0;
  // Attributes of a dataset or group; "" is the root.
  virtual Result<void> put_attributes(const std::string& key, const Attributes& attributes) = 0;
  virtual Result<Attributes> attributes(const std::string& key) const = 0;
  virtual bool contains(const std::string& key) const = 0;
  // Top-level keys, sorted.
  virtual std::vector<std::string> keys() const = 0;

  // An array of zeros, to be filled part by part: type and shape of `array`, whose values are not
  // looked at. Not for texts.
  virtual Result<void> create(const std::string& key, const Array& array);
  // Fills what get_part() would give. Errc::invalid_input for what lies outside, Errc::internal for
  // values of another type or number.
  virtual Result<void> put_part(const std::string& key, const std::vector<Range>& ranges,
                                const ArrayValues& values);

  // Type and shape of an array; its values are left empty.
  virtual Result<Array> describe(const std::string& key) const;
  // A part of an array: a range along each of the leading axes, all of the others.
  // Errc::invalid_input for what lies outside.
  virtual Result<Array> get_part(const std::string& key, const std::vector<Range>& ranges) const;
  // Names directly below a group, sorted; none of a dataset or of what is not there.
  virtual std::vector<std::string> members(const std::string& group) const;
};

// Whether there are as many axes and every range lies inside its own.
bool fits(const std::vector<Range>& ranges, const std::vector<std::size_t>& shape);

// What put_part() does to an array in memory.
Result<void> fill(Array& array, const std::string& key, const std::vector<Range>& ranges,
                  const ArrayValues& values);

std::unique_ptr<Datastore> make_memory_datastore();

} // namespace oq::engine
