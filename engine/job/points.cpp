// Points of `sites` and `region`: the short form, the founding service's pairs, and WKT.
#include "engine/job/option_value.hpp"
#include "engine/nrml/number.hpp"

#include <algorithm>

namespace oq::engine {
namespace {

constexpr std::size_t kMostPoints = 200'000;
constexpr double kHighestGround = -8.848; // km: Everest; depth is positive downwards

std::vector<std::string_view> split_at(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  for (std::size_t first = 0;;) {
    const auto end = text.find(separator, first);
    pieces.push_back(text.substr(first, end - first));
    if (end == std::string_view::npos)
      return pieces;
    first = end + 1;
  }
}

Result<SitePoint> make_point(std::span<const double> numbers) {
  const SitePoint point{numbers[0], numbers[1], numbers.size() > 2 ? numbers[2] : 0.0};
  if (point.lon < -180 || point.lon > 180)
    return invalid_input("the longitude " + std::to_string(point.lon)
                         + " is not between -180 and 180");
  if (point.lat < -90 || point.lat > 90)
    return invalid_input("the latitude " + std::to_string(point.lat)
                         + " is not between -90 and 90");
  if (point.depth < kHighestGround || point.depth > 6371)
    return invalid_input("the depth " + std::to_string(point.depth)
                         + " km is above the highest ground or below the Earth's centre");
  return point;
}

Result<std::vector<SitePoint>> parse_pieces(std::string_view text) {
  std::vector<SitePoint> points;
  for (const std::string_view piece : split_at(text, ',')) {
    OQ_TRY(const auto numbers, parse_numbers(piece));
    if (numbers.size() < 2 || numbers.size() > 3)
      return invalid_input(in_quotes(trimmed(piece))
                           + " is not a point (lon lat or lon lat depth)");
    OQ_TRY(const SitePoint point, make_point(numbers));
    points.push_back(point);
  }
  return points;
}

// The founding service's form: a plain list of numbers, two a point.
Result<std::vector<SitePoint>> parse_pairs(std::string_view text) {
  OQ_TRY(const auto numbers, parse_numbers(text, ListSeparators::blanks_and_commas));
  if (numbers.size() % 2 != 0)
    return invalid_input("an odd count of numbers cannot be longitudes and latitudes");
  std::vector<SitePoint> points;
  for (std::size_t i = 0; i < numbers.size(); i += 2) {
    OQ_TRY(const SitePoint point, make_point(std::span(numbers).subspan(i, 2)));
    points.push_back(point);
  }
  return points;
}

// What stands inside the parentheses of WKT; empty when the text is not WKT.
Result<std::string> wkt_coordinates(std::string_view text) {
  const auto open = text.find('(');
  const auto close = text.rfind(')');
  if (close == std::string_view::npos || close < open || close != text.size() - 1)
    return invalid_input("parentheses that do not match");
  std::string inside(text.substr(open, close - open + 1));
  const bool polygon = text.starts_with("POLYGON") || text.starts_with("polygon");
  // Parentheses separate rings of a polygon, but only decorate the points of a multipoint.
  if (polygon && std::ranges::count(inside, '(') != 2)
    return invalid_input("a polygon must have one ring, without holes");
  std::erase_if(inside, [](char c) {
    return c == '(' || c == ')';
  });
  return inside;
}

} // namespace

Result<std::vector<SitePoint>> parse_points(std::string_view text) {
  std::string unwrapped(trimmed(text));
  if (!unwrapped.empty() && unwrapped.find('(') != std::string::npos) {
    OQ_TRY(unwrapped, wkt_coordinates(unwrapped));
  }
  if (unwrapped.ends_with(','))
    unwrapped.pop_back();
  if (split_list(unwrapped, ListSeparators::blanks_and_commas).size() > 3 * kMostPoints)
    return invalid_input("more than " + std::to_string(kMostPoints) + " points");
  const auto pieces = split_at(unwrapped, ',');
  const bool pairs = std::ranges::all_of(pieces, [&](std::string_view piece) {
    const auto words = split_list(piece, ListSeparators::blanks).size();
    return pieces.size() == 1 ? words > 3 : words == 1;
  });
  return pairs ? parse_pairs(unwrapped) : parse_pieces(unwrapped);
}

} // namespace oq::engine
