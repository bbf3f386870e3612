// Bradley (2013), Bull. Seismol. Soc. Am. 103(3), 1801-1822: New Zealand, on the form of Chiou and
// Youngs (2008), Earthquake Spectra 24(1), 173-215.
#include "engine/gsim/arguments.hpp"
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/nga_west2_epistemic.hpp"
#include "engine/gsim/published_model.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

struct Row { // c8 caps the depth to the top; ctvz is the Taupo volcanic zone's attenuation
  double c2, c3, c4, c4a, crb, chm, cg3, c1, c1a, c1b, cn, cm, c5, c6, c7, c8, c9, c9a, cg1, cg2;
  double ctvz, phi1, phi2, phi3, phi4, phi5, phi6, phi7, phi8, tau1, tau2, sig1, sig2, sig3;
};
// Table 2.
// clang-format off
constexpr TableEntry<Row> kRows[] = {
  {kPga, {1.06, 1.5, -2.1, -0.5, 50, 3, 4, -1.1985, 0.1, -0.455, 2.996, 5.85, 6.16, 0.4893, 0.0512, 10, 0.79, 1.5005, -0.0096, -0.0048, 2, -0.4417, -0.1417, -0.00701, 0.102151, 0.2289, 0.014996, 580, 0.07, 0.3437, 0.2637, 0.4458, 0.3459, 0.8}},
  {sa(0.01), {1.06, 1.50299, -2.1, -0.5, 50, 3, 4, -1.1958, 0.1, -0.455, 2.996, 5.81711, 6.16, 0.4893, 0.0512, 10, 0.79, 1.5005, -0.0096, -0.00481, 2, -0.4417, -0.1417, -0.00701, 0.102151, 0.2289, 0.014996, 580, 0.07, 0.3437, 0.2637, 0.4458, 0.3459, 0.8}},
  {sa(0.02), {1.06, 1.50845, -2.1, -0.5, 50, 3, 4, -1.1756, 0.1, -0.455, 3.292, 5.80023, 6.158, 0.4892, 0.0512, 10, 0.8129, 1.5028, -0.0097, -0.00486, 2, -0.434, -0.1364, -0.007279, 0.10836, 0.2289, 0.014996, 580, 0.0699, 0.3471, 0.2671, 0.4458, 0.3459, 0.8}},
  {sa(0.03), {1.06, 1.51549, -2.1, -0.5, 50, 3, 4, -1.0909, 0.1, -0.455, 3.514, 5.78659, 6.155, 0.489, 0.0511, 10, 0.8439, 1.5071, -0.0101, -0.00503, 2, -0.4177, -0.1403, -0.007354, 0.119888, 0.2289, 0.014996, 580, 0.0701, 0.3603, 0.2803, 0.4535, 0.3537, 0.8}},
  {sa(0.04), {1.06, 1.5238, -2.1, -0.5, 50, 3, 4, -0.9793, 0.1, -0.455, 3.563, 5.77472, 6.1508, 0.4888, 0.0508, 10, 0.874, 1.5138, -0.0105, -0.00526, 2, -0.4, -0.1591, -0.006977, 0.133641, 0.2289, 0.014996, 579.9, 0.0702, 0.3718, 0.2918, 0.4589, 0.3592, 0.8}},
  {sa(0.05), {1.06, 1.53319, -2.1, -0.5, 50, 3, 4, -0.8549, 0.1, -0.455, 3.547, 5.76402, 6.1441, 0.4884, 0.0504, 10, 0.8996, 1.523, -0.0109, -0.00549, 2, -0.3903, -0.1862, -0.006467, 0.148927, 0.229, 0.014996, 579.9, 0.0701, 0.3848, 0.3048, 0.463, 0.3635, 0.8}},
  {sa(0.075), {1.06, 1.56053, -2.1, -0.5, 50, 3, 4, -0.6008, 0.1, -0.454, 3.448, 5.74056, 6.12, 0.4872, 0.0495, 10, 0.9442, 1.5597, -0.0117, -0.00588, 2, -0.404, -0.2538, -0.005734, 0.190596, 0.2292, 0.014996, 579.6, 0.0686, 0.3878, 0.3129, 0.4702, 0.3713, 0.8}},
  {sa(0.1), {1.06, 1.59241, -2.1, -0.5, 50, 3, 4, -0.47, 0.1, -0.453, 3.312, 5.72017, 6.085, 0.4854, 0.0489, 10, 0.9677, 1.6104, -0.0117, -0.00591, 2, -0.4423, -0.2943, -0.005604, 0.230662, 0.2297, 0.014996, 579.2, 0.0646, 0.3835, 0.3152, 0.4747, 0.3769, 0.8}},
  {sa(0.15), {1.06, 1.6664, -2.1, -0.5, 50, 3, 4, -0.4139, 0.1, -0.45, 3.044, 5.68493, 5.9871, 0.4808, 0.0479, 10, 0.966, 1.7549, -0.0111, -0.0054, 2, -0.5162, -0.3113, -0.005845, 0.266468, 0.2326, 0.014988, 577.2, 0.0494, 0.3719, 0.3128, 0.4798, 0.3847, 0.8}},
  {sa(0.2), {1.06, 1.75021, -2.1, -0.5, 50, 3, 4, -0.5237, 0.1, -0.4149, 2.831, 5.65435, 5.8699, 0.4755, 0.0471, 10, 0.9334, 1.9157, -0.01, -0.00479, 2, -0.5697, -0.2927, -0.006141, 0.255253, 0.2386, 0.014964, 573.9, -0.0019, 0.3601, 0.3076, 0.4816, 0.3902, 0.8}},
  {sa(0.25), {1.06, 1.84052, -2.1, -0.5, 50, 3, 4, -0.6678, 0.1, -0.3582, 2.658, 5.62686, 5.7547, 0.4706, 0.0464, 10.5, 0.8946, 2.0709, -0.0091, -0.00427, 2, -0.6109, -0.2662, -0.006439, 0.231541, 0.2497, 0.014881, 568.5, -0.0479, 0.3522, 0.3047, 0.4815, 0.3946, 0.7999}},
  {sa(0.3), {1.06, 1.9348, -2.1, -0.5, 50, 3, 4, -0.8277, 0.0999, -0.3113, 2.505, 5.60162, 5.6527, 0.4665, 0.0458, 11, 0.859, 2.2005, -0.0082, -0.00384, 2.5, -0.6444, -0.2405, -0.006704, 0.207277, 0.2674, 0.014639, 560.5, -0.0756, 0.3438, 0.3005, 0.4801, 0.3981, 0.7997}},
  {sa(0.4), {1.06, 2.12764, -2.1, -0.5, 50, 3, 4, -1.1284, 0.0997, -0.2646, 2.261, 5.55602, 5.4997, 0.4607, 0.0445, 12, 0.8019, 2.3886, -0.0069, -0.00317, 3.2, -0.6931, -0.1975, -0.007125, 0.165464, 0.312, 0.013493, 540, -0.096, 0.3351, 0.2984, 0.4758, 0.4036, 0.7988}},
  {sa(0.5), {1.06, 2.31684, -2.1, -0.5, 50, 3, 4, -1.3926, 0.0991, -0.2272, 2.087, 5.51513, 5.4029, 0.4571, 0.0429, 13, 0.7578, 2.5, -0.0059, -0.00272, 3.5, -0.7246, -0.1633, -0.007435, 0.133828, 0.361, 0.011133, 512.9, -0.0998, 0.3353, 0.3036, 0.471, 0.4079, 0.7966}},
  {sa(0.75), {1.06, 2.73064, -2.1, -0.5, 50, 3, 4, -1.8664, 0.0936, -0.162, 1.812, 5.38632, 5.29, 0.4531, 0.0387, 14, 0.6788, 2.6224, -0.0045, -0.00209, 4.5, -0.7708, -0.1028, -0.00812, 0.085153, 0.4353, 0.006739, 441.9, -0.0765, 0.3429, 0.3205, 0.4621, 0.4157, 0.7792}},
  {sa(1), {1.06, 3.03, -2.1, -0.5, 50, 3, 4, -2.1935, 0.0766, -0.14, 1.648, 5.31, 5.248, 0.4517, 0.035, 15, 0.6196, 2.669, -0.0037, -0.00175, 5, -0.799, -0.0699, -0.008444, 0.058595, 0.4629, 0.005749, 391.8, -0.0412, 0.3577, 0.3419, 0.4581, 0.4213, 0.7504}},
  {sa(1.5), {1.06, 3.43384, -2.1, -0.5, 50, 3, 4, -2.6883, 0.0022, -0.1184, 1.511, 5.29995, 5.2194, 0.4507, 0.028, 16, 0.5101, 2.6985, -0.0028, -0.00142, 5.4, -0.8382, -0.0425, -0.007707, 0.031787, 0.4756, 0.005544, 348.1, 0.014, 0.3769, 0.3703, 0.4493, 0.4213, 0.7136}},
  {sa(2), {1.06, 3.67464, -2.1, -0.5, 50, 3, 4, -3.104, -0.0591, -0.11, 1.47, 5.3273, 5.2099, 0.4504, 0.0213, 18, 0.3917, 2.7085, -0.0023, -0.00143, 5.8, -0.8663, -0.0302, -0.004792, 0.019716, 0.4785, 0.005521, 332.5, 0.0544, 0.4023, 0.4023, 0.4459, 0.4213, 0.7035}},
  {sa(3), {1.06, 3.64933, -2.1, -0.5, 50, 3, 4, -3.7085, -0.0931, -0.104, 1.456, 5.4385, 5.204, 0.4501, 0.0106, 19, 0.1244, 2.7145, -0.0019, -0.00115, 6, -0.9032, -0.0129, -0.001828, 0.009643, 0.4796, 0.005517, 324.1, 0.1232, 0.4406, 0.4406, 0.4433, 0.4213, 0.7006}},
  {sa(4), {1.06, 3.60999, -2.1, -0.5, 50, 3, 4, -4.1486, -0.0982, -0.102, 1.465, 5.5977, 5.202, 0.4501, 0.0041, 19.75, 0.0086, 2.7164, -0.0018, -0.00104, 6.15, -0.9231, -0.0016, -0.001523, 0.005379, 0.4799, 0.005517, 321.7, 0.1859, 0.4784, 0.4784, 0.4424, 0.4213, 0.7001}},
  {sa(5), {1.06, 3.5, -2.1, -0.5, 50, 3, 4, -4.4881, -0.0994, -0.101, 1.478, 5.7276, 5.201, 0.45, 0.001, 20, 0, 2.7172, -0.0017, -0.00099, 6.3, -0.9222, 0, -0.00144, 0.003223, 0.4799, 0.005517, 320.9, 0.2295, 0.5074, 0.5074, 0.442, 0.4213, 0.7}},
  {sa(7.5), {1.06, 3.45, -2.1, -0.5, 50, 3, 4, -5.0891, -0.0999, -0.101, 1.498, 5.9891, 5.2, 0.45, 0, 20, 0, 2.7177, -0.0017, -0.00094, 6.425, -0.8346, 0, -0.001369, 0.001134, 0.48, 0.005517, 320.3, 0.266, 0.5328, 0.5328, 0.4416, 0.4213, 0.7}},
  {sa(10), {1.06, 3.45, -2.1, -0.5, 50, 3, 4, -5.553, -0.1, -0.1, 1.502, 6.193, 5.2, 0.45, 0, 20, 0, 2.718, -0.0017, -0.00091, 6.55, -0.7332, 0, -0.001361, 0.000515, 0.48, 0.005517, 320.1, 0.2682, 0.5542, 0.5542, 0.4414, 0.4213, 0.7}},
};
// clang-format on
constexpr CoefficientTable<Row> kTable(kRows);

constexpr double kReferenceVs30 = 1130.0; // m/s
constexpr double kMeasuredVariance = 0.7; // sites with measured vs30

struct Variant {
  bool is_volcanic = false;
  bool larger_component = false; // of the two horizontal ones, instead of their geometric mean
  double additional_sigma = 0.0; // Gerstenberger et al. (2014), Earthquake Spectra 30(1), 17-29
};

double positive_part(double x) {
  return std::max(x, 0.0);
}
double squared(double x) {
  return x * x;
}

// Boore and Kishida (2017), BSSA 107(1), 334-343: larger component over geometric mean.
double larger_component_ratio(const Imt& imt) {
  const double t = imt == kPga ? 0.01 : imt.period;
  const auto between = [t](double r_low, double t_low, double r_high, double t_high) {
    return r_low + (r_high - r_low) * std::log(t / t_low) / std::log(t_high / t_low);
  };
  const double shorter =
    std::min(between(1.106, 0.08, 1.158, 0.56), between(1.158, 0.56, 1.178, 4.40));
  const double longer = std::min(between(1.178, 4.40, 1.241, 8.70), 1.241);
  return std::max({1.106, shorter, longer});
}

// Equation 6: amplification stops growing at this velocity, m/s.
double capping_vs30(const Imt& imt) {
  if (imt == kPga)
    return 1800.0;
  return std::clamp(kReferenceVs30 * std::exp(-0.11 * std::log(imt.period / 0.75)), kReferenceVs30,
                    1800.0);
}

struct RuptureTerms {
  double source, saturation, anelastic, ztor, cos2_dip, tau0, phi_factor;
};

RuptureTerms rupture_terms(const Row& c, bool is_volcanic, const PairBatch& batch, std::size_t r) {
  const double m = batch.mag[r];
  const double rake = batch.rake[r];
  const double style =
    (rake >= 30.0 && rake <= 150.0 ? c.c1a : 0.0) + (rake >= -120.0 && rake <= -60.0 ? c.c1b : 0.0);
  const double above_5 = std::clamp(m - 5.0, 0.0, 2.0);
  return {.source = c.c1 + style + c.c7 * (std::min(batch.ztor[r], c.c8) - 4.0) + c.c2 * (m - 6.0)
                    + (c.c2 - c.c3) / c.cn * std::log1p(std::exp(c.cn * (c.cm - m))),
          .saturation = c.c5 * std::cosh(c.c6 * positive_part(m - c.chm)),
          .anelastic = (c.cg1 + c.cg2 / std::cosh(positive_part(m - c.cg3)))
                       * (is_volcanic ? 1.0 + c.ctvz : 1.0),
          .ztor = batch.ztor[r],
          .cos2_dip = squared(std::cos(batch.dip[r] * (std::numbers::pi / 180.0))),
          .tau0 = c.tau1 + (c.tau2 - c.tau1) / 2.0 * above_5,
          .phi_factor = c.sig1 + (c.sig2 - c.sig1) / 2.0 * above_5};
}

// Equation 4: the motion on rock of 1130 m/s.
double ln_reference(const Row& c, const RuptureTerms& rupture, const PairBatch& batch,
                    std::size_t p) {
  const double rrup = batch.rrup[p];
  double ln_y = rupture.source + c.c4 * std::log(rrup + rupture.saturation)
                + (c.c4a - c.c4) * 0.5 * std::log(squared(rrup) + squared(c.crb))
                + rupture.anelastic * rrup;
  if (batch.rx[p] >= 0.0)
    ln_y += c.c9 * std::tanh(batch.rx[p] * rupture.cos2_dip / c.c9a)
            * (1.0 - std::sqrt(squared(batch.rjb[p]) + squared(rupture.ztor)) / (rrup + 0.001));
  return ln_y;
}

// Equation 5's coefficients of a site; they change only when the site parameters do.
struct SiteTerms {
  double vs30 = -1.0, z1pt0 = 0.0;
  double fixed = 0.0, nonlinear = 0.0;

  void move_to(const Row& c, double v1, double new_vs30, double new_z1pt0) {
    if (new_vs30 == vs30 && new_z1pt0 == z1pt0)
      return;
    vs30 = new_vs30;
    z1pt0 = new_z1pt0;
    const double slow = std::exp(c.phi3 * (std::min(vs30, kReferenceVs30) - 360.0));
    const double basin = c.phi5 * (1.0 - 1.0 / std::cosh(c.phi6 * positive_part(z1pt0 - c.phi7)))
                         + c.phi8 / std::cosh(0.15 * positive_part(z1pt0 - 15.0));
    fixed = c.phi1 * std::log(std::min(vs30, v1) / kReferenceVs30) + basin;
    nonlinear = c.phi2 * (slow - std::exp(c.phi3 * (kReferenceVs30 - 360.0)));
  }
};

LogNormal at_site(const Row& c, const RuptureTerms& rupture, const SiteTerms& site, double ln_ref,
                  bool measured, double additional_variance) {
  const double y_ref = std::exp(ln_ref);
  const double gain = 1.0 + site.nonlinear * y_ref / (y_ref + c.phi4);
  const double within =
    squared(rupture.phi_factor) * ((measured ? kMeasuredVariance : c.sig3) + squared(gain));
  const double between = squared(gain * rupture.tau0);
  return {.ln_mean = ln_ref + site.fixed + site.nonlinear * std::log((y_ref + c.phi4) / c.phi4),
          .sigma = std::sqrt(between + within + additional_variance),
          .tau = std::sqrt(between + additional_variance / 2.0),
          .phi = std::sqrt(within + additional_variance / 2.0)};
}

class Bradley2013 final : public PublishedModel {
public:
  Bradley2013(std::string name, Variant variant)
    : PublishedModel(std::move(name), need_mag | need_rake | need_dip | need_ztor | need_rrup
                                        | need_rjb | need_rx | need_vs30 | need_vs30measured
                                        | need_z1pt0),
      variant_(variant) {}

  bool supports(const Imt& imt) const override { return kTable.supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    const double additional_variance = squared(variant_.additional_sigma);
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const Row c = kTable.at(imts[i]);
      const double v1 = capping_vs30(imts[i]);
      const double component =
        variant_.larger_component ? std::log(larger_component_ratio(imts[i])) : 0.0;
      SiteTerms site;
      fill_motions(batch, out[i], [&](std::size_t r) {
        return [&, rupture = rupture_terms(c, variant_.is_volcanic, batch, r)](std::size_t p) {
          site.move_to(c, v1, batch.vs30[p], batch.z1pt0[p]);
          LogNormal motion = at_site(c, rupture, site, ln_reference(c, rupture, batch, p),
                                     batch.vs30measured[p] != 0.0, additional_variance);
          motion.ln_mean += component;
          return motion;
        };
      });
    }
  }

private:
  Variant variant_;
};

template <Variant kVariant>
Result<std::shared_ptr<const GroundMotionModel>> make(const GsimSpec& spec) {
  Arguments arguments(spec);
  const double epsilon = arguments.number("sigma_mu_epsilon", 0.0);
  OQ_CHECK(arguments.check());
  return with_nga_west2_epistemic(std::make_shared<const Bradley2013>(model_name(spec), kVariant),
                                  epsilon);
}

} // namespace

ModelFamily bradley_2013() {
  static constexpr ModelEntry kModels[] = {
    {"Bradley2013", make<Variant{}>},
    {"Bradley2013Volc", make<Variant{true, false, 0.0}>},
    {"Bradley2013LHC", make<Variant{false, true, 0.0}>},
    {"Bradley2013VolcLHC", make<Variant{true, true, 0.0}>},
    {"Bradley2013AdditionalSigma", make<Variant{false, true, 0.35}>},
  };
  return kModels;
}

} // namespace oq::engine
