// What a datastore that has nothing better does: reads the whole array and gives a part of it.
#include "engine/output/datastore.hpp"

namespace oq::engine {
namespace {

// Copies the ranges of axes [axis, end); `size` is what the values from `at` on span.
template <class T>
void copy_part(const std::vector<T>& values, const std::vector<std::size_t>& shape,
               const std::vector<Range>& ranges, std::size_t axis, std::size_t at, std::size_t size,
               std::vector<T>& out) {
  const auto begin = values.begin() + static_cast<std::ptrdiff_t>(at);
  if (axis == ranges.size())
    return void(out.insert(out.end(), begin, begin + static_cast<std::ptrdiff_t>(size)));
  const std::size_t below = shape[axis] == 0 ? 0 : size / shape[axis];
  for (std::size_t i = 0; i < ranges[axis].count; ++i)
    copy_part(values, shape, ranges, axis + 1, at + (ranges[axis].first + i) * below, below, out);
}

} // namespace

bool fits(const std::vector<Range>& ranges, const std::vector<std::size_t>& shape) {
  if (ranges.size() > shape.size())
    return false;
  for (std::size_t axis = 0; axis < ranges.size(); ++axis)
    if (ranges[axis].first > shape[axis] || ranges[axis].count > shape[axis] - ranges[axis].first)
      return false;
  return true;
}

Result<Array> Datastore::describe(const std::string& key) const {
  OQ_TRY(auto array, get(key));
  std::visit(
    [](auto& values) {
      values.clear();
    },
    array.values);
  return array;
}

Result<Array> Datastore::get_part(const std::string& key, const std::vector<Range>& ranges) const {
  OQ_TRY(auto array, get(key));
  if (!fits(ranges, array.shape))
    return invalid_input("a part outside of the array", key);
  std::visit(
    [&](auto& values) {
      std::decay_t<decltype(values)> part;
      copy_part(values, array.shape, ranges, 0, 0, values.size(), part);
      values = std::move(part);
    },
    array.values);
  for (std::size_t axis = 0; axis < ranges.size(); ++axis)
    array.shape[axis] = ranges[axis].count;
  return array;
}

std::vector<std::string> Datastore::members(const std::string&) const {
  return {};
}

} // namespace oq::engine
