// What every risk calculation leaves in the datastore beside its losses: job, sites, assets.
#pragma once

#include "engine/risk/risk_base.hpp"

namespace oq::engine {

// `hazard` may be the same store as `datastore`: hazard and risk of one job.
Result<void> store_risk_head(const Job& job, const RiskBase& base,
                             const std::vector<std::string>& loss_types, const Datastore& hazard,
                             Datastore& datastore);

// "kinds", "loss_types", times: attributes of every risk array.
Attributes risk_attributes(const RiskBase& base, const std::vector<std::string>& kinds,
                           const std::vector<std::string>& loss_types);

// The part of the results that one key holds: statistics, or realizations.
struct KindRange {
  std::string suffix; // "-stats"
  std::size_t first = 0;
  std::vector<std::string> names; // "mean", "rlz-000"
};
// Those that are to be written, in the order of the computed kinds.
std::vector<KindRange> kind_ranges(const RiskBase& base);

} // namespace oq::engine
