// Range and If-Range of a download.
#include "http/byte_range.hpp"

#include "http/http_date.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace oq::http {
namespace {

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range && end == text.data() + text.size())
    return UINT64_MAX;
  if (text.empty() || error != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

} // namespace

RangeOutcome select_range(std::string_view range_header, std::uint64_t size) {
  const RangeOutcome whole{RangeOutcome::Kind::whole, {0, size}};
  constexpr std::string_view kUnit = "bytes=";
  if (!range_header.starts_with(kUnit))
    return whole;
  const std::string_view range = range_header.substr(kUnit.size());
  const std::size_t dash = range.find('-');
  if (dash == std::string_view::npos || range.find(',') != std::string_view::npos)
    return whole;
  const auto first = number(range.substr(0, dash));
  const auto last = number(range.substr(dash + 1));
  const bool open_end = dash + 1 == range.size();

  if (dash == 0) { // the last so many bytes
    if (!last)
      return whole;
    const std::uint64_t length = std::min(*last, size);
    if (length == 0)
      return {RangeOutcome::Kind::unsatisfiable, {}};
    return {RangeOutcome::Kind::partial, {size - length, length}};
  }
  if (!first || (!last && !open_end) || (last && *last < *first))
    return whole;
  if (*first >= size)
    return {RangeOutcome::Kind::unsatisfiable, {}};
  const std::uint64_t end = open_end ? size - 1 : std::min(*last, size - 1);
  return {RangeOutcome::Kind::partial, {*first, end - *first + 1}};
}

bool range_still_valid(std::string_view if_range_header, const ServedFile& file) {
  return if_range_header.empty() || if_range_header == file.etag()
         || if_range_header == http_date(file.modified());
}

} // namespace oq::http
