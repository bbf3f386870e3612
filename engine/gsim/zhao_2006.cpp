// Zhao et al. (2006), Bull. Seismol. Soc. Am. 96(3), 898-913: Japan, crustal, interface and slab.
#include "engine/gsim/added_terms.hpp"
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

struct Row { // tables 4 (common terms, sigma) and 5, 6 (crustal columns)
  double a, b, c, d, e, f_reverse, c_hard, c1, c2, c3, c4, sigma, qc, wc, tau;
};
struct InterfaceRow { // tables 4 and 6
  double si, qi, wi, tau;
};
struct SlabRow { // tables 4 and 6
  double ss, ssl, ps, qs, ws, tau;
};
struct CascadiaRow {
  double factor; // by which Cascadia exceeds Japan
};
// clang-format off
constexpr TableEntry<Row> kCommonRows[] = {
  {kPga, {1.101, -0.00564, 0.0055, 1.08, 0.01412, 0.251, 0.293, 1.111, 1.344, 1.355, 1.42, 0.604, 0, 0, 0.303}},
  {sa(0.05), {1.076, -0.00671, 0.0075, 1.06, 0.01463, 0.251, 0.939, 1.684, 1.793, 1.747, 1.814, 0.64, 0, 0, 0.326}},
  {sa(0.1), {1.118, -0.00787, 0.009, 1.083, 0.01423, 0.24, 1.499, 2.061, 2.135, 2.031, 2.082, 0.694, 0, 0, 0.342}},
  {sa(0.15), {1.134, -0.00722, 0.01, 1.053, 0.01509, 0.251, 1.462, 1.916, 2.168, 2.052, 2.113, 0.702, 0, 0, 0.331}},
  {sa(0.2), {1.147, -0.00659, 0.012, 1.014, 0.01462, 0.26, 1.28, 1.669, 2.085, 2.001, 2.03, 0.692, 0, 0, 0.312}},
  {sa(0.25), {1.149, -0.0059, 0.014, 0.966, 0.01459, 0.269, 1.121, 1.468, 1.942, 1.941, 1.937, 0.682, 0, 0, 0.298}},
  {sa(0.3), {1.163, -0.0052, 0.015, 0.934, 0.01458, 0.259, 0.852, 1.172, 1.683, 1.808, 1.77, 0.67, 0, 0, 0.3}},
  {sa(0.4), {1.2, -0.00422, 0.01, 0.959, 0.01257, 0.248, 0.365, 0.655, 1.127, 1.482, 1.397, 0.659, 0, 0, 0.346}},
  {sa(0.5), {1.25, -0.00338, 0.006, 1.008, 0.01114, 0.247, -0.207, 0.071, 0.515, 0.934, 0.955, 0.653, -0.0126, 0.0116, 0.338}},
  {sa(0.6), {1.293, -0.00282, 0.003, 1.088, 0.01019, 0.233, -0.705, -0.429, -0.003, 0.394, 0.559, 0.653, -0.0329, 0.0202, 0.349}},
  {sa(0.7), {1.336, -0.00258, 0.0025, 1.084, 0.00979, 0.22, -1.144, -0.866, -0.449, -0.111, 0.188, 0.652, -0.0501, 0.0274, 0.351}},
  {sa(0.8), {1.386, -0.00242, 0.0022, 1.088, 0.00944, 0.232, -1.609, -1.325, -0.928, -0.62, -0.246, 0.647, -0.065, 0.0336, 0.356}},
  {sa(0.9), {1.433, -0.00232, 0.002, 1.109, 0.00972, 0.22, -2.023, -1.732, -1.349, -1.066, -0.643, 0.653, -0.0781, 0.0391, 0.348}},
  {sa(1), {1.479, -0.0022, 0.002, 1.115, 0.01005, 0.211, -2.451, -2.152, -1.776, -1.523, -1.084, 0.657, -0.0899, 0.044, 0.338}},
  {sa(1.25), {1.551, -0.00207, 0.002, 1.083, 0.01003, 0.251, -3.243, -2.923, -2.542, -2.327, -1.936, 0.66, -0.1148, 0.0545, 0.313}},
  {sa(1.5), {1.621, -0.00224, 0.002, 1.091, 0.00928, 0.248, -3.888, -3.548, -3.169, -2.979, -2.661, 0.664, -0.1351, 0.063, 0.306}},
  {sa(2), {1.694, -0.00201, 0.0025, 1.055, 0.00833, 0.263, -4.783, -4.41, -4.039, -3.871, -3.64, 0.669, -0.1672, 0.0764, 0.283}},
  {sa(2.5), {1.748, -0.00187, 0.0028, 1.052, 0.00776, 0.262, -5.444, -5.049, -4.698, -4.496, -4.341, 0.671, -0.1921, 0.0869, 0.287}},
  {sa(3), {1.759, -0.00147, 0.0032, 1.025, 0.00644, 0.307, -5.839, -5.431, -5.089, -4.893, -4.758, 0.667, -0.2124, 0.0954, 0.278}},
  {sa(4), {1.826, -0.00195, 0.004, 1.044, 0.0059, 0.353, -6.598, -6.181, -5.882, -5.698, -5.588, 0.647, -0.2445, 0.1088, 0.273}},
  {sa(5), {1.825, -0.00237, 0.005, 1.065, 0.0051, 0.248, -6.752, -6.347, -6.051, -5.873, -5.798, 0.643, -0.2694, 0.1193, 0.275}},
};
constexpr TableEntry<InterfaceRow> kInterfaceRows[] = {
  {kPga, {0, 0, 0, 0.308}},
  {sa(0.05), {0, 0, 0, 0.343}},
  {sa(0.1), {0, 0, 0, 0.403}},
  {sa(0.15), {0, -0.0138, 0.0286, 0.367}},
  {sa(0.2), {0, -0.0256, 0.0352, 0.328}},
  {sa(0.25), {0, -0.0348, 0.0403, 0.289}},
  {sa(0.3), {0, -0.0423, 0.0445, 0.28}},
  {sa(0.4), {-0.041, -0.0541, 0.0511, 0.271}},
  {sa(0.5), {-0.053, -0.0632, 0.0562, 0.277}},
  {sa(0.6), {-0.103, -0.0707, 0.0604, 0.296}},
  {sa(0.7), {-0.146, -0.0771, 0.0639, 0.313}},
  {sa(0.8), {-0.164, -0.0825, 0.067, 0.329}},
  {sa(0.9), {-0.206, -0.0874, 0.0697, 0.324}},
  {sa(1), {-0.239, -0.0917, 0.0721, 0.328}},
  {sa(1.25), {-0.256, -0.1009, 0.0772, 0.339}},
  {sa(1.5), {-0.306, -0.1083, 0.0814, 0.352}},
  {sa(2), {-0.321, -0.1202, 0.088, 0.36}},
  {sa(2.5), {-0.337, -0.1293, 0.0931, 0.356}},
  {sa(3), {-0.331, -0.1368, 0.0972, 0.338}},
  {sa(4), {-0.39, -0.1486, 0.1038, 0.307}},
  {sa(5), {-0.498, -0.1578, 0.109, 0.272}},
};
// Petersen et al. (2008), USGS Open-File Report 2008-1128: another between-event deviation.
constexpr TableEntry<InterfaceRow> kInterfaceRowsNshmp2008[] = {
  {kPga, {0, 0, 0, 0.3976}},
  {sa(0.05), {0, 0, 0, 0.4437}},
  {sa(0.1), {0, 0, 0, 0.4903}},
  {sa(0.15), {0, -0.0138, 0.0286, 0.4603}},
  {sa(0.2), {0, -0.0256, 0.0352, 0.4233}},
  {sa(0.25), {0, -0.0348, 0.0403, 0.3908}},
  {sa(0.3), {0, -0.0423, 0.0445, 0.379}},
  {sa(0.4), {-0.041, -0.0541, 0.0511, 0.3897}},
  {sa(0.5), {-0.053, -0.0632, 0.0562, 0.389}},
  {sa(0.6), {-0.103, -0.0707, 0.0604, 0.4014}},
  {sa(0.7), {-0.146, -0.0771, 0.0639, 0.4079}},
  {sa(0.8), {-0.164, -0.0825, 0.067, 0.4183}},
  {sa(0.9), {-0.206, -0.0874, 0.0697, 0.4106}},
  {sa(1), {-0.239, -0.0917, 0.0721, 0.4101}},
  {sa(1.25), {-0.256, -0.1009, 0.0772, 0.4021}},
  {sa(1.5), {-0.306, -0.1083, 0.0814, 0.4076}},
  {sa(2), {-0.321, -0.1202, 0.088, 0.4138}},
  {sa(2.5), {-0.337, -0.1293, 0.0931, 0.4108}},
  {sa(3), {-0.331, -0.1368, 0.0972, 0.3961}},
  {sa(4), {-0.39, -0.1486, 0.1038, 0.3821}},
  {sa(5), {-0.498, -0.1578, 0.109, 0.3766}},
};
constexpr TableEntry<SlabRow> kSlabRows[] = {
  {kPga, {2.607, -0.528, 0.1392, 0.1584, -0.0529, 0.321}},
  {sa(0.05), {2.764, -0.551, 0.1636, 0.1932, -0.0841, 0.378}},
  {sa(0.1), {2.156, -0.42, 0.169, 0.2057, -0.0877, 0.42}},
  {sa(0.15), {2.161, -0.431, 0.1669, 0.1984, -0.0773, 0.372}},
  {sa(0.2), {1.901, -0.372, 0.1631, 0.1856, -0.0644, 0.324}},
  {sa(0.25), {1.814, -0.36, 0.1588, 0.1714, -0.0515, 0.294}},
  {sa(0.3), {2.181, -0.45, 0.1544, 0.1573, -0.0395, 0.284}},
  {sa(0.4), {2.432, -0.506, 0.146, 0.1309, -0.0183, 0.278}},
  {sa(0.5), {2.629, -0.554, 0.1381, 0.1078, -0.0008, 0.272}},
  {sa(0.6), {2.702, -0.575, 0.1307, 0.0878, 0.0136, 0.285}},
  {sa(0.7), {2.654, -0.572, 0.1239, 0.0705, 0.0254, 0.29}},
  {sa(0.8), {2.48, -0.54, 0.1176, 0.0556, 0.0352, 0.299}},
  {sa(0.9), {2.332, -0.522, 0.1116, 0.0426, 0.0432, 0.289}},
  {sa(1), {2.233, -0.509, 0.106, 0.0314, 0.0498, 0.286}},
  {sa(1.25), {2.029, -0.469, 0.0933, 0.0093, 0.0612, 0.277}},
  {sa(1.5), {1.589, -0.379, 0.0821, -0.0062, 0.0674, 0.282}},
  {sa(2), {0.966, -0.248, 0.0628, -0.0235, 0.0692, 0.3}},
  {sa(2.5), {0.789, -0.221, 0.0465, -0.0287, 0.0622, 0.292}},
  {sa(3), {1.037, -0.263, 0.0322, -0.0261, 0.0496, 0.274}},
  {sa(4), {0.561, -0.169, 0.0083, -0.0065, 0.015, 0.281}},
  {sa(5), {0.225, -0.12, -0.0117, 0.0246, -0.0268, 0.296}},
};
// Site factors from Japan to Cascadia: Atkinson (2012), white paper for the Canadian hazard maps.
constexpr TableEntry<CascadiaRow> kCascadiaRows[] = {
  {kPga, {0.5}},
  {kPgv, {1}},
  {sa(0.05), {0.44}},
  {sa(0.1), {0.44}},
  {sa(0.15), {0.53}},
  {sa(0.2), {0.6}},
  {sa(0.25), {0.72}},
  {sa(0.3), {0.81}},
  {sa(0.4), {1}},
  {sa(0.5), {1.01}},
  {sa(0.6), {1.02}},
  {sa(0.7), {1.02}},
  {sa(0.8), {1.03}},
  {sa(0.9), {1.04}},
  {sa(1), {1.04}},
  {sa(1.25), {1.19}},
  {sa(1.5), {1.31}},
  {sa(2), {1.51}},
  {sa(2.5), {1.34}},
  {sa(3), {1.21}},
  {sa(4), {1.09}},
  {sa(5), {1}},
};
// clang-format on
constexpr CoefficientTable<CascadiaRow> kCascadia(kCascadiaRows);
constexpr CoefficientTable<Row> kCommon(kCommonRows);
constexpr CoefficientTable<InterfaceRow> kInterface(kInterfaceRows);
constexpr CoefficientTable<InterfaceRow> kInterfaceNshmp2008(kInterfaceRowsNshmp2008);
constexpr CoefficientTable<SlabRow> kSlab(kSlabRows);

constexpr double kDeepest = 125.0;       // km, deeper events count as this deep
constexpr double kDepthThreshold = 15.0; // km, above it depth has no effect

constexpr double kSgsLeastDistance = 5.0; // km

enum class Variant {
  crustal,
  crustal_sgs, // of the Saudi Geological Survey: never closer than 5 km
  interface_,
  interface_nshmp_2008,
  interface_cascadia,
  slab,
  slab_nshmp_2014,
  slab_cascadia
};
bool is_crustal(Variant variant) {
  return variant == Variant::crustal || variant == Variant::crustal_sgs;
}
bool is_cascadia(Variant variant) {
  return variant == Variant::interface_cascadia || variant == Variant::slab_cascadia;
}

double site_term(const Row& c, double vs30) {
  if (vs30 > 1100.0)
    return c.c_hard;
  if (vs30 > 600.0)
    return c.c1;
  if (vs30 > 300.0)
    return c.c2;
  return vs30 > 200.0 ? c.c3 : c.c4;
}

class ZhaoEtAl2006 final : public PublishedModel {
public:
  ZhaoEtAl2006(std::string name, Variant variant)
    : PublishedModel(std::move(name), need_mag | need_hypo_depth | need_rrup | need_vs30
                                        | (is_crustal(variant) ? std::uint64_t{need_rake} : 0)),
      variant_(variant) {}

  bool supports(const Imt& imt) const override {
    return kCommon.supports(imt) && (!is_cascadia(variant_) || kCascadia.supports(imt));
  }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i)
      predict_one(imts[i], batch, out[i]);
  }

private:
  bool is_slab() const { return variant_ >= Variant::slab; }

  void predict_one(const Imt& imt, const PairBatch& batch, const GroundMotion& out) const {
    const Row c = kCommon.at(imt);
    const InterfaceRow interface_row =
      (variant_ == Variant::interface_nshmp_2008 ? kInterfaceNshmp2008 : kInterface).at(imt);
    const SlabRow slab = kSlab.at(imt);
    const double ln_factor = is_cascadia(variant_) ? std::log(kCascadia.at(imt).factor) : 0.0;
    const double least = variant_ == Variant::crustal_sgs ? kSgsLeastDistance : 0.0;
    fill_means(batch, out, [&](std::size_t r) {
      const double m =
        variant_ == Variant::slab_nshmp_2014 ? std::clamp(batch.mag[r], 0.0, 7.8) : batch.mag[r];
      const double depth = variant_ == Variant::interface_nshmp_2008 ? 20.0 : batch.hypo_depth[r];
      const double rake = is_crustal(variant_) ? batch.rake[r] : 0.0;
      const double source = c.a * m + depth_term(c, depth)
                            + type_term(c, interface_row, slab, m, rake) - kLnGravityCm + ln_factor;
      const double saturation = c.c * std::exp(c.d * m);
      const double slope = is_slab() ? slab.ssl : 0.0;
      return [=, this, &batch, &c](std::size_t p) {
        const double rrup =
          is_slab() && batch.rrup[p] == 0.0 ? 0.1 : std::max(batch.rrup[p], least);
        const double path = c.b * rrup - std::log(rrup + saturation);
        const double slab_path = slope == 0.0 ? 0.0 : slope * std::log(rrup);
        return source + path + slab_path + site_term(c, batch.vs30[p]);
      };
    });
    const double tau = is_crustal(variant_) ? c.tau : is_slab() ? slab.tau : interface_row.tau;
    fill_deviations(out, std::sqrt(c.sigma * c.sigma + tau * tau), tau, c.sigma);
  }

  static double depth_term(const Row& c, double depth) {
    const double capped = std::clamp(depth, 0.0, kDeepest);
    return capped >= kDepthThreshold ? c.e * (capped - kDepthThreshold) : 0.0;
  }

  // Equation 1's tectonic constants with the quadratic correction of equation 5.
  double type_term(const Row& c, const InterfaceRow& interface_row, const SlabRow& slab, double m,
                   double rake) const {
    const double from_6p3 = m - 6.3;
    const double from_6p5 = m - 6.5;
    switch (variant_) {
    case Variant::crustal:
    case Variant::crustal_sgs:
      return (rake > 45.0 && rake < 135.0 ? c.f_reverse : 0.0) + c.qc * from_6p3 * from_6p3 + c.wc;
    case Variant::interface_:
    case Variant::interface_nshmp_2008:
    case Variant::interface_cascadia:
      return interface_row.si + interface_row.qi * from_6p3 * from_6p3 + interface_row.wi;
    case Variant::slab:
    case Variant::slab_nshmp_2014:
    case Variant::slab_cascadia:
      return slab.ss + slab.ps * from_6p5 + slab.qs * from_6p5 * from_6p5 + slab.ws;
    }
    return 0.0;
  }

  Variant variant_;
};

template <Variant kVariant>
Result<std::shared_ptr<const GroundMotionModel>> make(const GsimSpec& spec) {
  Arguments arguments(spec);
  const AddedTerms terms = read_added_basin_terms(arguments);
  OQ_CHECK(arguments.check());
  return with_added_terms(std::make_shared<const ZhaoEtAl2006>(model_name(spec), kVariant), terms);
}

} // namespace

ModelFamily zhao_2006() {
  static constexpr ModelEntry kModels[] = {
    {"ZhaoEtAl2006Asc", make<Variant::crustal>},
    {"ZhaoEtAl2006AscSGS", make<Variant::crustal_sgs>},
    {"ZhaoEtAl2006SInterCascadia", make<Variant::interface_cascadia>},
    {"ZhaoEtAl2006SSlabCascadia", make<Variant::slab_cascadia>},
    {"ZhaoEtAl2006SInter", make<Variant::interface_>},
    {"ZhaoEtAl2006SInterNSHMP2008", make<Variant::interface_nshmp_2008>},
    {"ZhaoEtAl2006SSlab", make<Variant::slab>},
    {"ZhaoEtAl2006SSlabNSHMP2014", make<Variant::slab_nshmp_2014>},
  };
  return kModels;
}

} // namespace oq::engine
