// The table of site parameters.
#include "engine/gsim/site_parameters.hpp"

namespace oq::engine {

namespace {

constexpr SiteParameter kParameters[] = {
  {need_amplfactor, "amplfactor", "amplfactor", &PairBatch::amplfactor},
  {need_backarc, "backarc", "reference_backarc", &PairBatch::backarc},
  {need_ch_amplification, "ch_ampl03", "ch_ampl03", &PairBatch::ch_ampl03},
  {need_ch_amplification, "ch_ampl06", "ch_ampl06", &PairBatch::ch_ampl06},
  {need_ch_amplification, "ch_phis2s03", "ch_phis2s03", &PairBatch::ch_phis2s03},
  {need_ch_amplification, "ch_phis2s06", "ch_phis2s06", &PairBatch::ch_phis2s06},
  {need_ch_amplification, "ch_phiss03", "ch_phiss03", &PairBatch::ch_phiss03},
  {need_ch_amplification, "ch_phiss06", "ch_phiss06", &PairBatch::ch_phiss06},
  {need_geology, "geology", "geology", &PairBatch::geology},
  {need_region, "region", "region", &PairBatch::region},
  {need_siteclass, "siteclass", "siteclass", &PairBatch::siteclass},
  {need_slope, "slope", "slope", &PairBatch::slope},
  {need_soiltype, "soiltype", "soiltype", &PairBatch::soiltype},
  {need_vs30, "vs30", "reference_vs30_value", &PairBatch::vs30},
  {need_vs30measured, "vs30measured", "reference_vs30_type", &PairBatch::vs30measured},
  {need_xvf, "xvf", "xvf", &PairBatch::xvf},
  {need_z1pt0, "z1pt0", "reference_depth_to_1pt0km_per_sec", &PairBatch::z1pt0},
  {need_z2pt5, "z2pt5", "reference_depth_to_2pt5km_per_sec", &PairBatch::z2pt5},
};

} // namespace

std::span<const SiteParameter> site_parameters() {
  return kParameters;
}

std::vector<std::string> required_site_parameters(std::uint64_t needs) {
  std::vector<std::string> names;
  for (const SiteParameter& parameter : kParameters)
    if (needs & parameter.need)
      names.emplace_back(parameter.name);
  return names;
}

} // namespace oq::engine
