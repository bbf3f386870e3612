// Checks on assets, their total values, and their order.
#include "engine/risk/asset_list.hpp"

#include "engine/geo/five_decimals.hpp"
#include "engine/nrml/number.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace oq::engine {
namespace {

constexpr std::size_t kMostAssets = 10'000'000;
constexpr std::size_t kLongestId = 255; // bytes
constexpr std::size_t kMostTagWords = 1'000'000;
constexpr float kNotGiven = std::numeric_limits<float>::quiet_NaN();
constexpr char kUnknownTag[] = "?";

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
  if (files.empty()) // assets of a parent calculation
    return {};
  return files[file[asset]] + ":" + std::to_string(line[asset]);
}

Assets Assets::chosen(const std::vector<std::size_t>& assets) const {
  const auto pick = [&](const auto& column) {
    std::decay_t<decltype(column)> out;
    out.reserve(column.empty() ? 0 : assets.size());
    if (!column.empty())
      for (auto asset : assets)
        out.push_back(column[asset]);
    return out;
  };
  Assets out;
  out.id = pick(id);
  out.taxonomy = pick(taxonomy);
  out.lon = pick(lon);
  out.lat = pick(lat);
  out.number = pick(number);
  for (const auto& [name, column] : values)
    out.values[name] = pick(column);
  out.taxonomies = taxonomies;
  out.columns = columns;
  out.deductible = pick(deductible);
  out.retrofitted = pick(retrofitted);
  for (const auto& [name, column] : deductibles)
    out.deductibles[name] = pick(column);
  for (const auto& [name, column] : limits)
    out.limits[name] = pick(column);
  for (const auto& [name, column] : tags)
    out.tags[name] = {column.words, pick(column.word_of)};
  out.files = files;
  out.file = pick(file);
  out.line = pick(line);
  return out;
}

std::string value_of_loss_type(const std::string& loss_type, const std::string& time_event) {
  if (loss_type == "occupants" || loss_type == "injured" || loss_type == "fatalities")
    return "occupants_" + time_event;
  if (loss_type == "affectedpop" || loss_type == "homeless")
    return "residents";
  return loss_type;
}

void AssetList::start_file(std::string name, std::string id_prefix) {
  assets_.files.push_back(std::move(name));
  id_prefix_ = std::move(id_prefix);
}

void AssetList::declare_columns(const std::vector<std::string>& names) {
  for (const auto& name : names)
    if (std::ranges::find(assets_.columns, name) == assets_.columns.end())
      assets_.columns.push_back(name);
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
  if (row.residents.value_or(0) < 0 || row.retrofitted.value_or(0) < 0 || row.deductible < 0)
    return refuse("residents, retrofitted and ideductible must not be negative");
  for (const auto* list : {&row.costs, &row.occupants})
    for (const auto& [name, value] : *list)
      if (value < 0)
        return refuse("the value of " + in_quotes(name) + " is negative");
  return {};
}

void AssetList::set_value(const std::string& name, float value) {
  auto& column = assets_.values[name];
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
  if (!row.retrofitted)
    return {};
  const auto basis = conversions.cost_types.find("structural");
  const auto as = basis == conversions.cost_types.end() ? CostBasis::aggregated : basis->second;
  assets_.retrofitted.resize(assets_.size() - 1, kNotGiven);
  assets_.retrofitted.push_back(
    total_value(row, *row.retrofitted, as, conversions.area_is_aggregated));
  return {};
}

Result<void> AssetList::set_covers(const AssetRow& row, const ExposureConversions& conversions,
                                   std::uint32_t line) {
  const auto add = [&](std::map<std::string, std::vector<float>>& columns, const auto& given,
                       bool is_absolute) {
    for (const auto& [type, amount] : given) {
      const double cost =
        std::ranges::find(row.costs, type, &std::pair<std::string, double>::first)->second;
      auto& column = columns[type];
      column.resize(assets_.size() - 1, kNotGiven);
      column.push_back(static_cast<float>(!is_absolute ? amount : cost > 0 ? amount / cost : 0));
    }
  };
  add(assets_.deductibles, row.deductibles, conversions.deductible_is_absolute);
  add(assets_.limits, row.limits, conversions.limit_is_absolute);
  for (const auto& [type, amount] : row.limits) {
    const auto deductible = assets_.deductibles.find(type);
    const bool has_one =
      deductible != assets_.deductibles.end() && deductible->second.size() == assets_.size();
    if (amount < 0 || (has_one && !(deductible->second.back() <= assets_.limits[type].back())))
      return invalid_input("asset " + in_quotes(row.id) + ": the deductible of its " + type
                             + " cost is above the insurance limit",
                           here(line));
  }
  for (const auto& [type, amount] : row.deductibles)
    if (amount < 0)
      return invalid_input("asset " + in_quotes(row.id) + ": a deductible must not be negative",
                           here(line));
  return {};
}

void AssetList::set_occupants(const AssetRow& row) {
  if (row.occupants.empty())
    return;
  float sum = 0;
  for (const auto& [period, count] : row.occupants) {
    set_value("occupants_" + period, static_cast<float>(count));
    sum += static_cast<float>(count);
  }
  set_value("occupants_avg", sum / static_cast<float>(row.occupants.size()));
}

void AssetList::set_tags(const AssetRow& row, const ExposureConversions& conversions) {
  for (const auto& name : conversions.tag_names) {
    const auto given =
      std::ranges::find(row.tags, name, &std::pair<std::string, std::string>::first);
    const std::string word =
      given == row.tags.end() || given->second.empty() ? kUnknownTag : given->second;
    auto& column = assets_.tags[name];
    auto& known = words_[name];
    const auto intern = [&](const std::string& text) {
      const auto [entry, is_new] =
        known.try_emplace(text, static_cast<std::uint32_t>(column.words.size()));
      if (is_new)
        column.words.push_back(text);
      return entry->second;
    };
    while (column.word_of.size() + 1 < assets_.size()) // assets of files without this tag
      column.word_of.push_back(intern(kUnknownTag));
    column.word_of.push_back(intern(word));
  }
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
  if (taxonomies_.insert(row.taxonomy).second)
    assets_.taxonomies.push_back(row.taxonomy);
  assets_.lon.push_back(five_decimals(row.lon));
  assets_.lat.push_back(five_decimals(row.lat));
  assets_.number.push_back(static_cast<float>(row.number));
  assets_.deductible.push_back(static_cast<float>(row.deductible));
  assets_.file.push_back(static_cast<std::uint32_t>(assets_.files.size() - 1));
  assets_.line.push_back(line);
  set_value("number", static_cast<float>(row.number));
  if (row.area)
    set_value("area", static_cast<float>(*row.area));
  if (row.residents)
    set_value("residents", static_cast<float>(*row.residents));
  set_occupants(row);
  set_tags(row, conversions);
  OQ_CHECK(set_costs(row, conversions, line));
  return set_covers(row, conversions, line);
}

Result<Assets> AssetList::finish() && {
  if (assets_.size() == 0)
    return invalid_input("the exposure has no assets",
                         assets_.files.empty() ? "" : assets_.files.back());
  const auto count = assets_.size();
  for (auto& [name, column] : assets_.values)
    column.resize(count, kNotGiven);
  if (!assets_.retrofitted.empty())
    assets_.retrofitted.resize(count, kNotGiven);
  for (auto* columns : {&assets_.deductibles, &assets_.limits})
    for (auto& [name, column] : *columns)
      column.resize(count, kNotGiven);
  for (auto& [name, column] : assets_.tags) {
    if (column.words.size() > kMostTagWords)
      return invalid_input("the tag " + in_quotes(name) + " has more than 1,000,000 values",
                           assets_.files.back());
    if (column.word_of.size() == count)
      continue;
    const auto unknown = std::ranges::find(column.words, kUnknownTag) - column.words.begin();
    if (static_cast<std::size_t>(unknown) == column.words.size())
      column.words.emplace_back(kUnknownTag);
    column.word_of.resize(count, static_cast<std::uint32_t>(unknown));
  }
  std::erase_if(assets_.columns, [&](const std::string& name) {
    return !assets_.values.contains(name);
  });
  for (const auto& [name, column] : assets_.values)
    if (name != "occupants_avg")
      declare_columns({name});
  if (assets_.values.contains("occupants_avg"))
    declare_columns({"occupants_avg"});
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [this](std::size_t a, std::size_t b) {
    return std::pair(assets_.lon[a], assets_.lat[a]) < std::pair(assets_.lon[b], assets_.lat[b]);
  });
  return assets_.chosen(order);
}

} // namespace oq::engine
