// The amplification of the Swiss site models, which sites give as parameters.
#include "engine/gsim/modification.hpp"

#include <cmath>

namespace oq::engine {

namespace {

// The parameters of one period.
struct Columns {
  std::span<const double> amplification, between_sites, at_site;
};

bool is_at(const Imt& imt, double period) {
  return imt == sa(period);
}

Columns columns_of(const Imt& imt, const PairBatch& batch) {
  if (is_at(imt, 0.3))
    return {batch.ch_ampl03, batch.ch_phis2s03, batch.ch_phiss03};
  return {batch.ch_ampl06, batch.ch_phis2s06, batch.ch_phiss06};
}

} // namespace

// One amplification for every IMT; the deviations stay.
Modification swiss_amplification() {
  Modification result;
  result.needs = need_amplfactor;
  result.apply = [](const Imt&, const PairBatch& batch, const GroundMotion& out) {
    for (std::size_t p = 0; p < batch.pairs(); ++p)
      out.ln_mean[p] += batch.amplfactor[p];
  };
  return result;
}

// The amplification at 0.3 and 0.6 s, whose deviations replace those within events.
Modification swiss_amplification_sa() {
  Modification result;
  result.needs = need_ch_amplification;
  result.supports = [](const Imt& imt) {
    return is_at(imt, 0.3) || is_at(imt, 0.6);
  };
  result.apply = [](const Imt& imt, const PairBatch& batch, const GroundMotion& out) {
    const Columns site = columns_of(imt, batch);
    for (std::size_t p = 0; p < batch.pairs(); ++p) {
      out.ln_mean[p] += site.amplification[p];
      const double variance =
        site.between_sites[p] * site.between_sites[p] + site.at_site[p] * site.at_site[p];
      out.phi[p] = std::sqrt(variance);
      out.sigma[p] = std::sqrt(out.tau[p] * out.tau[p] + variance);
    }
  };
  return result;
}

} // namespace oq::engine
