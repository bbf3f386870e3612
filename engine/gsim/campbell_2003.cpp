// Campbell (2003), Bull. Seismol. Soc. Am. 93(3), 1012-1033: hybrid empirical model of eastern
// North America, hard rock.
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"
#include "engine/gsim/share_adjustment.hpp"
#include "engine/gsim/us_2008.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

// Both tables in the order of table 6; the 2008 maps number c5 to c10 otherwise.
struct Row {
  double c1, c2, c3, attenuation, attenuation_by_mag, c4, saturation, saturation_by_mag;
  double beyond_70km, beyond_130km, sigma0, sigma_slope, sigma_large;
};
// clang-format off
// Table 6, with the erratum in BSSA 94 (2004), 2418.
constexpr TableEntry<Row> kRows[] = {
  {kPga, {0.0305, 0.633, -0.0427, -0.00428, 0.000483, -1.591, 0.683, 0.416, 1.14, -0.873, 1.03, -0.086, 0.414}},
  {sa(0.02), {1.3535, 0.63, -0.0404, -0.00388, 0.000497, -1.787, 1.02, 0.363, 0.851, -0.715, 1.03, -0.086, 0.414}},
  {sa(0.03), {1.186, 0.622, -0.0362, -0.00367, 0.000501, -1.691, 0.922, 0.376, 0.759, -0.922, 1.03, -0.086, 0.414}},
  {sa(0.05), {0.3736, 0.616, -0.0353, -0.00378, 0.0005, -1.469, 0.63, 0.423, 0.771, -1.239, 1.042, -0.0838, 0.443}},
  {sa(0.075), {-0.0395, 0.615, -0.0353, -0.00421, 0.000486, -1.383, 0.491, 0.463, 0.955, -1.349, 1.052, -0.0838, 0.453}},
  {sa(0.1), {-0.1475, 0.613, -0.0353, -0.00454, 0.00046, -1.369, 0.484, 0.467, 1.096, -1.284, 1.059, -0.0838, 0.46}},
  {sa(0.15), {-0.1901, 0.616, -0.0478, -0.00473, 0.000393, -1.368, 0.461, 0.478, 1.239, -1.079, 1.068, -0.0838, 0.469}},
  {sa(0.2), {-0.4328, 0.617, -0.0586, -0.0046, 0.000337, -1.32, 0.399, 0.493, 1.25, -0.928, 1.077, -0.0838, 0.478}},
  {sa(0.3), {-0.6906, 0.609, -0.0786, -0.00414, 0.000263, -1.28, 0.349, 0.502, 1.241, -0.753, 1.081, -0.0838, 0.482}},
  {sa(0.5), {-0.5907, 0.534, -0.1379, -0.00341, 0.000194, -1.216, 0.318, 0.503, 1.166, -0.606, 1.098, -0.0824, 0.508}},
  {sa(0.75), {-0.5429, 0.48, -0.1806, -0.00288, 0.00016, -1.184, 0.304, 0.504, 1.11, -0.526, 1.105, -0.0806, 0.528}},
  {sa(1), {-0.6104, 0.451, -0.209, -0.00255, 0.000141, -1.158, 0.299, 0.503, 1.067, -0.482, 1.11, -0.0793, 0.543}},
  {sa(1.5), {-0.9666, 0.441, -0.2405, -0.00213, 0.000119, -1.135, 0.304, 0.5, 1.029, -0.438, 1.099, -0.0771, 0.547}},
  {sa(2), {-1.4306, 0.459, -0.2552, -0.00187, 0.000103, -1.124, 0.31, 0.499, 1.015, -0.417, 1.093, -0.0758, 0.551}},
  {sa(3), {-2.2331, 0.492, -0.2646, -0.00154, 8.4e-05, -1.121, 0.31, 0.499, 1.014, -0.393, 1.09, -0.0737, 0.562}},
  {sa(4), {-2.7975, 0.507, -0.2738, -0.00135, 7.4e-05, -1.119, 0.294, 0.506, 1.018, -0.386, 1.092, -0.0722, 0.575}},
};
// B/C boundary, USGS award 01HQGR0011.
constexpr TableEntry<Row> kRows2008[] = {
  {kPga, {0.4492, 0.633, -0.0427, -0.00428, 0.000483, -1.591, 0.683, 0.416, 1.14, -0.873, 1.03, -0.086, 0.414}},
  {sa(0.1), {0.4064, 0.613, -0.0353, -0.00454, 0.00046, -1.369, 0.484, 0.467, 1.096, -1.284, 1.059, -0.0838, 0.46}},
  {sa(0.2), {0.1325, 0.617, -0.0586, -0.0046, 0.000337, -1.32, 0.399, 0.493, 1.25, -0.928, 1.077, -0.0838, 0.478}},
  {sa(0.3), {-0.1483, 0.609, -0.0786, -0.00414, 0.000263, -1.28, 0.349, 0.502, 1.241, -0.753, 1.081, -0.0838, 0.482}},
  {sa(0.5), {-0.1333, 0.534, -0.1379, -0.00341, 0.000194, -1.216, 0.318, 0.503, 1.116, -0.606, 1.098, -0.0824, 0.508}},
  {sa(1), {-0.3177, 0.451, -0.209, -0.00255, 0.000141, -1.158, 0.299, 0.503, 1.067, -0.482, 1.11, -0.0793, 0.543}},
  {sa(2), {-1.2483, 0.459, -0.2552, -0.00187, 0.000103, -1.124, 0.31, 0.499, 1.015, -0.417, 1.093, -0.0758, 0.551}},
};
constexpr TableEntry<ShareRow> kShareRows[] = {
  {kPga, {1.22, 0.735106}},
  {sa(0.02), {1.192, 0.474275}},
  {sa(0.03), {1.178, 0.423049}},
  {sa(0.05), {1.15, 0.550323}},
  {sa(0.075), {1.115, 0.730061}},
  {sa(0.1), {1.08, 0.888509}},
  {sa(0.15), {1.15, 1.094622}},
  {sa(0.2), {1.19, 1.197291}},
  {sa(0.3), {1.23, 1.288309}},
  {sa(0.5), {1.23, 1.311421}},
  {sa(0.75), {1.199444, 1.298212}},
  {sa(1), {1.196667, 1.265762}},
  {sa(1.5), {1.191111, 1.197583}},
  {sa(2), {1.14, 1.215779}},
  {sa(3), {1.14, 1.215779}},
  {sa(4), {1.14, 1.215779}},
};
// clang-format on
constexpr CoefficientTable<Row> kTable(kRows);
constexpr CoefficientTable<Row> kTable2008(kRows2008);
constexpr CoefficientTable<ShareRow> kShare(kShareRows);

constexpr double kLargeMagnitude = 7.16; // equation 35

struct Variant {
  bool is_share = false;
  bool is_us_2008 = false;
  MagnitudeScale scale = MagnitudeScale::mw;
};

class Campbell2003 final : public PublishedModel {
public:
  Campbell2003(std::string name, Variant variant)
    : PublishedModel(std::move(name),
                     need_mag | need_rrup | (variant.is_share ? std::uint64_t{need_rake} : 0),
                     StandardDeviations::total_only),
      variant_(variant), table_(variant.is_us_2008 ? kTable2008 : kTable) {}

  bool supports(const Imt& imt) const override { return table_.supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i)
      predict_one(imts[i], batch, out[i]);
  }

private:
  void predict_one(const Imt& imt, const PairBatch& batch, const GroundMotion& out) const {
    const Row c = table_.at(imt);
    const double ceiling =
      variant_.is_us_2008 ? us_2008_ceiling(imt) : std::numeric_limits<double>::infinity();
    fill_motions(batch, out, [&](std::size_t r) {
      const double m = moment_magnitude(variant_.scale, batch.mag[r]);
      const double below_8p5 = 8.5 - m;
      const double adjustment =
        variant_.is_share ? ln_share_adjustment(kShare.at(imt), batch.rake[r]) : 0.0;
      const double source = c.c1 + c.c2 * m + c.c3 * below_8p5 * below_8p5 + adjustment;
      const double saturation = c.saturation * std::exp(c.saturation_by_mag * m);
      const double slope = c.attenuation + c.attenuation_by_mag * m;
      const double sigma = m < kLargeMagnitude ? c.sigma0 + c.sigma_slope * m : c.sigma_large;
      return [=, &batch, &c](std::size_t p) {
        const double rrup = batch.rrup[p];
        double ln_y =
          source + c.c4 * 0.5 * std::log(rrup * rrup + saturation * saturation) + slope * rrup;
        if (rrup > 70.0)
          ln_y += c.beyond_70km * std::log(rrup / 70.0);
        if (rrup > 130.0)
          ln_y += c.beyond_130km * std::log(rrup / 130.0);
        return LogNormal{.ln_mean = std::min(ln_y, ceiling), .sigma = sigma};
      };
    });
  }

  Variant variant_;
  const CoefficientTable<Row>& table_;
};

constexpr Variant us_2008(MagnitudeScale scale) {
  return {.is_us_2008 = true, .scale = scale};
}

} // namespace

ModelFamily campbell_2003() {
  using enum MagnitudeScale;
  static constexpr ModelEntry kModels[] = {
    {"Campbell2003", make_plain<Campbell2003, Variant{}>},
    {"Campbell2003SHARE", make_plain<Campbell2003, Variant{.is_share = true}>},
    {"Campbell2003MwNSHMP2008", make_plain<Campbell2003, us_2008(mw)>},
    {"Campbell2003MblgAB1987NSHMP2008",
     make_plain<Campbell2003, us_2008(mblg_atkinson_boore_1987)>},
    {"Campbell2003MblgJ1996NSHMP2008", make_plain<Campbell2003, us_2008(mblg_johnston_1996)>},
  };
  return kModels;
}

} // namespace oq::engine
