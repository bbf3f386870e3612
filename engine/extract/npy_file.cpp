// Headers and rows of .npy files.
#include "engine/extract/npy_file.hpp"

#include "engine/base/json.hpp"
#include "engine/output/output_file.hpp"

#include <set>

namespace oq::engine {
namespace {

constexpr std::size_t kAlignment = 64;
constexpr std::size_t kLargestShortHeader = 65535; // its length is a 16-bit number

std::string shape_text(const std::vector<std::size_t>& shape) {
  std::string text = "(";
  for (std::size_t i = 0; i < shape.size(); ++i)
    text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
  return text + (shape.size() == 1 ? ",)" : ")");
}

void append_little_endian(std::string& out, std::size_t value, int bytes) {
  for (int i = 0; i < bytes; ++i)
    out.push_back(static_cast<char>((value >> (8 * i)) & 0xff));
}

bool is_file_name(const std::string& name) {
  return !name.empty() && name.size() < 200 && name.front() != '.'
         && name.find('/') == std::string::npos && name.find('\0') == std::string::npos;
}

Result<std::filesystem::path> write_array(const ExtractedArray& array,
                                          const std::filesystem::path& folder) {
  OQ_TRY(auto file, OutputFile::create(folder / (array.name + ".npy")));
  file.write(npy_header(array.dtype, array.shape));
  OQ_CHECK(for_each_block(array, [&file](const std::string& block) -> Result<void> {
    file.write(block);
    return {};
  }));
  return file.commit();
}

// Bytes of one text without an axis, as clients parse it.
ExtractedArray json_member(const boost::json::object& about) {
  const auto text = json_text(about);
  return packed_array("json", Dtype::bytes(text.size()), {}, text);
}

} // namespace

std::string npy_header(const Dtype& dtype, const std::vector<std::size_t>& shape) {
  std::string text = "{'descr': " + dtype.descr()
                     + ", 'fortran_order': False, 'shape': " + shape_text(shape) + ", }";
  const auto total = [&](std::size_t prefix) {
    return (prefix + text.size() + 1 + kAlignment - 1) / kAlignment * kAlignment;
  };
  const bool is_long = total(10) - 10 > kLargestShortHeader;
  const std::size_t prefix = is_long ? 12 : 10;
  text.append(total(prefix) - prefix - text.size() - 1, ' ').push_back('\n');
  std::string header = "\x93NUMPY";
  header.push_back(is_long ? '\2' : '\1');
  header.push_back('\0');
  append_little_endian(header, text.size(), is_long ? 4 : 2);
  return header + text;
}

Result<std::vector<std::filesystem::path>> write_npy_files(const Extraction& extraction,
                                                           const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  std::set<std::string> names;
  if (!extraction.about.empty()) {
    names.insert("json");
    OQ_TRY(auto path, write_array(json_member(extraction.about), folder));
    paths.push_back(std::move(path));
  }
  for (const auto& array : extraction.arrays) {
    if (!is_file_name(array.name) || !names.insert(array.name).second)
      return invalid_input("not a name of its own for an array", array.name);
    OQ_TRY(auto path, write_array(array, folder));
    paths.push_back(std::move(path));
  }
  return paths;
}

} // namespace oq::engine
