// Treaties in their order: proportional, per risk, catastrophe.
#include "engine/risk/reinsurance.hpp"

#include <algorithm>

namespace oq::engine {
namespace {

double claim_of(const Policy& policy, double loss) {
  return loss <= policy.deductible ? 0 : std::min(loss, policy.liability) - policy.deductible;
}

// What an excess of loss treaty pays.
double excess(const Treaty& treaty, double retention) {
  return std::clamp(retention - treaty.deductible, 0.0, treaty.limit - treaty.deductible);
}

// The retention of each policy grows by its part of what exceeds the limit, which is returned.
double take_back(const ReinsuranceModel& model, std::size_t treaty, std::span<const double> claims,
                 double ceded, std::vector<double>& retentions) {
  const double over = ceded - model.treaties[treaty].limit;
  if (!(over > 0))
    return 0;
  for (std::size_t p = 0; p < retentions.size(); ++p)
    retentions[p] += over * (model.policies[p].shares[treaty] * claims[p] / ceded);
  return over;
}

} // namespace

std::size_t ReinsuranceModel::policy_treaties() const {
  return static_cast<std::size_t>(std::ranges::count_if(treaties, [](const Treaty& treaty) {
    return treaty.type != TreatyType::catastrophe;
  }));
}

bool has_reinsurance(const Job& job) {
  return job.inputs.contains("reinsurance");
}

void add_reinsured(const ReinsuranceModel& model, std::span<const double> losses,
                   std::span<double> by_policy, std::span<double> portfolio) {
  const std::size_t treaties = model.treaties.size(), own = model.policy_treaties();
  std::vector<double> claims, retentions, ceded(treaties), over(treaties);
  for (std::size_t p = 0; p < losses.size(); ++p) {
    const Policy& policy = model.policies[p];
    const std::span row = by_policy.subspan(p * model.policy_width(), model.policy_width());
    const double claim = claims.emplace_back(claim_of(policy, losses[p]));
    double& retention = retentions.emplace_back(claim);
    for (std::size_t t = 0; t < own; ++t) {
      double cession = policy.shares[t] * claim;
      if (model.treaties[t].type == TreatyType::per_risk)
        cession = policy.shares[t] > 0 ? excess(model.treaties[t], retention) : 0;
      retention -= cession;
      ceded[t] += cession;
      row[2 + t] += cession;
    }
    row[0] += retention;
    row[1] += claim;
  }
  for (std::size_t t = 0; t < treaties; ++t) {
    const Treaty& treaty = model.treaties[t];
    if (treaty.type == TreatyType::proportional) {
      over[t] = take_back(model, t, claims, ceded[t], retentions);
      ceded[t] -= over[t];
    }
    if (treaty.type != TreatyType::catastrophe)
      continue;
    double retention = 0;
    for (std::size_t p = 0; p < retentions.size(); ++p)
      retention += model.policies[p].shares[t] > 0 ? retentions[p] : 0;
    ceded[t] = excess(treaty, retention);
    over[t] = std::max(0.0, retention - treaty.limit);
    for (std::size_t p = 0; p < retentions.size(); ++p)
      if (model.policies[p].shares[t] > 0 && retention > 0)
        retentions[p] *= 1 - ceded[t] / retention;
  }
  for (std::size_t p = 0; p < losses.size(); ++p) {
    portfolio[0] += retentions[p];
    portfolio[1] += claims[p];
  }
  for (std::size_t t = 0; t < treaties; ++t) {
    portfolio[2 + t] += ceded[t];
    portfolio[2 + treaties + t] += over[t];
  }
}

} // namespace oq::engine
