// The columns of a later file may stand in another order.
#include "engine/gmf/joined_fields.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

namespace oq::engine {
namespace {

constexpr std::size_t kMostRows = 500'000'000, kMostEvents = 10'000'000;

// Rows by event, then site. Errc::invalid_input when a pair is there twice.
Result<std::vector<std::size_t>> sorted_rows(const FieldTable& table, const std::string& file) {
  std::vector<std::size_t> order(table.rows());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto key = [&](std::size_t row) {
    return std::pair(table.event[row], table.site[row]);
  };
  std::ranges::stable_sort(order, {}, key);
  for (std::size_t i = 1; i < order.size(); ++i)
    if (key(order[i]) == key(order[i - 1]))
      return invalid_input(fmt::format("event {} shakes a site twice", table.event[order[i]]),
                           file);
  return order;
}

// Where each of `wanted` stands among `given`.
Result<std::vector<std::size_t>> columns_of(const std::vector<std::string>& wanted,
                                            const std::vector<std::string>& given,
                                            const std::string& first, const std::string& file) {
  if (!std::ranges::is_permutation(wanted, given))
    return invalid_input(fmt::format("the fields are of {}, but those of {} of {}",
                                     fmt::join(given, ", "), first, fmt::join(wanted, ", ")),
                         file);
  std::vector<std::size_t> columns;
  for (const auto& imt : wanted)
    columns.push_back(static_cast<std::size_t>(std::ranges::find(given, imt) - given.begin()));
  return columns;
}

} // namespace

Result<void> JoinedFields::add(FieldsOfFile next) {
  const FieldTable& table = next.fields;
  OQ_TRY(const auto order, sorted_rows(table, next.file));
  if (fields_.imts.empty()) {
    auto names = table.imts;
    std::ranges::sort(names);
    if (const auto twin = std::ranges::adjacent_find(names); twin != names.end())
      return invalid_input(*twin + " is there twice", next.file);
    first_file_ = next.file;
    fields_.imts = table.imts;
    fields_.secondary = table.secondary;
  }
  OQ_TRY(const auto columns, columns_of(fields_.imts, table.imts, first_file_, next.file));
  const auto last = static_cast<std::size_t>(table.event[order.back()]);
  const std::size_t events = std::max(next.events, last + 1);
  if (events > kMostEvents - events_ || table.rows() > kMostRows - fields_.rows())
    return invalid_input(
      fmt::format("more than {} events or {} rows with the files before", kMostEvents, kMostRows),
      next.file);
  for (const std::size_t row : order) {
    fields_.event.push_back(table.event[row] + static_cast<std::int32_t>(events_));
    fields_.site.push_back(table.site[row]);
    for (const std::size_t column : columns)
      fields_.values.push_back(table.values[row * columns.size() + column]);
  }
  events_ += events;
  return {};
}

ImportedTable JoinedFields::take(SiteCollection sites) && {
  ImportedTable out{std::move(sites), {}, std::move(fields_)};
  out.events.rupture.assign(events_, 0);
  out.events.realization.assign(events_, 0);
  return out;
}

} // namespace oq::engine
