// Checks on assets, their total values, and their order.
#include "engine/risk/asset_list.hpp"

#include "engine/nrml/number.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace oq::engine {
namespace {

constexpr std::size_t kMostAssets = 10'000'000;
constexpr std::size_t kLongestId = 255; // bytes
constexpr float kNotGiven = std::numeric_limits<float>::quiet_NaN();

double five_decimals(double degrees) {
  return std::nearbyint(degrees * 1e5) / 1e5;
}

template <class T>
void reorder(std::vector<T>& column, const std::vector<std::size_t>& order) {
  std::vector<T> sorted;
  sorted.reserve(column.size());
  for (auto index : order)
    sorted.push_back(std::move(column[index]));
  column = std::move(sorted);
}

// Single precision throughout, as the reference engine keeps exposures.
float total_value(const AssetRow& row, double cost, CostBasis basis, bool area_is_aggregated) {
  auto value = static_cast<float>(cost);
  const auto number = static_cast<float>(row.number);
  switch (basis) {
  case CostBasis::aggregated:
    break;
  case CostBasis::per_asset:
    value *= number;
    break;
  case CostBasis::per_area:
    value *= static_cast<float>(row.area.value_or(1));
    if (!area_is_aggregated)
      value *= number;
  }
  return value;
}

} // namespace

std::string Assets::where(std::size_t asset) const {
  return files[file[asset]] + ":" + std::to_string(line[asset]);
}

void AssetList::start_file(std::string name, std::string id_prefix) {
  assets_.files.push_back(std::move(name));
  id_prefix_ = std::move(id_prefix);
}

std::string AssetList::here(std::uint32_t line) const {
  return assets_.files.back() + ":" + std::to_string(line);
}

Result<void> AssetList::check(const AssetRow& row, std::uint32_t line) const {
  const auto refuse = [&](const std::string& message) {
    return invalid_input("asset " + in_quotes(row.id) + ": " + message, here(line));
  };
  if (row.id.empty())
    return invalid_input("an asset without an id", here(line));
  if (row.id.size() > kLongestId || row.taxonomy.size() > kLongestId)
    return refuse("id or taxonomy longer than 255 bytes");
  if (row.taxonomy.empty())
    return refuse("no taxonomy");
  if (!(row.lon >= -180 && row.lon <= 180) || !(row.lat >= -90 && row.lat <= 90))
    return refuse("lon must be in [-180, 180] and lat in [-90, 90]");
  if (!(row.number >= 0) || row.area.value_or(0) < 0)
    return refuse("number and area must not be negative");
  for (const auto* list : {&row.costs, &row.occupants})
    for (const auto& [name, value] : *list)
      if (value < 0)
        return refuse("the value of " + in_quotes(name) + " is negative");
  return {};
}

void AssetList::set_value(const std::string& loss_type, float value) {
  auto& column = assets_.values[loss_type];
  column.resize(assets_.size() - 1, kNotGiven); // assets before the first that has the value
  column.push_back(value);
}

Result<void> AssetList::set_costs(const AssetRow& row, const ExposureConversions& conversions,
                                  std::uint32_t line) {
  std::vector<std::string> seen;
  for (const auto& [type, cost] : row.costs) {
    const auto basis = conversions.cost_types.find(type);
    if (basis == conversions.cost_types.end())
      return invalid_input("asset " + in_quotes(row.id) + ": cost type " + in_quotes(type)
                             + " is not among the exposure's costTypes",
                           here(line));
    if (std::ranges::find(seen, type) != seen.end())
      return invalid_input("asset " + in_quotes(row.id) + ": two costs of type " + in_quotes(type),
                           here(line));
    if (basis->second == CostBasis::per_area && !row.area)
      return invalid_input("asset " + in_quotes(row.id) + ": a cost per area needs an area",
                           here(line));
    seen.push_back(type);
    set_value(type, total_value(row, cost, basis->second, conversions.area_is_aggregated));
  }
  return {};
}

Result<void> AssetList::add(const AssetRow& row, const ExposureConversions& conversions,
                            std::uint32_t line) {
  if (assets_.size() >= kMostAssets)
    return invalid_input("more than 10,000,000 assets", here(line));
  OQ_CHECK(check(row, line));
  const auto [other, is_new] = positions_.try_emplace(id_prefix_ + row.id, assets_.size());
  if (!is_new)
    return invalid_input("asset id " + in_quotes(row.id) + " is there already, at "
                           + assets_.where(other->second),
                         here(line));
  assets_.id.push_back(id_prefix_ + row.id);
  assets_.taxonomy.push_back(row.taxonomy);
  assets_.lon.push_back(five_decimals(row.lon));
  assets_.lat.push_back(five_decimals(row.lat));
  assets_.number.push_back(static_cast<float>(row.number));
  assets_.file.push_back(static_cast<std::uint32_t>(assets_.files.size() - 1));
  assets_.line.push_back(line);
  set_value("number", static_cast<float>(row.number));
  if (row.area)
    set_value("area", static_cast<float>(*row.area));
  if (!row.occupants.empty()) {
    float sum = 0;
    for (const auto& [period, count] : row.occupants)
      sum += static_cast<float>(count);
    set_value("occupants", sum / static_cast<float>(row.occupants.size()));
  }
  return set_costs(row, conversions, line);
}

Result<Assets> AssetList::finish() && {
  if (assets_.size() == 0)
    return invalid_input("the exposure has no assets",
                         assets_.files.empty() ? "" : assets_.files.back());
  for (auto& [loss_type, column] : assets_.values)
    column.resize(assets_.size(), kNotGiven);
  std::vector<std::size_t> order(assets_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [this](std::size_t a, std::size_t b) {
    return std::pair(assets_.lon[a], assets_.lat[a]) < std::pair(assets_.lon[b], assets_.lat[b]);
  });
  reorder(assets_.id, order);
  reorder(assets_.taxonomy, order);
  reorder(assets_.lon, order);
  reorder(assets_.lat, order);
  reorder(assets_.number, order);
  reorder(assets_.file, order);
  reorder(assets_.line, order);
  for (auto& [loss_type, column] : assets_.values)
    reorder(column, order);
  return std::move(assets_);
}

} // namespace oq::engine
