// Insurance: what a policy pays of an asset's loss, and whose policy says so.
#pragma once

#include "engine/risk/event_base.hpp"
#include "engine/risk/risk_files.hpp"

#include <span>
#include <string>
#include <vector>

namespace oq::engine {

// Shares of an asset's value.
struct Cover {
  double deductible = 0;
  double limit = 1;
};

// Nothing up to the deductible, then the loss less the deductible, up to the limit.
double claim(double loss, double value, const Cover& cover);

// Turns the loss ratios of a curve and their probabilities of exceedance into those of the claims:
// as many points, some of them equal. REQUIRES: ratios start at 0 and ascend.
void insure_curve(const Cover& cover, std::vector<double>& ratios, std::vector<double>& poes);

// A loss type of the results that is insured: one, or a sum ("structural+contents").
struct InsuredType {
  std::string losses;
  std::vector<Cover> covers; // by position of the assets that take part
};

// `insurance_csv` ({loss type: file with a tag, insurance_limit, deductible}) and, with
// `insured_losses`, the deductibles and limits of the exposure for these loss types.
// Errc::invalid_input names file:line and asset: a policy that is not there, a deductible above its
// limit, an asset without deductible and limit.
Result<std::vector<InsuredType>> read_insurance(const Job& job, const RiskFiles& files,
                                                const Assets& assets,
                                                const std::vector<std::size_t>& chosen,
                                                const std::vector<std::string>& loss_types);

} // namespace oq::engine
