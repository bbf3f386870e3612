// Correlation of the residuals of different intensity measures.
#pragma once

#include "engine/gsim/imt.hpp"
#include "engine/random/pcg64.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace oq::engine {

// Draws the between-event residuals of some events. Within events, residuals are correlated by
// BakerJayaram2008 alone: that relation is of total residuals, hence of both parts.
class CrossCorrelation {
public:
  // `name`: "" or "no" (independent), "full", "GodaAtkinson2009", "Bradley2012",
  // "BakerJayaram2008". Errc::invalid_input for another one, or for measures that the relation does
  // not know.
  static Result<CrossCorrelation> make(std::string_view name, std::span<const Imt> imts,
                                       double truncation_level);

  // IMT x event.
  std::vector<double> draw_between(Pcg64& generator, std::size_t events) const;
  // Independent residuals, the same number of each IMT, become correlated.
  void correlate_within(std::vector<std::vector<double>>& by_imt) const;
  // The reference engine truncates nothing when it correlates.
  double within_truncation(double truncation_level) const;

private:
  enum class Kind : unsigned char { independent, full, correlated };
  Kind kind_ = Kind::independent;
  bool correlates_within_ = false;
  double truncation_level_ = 99;
  std::size_t imts_ = 0;
  std::vector<double> transform_; // IMT (of the normal) x IMT (of the residual)
};

// Goda and Atkinson (2009), Bull. Seism. Soc. Am. 99(5), 3003-3020, of two periods.
double goda_atkinson_2009(double period_a, double period_b);
// Bradley (2012), Earthquake Spectra 28(1), 17-35, equation 7: of peak ground velocity with a
// spectral acceleration; period 0 is peak ground acceleration.
double bradley_2012_pgv(double period);

} // namespace oq::engine
