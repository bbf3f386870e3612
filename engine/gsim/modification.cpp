// The changes of medians, deviations and site terms that a ModifiableGMPE can make.
#include "engine/gsim/modification.hpp"

#include "engine/gsim/arguments.hpp"
#include "engine/gsim/basin_terms.hpp"
#include "engine/gsim/boore_atkinson_2008_site.hpp"
#include "engine/gsim/registry.hpp"
#include "engine/gsim/site_terms.hpp"
#include "engine/gsim/values_by_imt.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace oq::engine {

namespace {

using Object = boost::json::object;

void add(std::span<double> values, double constant) {
  for (double& value : values)
    value += constant;
}
void scale(std::span<double> values, double factor) {
  for (double& value : values)
    value *= factor;
}

double signed_square(double x) {
  return std::copysign(x * x, x);
}

struct Given {
  const Object& arguments;

  Result<double> number(const char* name) const {
    const auto* value = arguments.if_contains(name);
    boost::json::error_code error;
    const double number = value ? value->to_number<double>(error) : 0.0;
    if (!value || error || !std::isfinite(number))
      return invalid_input(std::string(name) + " must be a number");
    return number;
  }
  Result<ValuesByImt> by_imt(const char* name) const {
    const auto* value = arguments.if_contains(name);
    if (!value || !value->is_object())
      return invalid_input(std::string(name) + " must give a number for each IMT");
    return ValuesByImt::read(value->get_object());
  }
};

// A change of all pairs of an IMT alike.
template <class Change>
Modification uniform(Change change) {
  Modification result;
  result.apply = [change](const Imt&, const PairBatch&, const GroundMotion& out) {
    change(out);
  };
  return result;
}

// The same with a value that depends on the IMT.
template <class Change>
Modification by_imt(ValuesByImt values, Change change) {
  Modification result;
  result.supports = [values](const Imt& imt) {
    return values.supports(imt);
  };
  result.apply = [values, change](const Imt& imt, const PairBatch&, const GroundMotion& out) {
    change(out, values.at(imt));
  };
  return result;
}

Result<double> positive_factor(const Given& given) {
  OQ_TRY(const double factor, given.number("scaling_factor"));
  if (!(factor > 0))
    return invalid_input("scaling_factor must be positive");
  return factor;
}

Result<Modification> scale_median(const Given& given) {
  OQ_TRY(const double factor, positive_factor(given));
  return uniform([shift = std::log(factor)](const GroundMotion& out) {
    add(out.ln_mean, shift);
  });
}

Result<Modification> scale_median_by_imt(const Given& given) {
  OQ_TRY(ValuesByImt values, given.by_imt("scaling_factor"));
  return by_imt(std::move(values), [](const GroundMotion& out, double factor) {
    add(out.ln_mean, std::log(factor));
  });
}

Result<Modification> scale_sigma(const Given& given) {
  OQ_TRY(const double factor, positive_factor(given));
  return uniform([factor](const GroundMotion& out) {
    scale(out.sigma, factor);
  });
}

Result<Modification> scale_sigma_by_imt(const Given& given) {
  OQ_TRY(ValuesByImt values, given.by_imt("scaling_factor"));
  return by_imt(std::move(values), [](const GroundMotion& out, double factor) {
    scale(out.sigma, factor);
  });
}

Result<Modification> fix_sigma(const Given& given) {
  OQ_TRY(ValuesByImt values, given.by_imt("total_sigma"));
  return by_imt(std::move(values), [](const GroundMotion& out, double sigma) {
    std::ranges::fill(out.sigma, sigma);
  });
}

Result<Modification> add_to_sigma(const Given& given) {
  OQ_TRY(const double delta, given.number("delta"));
  return uniform([square = signed_square(delta)](const GroundMotion& out) {
    for (double& sigma : out.sigma)
      sigma = std::sqrt(sigma * sigma + square);
  });
}

Result<Modification> sigma_of_tau(const Given& given) {
  OQ_TRY(const double delta, given.number("delta"));
  Modification result = uniform([square = signed_square(delta)](const GroundMotion& out) {
    for (std::size_t p = 0; p < out.sigma.size(); ++p)
      out.sigma[p] = std::sqrt(out.tau[p] * out.tau[p] + square);
  });
  result.needs_parts = true;
  return result;
}

Result<Modification> between_epsilon(const Given& given) {
  OQ_TRY(const double epsilon, given.number("epsilon_tau"));
  Modification result = uniform([epsilon](const GroundMotion& out) {
    for (std::size_t p = 0; p < out.sigma.size(); ++p) {
      out.ln_mean[p] += epsilon * out.tau[p];
      out.tau[p] = 0.0;
      out.sigma[p] = out.phi[p];
    }
  });
  result.needs_parts = true;
  return result;
}

Result<Modification> split_sigma(const Given& given) {
  OQ_TRY(const double ratio, given.number("with_betw_ratio"));
  Modification result = uniform([ratio](const GroundMotion& out) {
    const double share = 1.0 / std::sqrt(1.0 + ratio * ratio);
    for (std::size_t p = 0; p < out.sigma.size(); ++p) {
      out.tau[p] = out.sigma[p] * share;
      out.phi[p] = ratio * out.tau[p];
    }
  });
  result.gives_parts = true;
  return result;
}

Result<Modification> canadian_site(const Given& given) {
  const auto* kind = given.arguments.if_contains("kind");
  const bool linear = kind && *kind == "linear";
  if (kind && !linear && *kind != "base")
    return invalid_input("kind must be 'base' or 'linear'");
  Modification result;
  result.needs = need_vs30;
  result.at_vs30 = 760.0;
  result.supports = has_canadian_soil;
  result.apply = [soil = linear ? CanadianSoil::linear : CanadianSoil::base](
                   const Imt& imt, const PairBatch& batch, const GroundMotion& out) {
    const CanadianSoilTerm term(imt, soil);
    for (std::size_t p = 0; p < batch.pairs(); ++p)
      out.ln_mean[p] += term.at(batch.vs30[p], out.ln_mean[p]);
  };
  return result;
}

Result<Modification> chiou_youngs_site(const Given&) {
  Modification result;
  result.needs = need_vs30;
  result.at_vs30 = 1130.0;
  result.supports = has_chiou_youngs_2014_soil;
  result.apply = [](const Imt& imt, const PairBatch& batch, const GroundMotion& out) {
    const ChiouYoungsSoil soil = chiou_youngs_2014_soil(imt);
    for (std::size_t p = 0; p < batch.pairs(); ++p)
      out.ln_mean[p] += soil.term(batch.vs30[p], out.ln_mean[p]);
  };
  return result;
}

Result<Modification> boore_atkinson_site(const Given&) {
  Modification result;
  result.needs = need_vs30 | need_mag | need_rake | need_rjb;
  result.at_vs30 = 760.0;
  result.supports = [](const Imt& imt) {
    return boore_atkinson_2008_soil_table().supports(imt);
  };
  result.apply = [](const Imt& imt, const PairBatch& batch, const GroundMotion& out) {
    const BooreAtkinsonSoilRow row = boore_atkinson_2008_soil_table().at(imt);
    for (std::size_t r = 0; r < batch.ruptures(); ++r)
      for (std::size_t p = batch.first_pair[r]; p < batch.first_pair[r + 1]; ++p)
        out.ln_mean[p] += boore_atkinson_2008_site_term(
          row, batch.vs30[p],
          boore_atkinson_2008_ln_rock_pga(batch.mag[r], batch.rake[r], batch.rjb[p]));
  };
  return result;
}

Result<Modification> campbell_bozorgnia_basin(const Given&) {
  Modification result;
  result.needs = need_z2pt5;
  result.supports = has_campbell_bozorgnia_basin_term;
  result.apply = [](const Imt& imt, const PairBatch& batch, const GroundMotion& out) {
    for (std::size_t p = 0; p < batch.pairs(); ++p)
      out.ln_mean[p] += campbell_bozorgnia_basin_term(imt, batch.z2pt5[p]);
  };
  return result;
}

Result<Modification> m9_basin(const Given&) {
  Modification result;
  result.needs = need_z2pt5;
  result.apply = [](const Imt& imt, const PairBatch& batch, const GroundMotion& out) {
    if (!imt.is_sa() || !(imt.period > 1.9)) // here the bound itself is left out
      return;
    for (std::size_t p = 0; p < batch.pairs(); ++p)
      if (batch.z2pt5[p] >= kM9BasinDepth)
        out.ln_mean[p] += kM9BasinTerm;
  };
  return result;
}

Result<Modification> alatik(const Given& given) {
  return alatik_2015_deviations(given.arguments);
}

Result<Modification> swiss(const Given&) {
  return swiss_amplification();
}
Result<Modification> swiss_sa(const Given&) {
  return swiss_amplification_sa();
}

struct Kind {
  std::string_view key;
  Result<Modification> (*make)(const Given&);
  std::initializer_list<std::string_view> arguments;
};
const Kind kKinds[] = {
  {"set_scale_median_scalar", scale_median, {"scaling_factor"}},
  {"set_scale_median_vector", scale_median_by_imt, {"scaling_factor"}},
  {"set_scale_total_sigma_scalar", scale_sigma, {"scaling_factor"}},
  {"set_scale_total_sigma_vector", scale_sigma_by_imt, {"scaling_factor"}},
  {"set_fixed_total_sigma", fix_sigma, {"total_sigma"}},
  {"add_delta_std_to_total_std", add_to_sigma, {"delta"}},
  {"set_total_std_as_tau_plus_delta", sigma_of_tau, {"delta"}},
  {"set_between_epsilon", between_epsilon, {"epsilon_tau"}},
  {"add_between_within_stds", split_sigma, {"with_betw_ratio"}},
  {"sigma_model_alatik2015",
   alatik,
   {"tau_model", "phi_model", "tau_quantile", "phi_ss_quantile", "ergodic"}},
  {"nrcan15_site_term", canadian_site, {"kind"}},
  {"cy14_site_term", chiou_youngs_site, {}},
  {"ba08_site_term", boore_atkinson_site, {}},
  {"cb14_basin_term", campbell_bozorgnia_basin, {}},
  {"m9_basin_term", m9_basin, {}},
  {"apply_swiss_amplification", swiss, {}},
  {"apply_swiss_amplification_sa", swiss_sa, {}},
};

} // namespace

Result<Modification> make_modification(const std::string& key, const Object& arguments) {
  const auto* kind = std::ranges::find(kKinds, key, &Kind::key);
  if (kind == std::end(kKinds))
    return invalid_input("there is no change '" + key.substr(0, 80) + "'");
  for (const auto& [name, value] : arguments)
    if (std::ranges::find(kind->arguments, std::string_view(name)) == kind->arguments.end())
      return invalid_input(key + " takes no '" + std::string(name) + "'");
  auto made = kind->make({arguments});
  if (!made)
    return invalid_input(key + ": " + made.error().message);
  return made;
}

} // namespace oq::engine
