// Smallest levels over all functions of all models.
#include "engine/risk/risk_intensities.hpp"

#include "engine/risk/fragility.hpp"
#include "engine/risk/loss_models.hpp"

#include <algorithm>

namespace oq::engine {
namespace {

void add(const Imt& imt, double minimum, std::vector<RiskIntensity>& all) {
  const auto known = std::ranges::find(all, imt, &RiskIntensity::imt);
  if (known == all.end())
    all.push_back({imt, minimum});
  else
    known->minimum = std::min(known->minimum, minimum);
}

} // namespace

Result<std::vector<RiskIntensity>> risk_intensities(const Job& job, const RiskFiles& files) {
  std::vector<RiskIntensity> all;
  if (!files.ending_with("vulnerability").empty()) {
    OQ_TRY(const auto models, read_vulnerability_models(job, files));
    for (const auto& model : models)
      for (const auto& function : model.functions)
        add(function.imt, function.levels.front(), all);
  }
  if (files.has_kind("fragility")) {
    OQ_TRY(const auto models, read_fragility_models(files, job.ini.filename().string()));
    for (const auto& model : models)
      for (const auto& function : model.functions)
        if (const auto imt = Imt::parse(function.imt))
          add(*imt, function.continuous ? function.lowest : function.levels.front(), all);
  }
  std::ranges::stable_sort(all, [](const RiskIntensity& a, const RiskIntensity& b) {
    return a.imt < b.imt;
  });
  return all;
}

Result<std::set<std::string>> risk_measures(const Job& job, const RiskFiles& files) {
  std::set<std::string> all;
  if (files.has_kind("fragility")) {
    OQ_TRY(const auto models, read_fragility_models(files, job.ini.filename().string()));
    for (const auto& model : models)
      for (const auto& function : model.functions)
        all.insert(function.imt);
  }
  OQ_TRY(const auto intensities, risk_intensities(job, files));
  for (const auto& intensity : intensities)
    all.insert(intensity.imt.name());
  return all;
}

} // namespace oq::engine
