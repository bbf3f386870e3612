// Abrahamson, Gregor and Addo (2016, online 2015), Earthquake Spectra 32(1), 23-44: "BC Hydro",
// subduction interface and slab, worldwide.
#include "engine/gsim/arguments.hpp"
#include "engine/gsim/bc_hydro.hpp"
#include "engine/gsim/published_model.hpp"

namespace oq::engine {

namespace {

struct SigmaMuRow {
  double interface_, slab;
};
// theta3, theta4 and theta5 are 0.1, 0.9 and 0 at all periods.
// clang-format off
// Table 3; single-station deviations from table 4.
constexpr TableEntry<BcHydroRow> kRows[] = {
  {kPga, {865.1, -1.186, 4.2203, -1.35, 0.1, 0.9, 0, -0.0012, 1.0988, -1.42, 3.12, 0.013, 0.98, -0.0135, -0.4, 0.9969, -1, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.02), {865.1, -1.186, 4.2203, -1.35, 0.1, 0.9, 0, -0.0012, 1.0988, -1.42, 3.12, 0.013, 0.98, -0.0135, -0.4, 0.9969, -1, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.05), {1053.5, -1.346, 4.5371, -1.4, 0.1, 0.9, 0, -0.0012, 1.2536, -1.65, 3.37, 0.013, 1.288, -0.0138, -0.4, 1.103, -1.18, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.075), {1085.7, -1.471, 5.0733, -1.45, 0.1, 0.9, 0, -0.0012, 1.4175, -1.8, 3.37, 0.013, 1.483, -0.0142, -0.4, 1.2732, -1.36, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.1), {1032.5, -1.624, 5.2892, -1.45, 0.1, 0.9, 0, -0.0012, 1.3997, -1.8, 3.33, 0.013, 1.613, -0.0145, -0.4, 1.3042, -1.36, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.15), {877.6, -1.931, 5.4563, -1.45, 0.1, 0.9, 0, -0.0014, 1.3582, -1.69, 3.25, 0.013, 1.882, -0.0153, -0.4, 1.26, -1.3, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.2), {748.2, -2.188, 5.2684, -1.4, 0.1, 0.9, 0, -0.0018, 1.1648, -1.49, 3.03, 0.0129, 2.076, -0.0162, -0.35, 1.223, -1.25, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.25), {654.3, -2.381, 5.0594, -1.35, 0.1, 0.9, 0, -0.0023, 0.994, -1.3, 2.8, 0.0129, 2.248, -0.0172, -0.31, 1.16, -1.17, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.3), {587.1, -2.518, 4.7945, -1.28, 0.1, 0.9, 0, -0.0027, 0.8821, -1.18, 2.59, 0.0128, 2.348, -0.0183, -0.28, 1.05, -1.06, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.4), {503, -2.657, 4.4644, -1.18, 0.1, 0.9, 0, -0.0035, 0.7046, -0.98, 2.2, 0.0127, 2.427, -0.0206, -0.23, 0.8, -0.78, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.5), {456.6, -2.669, 4.0181, -1.08, 0.1, 0.9, 0, -0.0044, 0.5799, -0.82, 1.92, 0.0125, 2.399, -0.0231, -0.19, 0.662, -0.62, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.6), {430.3, -2.599, 3.6055, -0.99, 0.1, 0.9, 0, -0.005, 0.5021, -0.7, 1.7, 0.0124, 2.273, -0.0256, -0.16, 0.58, -0.5, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.75), {410.5, -2.401, 3.2174, -0.91, 0.1, 0.9, 0, -0.0058, 0.3687, -0.54, 1.42, 0.012, 1.993, -0.0296, -0.12, 0.48, -0.34, 0.6, 0.43, 0.74, 0.6}},
  {sa(1), {400, -1.955, 2.7981, -0.85, 0.1, 0.9, 0, -0.0062, 0.1746, -0.34, 1.1, 0.0114, 1.47, -0.0363, -0.07, 0.33, -0.14, 0.6, 0.43, 0.74, 0.6}},
  {sa(1.5), {400, -1.025, 2.0123, -0.77, 0.1, 0.9, 0, -0.0064, -0.082, -0.05, 0.7, 0.01, 0.408, -0.0493, 0, 0.31, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(2), {400, -0.299, 1.4128, -0.71, 0.1, 0.9, 0, -0.0064, -0.2821, 0.12, 0.7, 0.0085, -0.401, -0.061, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(2.5), {400, 0, 0.9976, -0.67, 0.1, 0.9, 0, -0.0064, -0.4108, 0.25, 0.7, 0.0069, -0.723, -0.0711, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(3), {400, 0, 0.6443, -0.64, 0.1, 0.9, 0, -0.0064, -0.4466, 0.3, 0.7, 0.0054, -0.673, -0.0798, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(4), {400, 0, 0.0657, -0.58, 0.1, 0.9, 0, -0.0064, -0.4344, 0.3, 0.7, 0.0027, -0.627, -0.0935, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(5), {400, 0, -0.4624, -0.54, 0.1, 0.9, 0, -0.0064, -0.4368, 0.3, 0.7, 0.0005, -0.596, -0.098, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(6), {400, 0, -0.9809, -0.5, 0.1, 0.9, 0, -0.0064, -0.4586, 0.3, 0.7, -0.0013, -0.566, -0.098, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(7.5), {400, 0, -1.6017, -0.46, 0.1, 0.9, 0, -0.0064, -0.4433, 0.3, 0.7, -0.0033, -0.528, -0.098, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(10), {400, 0, -2.2937, -0.4, 0.1, 0.9, 0, -0.0064, -0.4828, 0.3, 0.7, -0.006, -0.504, -0.098, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
};
// Table 2: central, high and low.
constexpr TableEntry<MagnitudeScaleRow> kCentralRows[] = {
  {kPga, {0.2}},
  {sa(0.02), {0.2}},
  {sa(0.3), {0.2}},
  {sa(0.5), {0.1}},
  {sa(1), {0}},
  {sa(2), {-0.1}},
  {sa(3), {-0.2}},
  {sa(10), {-0.2}},
};
// The authors' alternatives, 0.2 above and below.
constexpr TableEntry<MagnitudeScaleRow> kLowRows[] = {
  {kPga, {0}},
  {sa(0.02), {0}},
  {sa(0.3), {0}},
  {sa(0.5), {-0.1}},
  {sa(1), {-0.2}},
  {sa(2), {-0.3}},
  {sa(3), {-0.4}},
  {sa(10), {-0.4}},
};
constexpr TableEntry<MagnitudeScaleRow> kHighRows[] = {
  {kPga, {0.4}},
  {sa(0.02), {0.4}},
  {sa(0.3), {0.4}},
  {sa(0.5), {0.3}},
  {sa(1), {0.2}},
  {sa(2), {0.1}},
  {sa(3), {0}},
  {sa(10), {0}},
};
// Abrahamson et al. (2018), PEER 2018/02; to be divided by 1.65.
constexpr TableEntry<SigmaMuRow> kSigmaMuRows[] = {
  {kPga, {0.3, 0.5}},
  {sa(0.01), {0.3, 0.5}},
  {sa(0.02), {0.3, 0.5}},
  {sa(0.03), {0.3, 0.5}},
  {sa(0.05), {0.3, 0.5}},
  {sa(0.075), {0.3, 0.5}},
  {sa(0.1), {0.3, 0.5}},
  {sa(0.15), {0.3, 0.5}},
  {sa(0.2), {0.3, 0.5}},
  {sa(0.25), {0.3, 0.46}},
  {sa(0.3), {0.3, 0.42}},
  {sa(0.4), {0.3, 0.38}},
  {sa(0.5), {0.3, 0.34}},
  {sa(0.6), {0.3, 0.3}},
  {sa(0.75), {0.3, 0.3}},
  {sa(1), {0.3, 0.3}},
  {sa(1.5), {0.3, 0.3}},
  {sa(2), {0.3, 0.3}},
  {sa(2.5), {0.3, 0.3}},
  {sa(3), {0.3, 0.3}},
  {sa(4), {0.3, 0.3}},
  {sa(5), {0.3, 0.3}},
  {sa(6), {0.3, 0.3}},
  {sa(7.5), {0.3, 0.3}},
  {sa(10), {0.3, 0.3}},
};
// clang-format on
constexpr CoefficientTable<BcHydroRow> kTable(kRows);
constexpr CoefficientTable<MagnitudeScaleRow> kCentral(kCentralRows);
constexpr CoefficientTable<MagnitudeScaleRow> kLow(kLowRows);
constexpr CoefficientTable<MagnitudeScaleRow> kHigh(kHighRows);
constexpr CoefficientTable<SigmaMuRow> kSigmaMu(kSigmaMuRows);

// `dc1` is the slab's own; the interface reads it from its table.
Result<std::shared_ptr<const GroundMotionModel>> make(const GsimSpec& spec, BcHydroForm form) {
  Arguments arguments(spec);
  form.coefficients = &kTable;
  return make_bc_hydro(spec, arguments, form);
}

template <const CoefficientTable<MagnitudeScaleRow>& kScale>
Result<std::shared_ptr<const GroundMotionModel>> make_interface(const GsimSpec& spec) {
  return make(spec, {.magnitude_scale = &kScale});
}

template <int kTenthsOfDc1>
Result<std::shared_ptr<const GroundMotionModel>> make_slab(const GsimSpec& spec) {
  return make(spec, {.is_slab = true, .slab_dc1 = kTenthsOfDc1 / 10.0});
}

} // namespace

const CoefficientTable<BcHydroRow>& bc_hydro_2016_table() {
  return kTable;
}
const CoefficientTable<MagnitudeScaleRow>& bc_hydro_2016_magnitude_scale(BcHydroScaling scaling) {
  switch (scaling) {
  case BcHydroScaling::low:
    return kLow;
  case BcHydroScaling::central:
    return kCentral;
  case BcHydroScaling::high:
    return kHigh;
  }
  return kCentral;
}

double bc_hydro_sigma_mu(const Imt& imt, bool is_slab) {
  const SigmaMuRow row = kSigmaMu.at(imt);
  return (is_slab ? row.slab : row.interface_) / 1.65;
}

ModelFamily abrahamson_2015() {
  static constexpr ModelEntry kModels[] = {
    {"AbrahamsonEtAl2015SInter", make_interface<kCentral>},
    {"AbrahamsonEtAl2015SInterHigh", make_interface<kHigh>},
    {"AbrahamsonEtAl2015SInterLow", make_interface<kLow>},
    {"AbrahamsonEtAl2015SSlab", make_slab<-3>},
    {"AbrahamsonEtAl2015SSlabHigh", make_slab<-1>},
    {"AbrahamsonEtAl2015SSlabLow", make_slab<-5>},
  };
  return kModels;
}

} // namespace oq::engine
