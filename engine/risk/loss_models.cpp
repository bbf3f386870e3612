// Reads the vulnerability models of a job and settles the points of their loss curves.
#include "engine/risk/loss_models.hpp"

#include "engine/nrml/number.hpp"
#include "engine/risk/loss_curve.hpp"

#include <algorithm>

namespace oq::engine {
namespace {

constexpr std::size_t kMostRatios = 100'000;

// "structural_vulnerability" -> "structural"; empty when the input is something else.
std::string loss_type_of(const std::string& input) {
  constexpr std::string_view kEnding = "_vulnerability";
  if (input == "vulnerability")
    return "structural";
  return input.ends_with(kEnding) ? input.substr(0, input.size() - kEnding.size()) : "";
}

// Functions with lists of different lengths share the longest, of equally long ones the last,
// as in OpenQuake: all curves of a loss type have the same number of points.
void share_longest(std::vector<std::vector<double>>& ratios) {
  std::size_t longest = 0;
  bool differ = false;
  for (std::size_t i = 1; i < ratios.size(); ++i) {
    differ = differ || ratios[i].size() != ratios[0].size();
    if (ratios[i].size() >= ratios[longest].size())
      longest = i;
  }
  if (differ)
    std::ranges::fill(ratios, std::vector<double>(ratios[longest]));
}

Result<LossModel> read_loss_model(const Job& job, const std::string& loss_type,
                                  const std::filesystem::path& file) {
  LossModel model;
  model.loss_type = loss_type;
  OQ_TRY(const auto functions, read_vulnerability_model(file));
  for (const auto& function : functions) {
    if (function.distribution == LossDistribution::probability_mass)
      return invalid_input("vulnerability function " + in_quotes(function.id)
                             + ": classical_risk takes distributions LN and BT, not PM",
                           function.where);
    OQ_TRY(auto distinct, with_distinct_means(function));
    auto ratios = loss_ratios(distinct, job.lrem_steps_per_interval);
    if (ratios.size() > kMostRatios)
      return invalid_input("vulnerability function " + in_quotes(function.id) + " makes "
                             + std::to_string(ratios.size())
                             + " points a loss curve; lower lrem_steps_per_interval",
                           function.where);
    model.functions.push_back(std::move(distinct));
    model.ratios.push_back(std::move(ratios));
  }
  share_longest(model.ratios);
  return model;
}

} // namespace

std::optional<std::size_t> LossModel::find(std::string_view taxonomy) const {
  const auto found = std::ranges::lower_bound(functions, taxonomy, {}, &VulnerabilityFunction::id);
  if (found == functions.end() || found->id != taxonomy)
    return std::nullopt;
  return static_cast<std::size_t>(found - functions.begin());
}

Result<std::vector<LossModel>> read_loss_models(const Job& job) {
  std::vector<LossModel> models;
  for (const auto& [input, files] : job.inputs) {
    const auto loss_type = loss_type_of(input);
    if (loss_type.empty() || files.empty())
      continue;
    if (files.size() > 1)
      return invalid_input(input + "_file: one file, please", job.where(input + "_file"));
    OQ_TRY(auto model, read_loss_model(job, loss_type, files.front()));
    models.push_back(std::move(model));
  }
  if (models.empty())
    return invalid_input("no vulnerability model: give structural_vulnerability_file",
                         job.ini.filename().string());
  std::ranges::sort(models, {}, &LossModel::loss_type);
  const auto twice = std::ranges::adjacent_find(models, {}, &LossModel::loss_type);
  if (twice != models.end())
    return invalid_input("two vulnerability models of " + twice->loss_type,
                         job.where("vulnerability_file"));
  return models;
}

} // namespace oq::engine
