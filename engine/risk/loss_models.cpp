// Reads the vulnerability models of a job and settles the points of their loss curves.
#include "engine/risk/loss_models.hpp"

#include "engine/nrml/number.hpp"
#include "engine/risk/exposure.hpp"
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

Result<VulnerabilityModel> read_model(const Job& job, const RiskFile& file,
                                      const std::string& loss_type) {
  VulnerabilityModel model;
  model.loss_type = loss_type;
  model.value = value_of_loss_type(loss_type, time_event_of(job));
  model.file = file.name;
  OQ_TRY(model.functions, read_vulnerability_text(file.text, file.name));
  return model;
}

Result<LossModel> for_classical_risk(const Job& job, const VulnerabilityModel& read) {
  LossModel model;
  model.loss_type = read.loss_type;
  model.value = read.value;
  for (const auto& function : read.functions) {
    auto distinct = function;
    const bool is_discrete = function.distribution == LossDistribution::probability_mass;
    // And not of classical_bcr: engine notes 3.6.
    if (job.mode == CalculationMode::classical_risk && !is_discrete) {
      OQ_TRY(distinct, with_distinct_means(function));
    }
    auto ratios = loss_ratios(distinct, job.lrem_steps_per_interval);
    if (ratios.size() > kMostRatios)
      return invalid_input("vulnerability function " + in_quotes(function.id) + " makes "
                             + std::to_string(ratios.size())
                             + " points a loss curve; lower lrem_steps_per_interval",
                           function.where);
    model.functions.push_back(std::move(distinct));
    model.ratios.push_back(std::move(ratios));
  }
  return model;
}

} // namespace

std::optional<std::size_t> LossModel::find(std::string_view taxonomy) const {
  const auto found = std::ranges::lower_bound(functions, taxonomy, {}, &VulnerabilityFunction::id);
  if (found == functions.end() || found->id != taxonomy)
    return std::nullopt;
  return static_cast<std::size_t>(found - functions.begin());
}

std::string time_event_of(const Job& job) {
  const auto* option = job.option("time_event");
  return option == nullptr || option->value.empty() ? "avg" : option->value;
}

const VulnerabilityFunction* VulnerabilityModel::find(std::string_view id) const {
  const auto found = std::ranges::lower_bound(functions, id, {}, &VulnerabilityFunction::id);
  return found == functions.end() || found->id != id ? nullptr : &*found;
}

Result<std::vector<VulnerabilityModel>> read_vulnerability_models(const Job& job,
                                                                  const RiskFiles& files) {
  std::vector<VulnerabilityModel> models;
  for (const auto* file : files.ending_with("vulnerability")) {
    if (files.of_input(file->input).size() > 1)
      return invalid_input(file->input + "_file: one file, please",
                           job.where(file->input + "_file"));
    OQ_TRY(auto model, read_model(job, *file, loss_type_of(file->input)));
    models.push_back(std::move(model));
  }
  if (models.empty())
    return invalid_input("no vulnerability model: give structural_vulnerability_file",
                         job.ini.filename().string());
  std::ranges::sort(models, {}, &VulnerabilityModel::loss_type);
  const auto twice = std::ranges::adjacent_find(models, {}, &VulnerabilityModel::loss_type);
  if (twice != models.end())
    return invalid_input("two vulnerability models of " + twice->loss_type,
                         job.where("vulnerability_file"));
  return models;
}

Result<std::vector<LossModel>> read_loss_models(const Job& job, const RiskFiles& files) {
  OQ_TRY(const auto models, read_vulnerability_models(job, files));
  std::vector<LossModel> ready;
  for (const auto& model : models) {
    OQ_TRY(ready.emplace_back(), for_classical_risk(job, model));
    share_longest(ready.back().ratios); // and not those of retrofitted buildings, as in OpenQuake
  }
  return ready;
}

Result<LossModel> read_retrofitted_model(const Job& job, const RiskFiles& files) {
  const auto given = files.ending_with("vulnerability_retrofitted");
  if (given.empty())
    return invalid_input("structural_vulnerability_retrofitted_file is missing: classical_bcr "
                         "compares with it",
                         job.ini.filename().string());
  OQ_TRY(const auto model, read_model(job, *given.front(), "structural"));
  return for_classical_risk(job, model);
}

} // namespace oq::engine
