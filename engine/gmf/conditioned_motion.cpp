// The conditional distribution by a factor of the covariance of the observations.
#include "engine/gmf/conditioned_motion.hpp"

#include "engine/geo/geodesy.hpp"
#include "engine/gsim/baker_jayaram_2008.hpp"
#include "engine/random/normal.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {
namespace {

constexpr std::size_t kMostSites = 10'000;        // their covariance takes 8 n^2 bytes
constexpr std::size_t kMostBytes = 4'000'000'000; // of all factors
constexpr double kRidge = 1e-12; // keeps a covariance positive definite: observed sites have none
constexpr double kPgaBetween = 0.05, kPgaWithin = 0.0; // s, stand for PGA

double period_of(const Imt& imt, double of_pga) {
  return imt.is_sa() ? imt.period : of_pga;
}

// An observation: a station's value of a measure.
struct Observation {
  std::size_t station = 0, imt = 0; // of the stations' data
  std::size_t row = 0;              // of the motion at stations
  std::size_t event_term = 0;       // of the terms between events
};

// The recorded measures that say most about another one: itself, else the neighbours in period.
std::vector<std::size_t> conditioning_imts(const Imt& wanted, const std::vector<Imt>& recorded) {
  std::vector<std::size_t> order(recorded.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    order[i] = i;
  if (const auto same = std::ranges::find(recorded, wanted); same != recorded.end())
    return {static_cast<std::size_t>(same - recorded.begin())};
  if (!wanted.is_sa())
    return order;
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return recorded[a] < recorded[b];
  });
  const auto above = std::ranges::find_if(order, [&](std::size_t i) {
    return wanted < recorded[i];
  });
  if (above == order.begin())
    return {order.front()};
  if (above == order.end())
    return {order.back()};
  return {*(above - 1), *above};
}

// Row-major matrices of the few operations needed.
struct Matrix {
  std::size_t rows = 0, cols = 0;
  std::vector<double> values;
  Matrix(std::size_t r, std::size_t c) : rows(r), cols(c), values(r * c, 0.0) {}
  double& at(std::size_t r, std::size_t c) { return values[r * cols + c]; }
  double at(std::size_t r, std::size_t c) const { return values[r * cols + c]; }
  double* row(std::size_t r) { return values.data() + r * cols; }
  const double* row(std::size_t r) const { return values.data() + r * cols; }
};

// L of L Lᵀ, with as little added to the diagonal as makes it positive definite.
Result<Matrix> lower_factor(Matrix matrix, double ridge) {
  constexpr double kLargestRidge = 1e-4;
  const std::size_t size = matrix.rows;
  for (;; ridge = std::max(1e-12, ridge * 10)) {
    auto trial = matrix.values;
    for (std::size_t i = 0; i < size; ++i)
      trial[i * size + i] += ridge;
    auto factor = cholesky(std::move(trial), size);
    if (factor) {
      matrix.values = *std::move(factor);
      return matrix;
    }
    if (ridge > kLargestRidge)
      return factor.error();
  }
}

// L⁻¹ X, in place.
void solve_lower(const Matrix& l, Matrix& x) {
  for (std::size_t i = 0; i < l.rows; ++i) {
    double* const out = x.row(i);
    for (std::size_t k = 0; k < i; ++k) {
      const double factor = l.at(i, k);
      const double* const other = x.row(k);
      for (std::size_t c = 0; c < x.cols; ++c)
        out[c] -= factor * other[c];
    }
    for (std::size_t c = 0; c < x.cols; ++c)
      out[c] /= l.at(i, i);
  }
}

// Aᵀ B.
Matrix product(const Matrix& a, const Matrix& b) {
  Matrix out(a.cols, b.cols);
  for (std::size_t k = 0; k < a.rows; ++k)
    for (std::size_t i = 0; i < a.cols; ++i) {
      const double factor = a.at(k, i);
      double* const row = out.row(i);
      const double* const other = b.row(k);
      for (std::size_t j = 0; j < b.cols; ++j)
        row[j] += factor * other[j];
    }
  return out;
}

// One model and one wanted measure.
class Conditioner {
public:
  Conditioner(const SiteCollection& sites, const RuptureMotion& motion,
              const RuptureMotion& at_stations, const StationData& stations,
              const ConditioningSettings& settings, const Imt& wanted)
    : sites_(sites), motion_(motion), at_stations_(at_stations), stations_(stations),
      settings_(settings), wanted_(wanted) {
    const auto imts = conditioning_imts(wanted, stations.imts);
    if (imts.size() != 1 || stations.imts[imts[0]] != wanted)
      terms_.push_back(wanted);
    for (const std::size_t imt : imts) {
      terms_.push_back(stations.imts[imt]);
      for (std::size_t row = 0; row < at_stations.sites.size(); ++row) {
        const std::size_t station = at_stations.sites[row];
        if (!std::isnan(stations.ln_value[station * stations.imts.size() + imt]))
          observations_.push_back({station, imt, row, terms_.size() - 1});
      }
    }
  }

  Result<ConditionedNormal> condition(std::size_t model, const PredictedMotion& prior) const {
    const std::size_t observed = observations_.size(), terms = terms_.size(),
                      count = prior.ln_mean.size();
    ConditionedNormal out{prior.ln_mean, {}};
    OQ_TRY(const Matrix factor, lower_factor(covariance_of_observations(model), 0));
    Matrix scaled_terms(observed, terms), scaled_misfit(observed, 1);
    for (std::size_t o = 0; o < observed; ++o) {
      scaled_terms.at(o, observations_[o].event_term) = observed_motion(model, o).tau[row(o)];
      scaled_misfit.at(o, 0) = recorded(o) - observed_motion(model, o).ln_mean[row(o)];
    }
    Matrix across = covariance_with_sites(model, prior);
    solve_lower(factor, scaled_terms);
    solve_lower(factor, scaled_misfit);
    solve_lower(factor, across);

    // Between-event terms given the observations: precision Tᵀ W T + R⁻¹.
    OQ_TRY(const Matrix term_factor, factor_of_terms(scaled_terms));
    Matrix pull = product(scaled_terms, scaled_misfit);
    solve_lower(term_factor, pull);
    // Their effect at the sites: T_Y - C_YD W T_D.
    Matrix effect(terms, count);
    const Matrix seen = product(scaled_terms, across);
    for (std::size_t t = 0; t < terms; ++t)
      for (std::size_t y = 0; y < count; ++y)
        effect.at(t, y) = (t == 0 ? prior.tau[y] : 0.0) - seen.at(t, y);
    solve_lower(term_factor, effect);
    const Matrix within = product(across, scaled_misfit), between = product(effect, pull);
    for (std::size_t y = 0; y < count; ++y)
      out.ln_mean[y] += within.at(y, 0) + between.at(y, 0);
    if (!(settings_.truncation_level > 0))
      return out;
    OQ_TRY(auto lower, lower_factor(posterior(prior, across, effect), kRidge));
    out.factor = std::move(lower.values);
    return out;
  }

private:
  const PredictedMotion& observed_motion(std::size_t model, std::size_t o) const {
    return at_stations_.at(model, observations_[o].imt, stations_.imts.size());
  }
  std::size_t row(std::size_t o) const { return observations_[o].row; }
  double recorded(std::size_t o) const {
    return stations_
      .ln_value[observations_[o].station * stations_.imts.size() + observations_[o].imt];
  }
  const Imt& imt_of(std::size_t o) const { return stations_.imts[observations_[o].imt]; }
  std::size_t site_of(std::size_t o) const { return stations_.site[observations_[o].station]; }

  // Of the within-event residuals of two measures at two sites.
  double within_correlation(std::size_t a, const Imt& imt_a, std::size_t b,
                            const Imt& imt_b) const {
    const double km = a == b ? 0.0
                             : great_circle_distance({sites_.lon[a], sites_.lat[a]},
                                                     {sites_.lon[b], sites_.lat[b]});
    const auto in_space = [&](const Imt& imt) {
      return std::exp(-3.0 * km / jayaram_baker_range(imt, settings_.vs30_clustering));
    };
    if (imt_a == imt_b)
      return in_space(imt_a);
    return std::max(in_space(imt_a), in_space(imt_b))
           * baker_jayaram_2008(period_of(imt_a, kPgaWithin), period_of(imt_b, kPgaWithin));
  }

  Matrix covariance_of_observations(std::size_t model) const {
    const std::size_t observed = observations_.size();
    Matrix out(observed, observed);
    for (std::size_t a = 0; a < observed; ++a) {
      const double phi = observed_motion(model, a).phi[row(a)];
      for (std::size_t b = 0; b <= a; ++b)
        out.at(a, b) = out.at(b, a) =
          phi * observed_motion(model, b).phi[row(b)]
          * within_correlation(site_of(a), imt_of(a), site_of(b), imt_of(b));
      const double sigma =
        stations_.ln_sigma[observations_[a].station * stations_.imts.size() + observations_[a].imt];
      out.at(a, a) += sigma * sigma;
    }
    return out;
  }

  Matrix covariance_with_sites(std::size_t model, const PredictedMotion& prior) const {
    Matrix out(observations_.size(), prior.phi.size());
    for (std::size_t o = 0; o < observations_.size(); ++o)
      for (std::size_t y = 0; y < prior.phi.size(); ++y)
        out.at(o, y) = observed_motion(model, o).phi[row(o)] * prior.phi[y]
                       * within_correlation(site_of(o), imt_of(o), motion_.sites[y], wanted_);
    return out;
  }

  Result<Matrix> factor_of_terms(const Matrix& scaled_terms) const {
    const std::size_t terms = terms_.size();
    Matrix between(terms, terms), precision(terms, terms);
    for (std::size_t i = 0; i < terms; ++i) {
      precision.at(i, i) = 1;
      for (std::size_t j = 0; j < terms; ++j)
        between.at(i, j) = i == j ? 1.0
                                  : goda_atkinson_2009(period_of(terms_[i], kPgaBetween),
                                                       period_of(terms_[j], kPgaBetween));
    }
    OQ_TRY(const Matrix factor, lower_factor(std::move(between), 0));
    solve_lower(factor, precision);
    precision = product(precision, precision);
    const Matrix seen = product(scaled_terms, scaled_terms);
    for (std::size_t i = 0; i < terms * terms; ++i)
      precision.values[i] += seen.values[i];
    return lower_factor(std::move(precision), 0);
  }

  // C_YY - C_YD W C_DY + C cov_H Cᵀ.
  Matrix posterior(const PredictedMotion& prior, const Matrix& across, const Matrix& effect) const {
    const std::size_t count = prior.phi.size();
    Matrix out = product(across, across);
    const Matrix between = product(effect, effect);
    for (std::size_t a = 0; a < count; ++a)
      for (std::size_t b = 0; b < count; ++b)
        out.at(a, b) = prior.phi[a] * prior.phi[b]
                         * within_correlation(motion_.sites[a], wanted_, motion_.sites[b], wanted_)
                       - out.at(a, b) + between.at(a, b);
    return out;
  }

  const SiteCollection& sites_;
  const RuptureMotion& motion_;
  const RuptureMotion& at_stations_;
  const StationData& stations_;
  const ConditioningSettings& settings_;
  Imt wanted_;
  std::vector<Imt> terms_; // of between-event terms: the wanted measure first
  std::vector<Observation> observations_;
};

bool has_parts(const PredictedMotion& motion) {
  return motion.phi.empty() || std::ranges::any_of(motion.phi, [](double phi) {
           return phi > 0;
         });
}

} // namespace

Result<ConditionedMotion>
condition_motion(const RuptureMotion& motion, const std::vector<Imt>& imts,
                 const SiteCollection& sites, const RuptureMotion& at_stations,
                 const StationData& stations, const ConditioningSettings& settings) {
  const std::size_t count = motion.sites.size(), all = motion.by_model_and_imt.size();
  if (settings.truncation_level > 0
      && (count > kMostSites || all * count * count * sizeof(double) > kMostBytes))
    return invalid_input("station_data_file: fields at so many sites need more than 4 GB; compute "
                         "fewer sites, measures or models, or truncation_level = 0");
  for (const auto* predicted : {&motion, &at_stations})
    if (!std::ranges::all_of(predicted->by_model_and_imt, has_parts))
      return invalid_input("station_data_file needs models with between- and within-event "
                           "standard deviations");
  // The reference engine predicts the first measure at the sites whichever is conditioned; at the
  // stations it predicts what they recorded.
  constexpr std::size_t kPredicted = 0;
  ConditionedMotion out{motion.sites, {}};
  for (std::size_t i = 0; i < all; ++i) {
    const Conditioner conditioner(sites, motion, at_stations, stations, settings,
                                  imts[i % imts.size()]);
    const std::size_t model = i / imts.size();
    OQ_TRY(out.by_model_and_imt.emplace_back(),
           conditioner.condition(model, motion.at(model, kPredicted, imts.size())));
  }
  return out;
}

Result<RuptureFields> compute_conditioned_fields(const ConditionedMotion& motion,
                                                 std::span<const std::size_t> model_of_event,
                                                 std::uint64_t seed,
                                                 const FieldSettings& settings) {
  const std::size_t imts = settings.imts.size(), sites = motion.sites.size();
  RuptureFields fields;
  fields.values.resize(model_of_event.size() * sites * imts);
  fields.sigma.resize(model_of_event.size() * imts);
  fields.epsilon.resize(model_of_event.size() * imts);
  Pcg64 generator(seed);
  std::vector<double> normals(sites);
  for (std::size_t i = 0; i < motion.by_model_and_imt.size(); ++i) {
    const auto& normal = motion.by_model_and_imt[i];
    const std::size_t model = i / imts, imt = i % imts;
    for (std::size_t e = 0; e < model_of_event.size(); ++e) {
      if (model_of_event[e] != model)
        continue;
      for (double& x : normals)
        x = normal.factor.empty() ? 0.0 : standard_normal(generator);
      for (std::size_t site = 0; site < sites; ++site) {
        double value = normal.ln_mean[site];
        for (std::size_t k = 0; !normal.factor.empty() && k <= site; ++k)
          value += normal.factor[site * sites + k] * normals[k];
        if (settings.imts[imt].kind != ImtKind::mmi)
          value = std::exp(value);
        fields.values[(e * sites + site) * imts + imt] = static_cast<float>(value);
      }
    }
  }
  drop_weak_fields(settings, fields.values);
  return fields;
}

} // namespace oq::engine
