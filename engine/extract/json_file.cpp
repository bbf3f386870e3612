// Packed elements back to numbers and texts, printed row by row.
#include "engine/extract/json_file.hpp"

#include "engine/base/json.hpp"
#include "engine/output/output_file.hpp"

#include <boost/json/string.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace oq::engine {
namespace {

template <class T>
T read_raw(const char*& at) {
  T value{};
  std::memcpy(&value, at, sizeof value);
  at += sizeof value;
  return value;
}

std::string json_word(std::string_view text) {
  return json_text(boost::json::string(text));
}

// The shortest text that reads back as the same float: not the digits of the nearest double.
std::string real_text(float value) {
  if (!std::isfinite(value))
    return "null";
  auto text = fmt::format("{}", value);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string utf8_of(const char* at, std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; i += 4) {
    std::uint32_t point = 0;
    std::memcpy(&point, at + i, sizeof point);
    if (point == 0)
      break;
    const auto push = [&text](std::uint32_t byte) {
      text.push_back(static_cast<char>(byte));
    };
    if (point < 0x80) {
      push(point);
    } else if (point < 0x800) {
      push(0xc0 | point >> 6), push(0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
      push(0xe0 | point >> 12), push(0x80 | (point >> 6 & 0x3f)), push(0x80 | (point & 0x3f));
    } else {
      push(0xf0 | point >> 18), push(0x80 | (point >> 12 & 0x3f));
      push(0x80 | (point >> 6 & 0x3f)), push(0x80 | (point & 0x3f));
    }
  }
  return text;
}

void append_element(std::string& out, const Dtype& type, const char*& at);

void append_record(std::string& out, const Dtype& type, const char*& at) {
  const char* separator = "{";
  for (const auto& field : type.fields) {
    out.append(separator).append(json_word(field.name)).append(": ");
    append_element(out, field.type, at);
    separator = ", ";
  }
  out += type.fields.empty() ? "{}" : "}";
}

void append_element(std::string& out, const Dtype& type, const char*& at) {
  switch (type.kind) {
  case Dtype::Kind::real:
    out += type.size == 4 ? real_text(read_raw<float>(at)) : number_text(read_raw<double>(at));
    return;
  case Dtype::Kind::integer:
    out += std::to_string(type.size == 8 ? read_raw<std::int64_t>(at) : read_raw<std::int32_t>(at));
    return;
  case Dtype::Kind::natural:
    out +=
      std::to_string(type.size == 1 ? read_raw<std::uint8_t>(at) : read_raw<std::uint32_t>(at));
    return;
  case Dtype::Kind::boolean:
    out += read_raw<std::uint8_t>(at) != 0 ? "true" : "false";
    return;
  case Dtype::Kind::bytes:
    out += json_word({at, ::strnlen(at, type.size)});
    at += type.size;
    return;
  case Dtype::Kind::text:
    out += json_word(utf8_of(at, type.size));
    at += type.size;
    return;
  case Dtype::Kind::record:
    return append_record(out, type, at);
  }
}

// Elements of axes [axis, end), nested lists.
void append_axes(std::string& out, const ExtractedArray& array, std::size_t axis, const char*& at) {
  if (axis >= array.shape.size())
    return append_element(out, array.dtype, at);
  out += '[';
  for (std::size_t i = 0; i < array.shape[axis]; ++i) {
    if (i > 0)
      out += ", ";
    append_axes(out, array, axis + 1, at);
  }
  out += ']';
}

Result<void> write_array(OutputFile& file, const ExtractedArray& array) {
  const auto width = array.row_bytes();
  const bool is_list = !array.shape.empty();
  bool is_first = true;
  file.write(is_list ? "[" : "");
  OQ_CHECK(for_each_block(array, [&](const std::string& block) -> Result<void> {
    std::string text;
    const std::size_t rows = width == 0 ? array.rows() : block.size() / width;
    const char* at = block.data();
    for (std::size_t row = 0; row < rows; ++row) {
      text.clear();
      if (!std::exchange(is_first, false))
        text += ", ";
      append_axes(text, array, 1, at);
      file.write(text);
    }
    return {};
  }));
  file.write(is_list ? "]" : "");
  return {};
}

} // namespace

Result<std::filesystem::path> write_json_file(const Extraction& extraction,
                                              const std::filesystem::path& path) {
  OQ_TRY(auto file, OutputFile::create(path));
  const char* separator = "{";
  for (const auto& array : extraction.arrays) {
    file.write(separator + json_word(array.name) + ": ");
    OQ_CHECK(write_array(file, array));
    separator = ", ";
  }
  for (const auto& [name, value] : extraction.about) {
    if (std::ranges::find(extraction.arrays, std::string_view(name), &ExtractedArray::name)
        != extraction.arrays.end())
      continue;
    file.write(separator + json_word(name) + ": " + json_text(value));
    separator = ", ";
  }
  file.write(extraction.arrays.empty() && extraction.about.empty() ? "{}" : "}");
  return file.commit();
}

} // namespace oq::engine
