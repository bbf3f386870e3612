// PostProcessor: the table of functions.
#include "engine/calculator/post_processor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace oq::engine {

namespace {

struct Maker {
  std::string_view name;
  Result<std::unique_ptr<PostProcessor>> (*make)(const Job& job, const SiteCollection& sites);
};

constexpr std::string_view kRiskTargeted = "compute_rtgm.main";
constexpr Maker kMakers[] = {
  {"conditional_spectrum.main", make_conditional_spectra},
  {"median_spectrum.main", make_median_spectra},
  {"disagg_by_rel_sources.main", make_disaggregation_by_source},
};

} // namespace

bool is_post_processor(std::string_view name) {
  return name == kRiskTargeted
         || std::ranges::find(kMakers, name, &Maker::name) != std::end(kMakers);
}

Result<std::unique_ptr<PostProcessor>>
make_post_processor(const Job& job, const SiteCollection& sites, const LogSink& log) {
  const RawOption* const option = job.option("postproc_func");
  if (!option || option->value.empty() || option->value == "dummy.main")
    return std::unique_ptr<PostProcessor>();
  for (const Maker& maker : kMakers)
    if (option->value == maker.name)
      return maker.make(job, sites);
  // OpenQuake computes it with a program of others only, and goes on where that is missing.
  if (option->value == kRiskTargeted) {
    if (log)
      log(LogLevel::warning, "compute_rtgm: the hazard is computed, but no risk-targeted motions");
    return std::unique_ptr<PostProcessor>();
  }
  return invalid_input(
    fmt::format("postproc_func = {} is not supported yet; without it the calculation runs",
                option->value.substr(0, 60)),
    job.where("postproc_func"));
}

} // namespace oq::engine
