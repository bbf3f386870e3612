// Batches for tests, filled field by field.
#include "engine/gsim/one_pair.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace oq::engine::testing {

std::span<const Field> fields() {
  using P = OnePair;
  using B = PairBatch;
  static constexpr Field kFields[] = {
    {"rup_mag", &P::mag, &B::mag, need_mag},
    {"rup_rake", &P::rake, &B::rake, need_rake},
    {"rup_dip", &P::dip, &B::dip, need_dip},
    {"rup_strike", &P::strike, &B::strike, need_strike},
    {"rup_ztor", &P::ztor, &B::ztor, need_ztor},
    {"rup_zbot", &P::zbot, &B::zbot, need_zbot},
    {"rup_width", &P::width, &B::width, need_width},
    {"rup_hypo_depth", &P::hypo_depth, &B::hypo_depth, need_hypo_depth},
    {"rup_hypo_lon", &P::hypo_lon, &B::hypo_lon, need_hypo_location},
    {"rup_hypo_lat", &P::hypo_lat, &B::hypo_lat, need_hypo_location},
    {"dist_rrup", &P::rrup, &B::rrup, need_rrup},
    {"dist_rjb", &P::rjb, &B::rjb, need_rjb},
    {"dist_rx", &P::rx, &B::rx, need_rx},
    {"dist_ry0", &P::ry0, &B::ry0, need_ry0},
    {"dist_rhypo", &P::rhypo, &B::rhypo, need_rhypo},
    {"dist_repi", &P::repi, &B::repi, need_repi},
    {"dist_azimuth", &P::azimuth, &B::azimuth, need_azimuth},
    {"dist_rvolc", &P::rvolc, &B::rvolc, need_rvolc},
    {"site_vs30", &P::vs30, &B::vs30, need_vs30},
    {"site_vs30measured", &P::vs30measured, &B::vs30measured, need_vs30measured},
    {"site_z1pt0", &P::z1pt0, &B::z1pt0, need_z1pt0},
    {"site_z2pt5", &P::z2pt5, &B::z2pt5, need_z2pt5},
    {"site_backarc", &P::backarc, &B::backarc, need_backarc},
    {"site_xvf", &P::xvf, &B::xvf, need_xvf},
    {"site_region", &P::region, &B::region, need_region},
    {"site_geology", &P::geology, &B::geology, need_geology},
    {"site_slope", &P::slope, &B::slope, need_slope},
    {"site_siteclass", &P::siteclass, &B::siteclass, need_siteclass},
    {"site_soiltype", &P::soiltype, &B::soiltype, need_soiltype},
    {"site_amplfactor", &P::amplfactor, &B::amplfactor, need_amplfactor},
    {"site_ch_ampl03", &P::ch_ampl03, &B::ch_ampl03, need_ch_amplification},
    {"site_ch_ampl06", &P::ch_ampl06, &B::ch_ampl06, need_ch_amplification},
    {"site_ch_phis2s03", &P::ch_phis2s03, &B::ch_phis2s03, need_ch_amplification},
    {"site_ch_phis2s06", &P::ch_phis2s06, &B::ch_phis2s06, need_ch_amplification},
    {"site_ch_phiss03", &P::ch_phiss03, &B::ch_phiss03, need_ch_amplification},
    {"site_ch_phiss06", &P::ch_phiss06, &B::ch_phiss06, need_ch_amplification},
    {"site_lon", &P::site_lon, &B::site_lon, need_site_location},
    {"site_lat", &P::site_lat, &B::site_lat, need_site_location},
  };
  return kFields;
}

Batch::Batch(std::span<const OnePair> pairs, bool share_rupture) {
  if (share_rupture) {
    first_pair = {0, static_cast<std::uint32_t>(pairs.size())};
  } else {
    first_pair.resize(pairs.size() + 1);
    std::iota(first_pair.begin(), first_pair.end(), 0u);
  }
  for (const Field& field : fields())
    for (auto& column = columns.emplace_back(); const OnePair& pair : pairs)
      column.push_back(pair.*field.value);
}

PairBatch Batch::view() const {
  PairBatch batch;
  batch.first_pair = first_pair;
  for (std::size_t i = 0; i < columns.size(); ++i)
    batch.*fields()[i].span = columns[i];
  return batch;
}

std::shared_ptr<const GroundMotionModel> model_of(const std::string& name,
                                                  boost::json::object arguments) {
  auto model = make_ground_motion_model({.name = name, .arguments = std::move(arguments)});
  if (!model) {
    ADD_FAILURE() << model.error().text();
    return nullptr;
  }
  return *std::move(model);
}

std::vector<LogNormal> evaluate(const GroundMotionModel& model, const Imt& imt,
                                const PairBatch& batch) {
  const std::size_t n = batch.pairs();
  std::vector<double> ln_mean(n, kUnset), sigma(n, kUnset), tau(n, kUnset), phi(n, kUnset);
  const GroundMotion out{.ln_mean = ln_mean, .sigma = sigma, .tau = tau, .phi = phi};
  model.predict({&imt, 1}, batch, {&out, 1});
  std::vector<LogNormal> motions;
  for (std::size_t i = 0; i < n; ++i)
    motions.push_back({ln_mean[i], sigma[i], tau[i], phi[i]});
  return motions;
}

LogNormal evaluate(const std::string& name, const Imt& imt, const OnePair& pair,
                   boost::json::object arguments) {
  const auto model = model_of(name, std::move(arguments));
  if (!model || !model->supports(imt)) {
    ADD_FAILURE() << name << " does not support " << imt.name();
    return {};
  }
  const Batch batch({&pair, 1});
  return evaluate(*model, imt, batch.view()).front();
}

} // namespace oq::engine::testing
