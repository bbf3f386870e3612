// Arrays, groups and attributes as the datastore has them.
#include "engine/extract/extractors.hpp"
#include "engine/output/array_access.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>

namespace oq::engine {
namespace {

constexpr std::string_view kAttributes = ".attrs";
constexpr char kAxes[] = "json"; // an attribute that holds others

Dtype number_type(const ArrayValues& values) {
  struct {
    Dtype operator()(const std::vector<float>&) const { return Dtype::f4(); }
    Dtype operator()(const std::vector<double>&) const { return Dtype::f8(); }
    Dtype operator()(const std::vector<std::int32_t>&) const { return Dtype::i4(); }
    Dtype operator()(const std::vector<std::int64_t>&) const { return Dtype::i8(); }
    Dtype operator()(const std::vector<std::uint8_t>&) const { return Dtype::u1(); }
    Dtype operator()(const std::vector<std::string>&) const { return Dtype::bytes(1); }
  } type;
  return std::visit(type, values);
}

// Numbers as they lie in memory; they were read in little-endian order.
std::string raw_bytes(const ArrayValues& values) {
  return std::visit(
    [](const auto& list) -> std::string {
      using Value = typename std::decay_t<decltype(list)>::value_type;
      if constexpr (std::is_same_v<Value, std::string>)
        return {};
      else
        return {reinterpret_cast<const char*>(list.data()), list.size() * sizeof(Value)};
    },
    values);
}

// Texts are read at once: their width is known only then.
Result<ExtractedArray> stored_texts(const Datastore& datastore, const std::string& key,
                                    const std::string& name) {
  OQ_TRY(const auto array, datastore.get(key));
  const auto& texts = std::get<std::vector<std::string>>(array.values);
  const auto width = longest_bytes(texts);
  std::string bytes;
  for (const auto& text : texts)
    append_bytes(bytes, text, width);
  return packed_array(name, Dtype::bytes(width), array.shape, std::move(bytes));
}

Result<ExtractedArray> stored_array(const Datastore& datastore, const std::string& key,
                                    const std::string& name) {
  OQ_TRY(const auto about, datastore.describe(key));
  if (std::holds_alternative<std::vector<std::string>>(about.values))
    return stored_texts(datastore, key, name);
  ExtractedArray out{name, number_type(about.values), about.shape, {}};
  out.read = [&datastore, key, whole = about.shape.empty()](std::size_t first, std::size_t count,
                                                            std::string& bytes) -> Result<void> {
    OQ_TRY(const auto rows, whole ? datastore.get(key) : datastore.get_part(key, {{first, count}}));
    bytes += raw_bytes(rows.values);
    return {};
  };
  return out;
}

// OpenQuake's flags are stored as numbers.
bool is_flag(const std::string& column) {
  return column == "vs30measured" || column == "backarc";
}

struct Column {
  std::string name;
  ExtractedArray values;
  bool is_flag = false;
};

// The fields of one row stand side by side.
Result<void> interleave(const std::vector<Column>& columns, std::size_t first, std::size_t count,
                        std::string& out) {
  std::vector<std::string> read(columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    OQ_CHECK(columns[i].values.read(first, count, read[i]));
    const auto size = columns[i].values.dtype.size;
    if (columns[i].is_flag) { // a byte that tells whether any of the number's is set
      std::string flags;
      for (std::size_t row = 0; row < count; ++row)
        flags.push_back(read[i].find_first_not_of('\0', row * size) < (row + 1) * size ? '\1'
                                                                                       : '\0');
      read[i] = std::move(flags);
    }
  }
  for (std::size_t row = 0; row < count; ++row)
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto size = columns[i].is_flag ? 1 : columns[i].values.dtype.size;
      out.append(read[i], row * size, size);
    }
  return {};
}

Result<Extraction> extract_group(const Datastore& datastore, const std::string& group) {
  const auto members = datastore.members(group);
  Extraction out;
  bool is_table = !members.empty();
  std::size_t rows = 0;
  for (const auto& member : members) {
    const auto about = datastore.describe(group + "/" + member);
    is_table = is_table && about && about->shape.size() == 1
               && (&member == &members.front() || about->shape[0] == rows);
    if (about && !about->shape.empty())
      rows = about->shape[0];
  }
  if (is_table) {
    OQ_TRY(auto table, stored_columns(datastore, group, members));
    out.arrays.push_back(std::move(table));
  } else {
    out.arrays.push_back(texts("array", members));
  }
  return out;
}

Result<boost::json::object> about_of(const Datastore& datastore, const std::string& key) {
  OQ_TRY(const auto attributes, datastore.attributes(key));
  boost::json::object about;
  for (const auto& [name, value] : attributes)
    if (name != kAxes)
      about[name] = value;
  boost::system::error_code unreadable;
  const auto axes = boost::json::parse(text_attribute(attributes, kAxes), unreadable);
  if (!unreadable && axes.is_object())
    for (const auto& [name, value] : axes.get_object())
      about[name] = value;
  return about;
}

// "a/b": HDF5 would find "a/" and "./a" as well.
bool is_key(std::string_view name) {
  for (std::size_t begin = 0; begin <= name.size();) {
    const auto end = std::min(name.find('/', begin), name.size());
    const auto part = name.substr(begin, end - begin);
    if (part.empty() || part == "." || part == "..")
      return false;
    begin = end + 1;
  }
  return true;
}

} // namespace

Result<ExtractedArray> stored_columns(const Datastore& datastore, const std::string& group,
                                      const std::vector<std::string>& names) {
  std::vector<Column> columns;
  std::vector<Field> fields;
  for (const auto& name : names) {
    const auto key = group + "/" + name;
    if (!datastore.contains(key))
      continue;
    OQ_TRY(auto values, stored_array(datastore, key, name));
    if (values.shape.size() != 1
        || (!columns.empty() && values.rows() != columns.front().values.rows()))
      return Error{Errc::internal, "columns of different lengths", group};
    const bool flag = is_flag(name) && values.dtype.kind != Dtype::Kind::bytes;
    fields.push_back({name, flag ? Dtype::boolean() : values.dtype});
    columns.push_back({name, std::move(values), flag});
  }
  if (columns.empty())
    return no_such_key(group);
  const auto rows = columns.front().values.rows();
  ExtractedArray out{"array", Dtype::record(std::move(fields)), {rows}, {}};
  out.read = [columns = std::move(columns)](std::size_t first, std::size_t count,
                                            std::string& bytes) {
    return interleave(columns, first, count, bytes);
  };
  return out;
}

Result<Extraction> extract_stored(const Datastore& datastore, const std::string& key) {
  Extraction out;
  const bool only_attributes = key.ends_with(kAttributes);
  const auto name = only_attributes ? key.substr(0, key.size() - kAttributes.size()) : key;
  if (!is_key(name) || !datastore.contains(name))
    return no_such_key(key);
  OQ_TRY(auto about, about_of(datastore, name));
  if (!only_attributes) {
    auto array = stored_array(datastore, name, "array");
    if (array) {
      out.arrays.push_back(*std::move(array));
    } else {
      OQ_TRY(out, extract_group(datastore, name));
    }
  }
  out.about = std::move(about);
  return out;
}

} // namespace oq::engine
