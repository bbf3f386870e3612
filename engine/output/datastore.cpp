// What a datastore that has nothing better does: reads the whole array and gives a part of it.
#include "engine/output/datastore.hpp"

#include <algorithm>

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

template <class T>
void fill_part(std::vector<T>& values, const std::vector<std::size_t>& shape,
               const std::vector<Range>& ranges, std::size_t axis, std::size_t at, std::size_t size,
               typename std::vector<T>::const_iterator& part) {
  if (axis == ranges.size()) {
    const auto end = part + static_cast<std::ptrdiff_t>(size);
    std::copy(part, end, values.begin() + static_cast<std::ptrdiff_t>(at));
    part = end;
    return;
  }
  const std::size_t below = shape[axis] == 0 ? 0 : size / shape[axis];
  for (std::size_t i = 0; i < ranges[axis].count; ++i)
    fill_part(values, shape, ranges, axis + 1, at + (ranges[axis].first + i) * below, below, part);
}

std::size_t values_in(const std::vector<std::size_t>& shape, const std::vector<Range>& ranges) {
  std::size_t count = 1;
  for (std::size_t axis = 0; axis < shape.size(); ++axis)
    count *= axis < ranges.size() ? ranges[axis].count : shape[axis];
  return count;
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

Result<void> Datastore::create(const std::string& key, const Array& array) {
  Array zeros = array;
  std::visit(
    [&](auto& values) {
      values.assign(values_in(array.shape, {}), {});
    },
    zeros.values);
  return put(key, zeros);
}

Result<void> fill(Array& array, const std::string& key, const std::vector<Range>& ranges,
                  const ArrayValues& values) {
  if (!fits(ranges, array.shape))
    return invalid_input("a part outside of the array", key);
  return std::visit(
    [&](auto& all) -> Result<void> {
      using Values = std::decay_t<decltype(all)>;
      const auto* const part = std::get_if<Values>(&values);
      if (!part || part->size() != values_in(array.shape, ranges))
        return Error{Errc::internal, "values that do not fit the part of the array", key};
      auto next = part->begin();
      fill_part(all, array.shape, ranges, 0, 0, all.size(), next);
      return {};
    },
    array.values);
}

Result<void> Datastore::put_part(const std::string& key, const std::vector<Range>& ranges,
                                 const ArrayValues& values) {
  OQ_TRY(auto array, get(key));
  OQ_CHECK(fill(array, key, ranges, values));
  return put(key, array);
}

std::vector<std::string> Datastore::members(const std::string&) const {
  return {};
}

} // namespace oq::engine
