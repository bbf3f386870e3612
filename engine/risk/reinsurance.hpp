// Reinsurance: what is left to an insurer of an event's claims when its treaties have paid.
#pragma once

#include "engine/risk/exposure.hpp"

#include <limits>
#include <span>
#include <string>
#include <vector>

namespace oq::engine {

enum class TreatyType : unsigned char {
  proportional, // "prop": a share of each policy's claim, up to so much an event
  per_risk,     // "wxlr", working excess of loss: what a policy's retention exceeds
  catastrophe,  // "catxl": what the retention of all its policies together exceeds
};

struct Treaty {
  std::string name;
  TreatyType type = TreatyType::proportional;
  double deductible = 0;                                  // amounts; of excess of loss
  double limit = std::numeric_limits<double>::infinity(); // of what it covers; of "prop" an event's
};

struct Policy {
  std::string id;
  double deductible = 0, liability = 0; // amounts
  std::vector<double> shares;           // one a treaty; 0 or 1 of excess of loss
};

struct ReinsuranceModel {
  std::string loss_type;        // whose losses are claimed: "structural", "structural+contents"
  std::vector<Treaty> treaties; // by type
  std::vector<Policy> policies; // those that assets have, by id
  std::vector<std::size_t> policy_of; // of the assets that take part, by position

  // Treaties that work policy by policy: the first ones.
  std::size_t policy_treaties() const;
  // Retention, claim and these treaties.
  std::size_t policy_width() const { return 2 + policy_treaties(); }
  // Retention, claim, all treaties, then what each of them left for exceeding its limit.
  std::size_t portfolio_width() const { return 2 + 2 * treaties.size(); }
};

bool has_reinsurance(const Job& job);

// `reinsurance_file = {loss type: file}`, with the table of policies that the file names.
// Errc::invalid_input names file and line: an unknown type, a limit below a deductible, shares
// above 1, a policy twice; the asset whose policy is missing; aggregate_by without policy.
Result<ReinsuranceModel> read_reinsurance(const Job& job, const Assets& assets,
                                          const std::vector<std::size_t>& chosen);

// Adds an event with these losses of policies to `by_policy` (policy x policy_width()) and
// `portfolio` (portfolio_width()). What a proportional treaty leaves over counts as retention
// before catastrophe treaties, shared among its policies as they ceded.
void add_reinsured(const ReinsuranceModel& model, std::span<const double> losses,
                   std::span<double> by_policy, std::span<double> portfolio);

} // namespace oq::engine
