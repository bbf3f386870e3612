// Arrays that are small enough to be made at once.
#include "engine/extract/extraction.hpp"

#include <numeric>

namespace oq::engine {

std::size_t ExtractedArray::row_bytes() const {
  const auto begin = shape.empty() ? shape.end() : shape.begin() + 1;
  return std::accumulate(begin, shape.end(), dtype.size, std::multiplies<>());
}

ExtractedArray packed_array(std::string name, Dtype dtype, std::vector<std::size_t> shape,
                            std::string bytes) {
  ExtractedArray array{std::move(name), std::move(dtype), std::move(shape), {}};
  const auto width = array.row_bytes();
  array.read = [width, bytes = std::move(bytes)](std::size_t first, std::size_t count,
                                                 std::string& out) -> Result<void> {
    out.append(bytes, first * width, count * width);
    return {};
  };
  return array;
}

ExtractedArray byte_texts(std::string name, const std::vector<std::string>& texts) {
  const auto width = longest_bytes(texts);
  std::string bytes;
  for (const auto& text : texts)
    append_bytes(bytes, text, width);
  return packed_array(std::move(name), Dtype::bytes(width), {texts.size()}, std::move(bytes));
}

ExtractedArray texts(std::string name, const std::vector<std::string>& texts) {
  const auto characters = longest_text(texts);
  std::string bytes;
  for (const auto& text : texts)
    append_text(bytes, text, characters);
  return packed_array(std::move(name), Dtype::text(characters), {texts.size()}, std::move(bytes));
}

ExtractedArray single_number(std::string name, double value) {
  std::string bytes;
  append_f8(bytes, value);
  return packed_array(std::move(name), Dtype::f8(), {}, std::move(bytes));
}

} // namespace oq::engine
