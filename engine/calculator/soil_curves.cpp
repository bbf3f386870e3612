// SoilCurves: checks before, convolution after.
#include "engine/calculator/soil_curves.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

constexpr const char* kKernel = "kernel"; // of amplification_method

Error refused(const Job& job, std::string message) {
  const char* const option =
    job.option("amplification_csv") ? "amplification_csv" : "amplification_file";
  return invalid_input(fmt::format("{}: {}", option, message), job.where(option));
}

Result<void> check_sites(const Job& job, const SiteCollection& sites,
                         const AmplificationTable& table) {
  const SiteColumn* const codes = sites.column("ampcode");
  if (!codes)
    return refused(job, "the site model has no ampcode");
  for (std::size_t site = 0; site < sites.size(); ++site) {
    if (!table.functions(codes->texts[site]))
      return refused(job, fmt::format("site {} has the ampcode '{}', which has no function", site,
                                      codes->texts[site].substr(0, 40)));
    if (sites.vs30.empty()
        || std::fabs(sites.vs30[site] - table.reference_vs30()) > job.vs30_tolerance)
      return refused(job, fmt::format("vs30 of site {} differs from vs30_ref = {} by more than "
                                      "vs30_tolerance = {}",
                                      site, table.reference_vs30(), job.vs30_tolerance));
  }
  return {};
}

// Nothing without a file.
Result<std::optional<AmplificationTable>> checked_table(const Job& job,
                                                        const SiteCollection& sites) {
  const auto file = job.inputs.find("amplification");
  if (file == job.inputs.end())
    return std::optional<AmplificationTable>();
  if (job.amplification_method != "convolution" && job.amplification_method != kKernel)
    return refused(job, fmt::format("amplification_method = {} is neither convolution nor kernel",
                                    job.amplification_method.substr(0, 40)));
  std::vector<Imt> imts;
  for (const IntensityLevels& given : job.intensity_levels) {
    imts.push_back(given.imt);
    if (given.levels != job.intensity_levels.front().levels)
      return refused(job, "all intensity measure types need the same levels");
  }
  OQ_TRY(AmplificationTable table, AmplificationTable::read(file->second.front(), imts));
  OQ_CHECK(check_sites(job, sites, table));
  if (!std::ranges::is_sorted(soil_levels(job), std::less_equal<>()))
    return invalid_input("soil_intensities: the levels do not ascend",
                         job.where("soil_intensities"));
  return std::optional(std::move(table));
}

} // namespace

const std::vector<double>& soil_levels(const Job& job) {
  return job.soil_intensities.empty() ? job.intensity_levels.front().levels : job.soil_intensities;
}

Result<std::optional<SoilCurves>> SoilCurves::make(const Job& job, const SiteCollection& sites) {
  OQ_TRY(std::optional<AmplificationTable> table, checked_table(job, sites));
  if (!table || job.amplification_method == kKernel)
    return std::optional<SoilCurves>();
  SoilCurves soil(*std::move(table));
  soil.codes_ = sites.column("ampcode")->texts;
  soil.rock_levels_ = job.intensity_levels.front().levels;
  soil.soil_levels_ = soil_levels(job);
  soil.imts_ = job.intensity_levels.size();
  return std::optional(std::move(soil));
}

Result<std::shared_ptr<const SoilKernel>> soil_kernel(const Job& job, const SiteCollection& sites) {
  if (job.amplification_method != kKernel)
    return std::shared_ptr<const SoilKernel>();
  OQ_TRY(std::optional<AmplificationTable> table, checked_table(job, sites));
  if (!table)
    return std::shared_ptr<const SoilKernel>();
  return std::make_shared<const SoilKernel>(
    *std::move(table), sites.column("ampcode")->texts, soil_levels(job), job.truncation_level,
    job.approximations ? SoilKernel::Parts::of_openquake : SoilKernel::Parts::exact);
}

std::vector<double> SoilCurves::amplified(const std::vector<double>& curves, std::size_t kinds,
                                          std::size_t first) const {
  const std::size_t rock = rock_levels_.size();
  std::vector<double> result;
  result.reserve(curves.size() / rock * soil_levels_.size());
  for (std::size_t row = 0; row < curves.size() / rock; ++row) {
    const auto& functions = *table_.functions(codes_[first + row / (kinds * imts_)]);
    const auto poes = soil_curve(functions.front().steps[row % imts_], rock_levels_,
                                 std::span(curves).subspan(row * rock, rock), soil_levels_);
    result.insert(result.end(), poes.begin(), poes.end());
  }
  return result;
}

} // namespace oq::engine
