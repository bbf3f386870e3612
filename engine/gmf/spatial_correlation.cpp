// Correlation matrices of sites and their factors.
#include "engine/gmf/spatial_correlation.hpp"

#include "engine/geo/geodesy.hpp"

#include <cmath>
#include <map>
#include <mutex>

namespace oq::engine {
namespace {

constexpr std::size_t kMostSites = 10'000; // the factor takes 8 n^2 bytes, its making n^3 / 3

double distance(const SiteCollection& sites, std::size_t a, std::size_t b) {
  return great_circle_distance({sites.lon[a], sites.lat[a]}, {sites.lon[b], sites.lat[b]});
}

// s; 0 of every measure that is not a spectral one.
double period_of(const Imt& imt) {
  return imt.is_sa() ? imt.period : 0.0;
}

Error too_many() {
  return invalid_input("ground_motion_correlation_model: more than 10,000 sites");
}

class JayaramBaker2009 final : public SpatialCorrelation {
public:
  JayaramBaker2009(const SiteCollection& sites, bool clustering)
    : sites_(sites), clustering_(clustering) {}

  Result<void> apply(const Imt& imt, std::span<const std::uint32_t> reached,
                     std::span<const double> phi, std::size_t events,
                     std::span<double> residuals) const override {
    OQ_TRY(const auto* factor, factor_of(imt));
    const std::size_t all = sites_.size();
    for (std::size_t i = 0; i < reached.size(); ++i)
      for (std::size_t e = 0; e < events; ++e)
        residuals[i * events + e] *= phi[i];
    std::vector<double> sums(events);
    for (std::size_t i = reached.size(); i-- > 0;) { // from below: L is lower triangular
      std::fill(sums.begin(), sums.end(), 0.0);
      for (std::size_t j = 0; j <= i; ++j) {
        const double l = (*factor)[reached[i] * all + reached[j]];
        for (std::size_t e = 0; e < events; ++e)
          sums[e] += l * residuals[j * events + e];
      }
      std::copy(sums.begin(), sums.end(),
                residuals.begin() + static_cast<std::ptrdiff_t>(i * events));
    }
    return {};
  }

private:
  // One factor a range, made when first wanted.
  Result<const std::vector<double>*> factor_of(const Imt& imt) const {
    const std::size_t size = sites_.size();
    if (size > kMostSites)
      return too_many();
    const double b = jayaram_baker_range(imt, clustering_);
    const std::lock_guard lock(mutex_);
    if (const auto known = factors_.find(b); known != factors_.end())
      return &known->second;
    std::vector<double> matrix(size * size);
    for (std::size_t i = 0; i < size; ++i)
      for (std::size_t j = 0; j <= i; ++j)
        matrix[i * size + j] = matrix[j * size + i] =
          i == j ? 1.0 : std::exp(-3.0 * distance(sites_, i, j) / b);
    OQ_TRY(auto factor, cholesky(std::move(matrix), size));
    return &factors_.emplace(b, std::move(factor)).first->second;
  }

  SiteCollection sites_;
  bool clustering_;
  mutable std::mutex mutex_;
  mutable std::map<double, std::vector<double>> factors_; // stable addresses
};

class HeresiMiranda2018 final : public SpatialCorrelation {
public:
  explicit HeresiMiranda2018(const SiteCollection& sites) : sites_(sites) {}

  Result<void> apply(const Imt& imt, std::span<const std::uint32_t> reached,
                     std::span<const double> phi, std::size_t events,
                     std::span<double> residuals) const override {
    const std::size_t size = reached.size();
    if (size > kMostSites)
      return too_many();
    const double t = period_of(imt);
    const double beta =
      t < 1.37 ? 4.231 * t * t - 5.180 * t + 13.392 : 0.140 * t * t - 2.249 * t + 17.050;
    std::vector<double> matrix(size * size);
    for (std::size_t i = 0; i < size; ++i)
      for (std::size_t j = 0; j <= i; ++j) {
        const double rho =
          i == j ? 1.0 : std::exp(-std::pow(distance(sites_, reached[i], reached[j]) / beta, 0.55));
        matrix[i * size + j] = matrix[j * size + i] = phi[i] * rho * phi[j];
      }
    OQ_TRY(const auto factor, cholesky(std::move(matrix), size));
    std::vector<double> sums(events);
    for (std::size_t i = size; i-- > 0;) {
      std::fill(sums.begin(), sums.end(), 0.0);
      for (std::size_t j = 0; j <= i; ++j)
        for (std::size_t e = 0; e < events; ++e)
          sums[e] += factor[i * size + j] * residuals[j * events + e];
      std::copy(sums.begin(), sums.end(),
                residuals.begin() + static_cast<std::ptrdiff_t>(i * events));
    }
    return {};
  }

private:
  SiteCollection sites_;
};

} // namespace

double jayaram_baker_range(const Imt& imt, bool vs30_clustering) {
  const double period = period_of(imt);
  // PGV takes the relation of long periods, and in it the period 0.
  if (period < 1 && imt.kind != ImtKind::pgv)
    return vs30_clustering ? 40.7 - 15.0 * period : 8.5 + 17.2 * period;
  return 22.0 + 3.7 * period;
}

Result<std::vector<double>> cholesky(std::vector<double> matrix, std::size_t size) {
  for (std::size_t j = 0; j < size; ++j) {
    double* const column = &matrix[j * size];
    double diagonal = column[j];
    for (std::size_t k = 0; k < j; ++k)
      diagonal -= column[k] * column[k];
    if (!(diagonal > 0))
      return Error{Errc::numeric_failure, "a correlation matrix is not positive definite", ""};
    const double root = std::sqrt(diagonal);
    column[j] = root;
    for (std::size_t i = j + 1; i < size; ++i) {
      double* const row = &matrix[i * size];
      double sum = row[j];
      for (std::size_t k = 0; k < j; ++k)
        sum -= row[k] * column[k];
      row[j] = sum / root;
      column[i] = 0;
    }
  }
  return matrix;
}

std::unique_ptr<SpatialCorrelation> jayaram_baker_2009(const SiteCollection& sites,
                                                       bool vs30_clustering) {
  return std::make_unique<JayaramBaker2009>(sites, vs30_clustering);
}

std::unique_ptr<SpatialCorrelation> heresi_miranda_2018(const SiteCollection& sites) {
  return std::make_unique<HeresiMiranda2018>(sites);
}

} // namespace oq::engine
