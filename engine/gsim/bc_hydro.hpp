// BcHydro: the functional form that Abrahamson, Gregor and Addo (2016) gave subduction models.
#pragma once

#include "engine/gsim/arguments.hpp"
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"

#include <cstdint>

namespace oq::engine {

struct BcHydroRow { // natural logarithm, g
  double vlin, b, theta1, theta2, theta3, theta4, theta5, theta6, theta7, theta8, theta10, theta11;
  double theta12, theta13, theta14, theta15, theta16, phi, tau, sigma, single_station_sigma;
};
struct MagnitudeScaleRow {
  double dc1; // shift of the magnitude where the scaling breaks
};

// How a site counts as back-arc, from its distance beyond the volcanic front: 0 to 1.
struct BackarcTaper {
  enum class Shape : std::uint8_t { step, linear, s_function, sigmoid, gaussian };
  Shape shape = Shape::step;
  double width = 1.0;      // km; linear
  double a = 0.0, b = 0.0; // km; s_function, gaussian
  double scale = 1.0;      // km; sigmoid, gaussian

  double at(double beyond_front_km) const;
};

struct BcHydroForm {
  bool is_slab = false;
  bool reads_front_distance = false; // xvf through `taper` instead of the back-arc flag
  double break_magnitude = 7.8;      // C1
  double slab_dc1 = -0.3;
  const CoefficientTable<BcHydroRow>* coefficients = nullptr;
  const CoefficientTable<MagnitudeScaleRow>* magnitude_scale = nullptr; // interface only
  double theta6_adjustment = 0.0;
  double sigma_mu_epsilon = 0.0; // number of epistemic deviations added to the median
  bool ergodic = true;
  BackarcTaper taper = {};
};

class BcHydro final : public PublishedModel {
public:
  BcHydro(std::string name, const BcHydroForm& form);

  bool supports(const Imt& imt) const override;
  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override;

private:
  struct Terms;
  Terms terms_of(const Imt& imt) const;
  double on_rock(const Terms& terms, const PairBatch& batch, std::size_t r, std::size_t p) const;
  void predict_one(const Imt& imt, const PairBatch& batch, std::span<const double> rock_pga,
                   const GroundMotion& out) const;

  BcHydroForm form_;
};

// The arguments that every model of this form has: theta6_adjustment, sigma_mu_epsilon, ergodic.
// The other arguments must have been read before.
Result<std::shared_ptr<const GroundMotionModel>>
make_bc_hydro(const GsimSpec& spec, Arguments& arguments, BcHydroForm form);

// Tables of the central model, which others adjust.
const CoefficientTable<BcHydroRow>& bc_hydro_2016_table();
// Magnitude scaling of the interface, with the authors' alternatives.
enum class BcHydroScaling : std::uint8_t { low, central, high };
const CoefficientTable<MagnitudeScaleRow>& bc_hydro_2016_magnitude_scale(BcHydroScaling scaling);

// ln(median) deviation of the model's own uncertainty; Abrahamson et al. (2018), PEER 2018/02.
double bc_hydro_sigma_mu(const Imt& imt, bool is_slab);

} // namespace oq::engine
