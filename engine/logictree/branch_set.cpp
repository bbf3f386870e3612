// Reads logicTree files of both forms: branch sets alone, or each in a branching level of its own.
#include "engine/logictree/branch_set.hpp"

#include "engine/logictree/branch_letter.hpp"
#include "engine/nrml/number.hpp"
#include "engine/nrml/xml.hpp"

#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

namespace oq::engine {
namespace {

constexpr double kWeightTolerance = 1e-12; // per branch, for sums of decimal fractions
constexpr std::size_t kMostBranchSets = 1000;

std::vector<std::string> words(std::optional<std::string_view> text) {
  std::vector<std::string> result;
  if (text)
    for (const auto word : split_list(*text, ListSeparators::blanks))
      result.emplace_back(word);
  return result;
}

// A number where the text is one: arguments of models are numbers or names.
boost::json::value argument(std::string_view text) {
  if (const auto number = parse_number(text))
    return *number;
  return boost::json::value(text); // braces would make an array of it
}

Result<double> read_weight(const XmlElement& element) {
  OQ_TRY(const double weight, element.number());
  if (weight < 0 || weight > 1)
    return element.error(fmt::format("weight {} is not between 0 and 1", weight));
  return weight;
}

// The first weight without an `imt` is the branch's own; without any, the first of all.
Result<void> read_weights(const XmlElement& element, Branch& branch) {
  const auto weights = element.children("uncertaintyWeight");
  if (weights.empty())
    return element.error(fmt::format("branch {} has no uncertaintyWeight", in_quotes(branch.id)));
  std::optional<double> plain;
  for (const auto& child : weights) {
    OQ_TRY(const double weight, read_weight(child));
    const auto name = child.attribute("imt");
    if (!name) {
      plain = plain.value_or(weight);
      continue;
    }
    const auto imt = Imt::parse(*name);
    if (!imt)
      return child.error(imt.error().message);
    branch.imt_weights.emplace_back(*imt, weight);
  }
  branch.weight = plain ? *plain : branch.imt_weights.front().second;
  return {};
}

Result<Branch> read_branch(const XmlElement& element, const BranchSet& set) {
  Branch branch;
  branch.ordinal = set.branches.size();
  branch.where = element.where();
  if (set.uncertainty != "gmpeModel") {
    OQ_TRY(branch.id, element.require_attribute("branchID"));
  } else {
    branch.id = element.attribute("branchID").value_or("");
  }
  OQ_TRY(const auto model, element.require_child("uncertaintyModel"));
  branch.model = std::string(trimmed(model.text()));
  branch.where = model.where();
  for (const auto& [name, value] : model.attributes())
    branch.attributes[std::string(name)] = argument(value);
  if (changes_sources(set.uncertainty)) {
    OQ_TRY(branch.value, read_uncertainty(set.uncertainty, model));
  }
  OQ_CHECK(read_weights(element, branch));
  return branch;
}

Result<void> check_sum(const BranchSet& set, const XmlElement& element, double sum,
                       const std::string& of) {
  if (std::abs(sum - 1) > kWeightTolerance * static_cast<double>(set.branches.size() + 1))
    return element.error(fmt::format("the weights of branch set {}{} sum to {}, not to 1",
                                     in_quotes(set.id), of, sum));
  return {};
}

Result<void> check_branches(const BranchSet& set, const XmlElement& element) {
  if (set.branches.empty())
    return element.error(fmt::format("branch set {} has no branches", in_quotes(set.id)));
  if (set.branches.size() > kMostBranches)
    return element.error(fmt::format("branch set {} has {} branches, more than {}",
                                     in_quotes(set.id), set.branches.size(), kMostBranches));
  double sum = 0;
  for (const auto& branch : set.branches)
    sum += branch.weight;
  OQ_CHECK(check_sum(set, element, sum, ""));
  for (const auto& [imt, unused] : set.branches.front().imt_weights) {
    sum = 0;
    for (const auto& branch : set.branches)
      sum += weight_for(imt, branch.weight, branch.imt_weights);
    OQ_CHECK(check_sum(set, element, sum, " for " + imt.name()));
  }
  return {};
}

Result<BranchSet> read_branch_set(const XmlElement& element) {
  BranchSet set;
  set.where = element.where();
  OQ_TRY(set.id, element.require_attribute("branchSetID"));
  OQ_TRY(set.uncertainty, element.require_attribute("uncertaintyType"));
  set.tectonic_region = std::string(element.attribute("applyToTectonicRegionType").value_or(""));
  set.source_type = std::string(element.attribute("applyToSourceType").value_or(""));
  set.apply_to_branches = words(element.attribute("applyToBranches"));
  set.apply_to_sources = words(element.attribute("applyToSources"));
  if (set.apply_to_branches == std::vector<std::string>{"ALL"})
    set.apply_to_branches.clear();
  for (const auto& child : element.children("logicTreeBranch")) {
    OQ_TRY(auto branch, read_branch(child, set));
    set.branches.push_back(std::move(branch));
  }
  OQ_CHECK(check_branches(set, element));
  return set;
}

// What has been read of a tree so far.
struct Known {
  BranchIds rule;
  std::set<std::string> set_ids, branch_ids;
};

Result<void> add_branch_set(const XmlElement& element, Known& known, std::vector<BranchSet>& sets) {
  OQ_TRY(auto set, read_branch_set(element));
  if (!known.set_ids.insert(set.id).second)
    return element.error(fmt::format("branch set {} comes twice", in_quotes(set.id)));
  for (const auto& branch : set.branches)
    if (!known.branch_ids.insert(branch.id).second && known.rule == BranchIds::unique)
      return invalid_input(fmt::format("branch {} comes twice", in_quotes(branch.id)),
                           branch.where);
  if (sets.size() >= kMostBranchSets)
    return element.error(fmt::format("more than {} branch sets", kMostBranchSets));
  sets.push_back(std::move(set));
  return {};
}

} // namespace

double weight_for(const Imt& imt, double plain, const ImtWeights& weights) {
  const auto own = std::ranges::find(weights, imt, &ImtWeights::value_type::first);
  return own == weights.end() ? plain : own->second;
}

Result<std::vector<BranchSet>> read_branch_sets(const std::filesystem::path& file, BranchIds rule) {
  OQ_TRY(const auto document, load_xml(file));
  OQ_TRY(const auto tree, nrml_content(document, {"logicTree"}));
  std::vector<BranchSet> sets;
  Known known{rule, {}, {}};
  for (const auto& child : tree.children()) {
    if (child.name() == "logicTreeBranchSet") {
      OQ_CHECK(add_branch_set(child, known, sets));
      continue;
    }
    if (child.name() != "logicTreeBranchingLevel")
      return child.error(
        fmt::format("unexpected element {} in a logic tree", in_quotes(child.name())));
    const auto inner = child.children("logicTreeBranchSet");
    if (inner.size() != 1)
      return child.error(fmt::format("a branching level has one branch set, not {}", inner.size()));
    OQ_CHECK(add_branch_set(inner.front(), known, sets));
  }
  if (sets.empty())
    return tree.error("the logic tree has no branch set");
  return sets;
}

} // namespace oq::engine
