// Reads and evaluates the shift of the anelastic coefficient: Boore et al. (2022), Bull. Seismol.
// Soc. Am. 112(6), 3063-3080, equation 13.
#include "engine/gsim/chiou_youngs_2014_anelastic.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

namespace oq::engine {

namespace {

constexpr std::uintmax_t kLargestFile = 100'000; // bytes
constexpr double kNotGiven = 999.0;

std::vector<std::string> words_of(std::string_view line) {
  constexpr std::string_view kBetween = ", \t\r";
  std::vector<std::string> words;
  for (std::size_t from = 0; (from = line.find_first_not_of(kBetween, from)) != line.npos;) {
    const std::size_t to = std::min(line.find_first_of(kBetween, from), line.size());
    words.emplace_back(line.substr(from, to - from));
    from = to;
  }
  return words;
}

std::string in_lower_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return text;
}

Result<double> number_of(const std::string& word) {
  double number = 0;
  const auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (failure != std::errc{} || end != word.data() + word.size() || !std::isfinite(number))
    return invalid_input("'" + word.substr(0, 40) + "' is not a number");
  return number;
}

// "pga", "PGV", "0.2" or "SA(0.2)".
Result<Imt> imt_of(const std::string& word) {
  const std::string lower = in_lower_case(word);
  if (lower == "pga" || lower == "pgv")
    return lower == "pga" ? kPga : kPgv;
  const auto period = number_of(word);
  return Imt::parse(period ? "SA(" + word + ")" : word);
}

using Columns = std::array<boost::json::object, 4>;

Result<void> add_row(const std::vector<std::string>& words, Columns& columns) {
  if (words.size() != columns.size() + 1)
    return invalid_input("expected an IMT and four numbers");
  OQ_TRY(const Imt imt, imt_of(words[0]));
  if (columns[0].contains(imt.name()))
    return invalid_input(imt.name() + " is there twice");
  std::array<double, 4> row{};
  for (std::size_t i = 0; i < row.size(); ++i) {
    OQ_TRY(row[i], number_of(words[i + 1]));
  }
  if (!imt.is_sa() && std::ranges::find(row, kNotGiven) != row.end())
    return {};
  for (std::size_t i = 0; i < row.size(); ++i)
    columns[i][imt.name()] = row[i];
  return {};
}

Result<Columns> read_columns(std::istream& input, const std::string& name) {
  static const std::vector<std::string> kHeading{"imt", "c0", "c1", "c2", "c3"};
  Columns columns;
  std::string line;
  bool has_heading = false;
  for (std::size_t number = 1; std::getline(input, line); ++number) {
    const std::string where = name + ":" + std::to_string(number);
    const auto words = words_of(line);
    if (words.empty())
      continue;
    if (!has_heading && words_of(in_lower_case(line)) != kHeading)
      return invalid_input("the heading must be IMT c0 c1 c2 c3", where);
    if (const auto added = has_heading ? add_row(words, columns) : Result<void>(); !added)
      return invalid_input(added.error().message, where);
    has_heading = true;
  }
  return columns;
}

} // namespace

Result<AnelasticShift> AnelasticShift::read(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  std::error_code failure;
  const auto size = std::filesystem::file_size(file, failure);
  std::ifstream input(file);
  if (failure || !input)
    return invalid_input("there is no such file", name);
  if (size > kLargestFile)
    return invalid_input("the file is too large for a table of coefficients", name);
  OQ_TRY(const Columns columns, read_columns(input, name));
  AnelasticShift shift;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    auto values = ValuesByImt::read(columns[i]);
    if (!values)
      return invalid_input("the table has no rows", name);
    shift.columns_[i] = std::move(*values);
  }
  return shift;
}

double AnelasticShift::at(const Imt& imt, double mag) const {
  const double m = mag - 6.0;
  return columns_[0].at(imt) + columns_[1].at(imt) * m + columns_[2].at(imt) * m * m
         + columns_[3].at(imt) * m * m * m;
}

} // namespace oq::engine
