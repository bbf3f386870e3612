// Dtype: what numpy calls the type of an array's elements: a number, a fixed-width text, or a
// record of named fields that may nest.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace oq::engine {

struct Field;

struct Dtype {
  enum class Kind : unsigned char { real, integer, natural, boolean, bytes, text, record };
  Kind kind = Kind::real;
  std::size_t size = 8; // bytes of one element; packed, no gaps
  std::vector<Field> fields = {};

  static Dtype f4() { return {Kind::real, 4}; }
  static Dtype f8() { return {Kind::real, 8}; }
  static Dtype i4() { return {Kind::integer, 4}; }
  static Dtype i8() { return {Kind::integer, 8}; }
  static Dtype u1() { return {Kind::natural, 1}; }
  static Dtype u4() { return {Kind::natural, 4}; }
  static Dtype boolean() { return {Kind::boolean, 1}; }
  // UTF-8 of that many bytes, padded with NUL; "S".
  static Dtype bytes(std::size_t width) { return {Kind::bytes, width == 0 ? 1 : width}; }
  // That many code points of four bytes; "U".
  static Dtype text(std::size_t characters) {
    return {Kind::text, 4 * (characters == 0 ? 1 : characters)};
  }
  // REQUIRES: names are distinct and not empty.
  static Dtype record(std::vector<Field> fields);

  // As it stands in the header of a .npy file: "'<f4'", "[('lon', '<f8'), …]".
  std::string descr() const;
};

struct Field {
  std::string name;
  Dtype type;
};

// The width that holds all of them, in bytes or in code points.
std::size_t longest_bytes(const std::vector<std::string>& texts);
std::size_t longest_text(const std::vector<std::string>& texts);

// Elements are little-endian; what is longer than `width` is cut.
void append_f4(std::string& out, double value);
void append_f8(std::string& out, double value);
void append_u4(std::string& out, std::uint32_t value);
void append_bytes(std::string& out, std::string_view text, std::size_t width);
void append_text(std::string& out, std::string_view utf8, std::size_t characters);
// One number as `type` has it. REQUIRES: a number's type.
void append_number(std::string& out, const Dtype& type, double value);

// A Python string literal in ASCII: 'SA(0.1)', 'caf\u00e9'.
std::string python_literal(std::string_view utf8);

} // namespace oq::engine
