// ClassicalProducts: rates to probabilities, realization by realization, site by site.
#include "engine/calculator/classical_products.hpp"

#include "engine/base/json.hpp"
#include "engine/calculator/rates_by_source.hpp"
#include "engine/hazard/datastore_keys.hpp"
#include "engine/hazard/hazard_map.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

// 1 - 2^-53: a rate is finite whatever the probability.
constexpr double kLargestPoe = 0.9999999999999999;

struct Shape {
  std::size_t sites = 0, realizations = 0, imts = 0, levels = 0;

  std::size_t curves() const { return imts * levels; } // values of a site and realization
};

// What a realization adds up: groups, and where its model's values begin among those of a site.
using Terms = std::vector<std::pair<std::size_t, std::size_t>>;

std::vector<Terms> terms_of(const FullLogicTree& tree, const ClassicalModel& model,
                            std::size_t size) {
  std::vector<Terms> terms(tree.realizations.size());
  for (std::size_t r = 0; r < terms.size(); ++r)
    for (std::size_t g = 0; g < model.groups.size(); ++g) {
      const Realization& realization = tree.realizations[r];
      const RateGroup& group = model.groups[g];
      if (std::ranges::binary_search(group.source_paths, realization.source_path))
        terms[r].emplace_back(g, realization.gsim_branches[group.gsim_set] * size);
    }
  return terms;
}

std::vector<double> realization_curves(const std::vector<Terms>& terms, const ClassicalModel& model,
                                       const TileRates& rates, SiteRange sites, std::size_t size) {
  std::vector<double> curves((sites.end - sites.begin) * terms.size() * size);
  double* curve = curves.data();
  for (std::size_t site = sites.begin; site < sites.end; ++site)
    for (const Terms& realization : terms) {
      for (const auto& [group, offset] : realization) {
        const double* const rate = rates.of(model, group, site) + offset;
        for (std::size_t i = 0; i < size; ++i)
          curve[i] += rate[i];
      }
      for (std::size_t i = 0; i < size; ++i)
        curve[i] = -std::expm1(-curve[i]);
      curve += size;
    }
  return curves;
}

std::vector<double> curve_statistics(const std::vector<Statistic>& statistics,
                                     const FullLogicTree& tree, const std::vector<double>& curves,
                                     const Shape& shape, bool use_rates) {
  const std::size_t size = shape.curves();
  std::vector<std::vector<double>> weights(shape.imts); // of realizations
  for (std::size_t imt = 0; imt < shape.imts; ++imt)
    for (const Realization& realization : tree.realizations)
      weights[imt].push_back(realization.weight_for(imt));
  std::vector<double> result(shape.sites * statistics.size() * size);
  std::vector<double> values(shape.realizations);
  std::vector<std::size_t> scratch;
  for (std::size_t site = 0; site < shape.sites; ++site)
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t r = 0; r < shape.realizations; ++r) {
        const double poe = curves[(site * shape.realizations + r) * size + i];
        values[r] = use_rates ? -std::log1p(-std::min(poe, kLargestPoe)) : poe;
      }
      for (std::size_t s = 0; s < statistics.size(); ++s) {
        const double value = evaluate(statistics[s], values, weights[i / shape.levels], scratch);
        result[(site * statistics.size() + s) * size + i] = use_rates ? -std::expm1(-value) : value;
      }
    }
  return result;
}

// `kinds` curves a site become as many maps.
std::vector<double> maps_of(const Job& job, const std::vector<double>& curves, const Shape& shape,
                            std::size_t kinds) {
  std::vector<HazardMapReader> readers;
  for (const IntensityLevels& levels : job.intensity_levels)
    readers.emplace_back(levels.levels, job.poes);
  const std::size_t poes = job.poes.size();
  std::vector<double> maps(shape.sites * kinds * shape.imts * poes);
  for (std::size_t row = 0; row < shape.sites * kinds * shape.imts; ++row)
    readers[row % shape.imts].read(std::span(curves).subspan(row * shape.levels, shape.levels),
                                   std::span(maps).subspan(row * poes, poes));
  return maps;
}

boost::json::array names(const std::vector<std::string>& texts) {
  boost::json::array array;
  for (const std::string& text : texts)
    array.emplace_back(text);
  return array;
}

boost::json::array numbers(const std::vector<double>& values) {
  boost::json::array array;
  for (const double value : values)
    array.emplace_back(value);
  return array;
}

// Makes the arrays of curves and maps, with the attributes that all of them have.
class ProductArrays {
public:
  ProductArrays(const Job& job, const Shape& shape, Datastore& datastore)
    : job_(job), shape_(shape), datastore_(datastore) {
    boost::json::array levels, imts;
    for (const IntensityLevels& given : job.intensity_levels) {
      imts.emplace_back(given.imt.name());
      levels.emplace_back(numbers(given.levels));
    }
    common_ = {{"imts", imts}, {"levels", levels}, {"investigation_time", job.investigation_time}};
  }

  Result<void> curves(const char* key, const std::vector<std::string>& kinds, bool exported) {
    return create(key, kinds, exported, "lvl", shape_.levels, common_);
  }

  Result<void> maps(const char* key, const std::vector<std::string>& kinds, bool exported) {
    Attributes attributes = common_;
    boost::json::array spectral;
    for (const IntensityLevels& given : job_.intensity_levels)
      if (given.imt.is_sa() || given.imt.kind == ImtKind::pga)
        spectral.emplace_back(given.imt.name());
    attributes["poes"] = numbers(job_.poes);
    attributes["hazard_maps"] = job_.hazard_maps;
    attributes["uniform_hazard_spectra"] = job_.uniform_hazard_spectra;
    attributes["uhs_imts"] = spectral;
    return create(key, kinds, exported, "poe", job_.poes.size(), attributes);
  }

private:
  Result<void> create(const std::string& key, const std::vector<std::string>& kinds, bool exported,
                      const char* last_axis, std::size_t last, Attributes attributes) {
    const char* second = key.ends_with("-rlzs") ? "rlz_id" : "stat";
    attributes["shape_descr"] = boost::json::array{"site_id", second, "imt", last_axis};
    attributes["json"] = json_text(axes_of(kinds, second, last_axis, last));
    attributes["kinds"] = names(kinds);
    attributes["exported"] = exported;
    OQ_CHECK(datastore_.create(
      key, {{shape_.sites, kinds.size(), shape_.imts, last}, std::vector<double>()}));
    return datastore_.put_attributes(key, attributes);
  }

  // The axes in the words of OpenQuake's own readers: a name's values, or how many there are.
  boost::json::object axes_of(const std::vector<std::string>& kinds, const char* second,
                              const char* last_axis, std::size_t last) const {
    boost::json::object axes;
    axes["shape_descr"] = boost::json::array{"site_id", second, "imt", last_axis};
    axes["site_id"] = shape_.sites;
    if (second == std::string_view("stat"))
      axes[second] = names(kinds);
    else
      axes[second] = kinds.size();
    axes["imt"] = common_.at("imts");
    if (last_axis == std::string_view("poe"))
      axes[last_axis] = numbers(job_.poes);
    else
      axes[last_axis] = last;
    return axes;
  }

  const Job& job_;
  const Shape& shape_;
  Datastore& datastore_;
  Attributes common_;
};

} // namespace

std::vector<Statistic> statistics_of(const Job& job) {
  std::vector<Statistic> statistics;
  if (job.mean)
    statistics.push_back({Statistic::Kind::mean});
  if (job.std_dev)
    statistics.push_back({Statistic::Kind::std_dev});
  for (const double quantile : job.quantiles)
    statistics.push_back({Statistic::Kind::quantile, quantile});
  if (job.max)
    statistics.push_back({Statistic::Kind::maximum});
  return statistics;
}

ClassicalProducts::ClassicalProducts(const Job& job, const FullLogicTree& tree,
                                     const ClassicalModel& model, const SoilCurves* soil,
                                     std::size_t part_sites)
  : job_(job), tree_(tree), model_(model), soil_(soil), part_sites_(part_sites),
    statistics_(statistics_of(job)), terms_(terms_of(tree, model, model.imts() * model.levels())) {
  if (soil)
    for (IntensityLevels& given : job_.intensity_levels)
      given.levels = soil->levels();
}

bool ClassicalProducts::has_maps() const {
  return !job_.poes.empty() && (job_.hazard_maps || job_.uniform_hazard_spectra);
}

Result<void> ClassicalProducts::create(Datastore& datastore) const {
  const Shape shape{model_.sites.size(), tree_.realizations.size(), model_.imts(), levels()};
  std::vector<std::string> realization_kinds, statistic_kinds;
  for (const Realization& realization : tree_.realizations)
    realization_kinds.push_back(fmt::format("rlz-{:03}", realization.ordinal));
  for (const Statistic& statistic : statistics_)
    statistic_kinds.push_back(statistic.name());
  const bool individual = shape.realizations == 1
                            ? statistics_.empty()
                            : job_.individual_rlzs.value_or(statistics_.empty());
  const bool single_site = shape.sites == 1 && shape.realizations > 1 && !job_.individual_rlzs;

  ProductArrays arrays(job_, shape, datastore);
  if (job_.disagg_by_src)
    OQ_CHECK(create_rates_by_source(job_, model_, datastore));
  if (!statistics_.empty()) {
    if (has_maps())
      OQ_CHECK(arrays.maps(keys::kMapStatistics, statistic_kinds, true));
    OQ_CHECK(arrays.curves(keys::kCurveStatistics, statistic_kinds, true));
  }
  if (has_maps())
    OQ_CHECK(arrays.maps(keys::kMapsOfRealizations, realization_kinds, individual));
  OQ_CHECK(arrays.curves(keys::kCurvesOfRealizations, realization_kinds, individual));
  return datastore.put_attributes(keys::kCurvesOfRealizations, {{"single_site", single_site}});
}

Result<void> ClassicalProducts::store(const TileRates& rates, Datastore& datastore) const {
  for (std::size_t first = rates.sites.begin; first < rates.sites.end; first += part_sites_)
    OQ_CHECK(store_part(rates, {first, std::min(first + part_sites_, rates.sites.end)}, datastore));
  return {};
}

Result<void> ClassicalProducts::store_part(const TileRates& rates, SiteRange sites,
                                           Datastore& datastore) const {
  const std::vector<Range> range = {{sites.begin, sites.end - sites.begin}};
  if (job_.disagg_by_src)
    OQ_CHECK(store_rates_by_source(job_, tree_, model_, rates, sites, datastore));
  std::vector<double> curves =
    realization_curves(terms_, model_, rates, sites, model_.imts() * model_.levels());
  if (soil_)
    curves = soil_->amplified(curves, tree_.realizations.size(), sites.begin);
  const Shape shape{range[0].count, tree_.realizations.size(), model_.imts(), levels()};
  if (!statistics_.empty()) {
    std::vector<double> values =
      curve_statistics(statistics_, tree_, curves, shape, job_.use_rates);
    if (has_maps())
      OQ_CHECK(datastore.put_part(keys::kMapStatistics, range,
                                  maps_of(job_, values, shape, statistics_.size())));
    OQ_CHECK(datastore.put_part(keys::kCurveStatistics, range, std::move(values)));
  }
  if (has_maps())
    OQ_CHECK(datastore.put_part(keys::kMapsOfRealizations, range,
                                maps_of(job_, curves, shape, shape.realizations)));
  return datastore.put_part(keys::kCurvesOfRealizations, range, std::move(curves));
}

} // namespace oq::engine
