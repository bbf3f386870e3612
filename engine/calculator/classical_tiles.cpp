// The memory of a tile: its rates, the results that wait for their turn, the products of a part.
#include "engine/calculator/classical_tiles.hpp"

#include "engine/calculator/classical_products.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

constexpr double kMebibyte = 1 << 20;
constexpr double kMostResultBytes = 32 * kMebibyte;
// Results are small beside a tile, so that many may wait; each is worth the work of making
// ruptures.
constexpr double kResultsOfTile = 32;
constexpr double kLeastAhead = 16;
constexpr double kMostAhead = 1e6;
constexpr double kMostPartBytes = 16 * kMebibyte;

double result_limit(std::size_t tiles, double tile_rates) {
  return tiles == 1 ? kMostResultBytes : std::min(tile_rates / kResultsOfTile, kMostResultBytes);
}

// Of the largest task, which takes one site at least.
double result_bytes(std::size_t tiles, double tile_sites, const SiteBytes& bytes) {
  if (!bytes.apart)
    return tile_sites * bytes.result;
  const double room = result_limit(tiles, tile_sites * bytes.rates);
  const double sites = std::clamp(std::floor(room / std::max(bytes.result, 1.0)), 1.0, tile_sites);
  return sites * bytes.result;
}

double needed(std::size_t tiles, std::size_t sites, const SiteBytes& bytes) {
  const double tile = std::ceil(static_cast<double>(sites) / static_cast<double>(tiles));
  return tile * bytes.rates + kLeastAhead * result_bytes(tiles, tile, bytes) + bytes.products;
}

std::string size_text(double bytes) {
  return bytes < kMebibyte ? fmt::format("{:.1f} KiB", bytes / 1024)
                           : fmt::format("{:.1f} MiB", bytes / kMebibyte);
}

} // namespace

SiteBytes site_bytes(const Job& job, const FullLogicTree& tree, const ClassicalModel& model) {
  SiteBytes bytes;
  for (const RateGroup& group : model.groups) {
    const double values = sizeof(double) * static_cast<double>(model.values_per_site(group));
    bytes.rates += values;
    bytes.result = std::max(bytes.result, values * static_cast<double>(1 + group.variants.size()));
  }
  bytes.apart = !model.settings.few_sites;
  const auto kinds = static_cast<double>(tree.realizations.size() + statistics_of(job).size());
  const auto columns = static_cast<double>(job.disagg_by_src ? model.groups.size() : 0);
  const auto levels =
    static_cast<double>(std::max({model.levels(), job.soil_intensities.size(), job.poes.size()}));
  // Curves of rock and soil, or their maps, and what is made of them.
  bytes.products =
    sizeof(double) * static_cast<double>(model.imts()) * levels * (2 * kinds + columns);
  return bytes;
}

SiteRange sites_of(const ClassicalTiles& tiles, std::size_t tile, std::size_t sites) {
  return {tile * tiles.sites, std::min((tile + 1) * tiles.sites, sites)};
}

ClassicalTiles tiles_of(std::size_t count, double memory, std::size_t sites,
                        const SiteBytes& bytes) {
  ClassicalTiles tiles;
  tiles.sites = std::max<std::size_t>(1, (sites + count - 1) / count);
  tiles.count = std::max<std::size_t>(1, (sites + tiles.sites - 1) / tiles.sites);
  const auto tile = static_cast<double>(tiles.sites);
  const double rates = tile * bytes.rates;
  tiles.task_values = static_cast<std::size_t>(result_limit(tiles.count, rates) / sizeof(double));
  const double part = std::min({kMostPartBytes, memory / 8, memory - rates});
  tiles.part_sites =
    static_cast<std::size_t>(std::clamp(part / std::max(bytes.products, 1.0), 1.0, tile));
  const double room = memory - rates - static_cast<double>(tiles.part_sites) * bytes.products;
  tiles.tasks_ahead = static_cast<std::size_t>(std::clamp(
    room / std::max(result_bytes(tiles.count, tile, bytes), 1.0), kLeastAhead, kMostAhead));
  return tiles;
}

Result<ClassicalTiles> tiles_for(double memory, std::size_t sites, const SiteBytes& bytes,
                                 const std::string& where) {
  std::size_t tiles = 1;
  double need = needed(tiles, sites, bytes);
  const std::size_t most = bytes.apart ? sites : 1;
  while (need > memory && tiles < most) {
    const auto more = std::ceil(static_cast<double>(tiles) * std::min(need / memory, 1e3));
    tiles = std::clamp(static_cast<std::size_t>(more), tiles + 1, most);
    need = needed(tiles, sites, bytes);
  }
  if (need > memory)
    return invalid_input(
      fmt::format("{} with all realizations and levels needs {} of memory, more than the {} given",
                  bytes.apart ? "even one site at a time"
                              : "what is computed for all sites at once",
                  size_text(need), size_text(memory)),
      where);
  return tiles_of(tiles, memory, sites, bytes);
}

} // namespace oq::engine
