// Sites and realizations are those of the hazard calculation.
#include "engine/risk/risk_head.hpp"

#include "engine/base/json.hpp"
#include "engine/hazard/datastore_keys.hpp"
#include "engine/risk/asset_store.hpp"
#include "engine/risk/datastore_keys.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace oq::engine {
namespace {

Result<void> copy_hazard(const Datastore& hazard, Datastore& datastore) {
  for (const char* key : {"sitecol/sids", "sitecol/lon", "sitecol/lat", "sitecol/depth",
                          "sitecol/custom_site_id", "realizations/rlz_id", keys::kRealizationPaths,
                          keys::kRealizationWeights, keys::kWeights}) {
    if (!hazard.contains(key) || datastore.contains(key))
      continue;
    OQ_TRY(const auto array, hazard.get(key));
    OQ_CHECK(datastore.put(key, array));
  }
  return {};
}

// The reference engine lists the statistics of the hazard among the outputs of a calculation that
// starts from it, and leaves them at 0; who compares files finds the same here. The curves
// themselves are outputs of the hazard calculation.
Result<void> list_hazard_statistics(const Datastore& hazard, Datastore& datastore) {
  for (const char* key : {keys::kCurveStatistics, keys::kMapStatistics}) {
    if (!hazard.contains(key) || datastore.contains(key))
      continue;
    OQ_TRY(const auto about, hazard.attributes(key));
    OQ_TRY(auto numbers, read_numbers(hazard, key, 4));
    std::ranges::fill(numbers.values, 0.0);
    OQ_CHECK(datastore.put(key, {numbers.shape, std::move(numbers.values)}));
    OQ_CHECK(datastore.put_attributes(key, about));
  }
  return {};
}

Result<void> store_job(const Job& job, const RiskBase& base, Datastore& datastore) {
  if (!datastore.contains(keys::kOqparam)) { // hazard and risk of one job share the datastore
    OQ_CHECK(
      datastore.put(keys::kOqparam, {{1}, std::vector<std::string>{json_text(oqparam(job))}}));
  }
  Attributes about;
  about["calculation_mode"] = std::string(to_string(job.mode));
  about["description"] = job.description;
  about["investigation_time"] = base.hazard.investigation_time;
  about["risk_investigation_time"] = base.risk_time;
  return datastore.put_attributes("", about);
}

template <class Texts>
boost::json::array json_list(const Texts& list) {
  return boost::json::array(list.begin(), list.end());
}

} // namespace

Result<void> store_risk_head(const Job& job, const RiskBase& base,
                             const std::vector<std::string>& loss_types, const Datastore& hazard,
                             Datastore& datastore) {
  OQ_CHECK(store_job(job, base, datastore));
  OQ_CHECK(copy_hazard(hazard, datastore));
  if (&hazard != &datastore)
    OQ_CHECK(list_hazard_statistics(hazard, datastore));
  OQ_TRY(const bool own, are_other_assets(base.exposure, base.assets, hazard));
  return store_assets(base.exposure, base.assets, loss_types, own, datastore);
}

Attributes risk_attributes(const RiskBase& base, const std::vector<std::string>& kinds,
                           const std::vector<std::string>& loss_types) {
  return {{"kinds", json_list(kinds)},
          {"loss_types", json_list(loss_types)},
          {"investigation_time", base.hazard.investigation_time},
          {"risk_investigation_time", base.risk_time},
          {"exported", true}};
}

std::vector<KindRange> kind_ranges(const RiskBase& base) {
  std::vector<KindRange> ranges;
  KindRange statistics{"-stats", 0, {}};
  for (const auto& statistic : base.statistics)
    statistics.names.push_back(statistic.name());
  KindRange realizations{"-rlzs", statistics.names.size(), {}};
  if (base.keeps_realizations)
    for (std::size_t rlz = 0; rlz < base.weights.size(); ++rlz)
      realizations.names.push_back(fmt::format("rlz-{:03}", rlz));
  for (auto* range : {&statistics, &realizations})
    if (!range->names.empty())
      ranges.push_back(std::move(*range));
  return ranges;
}

} // namespace oq::engine
