// Disaggregation by source: where the exceedances of one level come from, for the sources that
// matter (`disagg_by_rel_sources.main`).
#include "engine/calculator/post_processor.hpp"
#include "engine/calculator/second_pass.hpp"
#include "engine/hazard/datastore_keys.hpp"
#include "engine/hazard/disaggregation.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace oq::engine {

namespace {

// A source matters when its rate is this share of the greatest of any source.
constexpr double kRelevantShare = 0.1;

Error refused(const Job& job, std::string message) {
  const char* const option = job.option("postproc_args") ? "postproc_args" : "postproc_func";
  return invalid_input(std::move(message), job.where(option));
}

// Levels to disaggregate: site x IMT of the job, infinite where none is asked for.
Result<std::vector<double>> asked_levels(const Job& job, std::size_t sites) {
  const auto args = job.parameters.find("postproc_args");
  const auto* const given = args == job.parameters.end() ? nullptr : args->value().if_object();
  const auto* const names = given ? given->if_contains("imts") : nullptr;
  const auto* const by_site = given ? given->if_contains("imls_by_sid") : nullptr;
  if (!names || !by_site || !names->is_array() || !by_site->is_object())
    return refused(job, "postproc_args needs 'imts', a list, and 'imls_by_sid', a dictionary");
  std::vector<std::size_t> columns;
  for (const auto& name : names->as_array()) {
    const auto imt = name.is_string() ? Imt::parse(std::string_view(name.as_string()))
                                      : Result<Imt>(refused(job, "imts: not a list of names"));
    OQ_CHECK(imt);
    const auto known = std::ranges::find(job.intensity_levels, *imt, &IntensityLevels::imt);
    if (known == job.intensity_levels.end())
      return refused(job, fmt::format("imts: {} is not computed", imt->name()));
    columns.push_back(static_cast<std::size_t>(known - job.intensity_levels.begin()));
  }
  const std::size_t imts = job.intensity_levels.size();
  std::vector<double> levels(sites * imts, std::numeric_limits<double>::infinity());
  for (const auto& [key, values] : by_site->as_object()) {
    const std::string text(key);
    char* end = nullptr;
    const unsigned long site = std::strtoul(text.c_str(), &end, 10);
    if (text.empty() || *end != '\0' || site >= sites)
      return refused(job, fmt::format("imls_by_sid: there is no site {}", text.substr(0, 20)));
    if (!values.is_array() || values.as_array().size() != columns.size())
      return refused(job, fmt::format("imls_by_sid: site {} needs a level for each of imts", text));
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto& value = values.as_array()[i];
      if (!value.is_number() || !(value.to_number<double>() > 0))
        return refused(job,
                       fmt::format("imls_by_sid: a level of site {} is no number above 0", text));
      levels[site * imts + columns[i]] = value.to_number<double>();
    }
  }
  return levels;
}

// Rate at a level between those of a curve, linear in the logarithm of the level.
double rate_at(const std::vector<double>& levels, const std::vector<double>& rates, double level) {
  const auto above = std::ranges::lower_bound(levels, level);
  if (above == levels.begin())
    return rates.front();
  if (above == levels.end())
    return rates.back();
  const auto i = static_cast<std::size_t>(above - levels.begin());
  const double share = std::log(level / levels[i - 1]) / std::log(levels[i] / levels[i - 1]);
  return rates[i - 1] + share * (rates[i] - rates[i - 1]);
}

struct Magnitudes {
  double least = std::numeric_limits<double>::infinity(), greatest = 0;

  void add(double magnitude) {
    least = std::min(least, magnitude);
    greatest = std::max(greatest, magnitude);
  }
  void add(const SourceSet& set) {
    for (const PointRuptures& source : set.sources)
      for (const MagnitudeRate& bin : source.bins())
        add(bin.magnitude);
    for (const FaultRuptures& fault : set.faults)
      for (const FaultRupture& rupture : fault.ruptures())
        add(rupture.magnitude);
  }
};

class DisaggregationBySource final : public PostProcessor {
public:
  DisaggregationBySource(std::vector<double> levels, std::size_t imts)
    : levels_(std::move(levels)), imts_(imts) {}

  Result<void> run(const Job& job, const FullLogicTree& tree, const ClassicalModel& model,
                   Datastore& datastore, const FinishWatch& watch) const override {
    OQ_TRY(const std::set<std::string> relevant, relevant_sources(job, datastore));
    Magnitudes magnitudes;
    for (const RateGroup& group : model.groups)
      if (relevant.contains(group.source))
        magnitudes.add(group.set);
    if (magnitudes.greatest <= 0) // nothing exceeds the levels
      return {};
    OQ_TRY(const DisaggregationBins bins,
           disaggregation_bins(job, magnitudes.least, magnitudes.greatest));
    const auto parts = [&](const RateGroup& group) {
      return relevant.contains(group.source) ? std::vector{all_locations(group)}
                                             : std::vector<LocationRange>();
    };
    const auto column_of = [&](std::size_t group, std::size_t) -> std::optional<std::size_t> {
      const auto source = relevant.find(model.groups[group].source);
      if (source == relevant.end())
        return std::nullopt;
      return static_cast<std::size_t>(std::distance(relevant.begin(), source));
    };
    OQ_TRY(const auto sums,
           second_pass(tree, model,
                       {kernel(job, model, bins), bins.cells(), parts, relevant.size(), column_of},
                       watch));
    return store(job, bins, relevant, mean_rates(sums, model.sites.size(), bins.cells()),
                 datastore);
  }

private:
  Result<std::set<std::string>> relevant_sources(const Job& job, const Datastore& datastore) const {
    OQ_TRY(const Array array, datastore.get(keys::kRatesBySource));
    OQ_TRY(const Attributes attributes, datastore.attributes(keys::kRatesBySource));
    const auto& names = attributes.at("src_id").as_array();
    const auto& rates = std::get<std::vector<double>>(array.values);
    const std::size_t levels = array.shape[2], sources = names.size();
    std::set<std::string> relevant;
    for (std::size_t row = 0; row < levels_.size(); ++row) {
      if (std::isinf(levels_[row]))
        continue;
      std::vector<double> by_source;
      for (std::size_t source = 0; source < sources; ++source) {
        std::vector<double> curve;
        for (std::size_t level = 0; level < levels; ++level)
          curve.push_back(rates[(row * levels + level) * sources + source]);
        by_source.push_back(rate_at(job.intensity_levels[row % imts_].levels, curve, levels_[row]));
      }
      const double greatest = sources ? std::ranges::max(by_source) : 0;
      for (std::size_t source = 0; source < sources; ++source)
        if (by_source[source] > kRelevantShare * greatest)
          relevant.emplace(names[source].as_string());
    }
    return relevant;
  }

  std::shared_ptr<const MotionKernel> kernel(const Job& job, const ClassicalModel& model,
                                             const DisaggregationBins& bins) const {
    std::vector<double> levels = levels_; // as the models predict them
    for (std::size_t i = 0; i < levels.size(); ++i)
      if (model.settings.imts[i % imts_].kind != ImtKind::mmi)
        levels[i] = std::log(levels[i]);
    const auto star = job.parameters.find("epsilon_star");
    return std::make_shared<DisaggregationKernel>(
      bins, std::move(levels), imts_, model.settings.normal,
      star != job.parameters.end() && star->value().is_bool() && star->value().as_bool());
  }

  // Site x source x cell x IMT: expected numbers in the investigation time, as OpenQuake has them.
  std::vector<double> mean_rates(const std::vector<std::vector<double>>& sums, std::size_t sites,
                                 std::size_t cells) const {
    std::vector<double> means(sites * sums.size() * cells * imts_);
    for (std::size_t column = 0; column < sums.size(); ++column)
      for (std::size_t i = 0; i < sums[column].size(); ++i) {
        const std::size_t cell = i % cells, imt = i / cells % imts_, site = i / cells / imts_;
        means[((site * sums.size() + column) * cells + cell) * imts_ + imt] = sums[column][i];
      }
    return means;
  }

  Result<void> store(const Job& job, const DisaggregationBins& bins,
                     const std::set<std::string>& relevant, std::vector<double> means,
                     Datastore& datastore) const {
    boost::json::array names, imts, levels;
    for (const std::string& source : relevant)
      names.emplace_back(source);
    for (const IntensityLevels& given : job.intensity_levels)
      imts.emplace_back(given.imt.name());
    for (const double level : levels_) // 0: none
      levels.emplace_back(std::isinf(level) ? 0.0 : level);
    const auto edges = [](const std::vector<double>& values) {
      return boost::json::array(values.begin(), values.end());
    };
    OQ_CHECK(datastore.put(keys::kMeansBySource,
                           {{levels_.size() / imts_, relevant.size(), bins.magnitude.size() - 1,
                             bins.distance.size() - 1, bins.epsilon.size() - 1, imts_},
                            std::move(means)}));
    return datastore.put_attributes(
      keys::kMeansBySource,
      {{"shape_descr", boost::json::array{"site_id", "source_id", "mag", "dist", "eps", "imt"}},
       {"source_id", names},
       {"mag", edges(bins.magnitude)},
       {"dist", edges(bins.distance)},
       {"eps", edges(bins.epsilon)},
       {"imt", imts},
       {"exported", true},
       {"iml_disagg", levels}});
  }

  std::vector<double> levels_; // site x IMT
  std::size_t imts_;
};

} // namespace

Result<std::unique_ptr<PostProcessor>> make_disaggregation_by_source(const Job& job,
                                                                     const SiteCollection& sites) {
  if (!job.disagg_by_src)
    return invalid_input("disagg_by_rel_sources needs disagg_by_src = true",
                         job.where("postproc_func"));
  OQ_TRY(std::vector<double> levels, asked_levels(job, sites.size()));
  return std::unique_ptr<PostProcessor>(
    std::make_unique<DisaggregationBySource>(std::move(levels), job.intensity_levels.size()));
}

} // namespace oq::engine
