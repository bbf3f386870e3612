// Independent residuals are truncated; correlated ones are not, nor are then those within events.
#include "engine/gmf/cross_correlation.hpp"

#include "engine/gsim/baker_jayaram_2008.hpp"
#include "engine/nrml/number.hpp"
#include "engine/random/normal.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

namespace oq::engine {
namespace {

constexpr std::string_view kBakerJayaram = "BakerJayaram2008";
// Periods that stand for PGA, in s; Baker and Jayaram's shortest is 0.01 s.
constexpr double kPgaPeriod = 0.05, kShortestPeriod = 0.01;

// Signs of the eigenvectors' first components, by the size of the matrix: those that the singular
// value decomposition of LAPACK gives to correlations that fall off with the distance of periods.
constexpr std::size_t kSigned = 5;
constexpr std::string_view kFirstSigns[kSigned + 1] = {"", "-", "--", "-++", "-+--", "--++-"};

// Eigenvectors of a symmetric matrix as rows, by decreasing size of the eigenvalue: Jacobi's
// rotations.
struct Eigen {
  std::vector<double> values, vectors;
};

Eigen eigen_of(std::vector<double> a, std::size_t n) {
  std::vector<double> v(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i)
    v[i * n + i] = 1;
  constexpr int kSweeps = 60;
  for (int sweep = 0; sweep < kSweeps; ++sweep)
    for (std::size_t p = 0; p < n; ++p)
      for (std::size_t q = p + 1; q < n; ++q) {
        if (a[p * n + q] == 0)
          continue;
        const double theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]);
        const double t = (theta >= 0 ? 1 : -1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
        const double c = 1 / std::sqrt(t * t + 1), s = t * c;
        for (std::size_t k = 0; k < n; ++k) {
          const double x = a[k * n + p], y = a[k * n + q];
          a[k * n + p] = c * x - s * y;
          a[k * n + q] = s * x + c * y;
        }
        for (std::size_t k = 0; k < n; ++k) {
          const double x = a[p * n + k], y = a[q * n + k];
          a[p * n + k] = c * x - s * y;
          a[q * n + k] = s * x + c * y;
        }
        for (std::size_t k = 0; k < n; ++k) {
          const double x = v[k * n + p], y = v[k * n + q];
          v[k * n + p] = c * x - s * y;
          v[k * n + q] = s * x + c * y;
        }
      }
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t i, std::size_t j) {
    return std::abs(a[i * n + i]) > std::abs(a[j * n + j]);
  });
  Eigen eigen;
  for (const auto i : order) {
    eigen.values.push_back(a[i * n + i]);
    const bool is_positive = n <= kSigned && kFirstSigns[n][eigen.values.size() - 1] == '+';
    const double sign = (v[i] > 0) == is_positive ? 1 : -1;
    for (std::size_t k = 0; k < n; ++k)
      eigen.vectors.push_back(sign * v[k * n + i]);
  }
  return eigen;
}

Error unknown(const Imt& imt, std::string_view name) {
  return invalid_input("cross_correlation " + std::string(name) + " does not know " + imt.name());
}

Result<double> period_of(const Imt& imt, std::string_view name) {
  const bool is_total = name == kBakerJayaram;
  if (imt.is_sa())
    return is_total ? std::max(imt.period, kShortestPeriod) : imt.period;
  if (imt.kind == ImtKind::pga)
    return is_total ? kShortestPeriod : kPgaPeriod;
  return unknown(imt, name);
}

// Of peak ground velocity with others; different accelerations are left uncorrelated, as the
// reference engine does. A matrix that is not positive then counts by its singular values.
Result<double> bradley_2012(const Imt& a, const Imt& b) {
  if (a == b)
    return 1.0;
  if (a.kind == ImtKind::pgv || b.kind == ImtKind::pgv) {
    const Imt& other = a.kind == ImtKind::pgv ? b : a;
    if (other.kind == ImtKind::pga)
      return bradley_2012_pgv(0);
    return other.is_sa() ? Result<double>(bradley_2012_pgv(other.period))
                         : Result<double>(unknown(other, "Bradley2012"));
  }
  OQ_TRY(const double period_a, period_of(a, "Bradley2012"));
  OQ_TRY(const double period_b, period_of(b, "Bradley2012"));
  return period_a == period_b ? 1.0 : 0.0;
}

Result<double> correlation(std::string_view name, const Imt& a, const Imt& b) {
  if (name == "Bradley2012")
    return bradley_2012(a, b);
  OQ_TRY(const double period_a, period_of(a, name));
  OQ_TRY(const double period_b, period_of(b, name));
  return name == kBakerJayaram ? baker_jayaram_2008(period_a, period_b)
                               : goda_atkinson_2009(period_a, period_b);
}

} // namespace

double goda_atkinson_2009(double period_a, double period_b) {
  if (period_a == period_b)
    return 1;
  // Equation 10 with theta 1.374, 5.586, 0.728.
  const double low = std::min(period_a, period_b), high = std::max(period_a, period_b);
  const double ratio = low / high;
  const double angle =
    std::numbers::pi / 2
    - (1.374 + 5.586 * (low < 0.25 ? 1.0 : 0.0) * std::pow(ratio, 0.728) * std::log10(low / 0.25))
        * std::log10(high / low);
  const double delta = 1 + std::cos(-1.5 * std::log10(high / low));
  return std::min(1.0, (1 - std::cos(angle) + delta) / 3);
}

double bradley_2012_pgv(double period) {
  constexpr double kWithPga = 0.733; // table 2
  struct Branch {
    double a, b, c, d, until; // table 3
  };
  constexpr Branch kBranches[] = {{0.73, 0.54, 0.045, 1.8, 0.1},
                                  {0.54, 0.81, 0.28, 1.5, 0.75},
                                  {0.80, 0.76, 1.1, 3.0, 2.5},
                                  {0.76, 0.70, 5.0, 3.2, 10.0}};
  if (period <= 0)
    return kWithPga;
  const Branch* branch = std::begin(kBranches);
  while (branch + 1 != std::end(kBranches) && period > branch->until)
    ++branch;
  return (branch->a + branch->b) / 2
         - (branch->a - branch->b) / 2 * std::tanh(branch->d * std::log(period / branch->c));
}

Result<CrossCorrelation> CrossCorrelation::make(std::string_view name, std::span<const Imt> imts,
                                                double truncation_level) {
  CrossCorrelation residuals;
  residuals.imts_ = imts.size();
  residuals.truncation_level_ = truncation_level;
  if (name.empty() || name == "no" || name == "yes")
    return residuals;
  if (name == "full") {
    residuals.kind_ = Kind::full;
    return residuals;
  }
  if (name != "GodaAtkinson2009" && name != "Bradley2012" && name != kBakerJayaram)
    return invalid_input("cross_correlation " + in_quotes(name)
                         + " is not known; no, full, GodaAtkinson2009, Bradley2012 and "
                           "BakerJayaram2008 are");
  residuals.kind_ = Kind::correlated;
  residuals.correlates_within_ = name == kBakerJayaram;
  const std::size_t n = imts.size();
  std::vector<double> matrix(n * n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      OQ_TRY(matrix[i * n + j], correlation(name, imts[i], imts[j]));
    }
  const auto eigen = eigen_of(matrix, n);
  residuals.transform_.resize(n * n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      residuals.transform_[i * n + j] =
        std::sqrt(std::abs(eigen.values[i])) * eigen.vectors[i * n + j];
  return residuals;
}

double CrossCorrelation::within_truncation(double truncation_level) const {
  constexpr double kNone = 99; // standard deviations
  return kind_ == Kind::correlated ? kNone : truncation_level;
}

void CrossCorrelation::correlate_within(std::vector<std::vector<double>>& by_imt) const {
  if (!correlates_within_)
    return;
  std::vector<double> normals(imts_);
  for (std::size_t row = 0; row < by_imt.front().size(); ++row) {
    for (std::size_t i = 0; i < imts_; ++i)
      normals[i] = std::exchange(by_imt[i][row], 0.0);
    for (std::size_t i = 0; i < imts_; ++i)
      for (std::size_t j = 0; j < imts_; ++j)
        by_imt[j][row] += normals[i] * transform_[i * imts_ + j];
  }
}

std::vector<double> CrossCorrelation::draw_between(Pcg64& generator, std::size_t events) const {
  std::vector<double> out(imts_ * events, 0.0);
  const TruncatedNormalSampler truncated(truncation_level_);
  switch (kind_) {
  case Kind::independent:
    for (double& residual : out)
      residual = truncated(generator);
    break;
  case Kind::full:
    for (std::size_t e = 0; e < events; ++e)
      out[e] = truncated(generator);
    for (std::size_t i = 1; i < imts_; ++i)
      std::copy_n(out.begin(), events, out.begin() + static_cast<std::ptrdiff_t>(i * events));
    break;
  case Kind::correlated:
    for (std::size_t e = 0; e < events; ++e)
      for (std::size_t i = 0; i < imts_; ++i) {
        const double normal = standard_normal(generator);
        for (std::size_t j = 0; j < imts_; ++j)
          out[j * events + e] += normal * transform_[i * imts_ + j];
      }
  }
  return out;
}

} // namespace oq::engine
