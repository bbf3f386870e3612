// JSON values as HDF5 attributes, readable by h5py: bool as its enumeration, text of variable
// length.
#include "store/hdf5_attributes.hpp"

#include "engine/base/json.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>

namespace oq::store {
namespace {

namespace json = boost::json;

constexpr std::size_t kLargestAttribute = 16 << 20; // bytes

// The bytes of one attribute and how the library is to see them.
struct Stored {
  Handle type;
  Handle space;
  const void* bytes = nullptr;
};

Handle scalar() {
  return {H5Screate(H5S_SCALAR), H5Sclose};
}

Handle row_of(std::size_t size) {
  const hsize_t extent = size;
  return {H5Screate_simple(1, &extent, nullptr), H5Sclose};
}

Handle copy_of(hid_t type) {
  return {H5Tcopy(type), H5Tclose};
}

// h5py's bool: an enumeration of FALSE and TRUE over one byte.
Handle bool_type() {
  Handle type(H5Tenum_create(H5T_NATIVE_INT8), H5Tclose);
  const std::int8_t no = 0, yes = 1;
  H5Tenum_insert(type.id(), "FALSE", &no);
  H5Tenum_insert(type.id(), "TRUE", &yes);
  return type;
}

// JSON text ends with NUL where a plain text is padded: that tells it from a text that looks like
// JSON.
Handle json_text_type(std::size_t length) {
  auto type = text_type(length + 1);
  H5Tset_strpad(type.id(), H5T_STR_NULLTERM);
  return type;
}

Result<void> create(hid_t object, const std::string& name, const Stored& value,
                    const std::string& where) {
  if (H5Aexists(object, name.c_str()) > 0 && H5Adelete(object, name.c_str()) < 0)
    return hdf5_error(Errc::unavailable, "cannot replace attribute " + name, where);
  const Handle attribute(
    H5Acreate2(object, name.c_str(), value.type.id(), value.space.id(), H5P_DEFAULT, H5P_DEFAULT),
    H5Aclose);
  if (!attribute.valid() || H5Awrite(attribute.id(), value.type.id(), value.bytes) < 0)
    return hdf5_error(Errc::unavailable, "cannot write attribute " + name, where);
  return {};
}

bool all(const json::array& values, bool (*test)(const json::value&)) {
  return !values.empty() && std::all_of(values.begin(), values.end(), test);
}

Result<void> write_array(hid_t object, const std::string& name, const json::array& values,
                         const std::string& where) {
  const auto space = [&] {
    return row_of(values.size());
  };
  if (all(values, [](const auto& v) {
        return v.is_int64();
      })) {
    std::vector<std::int64_t> numbers;
    for (const auto& value : values)
      numbers.push_back(value.get_int64());
    return create(object, name, {copy_of(H5T_NATIVE_INT64), space(), numbers.data()}, where);
  }
  if (all(values, [](const auto& v) {
        return v.is_number();
      })) {
    std::vector<double> numbers;
    for (const auto& value : values)
      numbers.push_back(value.to_number<double>());
    return create(object, name, {copy_of(H5T_NATIVE_DOUBLE), space(), numbers.data()}, where);
  }
  std::vector<std::string> texts;
  for (const auto& value : values)
    texts.emplace_back(value.get_string());
  const auto width = text_width(texts);
  const auto bytes = joined_texts(texts, width);
  return create(object, name, {text_type(width), space(), bytes.data()}, where);
}

bool is_flat(const json::array& values) {
  return all(values,
             [](const auto& v) {
               return v.is_number();
             })
         || all(values, [](const auto& v) {
              return v.is_string();
            });
}

Result<void> write_one(hid_t object, const std::string& name, const json::value& value,
                       const std::string& where) {
  if (value.is_bool()) {
    const std::int8_t flag = value.get_bool() ? 1 : 0;
    return create(object, name, {bool_type(), scalar(), &flag}, where);
  }
  if (const auto* number = value.if_int64())
    return create(object, name, {copy_of(H5T_NATIVE_INT64), scalar(), number}, where);
  if (const auto* number = value.if_uint64())
    return create(object, name, {copy_of(H5T_NATIVE_UINT64), scalar(), number}, where);
  if (const auto* number = value.if_double())
    return create(object, name, {copy_of(H5T_NATIVE_DOUBLE), scalar(), number}, where);
  if (const auto* text = value.if_string())
    return create(object, name,
                  {text_type(std::max<std::size_t>(text->size(), 1)), scalar(), text->c_str()},
                  where);
  if (value.is_array() && is_flat(value.get_array()))
    return write_array(object, name, value.get_array(), where);
  const auto text = json_text(value);
  return create(object, name, {json_text_type(text.size()), scalar(), text.c_str()}, where);
}

template <class T>
Result<json::value> read_numbers(const Handle& attribute, hid_t type, std::size_t count,
                                 bool is_scalar, const std::string& where) {
  std::vector<T> numbers(std::max<std::size_t>(count, 1));
  if (count > 0 && H5Aread(attribute.id(), type, numbers.data()) < 0)
    return hdf5_error(Errc::unavailable, "cannot read an attribute", where);
  if (is_scalar)
    return json::value(numbers.front());
  return json::value(json::array(numbers.begin(), numbers.begin() + static_cast<long>(count)));
}

Result<json::value> read_texts(const Handle& attribute, const Handle& type, std::size_t count,
                               bool is_scalar, const std::string& where) {
  if (H5Tis_variable_str(type.id()) != 0)
    return Error{Errc::invalid_input, "texts of variable length are not read", where};
  const auto width = H5Tget_size(type.id());
  std::vector<char> bytes(count * width);
  if (count > 0 && H5Aread(attribute.id(), type.id(), bytes.data()) < 0)
    return hdf5_error(Errc::unavailable, "cannot read an attribute", where);
  const auto texts = split_texts(bytes, width);
  if (!is_scalar)
    return json::value(json::array(texts.begin(), texts.end()));
  boost::system::error_code unreadable;
  if (H5Tget_strpad(type.id()) == H5T_STR_NULLTERM)
    if (auto value = json::parse(texts.front(), unreadable); !unreadable)
      return value;
  return json::value(texts.front());
}

Result<json::value> read_one(const Handle& attribute, const std::string& where) {
  const Handle type(H5Aget_type(attribute.id()), H5Tclose);
  const Handle space(H5Aget_space(attribute.id()), H5Sclose);
  const auto count = space.valid() ? H5Sget_simple_extent_npoints(space.id()) : -1;
  if (!type.valid() || count < 0)
    return hdf5_error(Errc::unavailable, "an attribute is damaged", where);
  const auto size = static_cast<std::size_t>(count);
  const auto width = H5Tget_size(type.id());
  if (size > kLargestAttribute / std::max<std::size_t>(width, 1))
    return Error{Errc::unavailable, "an attribute is too large", where};
  const bool is_scalar = H5Sget_simple_extent_type(space.id()) == H5S_SCALAR;
  switch (H5Tget_class(type.id())) {
  case H5T_ENUM: {
    std::int8_t flag = 0;
    if (!is_scalar || width != 1 || H5Aread(attribute.id(), type.id(), &flag) < 0)
      return hdf5_error(Errc::invalid_input, "an enumeration is no attribute of ours", where);
    return json::value(flag != 0);
  }
  case H5T_INTEGER:
    if (width == 8 && H5Tget_sign(type.id()) == H5T_SGN_NONE)
      return read_numbers<std::uint64_t>(attribute, H5T_NATIVE_UINT64, size, is_scalar, where);
    return read_numbers<std::int64_t>(attribute, H5T_NATIVE_INT64, size, is_scalar, where);
  case H5T_FLOAT:
    return read_numbers<double>(attribute, H5T_NATIVE_DOUBLE, size, is_scalar, where);
  case H5T_STRING:
    return read_texts(attribute, type, size, is_scalar, where);
  default:
    return Error{Errc::invalid_input, "an attribute is neither number nor text", where};
  }
}

Result<std::string> name_of(hid_t object, hsize_t index, const std::string& where) {
  char name[256];
  if (H5Aget_name_by_idx(object, ".", H5_INDEX_NAME, H5_ITER_INC, index, name, sizeof name,
                         H5P_DEFAULT)
      < 0)
    return hdf5_error(Errc::unavailable, "cannot read the attributes", where);
  return std::string(name);
}

} // namespace

Result<void> write_attributes(hid_t object, const engine::Attributes& attributes,
                              const std::string& where) {
  for (const auto& [name, value] : attributes)
    OQ_CHECK(write_one(object, name, value, where));
  return {};
}

Result<engine::Attributes> read_attributes(hid_t object, const std::string& where) {
  H5O_info_t info{};
  if (H5Oget_info2(object, &info, H5O_INFO_NUM_ATTRS) < 0)
    return hdf5_error(Errc::unavailable, "cannot read the attributes", where);
  engine::Attributes attributes;
  for (hsize_t index = 0; index < info.num_attrs; ++index) {
    OQ_TRY(const auto name, name_of(object, index, where));
    const Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose);
    if (!attribute.valid())
      return hdf5_error(Errc::unavailable, "cannot read attribute " + name, where);
    OQ_TRY(auto value, read_one(attribute, where));
    attributes.emplace(name, std::move(value));
  }
  return attributes;
}

} // namespace oq::store
