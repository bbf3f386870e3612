// Arrays as HDF5 datasets: types, chunks, and bounds on what a damaged file may ask for.
#include "store/hdf5_array.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace oq::store {
namespace {

using engine::Array;
using engine::ArrayValues;

constexpr hsize_t kSmallestChunkedBytes = 16 * 1024; // below, a chunk costs more than it saves
constexpr hsize_t kChunkBytes = 512 * 1024;          // half of the library's chunk cache
constexpr unsigned kDeflateLevel = 4;                // h5py's default
constexpr hsize_t kLargestDeflateRatio = 1100;       // zlib reaches 1032 at most
constexpr hsize_t kAlwaysAllowedBytes = 1 << 20;
constexpr int kLargestRank = 16;

template <class T>
hid_t native_type() {
  if constexpr (std::is_same_v<T, float>)
    return H5T_NATIVE_FLOAT;
  else if constexpr (std::is_same_v<T, double>)
    return H5T_NATIVE_DOUBLE;
  else if constexpr (std::is_same_v<T, std::int32_t>)
    return H5T_NATIVE_INT32;
  else if constexpr (std::is_same_v<T, std::int64_t>)
    return H5T_NATIVE_INT64;
  else
    return H5T_NATIVE_UINT8;
}

// Halves the longest leading dimension until a chunk is small enough; the last ones stay whole,
// because readers take whole curves.
std::vector<hsize_t> chunk_shape(std::vector<hsize_t> shape, hsize_t value_bytes) {
  const auto bytes = [&] {
    return std::accumulate(shape.begin(), shape.end(), value_bytes, std::multiplies<>());
  };
  for (std::size_t axis = 0; axis < shape.size(); ++axis)
    while (shape[axis] > 1 && bytes() > kChunkBytes)
      shape[axis] = (shape[axis] + 1) / 2;
  return shape;
}

Handle creation_settings(const std::vector<hsize_t>& shape, hsize_t value_bytes) {
  Handle settings(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  const auto bytes = std::accumulate(shape.begin(), shape.end(), value_bytes, std::multiplies<>());
  if (shape.empty() || bytes < kSmallestChunkedBytes)
    return settings;
  const auto chunk = chunk_shape(shape, value_bytes);
  H5Pset_chunk(settings.id(), static_cast<int>(chunk.size()), chunk.data());
  H5Pset_shuffle(settings.id());
  H5Pset_deflate(settings.id(), kDeflateLevel);
  return settings;
}

Handle dataspace(const std::vector<hsize_t>& shape) {
  if (shape.empty())
    return {H5Screate(H5S_SCALAR), H5Sclose};
  return {H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose};
}

Result<Handle> create_and_write(hid_t file, const std::string& key, hid_t type, const Handle& space,
                                const Handle& settings, const void* values,
                                const std::string& where) {
  const Handle links(H5Pcreate(H5P_LINK_CREATE), H5Pclose);
  H5Pset_create_intermediate_group(links.id(), 1);
  Handle dataset(
    H5Dcreate2(file, key.c_str(), type, space.id(), links.id(), settings.id(), H5P_DEFAULT),
    H5Dclose);
  if (!dataset.valid())
    return hdf5_error(Errc::unavailable, "cannot create the dataset", where);
  if (values && H5Dwrite(dataset.id(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0)
    return hdf5_error(Errc::unavailable, "cannot write the dataset", where);
  return dataset;
}

// Which values of a dataset to read.
struct Selection {
  hid_t dataset = H5I_INVALID_HID;
  hid_t type = H5I_INVALID_HID;
  std::size_t count = 0;
  hid_t memory = H5S_ALL, file = H5S_ALL; // dataspaces; all of it
};

Result<void> read_into(const Selection& from, hid_t type, void* values, const std::string& where) {
  if (from.count > 0
      && H5Dread(from.dataset, type, from.memory, from.file, H5P_DEFAULT, values) < 0)
    return hdf5_error(Errc::unavailable, "cannot read the dataset", where);
  return {};
}

template <class T>
Result<ArrayValues> read_numbers(const Selection& from, const std::string& where) {
  std::vector<T> values(from.count);
  OQ_CHECK(read_into(from, native_type<T>(), values.data(), where));
  return ArrayValues(std::move(values));
}

Result<ArrayValues> read_texts(const Selection& from, const std::string& where) {
  if (H5Tis_variable_str(from.type) != 0)
    return Error{Errc::invalid_input, "texts of variable length are not read", where};
  const auto width = H5Tget_size(from.type);
  std::vector<char> bytes(from.count * width);
  OQ_CHECK(read_into(from, from.type, bytes.data(), where));
  return ArrayValues(split_texts(bytes, width));
}

Result<ArrayValues> read_integers(const Selection& from, const std::string& where) {
  const auto width = H5Tget_size(from.type);
  const bool is_signed = H5Tget_sign(from.type) == H5T_SGN_2;
  if (width == 1 && !is_signed)
    return read_numbers<std::uint8_t>(from, where);
  if (width < 4 || (width == 4 && is_signed))
    return read_numbers<std::int32_t>(from, where);
  return read_numbers<std::int64_t>(from, where);
}

Result<ArrayValues> read_values(const Selection& from, const std::string& where) {
  switch (H5Tget_class(from.type)) {
  case H5T_FLOAT:
    if (H5Tget_size(from.type) <= sizeof(float))
      return read_numbers<float>(from, where);
    return read_numbers<double>(from, where);
  case H5T_INTEGER:
    return read_integers(from, where);
  case H5T_STRING:
    return read_texts(from, where);
  default:
    return Error{Errc::invalid_input, "not an array of numbers or texts", where};
  }
}

// What the stored bytes can unfold to; a damaged or hostile header may claim any shape.
Result<std::size_t> checked_count(hid_t dataset, const std::vector<hsize_t>& shape,
                                  std::size_t value_bytes, const std::string& where) {
  const auto stored = H5Dget_storage_size(dataset);
  const auto limit = std::max(stored * kLargestDeflateRatio, kAlwaysAllowedBytes);
  hsize_t count = 1;
  for (const auto extent : shape) {
    if (extent != 0 && count > limit / value_bytes / extent)
      return Error{Errc::unavailable, "the file is damaged: a shape larger than its data", where};
    count *= extent;
  }
  return static_cast<std::size_t>(count);
}

// A dataset's type and shape, checked against what the file can hold.
struct Layout {
  Handle space, type;
  std::vector<hsize_t> shape;
  std::size_t count = 0;
};

// Whether the shape may be no larger than what the stored bytes can unfold to.
enum class Bound { stored, none };

Result<Layout> layout_of(hid_t dataset, const std::string& where, Bound bound = Bound::stored) {
  Layout layout;
  layout.space = Handle(H5Dget_space(dataset), H5Sclose);
  layout.type = Handle(H5Dget_type(dataset), H5Tclose);
  const int rank = layout.space.valid() ? H5Sget_simple_extent_ndims(layout.space.id()) : -1;
  if (!layout.type.valid() || rank < 0 || rank > kLargestRank)
    return hdf5_error(Errc::unavailable, "the dataset is damaged", where);
  layout.shape.resize(static_cast<std::size_t>(rank));
  if (rank > 0 && H5Sget_simple_extent_dims(layout.space.id(), layout.shape.data(), nullptr) < 0)
    return hdf5_error(Errc::unavailable, "the dataset is damaged", where);
  const auto value_bytes = std::max<std::size_t>(H5Tget_size(layout.type.id()), 1);
  if (bound == Bound::none)
    return layout;
  OQ_TRY(layout.count, checked_count(dataset, layout.shape, value_bytes, where));
  return layout;
}

// What a selected part of a dataset looks like in memory.
struct Part {
  std::vector<hsize_t> count;
  std::size_t size = 0;
  Handle memory;
};

// Selects the ranges in the layout's own dataspace.
Result<Part> select_part(const Layout& layout, const std::vector<engine::Range>& ranges,
                         const std::string& where) {
  if (!engine::fits(ranges, {layout.shape.begin(), layout.shape.end()}))
    return invalid_input("a part outside of the array", where);
  Part part;
  part.count = layout.shape;
  std::vector<hsize_t> start(part.count.size(), 0);
  for (std::size_t axis = 0; axis < ranges.size(); ++axis) {
    start[axis] = ranges[axis].first;
    part.count[axis] = ranges[axis].count;
  }
  part.size = static_cast<std::size_t>(
    std::accumulate(part.count.begin(), part.count.end(), hsize_t{1}, std::multiplies<>()));
  part.memory = dataspace(part.count);
  if (part.size > 0 && !part.count.empty()
      && H5Sselect_hyperslab(layout.space.id(), H5S_SELECT_SET, start.data(), nullptr,
                             part.count.data(), nullptr)
           < 0)
    return hdf5_error(Errc::unavailable, "cannot select a part of the dataset", where);
  return part;
}

} // namespace

Result<Handle> create_array(hid_t file, const std::string& key, const Array& array,
                            const std::string& where) {
  const std::vector<hsize_t> shape(array.shape.begin(), array.shape.end());
  return std::visit(
    [&](const auto& values) -> Result<Handle> {
      using Value = typename std::decay_t<decltype(values)>::value_type;
      if constexpr (std::is_same_v<Value, std::string>)
        return Error{Errc::internal, "texts are not written in parts", where};
      else
        return create_and_write(file, key, native_type<Value>(), dataspace(shape),
                                creation_settings(shape, sizeof(Value)), nullptr, where);
    },
    array.values);
}

Result<Handle> write_array(hid_t file, const std::string& key, const Array& array,
                           const std::string& where) {
  const std::vector<hsize_t> shape(array.shape.begin(), array.shape.end());
  const auto count = std::accumulate(shape.begin(), shape.end(), hsize_t{1}, std::multiplies<>());
  const auto space = dataspace(shape);
  return std::visit(
    [&](const auto& values) -> Result<Handle> {
      using Value = typename std::decay_t<decltype(values)>::value_type;
      if (count != values.size())
        return Error{Errc::internal, "the shape does not fit the number of values", where};
      const bool is_empty = values.empty();
      if constexpr (std::is_same_v<Value, std::string>) {
        const auto width = text_width(values);
        return create_and_write(file, key, text_type(width).id(), space,
                                creation_settings(shape, width),
                                is_empty ? nullptr : joined_texts(values, width).data(), where);
      } else {
        return create_and_write(file, key, native_type<Value>(), space,
                                creation_settings(shape, sizeof(Value)),
                                is_empty ? nullptr : values.data(), where);
      }
    },
    array.values);
}

Result<Array> read_array(hid_t dataset, const std::string& where) {
  OQ_TRY(const auto layout, layout_of(dataset, where));
  OQ_TRY(auto values, read_values({dataset, layout.type.id(), layout.count}, where));
  return Array{{layout.shape.begin(), layout.shape.end()}, std::move(values)};
}

Result<Array> describe_array(hid_t dataset, const std::string& where) {
  OQ_TRY(const auto layout, layout_of(dataset, where));
  OQ_TRY(auto values, read_values({dataset, layout.type.id(), 0}, where));
  return Array{{layout.shape.begin(), layout.shape.end()}, std::move(values)};
}

Result<Array> read_part(hid_t dataset, const std::vector<engine::Range>& ranges,
                        const std::string& where) {
  OQ_TRY(const auto layout, layout_of(dataset, where));
  OQ_TRY(const auto part, select_part(layout, ranges, where));
  OQ_TRY(auto values,
         read_values({dataset, layout.type.id(), part.size, part.memory.id(), layout.space.id()},
                     where));
  return Array{{part.count.begin(), part.count.end()}, std::move(values)};
}

Result<void> write_part(hid_t dataset, const std::vector<engine::Range>& ranges,
                        const ArrayValues& values, const std::string& where) {
  OQ_TRY(const auto layout, layout_of(dataset, where, Bound::none));
  OQ_TRY(const auto part, select_part(layout, ranges, where));
  return std::visit(
    [&](const auto& numbers) -> Result<void> {
      using Value = typename std::decay_t<decltype(numbers)>::value_type;
      if constexpr (!std::is_same_v<Value, std::string>) {
        if (numbers.size() != part.size || H5Tequal(layout.type.id(), native_type<Value>()) <= 0)
          return Error{Errc::internal, "values that do not fit the part of the array", where};
        if (part.size > 0
            && H5Dwrite(dataset, native_type<Value>(), part.memory.id(), layout.space.id(),
                        H5P_DEFAULT, numbers.data())
                 < 0)
          return hdf5_error(Errc::unavailable, "cannot write a part of the dataset", where);
        return {};
      } else {
        return Error{Errc::internal, "texts are not written in parts", where};
      }
    },
    values);
}

} // namespace oq::store
