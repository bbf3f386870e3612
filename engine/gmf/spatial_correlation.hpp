// Spatial correlation of within-event residuals.
#pragma once

#include "engine/geo/site_collection.hpp"
#include "engine/gsim/imt.hpp"

#include <memory>
#include <span>
#include <vector>

namespace oq::engine {

// A symmetric matrix's lower factor L (L Lᵀ), row by row, or how it failed.
Result<std::vector<double>> cholesky(std::vector<double> matrix, std::size_t size);

// Jayaram and Baker (2009), equations 17 to 19: km within which residuals are correlated.
double jayaram_baker_range(const Imt& imt, bool vs30_clustering);

class SpatialCorrelation {
public:
  virtual ~SpatialCorrelation() = default;
  // Correlates `residuals` (reached site x event, standard normals) and multiplies them by phi.
  virtual Result<void> apply(const Imt& imt, std::span<const std::uint32_t> reached,
                             std::span<const double> phi, std::size_t events,
                             std::span<double> residuals) const = 0;
};

// Jayaram and Baker (2009), Earthq. Eng. Struct. Dyn. 38, 1687-1708: the factor of the matrix of
// all sites; the residuals of those that are not reached are 0.
std::unique_ptr<SpatialCorrelation> jayaram_baker_2009(const SiteCollection& sites,
                                                       bool vs30_clustering);
// Heresi and Miranda (2019), Bull. Earthq. Eng. 17, without uncertainty of its parameter: the
// factor of the matrix of the reached sites.
std::unique_ptr<SpatialCorrelation> heresi_miranda_2018(const SiteCollection& sites);

} // namespace oq::engine
