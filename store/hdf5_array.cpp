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

template <class T>
Result<std::vector<T>> read_numbers(hid_t dataset, std::size_t count, const std::string& where) {
  std::vector<T> values(count);
  if (count > 0
      && H5Dread(dataset, native_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0)
    return hdf5_error(Errc::unavailable, "cannot read the dataset", where);
  return values;
}

Result<std::vector<std::string>> read_texts(hid_t dataset, hid_t type, std::size_t count,
                                            const std::string& where) {
  if (H5Tis_variable_str(type) != 0)
    return Error{Errc::invalid_input, "texts of variable length are not read", where};
  const auto width = H5Tget_size(type);
  std::vector<char> bytes(count * width);
  if (count > 0 && H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()) < 0)
    return hdf5_error(Errc::unavailable, "cannot read the dataset", where);
  return split_texts(bytes, width);
}

Result<ArrayValues> as_values(auto numbers) {
  if (!numbers)
    return numbers.error();
  return ArrayValues(std::move(*numbers));
}

Result<ArrayValues> read_integers(hid_t dataset, hid_t type, std::size_t count,
                                  const std::string& where) {
  const auto width = H5Tget_size(type);
  const bool is_signed = H5Tget_sign(type) == H5T_SGN_2;
  if (width == 1 && !is_signed)
    return as_values(read_numbers<std::uint8_t>(dataset, count, where));
  if (width < 4 || (width == 4 && is_signed))
    return as_values(read_numbers<std::int32_t>(dataset, count, where));
  return as_values(read_numbers<std::int64_t>(dataset, count, where));
}

Result<ArrayValues> read_values(hid_t dataset, hid_t type, std::size_t count,
                                const std::string& where) {
  switch (H5Tget_class(type)) {
  case H5T_FLOAT:
    if (H5Tget_size(type) <= sizeof(float))
      return as_values(read_numbers<float>(dataset, count, where));
    return as_values(read_numbers<double>(dataset, count, where));
  case H5T_INTEGER:
    return read_integers(dataset, type, count, where);
  case H5T_STRING:
    return as_values(read_texts(dataset, type, count, where));
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

} // namespace

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
  const Handle space(H5Dget_space(dataset), H5Sclose);
  const Handle type(H5Dget_type(dataset), H5Tclose);
  const int rank = space.valid() ? H5Sget_simple_extent_ndims(space.id()) : -1;
  if (!type.valid() || rank < 0 || rank > kLargestRank)
    return hdf5_error(Errc::unavailable, "the dataset is damaged", where);
  std::vector<hsize_t> shape(static_cast<std::size_t>(rank));
  if (rank > 0 && H5Sget_simple_extent_dims(space.id(), shape.data(), nullptr) < 0)
    return hdf5_error(Errc::unavailable, "the dataset is damaged", where);
  const auto value_bytes = std::max<std::size_t>(H5Tget_size(type.id()), 1);
  OQ_TRY(const auto count, checked_count(dataset, shape, value_bytes, where));
  OQ_TRY(auto values, read_values(dataset, type.id(), count, where));
  return Array{{shape.begin(), shape.end()}, std::move(values)};
}

} // namespace oq::store
