// The BC Hydro model as the 2020 European hazard model uses it: anelastic attenuation recalibrated
// to Mediterranean data, back-arc sites known by their distance to the volcanic front. Weatherill
// et al. (2024), EFEHR technical report on ESHM20.
#include "engine/gsim/arguments.hpp"
#include "engine/gsim/bc_hydro.hpp"
#include "engine/gsim/published_model.hpp"

#include <limits>

namespace oq::engine {

namespace {

// clang-format off
constexpr TableEntry<BcHydroRow> kInterfaceRows[] = {
  {kPga, {865.1, -1.186, 4.2203, -1.35, 0.1, 0.9, 0, -0.00721467, 1.0988, -1.42, 3.12, 0.013, 0.98, -0.0135, -0.4, 0.9969, -1, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.02), {865.1, -1.186, 4.2203, -1.35, 0.1, 0.9, 0, -0.00719296, 1.0988, -1.42, 3.12, 0.013, 0.98, -0.0135, -0.4, 0.9969, -1, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.05), {1053.5, -1.346, 4.5371, -1.4, 0.1, 0.9, 0, -0.00712619, 1.2536, -1.65, 3.37, 0.013, 1.288, -0.0138, -0.4, 1.103, -1.18, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.075), {1085.7, -1.471, 5.0733, -1.45, 0.1, 0.9, 0, -0.007016, 1.4175, -1.8, 3.37, 0.013, 1.483, -0.0142, -0.4, 1.2732, -1.36, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.1), {1032.5, -1.624, 5.2892, -1.45, 0.1, 0.9, 0, -0.00687258, 1.3997, -1.8, 3.33, 0.013, 1.613, -0.0145, -0.4, 1.3042, -1.36, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.15), {877.6, -1.931, 5.4563, -1.45, 0.1, 0.9, 0, -0.00671633, 1.3582, -1.69, 3.25, 0.013, 1.882, -0.0153, -0.4, 1.26, -1.3, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.2), {748.2, -2.188, 5.2684, -1.4, 0.1, 0.9, 0, -0.00657867, 1.1648, -1.49, 3.03, 0.0129, 2.076, -0.0162, -0.35, 1.223, -1.25, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.25), {654.3, -2.381, 5.0594, -1.35, 0.1, 0.9, 0, -0.00648602, 0.994, -1.3, 2.8, 0.0129, 2.248, -0.0172, -0.31, 1.16, -1.17, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.3), {587.1, -2.518, 4.7945, -1.28, 0.1, 0.9, 0, -0.00643709, 0.8821, -1.18, 2.59, 0.0128, 2.348, -0.0183, -0.28, 1.05, -1.06, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.4), {503, -2.657, 4.4644, -1.18, 0.1, 0.9, 0, -0.00639138, 0.7046, -0.98, 2.2, 0.0127, 2.427, -0.0206, -0.23, 0.8, -0.78, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.5), {456.6, -2.669, 4.0181, -1.08, 0.1, 0.9, 0, -0.00629147, 0.5799, -0.82, 1.92, 0.0125, 2.399, -0.0231, -0.19, 0.662, -0.62, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.6), {430.3, -2.599, 3.6055, -0.99, 0.1, 0.9, 0, -0.00609857, 0.5021, -0.7, 1.7, 0.0124, 2.273, -0.0256, -0.16, 0.58, -0.5, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.75), {410.5, -2.401, 3.2174, -0.91, 0.1, 0.9, 0, -0.00581454, 0.3687, -0.54, 1.42, 0.012, 1.993, -0.0296, -0.12, 0.48, -0.34, 0.6, 0.43, 0.74, 0.6}},
  {sa(1), {400, -1.955, 2.7981, -0.85, 0.1, 0.9, 0, -0.00548905, 0.1746, -0.34, 1.1, 0.0114, 1.47, -0.0363, -0.07, 0.33, -0.14, 0.6, 0.43, 0.74, 0.6}},
  {sa(1.5), {400, -1.025, 2.0123, -0.77, 0.1, 0.9, 0, -0.00520499, -0.082, -0.05, 0.7, 0.01, 0.408, -0.0493, 0, 0.31, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(2), {400, -0.299, 1.4128, -0.71, 0.1, 0.9, 0, -0.00505022, -0.2821, 0.12, 0.7, 0.0085, -0.401, -0.061, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(2.5), {400, 0, 0.9976, -0.67, 0.1, 0.9, 0, -0.00507967, -0.4108, 0.25, 0.7, 0.0069, -0.723, -0.0711, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(3), {400, 0, 0.6443, -0.64, 0.1, 0.9, 0, -0.00529221, -0.4466, 0.3, 0.7, 0.0054, -0.673, -0.0798, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(4), {400, 0, 0.0657, -0.58, 0.1, 0.9, 0, -0.0056479, -0.4344, 0.3, 0.7, 0.0027, -0.627, -0.0935, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(5), {400, 0, -0.4624, -0.54, 0.1, 0.9, 0, -0.00607621, -0.4368, 0.3, 0.7, 0.0005, -0.596, -0.098, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(6), {400, 0, -0.9809, -0.5, 0.1, 0.9, 0, -0.00647922, -0.4586, 0.3, 0.7, -0.0013, -0.566, -0.098, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(7.5), {400, 0, -1.6017, -0.46, 0.1, 0.9, 0, -0.00676355, -0.4433, 0.3, 0.7, -0.0033, -0.528, -0.098, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(10), {400, 0, -2.2937, -0.4, 0.1, 0.9, 0, -0.00686566, -0.4828, 0.3, 0.7, -0.006, -0.504, -0.098, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
};
constexpr TableEntry<BcHydroRow> kSlabRows[] = {
  {kPga, {865.1, -1.186, 4.2203, -1.35, 0.1, 0.9, 0, -0.00278801, 1.0988, -1.42, 3.12, 0.013, 0.98, -0.0135, -0.4, 0.9969, -1, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.02), {865.1, -1.186, 4.2203, -1.35, 0.1, 0.9, 0, -0.00275821, 1.0988, -1.42, 3.12, 0.013, 0.98, -0.0135, -0.4, 0.9969, -1, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.05), {1053.5, -1.346, 4.5371, -1.4, 0.1, 0.9, 0, -0.00268517, 1.2536, -1.65, 3.37, 0.013, 1.288, -0.0138, -0.4, 1.103, -1.18, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.075), {1085.7, -1.471, 5.0733, -1.45, 0.1, 0.9, 0, -0.0026136, 1.4175, -1.8, 3.37, 0.013, 1.483, -0.0142, -0.4, 1.2732, -1.36, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.1), {1032.5, -1.624, 5.2892, -1.45, 0.1, 0.9, 0, -0.0025924, 1.3997, -1.8, 3.33, 0.013, 1.613, -0.0145, -0.4, 1.3042, -1.36, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.15), {877.6, -1.931, 5.4563, -1.45, 0.1, 0.9, 0, -0.00264688, 1.3582, -1.69, 3.25, 0.013, 1.882, -0.0153, -0.4, 1.26, -1.3, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.2), {748.2, -2.188, 5.2684, -1.4, 0.1, 0.9, 0, -0.00277703, 1.1648, -1.49, 3.03, 0.0129, 2.076, -0.0162, -0.35, 1.223, -1.25, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.25), {654.3, -2.381, 5.0594, -1.35, 0.1, 0.9, 0, -0.00296427, 0.994, -1.3, 2.8, 0.0129, 2.248, -0.0172, -0.31, 1.16, -1.17, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.3), {587.1, -2.518, 4.7945, -1.28, 0.1, 0.9, 0, -0.00318216, 0.8821, -1.18, 2.59, 0.0128, 2.348, -0.0183, -0.28, 1.05, -1.06, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.4), {503, -2.657, 4.4644, -1.18, 0.1, 0.9, 0, -0.0034082, 0.7046, -0.98, 2.2, 0.0127, 2.427, -0.0206, -0.23, 0.8, -0.78, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.5), {456.6, -2.669, 4.0181, -1.08, 0.1, 0.9, 0, -0.00363798, 0.5799, -0.82, 1.92, 0.0125, 2.399, -0.0231, -0.19, 0.662, -0.62, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.6), {430.3, -2.599, 3.6055, -0.99, 0.1, 0.9, 0, -0.00388267, 0.5021, -0.7, 1.7, 0.0124, 2.273, -0.0256, -0.16, 0.58, -0.5, 0.6, 0.43, 0.74, 0.6}},
  {sa(0.75), {410.5, -2.401, 3.2174, -0.91, 0.1, 0.9, 0, -0.00415403, 0.3687, -0.54, 1.42, 0.012, 1.993, -0.0296, -0.12, 0.48, -0.34, 0.6, 0.43, 0.74, 0.6}},
  {sa(1), {400, -1.955, 2.7981, -0.85, 0.1, 0.9, 0, -0.00445479, 0.1746, -0.34, 1.1, 0.0114, 1.47, -0.0363, -0.07, 0.33, -0.14, 0.6, 0.43, 0.74, 0.6}},
  {sa(1.5), {400, -1.025, 2.0123, -0.77, 0.1, 0.9, 0, -0.00478084, -0.082, -0.05, 0.7, 0.01, 0.408, -0.0493, 0, 0.31, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(2), {400, -0.299, 1.4128, -0.71, 0.1, 0.9, 0, -0.00513159, -0.2821, 0.12, 0.7, 0.0085, -0.401, -0.061, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(2.5), {400, 0, 0.9976, -0.67, 0.1, 0.9, 0, -0.00550694, -0.4108, 0.25, 0.7, 0.0069, -0.723, -0.0711, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(3), {400, 0, 0.6443, -0.64, 0.1, 0.9, 0, -0.00590809, -0.4466, 0.3, 0.7, 0.0054, -0.673, -0.0798, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(4), {400, 0, 0.0657, -0.58, 0.1, 0.9, 0, -0.00634283, -0.4344, 0.3, 0.7, 0.0027, -0.627, -0.0935, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(5), {400, 0, -0.4624, -0.54, 0.1, 0.9, 0, -0.00680074, -0.4368, 0.3, 0.7, 0.0005, -0.596, -0.098, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(6), {400, 0, -0.9809, -0.5, 0.1, 0.9, 0, -0.00722208, -0.4586, 0.3, 0.7, -0.0013, -0.566, -0.098, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(7.5), {400, 0, -1.6017, -0.46, 0.1, 0.9, 0, -0.00752097, -0.4433, 0.3, 0.7, -0.0033, -0.528, -0.098, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
  {sa(10), {400, 0, -2.2937, -0.4, 0.1, 0.9, 0, -0.00762908, -0.4828, 0.3, 0.7, -0.006, -0.504, -0.098, 0, 0.3, 0, 0.6, 0.43, 0.74, 0.6}},
};
// clang-format on
constexpr CoefficientTable<BcHydroRow> kInterface(kInterfaceRows);
constexpr CoefficientTable<BcHydroRow> kSlab(kSlabRows);

constexpr double kSlabDc1[] = {-0.5, -0.3, -0.1};

BcHydroForm form_of(bool is_slab, BcHydroScaling scaling = BcHydroScaling::central) {
  return {.is_slab = is_slab,
          .reads_front_distance = true,
          .slab_dc1 = kSlabDc1[static_cast<int>(scaling)],
          .coefficients = is_slab ? &kSlab : &kInterface,
          .magnitude_scale = &bc_hydro_2016_magnitude_scale(scaling)};
}

BackarcTaper read_taper(Arguments& arguments) {
  using Shape = BackarcTaper::Shape;
  static constexpr std::string_view kShapes[] = {"Step", "Linear", "SFunc", "Sigmoid", "Gaussian"};
  BackarcTaper taper;
  taper.shape = arguments.one_of("faba_taper_model", Shape::step, kShapes);
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const bool gaussian = taper.shape == Shape::gaussian;
  taper.width = arguments.positive("width", 1.0);
  taper.a = arguments.number("a", gaussian ? -kInfinity : 0.0);
  taper.b = arguments.number("b", gaussian ? kInfinity : 0.0);
  taper.scale = arguments.positive(gaussian ? "sigma" : "c", 1.0);
  if (taper.a > taper.b || (gaussian && taper.a == taper.b))
    arguments.refuse("the taper's a must be below its b");
  return taper;
}

template <bool kIsSlab, BcHydroScaling kScaling = BcHydroScaling::central>
Result<std::shared_ptr<const GroundMotionModel>> make(const GsimSpec& spec) {
  Arguments arguments(spec);
  BcHydroForm form = form_of(kIsSlab, kScaling);
  form.taper = read_taper(arguments);
  return make_bc_hydro(spec, arguments, form);
}

// Branches of the European logic tree: five stress levels by three attenuations.
enum class Stress { very_low, low, mid, high, very_high };
enum class Attenuation { fast, mid, slow };
constexpr double kStressEpsilons[] = {-2.856970, -1.355630, 0.0, 1.355630, 2.856970};
constexpr double kTheta6Adjustments[] = {-0.0015, 0.0, 0.0015};

template <bool kIsSlab, Stress kStress, Attenuation kAttenuation>
Result<std::shared_ptr<const GroundMotionModel>> make_branch(const GsimSpec& spec) {
  OQ_CHECK(expect_no_arguments(spec));
  BcHydroForm form = form_of(kIsSlab);
  form.taper = {.shape = BackarcTaper::Shape::s_function, .a = -100.0, .b = 100.0};
  form.sigma_mu_epsilon = kStressEpsilons[static_cast<int>(kStress)];
  form.theta6_adjustment = kTheta6Adjustments[static_cast<int>(kAttenuation)];
  return std::shared_ptr<const GroundMotionModel>(
    std::make_shared<const BcHydro>(model_name(spec), form));
}

} // namespace

ModelFamily bchydro_eshm20() {
  static constexpr ModelEntry kModels[] = {
    {"BCHydroESHM20SInter", make<false>},
    {"BCHydroESHM20SInterLow", make<false, BcHydroScaling::low>},
    {"BCHydroESHM20SInterHigh", make<false, BcHydroScaling::high>},
    {"BCHydroESHM20SSlab", make<true>},
    {"BCHydroESHM20SSlabLow", make<true, BcHydroScaling::low>},
    {"BCHydroESHM20SSlabHigh", make<true, BcHydroScaling::high>},
    {"ESHM20SInterVLowStressFastAtten", make_branch<false, Stress::very_low, Attenuation::fast>},
    {"ESHM20SInterVLowStressMidAtten", make_branch<false, Stress::very_low, Attenuation::mid>},
    {"ESHM20SInterVLowStressSlowAtten", make_branch<false, Stress::very_low, Attenuation::slow>},
    {"ESHM20SInterLowStressFastAtten", make_branch<false, Stress::low, Attenuation::fast>},
    {"ESHM20SInterLowStressMidAtten", make_branch<false, Stress::low, Attenuation::mid>},
    {"ESHM20SInterLowStressSlowAtten", make_branch<false, Stress::low, Attenuation::slow>},
    {"ESHM20SInterMidStressFastAtten", make_branch<false, Stress::mid, Attenuation::fast>},
    {"ESHM20SInterMidStressMidAtten", make_branch<false, Stress::mid, Attenuation::mid>},
    {"ESHM20SInterMidStressSlowAtten", make_branch<false, Stress::mid, Attenuation::slow>},
    {"ESHM20SInterHighStressFastAtten", make_branch<false, Stress::high, Attenuation::fast>},
    {"ESHM20SInterHighStressMidAtten", make_branch<false, Stress::high, Attenuation::mid>},
    {"ESHM20SInterHighStressSlowAtten", make_branch<false, Stress::high, Attenuation::slow>},
    {"ESHM20SInterVHighStressFastAtten", make_branch<false, Stress::very_high, Attenuation::fast>},
    {"ESHM20SInterVHighStressMidAtten", make_branch<false, Stress::very_high, Attenuation::mid>},
    {"ESHM20SInterVHighStressSlowAtten", make_branch<false, Stress::very_high, Attenuation::slow>},
    {"ESHM20SSlabVLowStressFastAtten", make_branch<true, Stress::very_low, Attenuation::fast>},
    {"ESHM20SSlabVLowStressMidAtten", make_branch<true, Stress::very_low, Attenuation::mid>},
    {"ESHM20SSlabVLowStressSlowAtten", make_branch<true, Stress::very_low, Attenuation::slow>},
    {"ESHM20SSlabLowStressFastAtten", make_branch<true, Stress::low, Attenuation::fast>},
    {"ESHM20SSlabLowStressMidAtten", make_branch<true, Stress::low, Attenuation::mid>},
    {"ESHM20SSlabLowStressSlowAtten", make_branch<true, Stress::low, Attenuation::slow>},
    {"ESHM20SSlabMidStressFastAtten", make_branch<true, Stress::mid, Attenuation::fast>},
    {"ESHM20SSlabMidStressMidAtten", make_branch<true, Stress::mid, Attenuation::mid>},
    {"ESHM20SSlabMidStressSlowAtten", make_branch<true, Stress::mid, Attenuation::slow>},
    {"ESHM20SSlabHighStressFastAtten", make_branch<true, Stress::high, Attenuation::fast>},
    {"ESHM20SSlabHighStressMidAtten", make_branch<true, Stress::high, Attenuation::mid>},
    {"ESHM20SSlabHighStressSlowAtten", make_branch<true, Stress::high, Attenuation::slow>},
    {"ESHM20SSlabVHighStressFastAtten", make_branch<true, Stress::very_high, Attenuation::fast>},
    {"ESHM20SSlabVHighStressMidAtten", make_branch<true, Stress::very_high, Attenuation::mid>},
    {"ESHM20SSlabVHighStressSlowAtten", make_branch<true, Stress::very_high, Attenuation::slow>},
  };
  return kModels;
}

} // namespace oq::engine
