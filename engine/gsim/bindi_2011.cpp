// Bindi et al. (2011), Bull. Earthq. Eng. 9, 1899-1920: ITA10, active crust of Italy.
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

struct Row { // base 10, cm/s2 and cm/s
  double e1, c1, c2, h, c3, b1, b2, class_a, class_b, class_c, class_d, class_e;
  double normal, reverse, strike_slip, tau, phi, sigma;
};
struct BackboneRow { // natural logarithm
  double a, b, c;
};
// Tables 1 and 5.
// clang-format off
constexpr TableEntry<Row> kRows[] = {
  {kPga, {3.672, -1.94, 0.413, 10.322, 0.000134, -0.262, -0.0707, 0, 0.162, 0.24, 0.105, 0.57, -0.0503, 0.105, -0.0544, 0.172, 0.29, 0.337}},
  {kPgv, {2.305, -1.517, 0.326, 7.879, 0, 0.236, -0.00686, 0, 0.205, 0.269, 0.321, 0.428, -0.0308, 0.0754, -0.0446, 0.194, 0.27, 0.332}},
  {sa(0.04), {3.725, -1.976, 0.422, 9.445, 0.00027, -0.315, -0.0787, 0, 0.161, 0.24, 0.06, 0.614, -0.0442, 0.106, -0.0615, 0.154, 0.307, 0.343}},
  {sa(0.07), {3.906, -2.05, 0.446, 9.81, 0.000758, -0.375, -0.0773, 0, 0.154, 0.235, 0.057, 0.536, -0.0454, 0.103, -0.0576, 0.152, 0.324, 0.358}},
  {sa(0.1), {3.796, -1.794, 0.415, 9.5, 0.00255, -0.29, -0.0651, 0, 0.178, 0.247, 0.037, 0.599, -0.0656, 0.111, -0.0451, 0.154, 0.328, 0.363}},
  {sa(0.15), {3.799, -1.521, 0.32, 9.163, 0.00372, -0.0987, -0.0574, 0, 0.174, 0.24, 0.148, 0.74, -0.0755, 0.123, -0.0477, 0.179, 0.318, 0.365}},
  {sa(0.2), {3.75, -1.379, 0.28, 8.502, 0.00384, 0.0094, -0.0517, 0, 0.156, 0.234, 0.115, 0.556, -0.0733, 0.106, -0.0328, 0.209, 0.32, 0.382}},
  {sa(0.25), {3.699, -1.34, 0.254, 7.912, 0.00326, 0.086, -0.0457, 0, 0.182, 0.245, 0.154, 0.414, -0.0568, 0.11, -0.0534, 0.212, 0.308, 0.374}},
  {sa(0.3), {3.753, -1.414, 0.255, 8.215, 0.00219, 0.124, -0.0435, 0, 0.201, 0.244, 0.213, 0.301, -0.0564, 0.0877, -0.0313, 0.218, 0.29, 0.363}},
  {sa(0.35), {3.6, -1.32, 0.253, 7.507, 0.00232, 0.154, -0.0437, 0, 0.22, 0.257, 0.243, 0.235, -0.0523, 0.0905, -0.0382, 0.221, 0.283, 0.359}},
  {sa(0.4), {3.549, -1.262, 0.233, 6.76, 0.00219, 0.225, -0.0406, 0, 0.229, 0.255, 0.226, 0.202, -0.0565, 0.0927, -0.0363, 0.21, 0.279, 0.349}},
  {sa(0.45), {3.55, -1.261, 0.223, 6.775, 0.00176, 0.292, -0.0306, 0, 0.226, 0.271, 0.237, 0.181, -0.0597, 0.0886, -0.0289, 0.204, 0.284, 0.35}},
  {sa(0.5), {3.526, -1.181, 0.184, 5.992, 0.00186, 0.384, -0.025, 0, 0.218, 0.28, 0.263, 0.168, -0.0599, 0.085, -0.0252, 0.203, 0.283, 0.349}},
  {sa(0.6), {3.561, -1.23, 0.178, 6.382, 0.00114, 0.436, -0.0227, 0, 0.219, 0.296, 0.355, 0.142, -0.0559, 0.079, -0.0231, 0.203, 0.283, 0.348}},
  {sa(0.7), {3.485, -1.172, 0.154, 5.574, 0.000942, 0.529, -0.0185, 0, 0.21, 0.303, 0.496, 0.134, -0.0461, 0.0896, -0.0435, 0.212, 0.283, 0.354}},
  {sa(0.8), {3.325, -1.115, 0.163, 4.998, 0.000909, 0.545, -0.0215, 0, 0.21, 0.304, 0.621, 0.15, -0.0457, 0.0795, -0.0338, 0.213, 0.284, 0.355}},
  {sa(0.9), {3.318, -1.137, 0.154, 5.231, 0.000483, 0.563, -0.0263, 0, 0.212, 0.315, 0.68, 0.154, -0.0351, 0.0715, -0.0364, 0.214, 0.286, 0.357}},
  {sa(1), {3.264, -1.114, 0.14, 5.002, 0.000254, 0.599, -0.027, 0, 0.221, 0.332, 0.707, 0.152, -0.0298, 0.066, -0.0362, 0.222, 0.283, 0.36}},
  {sa(1.25), {2.896, -0.986, 0.173, 4.34, 0.000783, 0.579, -0.0336, 0, 0.244, 0.365, 0.717, 0.183, -0.0207, 0.0614, -0.0407, 0.227, 0.29, 0.368}},
  {sa(1.5), {2.675, -0.96, 0.192, 4.117, 0.000802, 0.575, -0.0353, 0, 0.251, 0.375, 0.667, 0.203, -0.014, 0.0505, -0.0365, 0.218, 0.303, 0.373}},
  {sa(1.75), {2.584, -1.006, 0.205, 4.505, 0.000427, 0.574, -0.0371, 0, 0.252, 0.357, 0.593, 0.22, 0.00154, 0.037, -0.0385, 0.219, 0.305, 0.376}},
  {sa(2), {2.537, -1.009, 0.193, 4.373, 0.000164, 0.597, -0.0367, 0, 0.245, 0.352, 0.54, 0.226, 0.00512, 0.035, -0.0401, 0.211, 0.308, 0.373}},
  {sa(2.5), {2.425, -1.029, 0.179, 4.484, -0.000348, 0.655, -0.0262, 0, 0.244, 0.336, 0.46, 0.229, 0.00561, 0.0275, -0.0331, 0.212, 0.309, 0.375}},
  {sa(2.75), {2.331, -1.043, 0.183, 4.581, -0.000617, 0.678, -0.0182, 0, 0.232, 0.335, 0.416, 0.232, 0.0135, 0.0263, -0.0398, 0.203, 0.31, 0.37}},
  {sa(4), {2.058, -1.084, 0.2, 4.876, -0.000843, 0.674, -0.00621, 0, 0.195, 0.3, 0.35, 0.23, 0.0295, 0.0255, -0.055, 0.197, 0.3, 0.359}},
};
// Half-width of the backbone of the 2019 Italian hazard model (MPS19), a parabola in magnitude.
constexpr TableEntry<BackboneRow> kBackboneRows[] = {
  {kPga, {0.101, -1.136, 3.555}},
  {kPgv, {0.066, -0.741, 2.4}},
  {sa(0.05), {0.105, -1.19, 3.691}},
  {sa(0.1), {0.112, -1.284, 4.001}},
  {sa(0.15), {0.094, -1.033, 3.177}},
  {sa(0.2), {0.085, -0.907, 2.831}},
  {sa(0.3), {0.086, -0.927, 2.869}},
  {sa(0.4), {0.088, -0.974, 3.076}},
  {sa(0.5), {0.083, -0.916, 2.933}},
  {sa(0.75), {0.073, -0.808, 2.628}},
  {sa(1), {0.066, -0.736, 2.42}},
  {sa(2), {0.041, -0.512, 1.888}},
  {sa(3), {0.05, -0.616, 2.193}},
  {sa(4), {0.076, -0.906, 3.046}},
};
// clang-format on
constexpr CoefficientTable<BackboneRow> kBackbone(kBackboneRows);
constexpr CoefficientTable<Row> kTable(kRows);

constexpr double kReferenceMagnitude = 5.0;
constexpr double kHingeMagnitude = 6.75;

double style_term(const Row& c, double rake) {
  if (std::abs(rake) <= 30.0 || std::abs(rake) >= 150.0)
    return c.strike_slip;
  return rake > 0.0 ? c.reverse : c.normal;
}

// Eurocode 8; a vs30 of 0 stands for class E.
double site_term(const Row& c, double vs30) {
  if (std::abs(vs30) < 1e-10)
    return c.class_e;
  if (vs30 < 180.0)
    return c.class_d;
  if (vs30 < 360.0)
    return c.class_c;
  return vs30 < 800.0 ? c.class_b : c.class_a;
}

// Where in the backbone a model stands.
enum class Backbone { lower = -1, central = 0, upper = 1 };

class BindiEtAl2011 final : public PublishedModel {
public:
  explicit BindiEtAl2011(std::string name, Backbone backbone = Backbone::central)
    : PublishedModel(std::move(name), need_mag | need_rake | need_rjb | need_vs30),
      backbone_(backbone) {}

  bool supports(const Imt& imt) const override {
    return kTable.supports(imt) && (backbone_ == Backbone::central || kBackbone.supports(imt));
  }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const Row c = kTable.at(imts[i]);
      const double unit = imts[i] == kPgv ? 0.0 : kLnGravityCm;
      const double side = static_cast<double>(backbone_);
      const BackboneRow width = side == 0.0 ? BackboneRow{} : kBackbone.at(imts[i]);
      fill_means(batch, out[i], [&](std::size_t r) {
        const double m = batch.mag[r];
        const double below = std::min(m - kHingeMagnitude, 0.0);
        const double source =
          c.e1 + c.b1 * below + c.b2 * below * below + style_term(c, batch.rake[r]);
        const double slope = c.c1 + c.c2 * (m - kReferenceMagnitude);
        const double shift = side * (width.a * m * m + width.b * m + width.c) - unit;
        return [=, &batch, &c](std::size_t p) {
          const double rho = std::sqrt(batch.rjb[p] * batch.rjb[p] + c.h * c.h);
          return (source - c.c3 * (rho - 1.0) + site_term(c, batch.vs30[p])) * kLn10
                 + slope * std::log(rho) + shift;
        };
      });
      fill_deviations(out[i], c.sigma * kLn10, c.tau * kLn10, c.phi * kLn10);
    }
  }

private:
  Backbone backbone_;
};

} // namespace

ModelFamily bindi_2011() {
  static constexpr ModelEntry kModels[] = {
    {"BindiEtAl2011", make_plain<BindiEtAl2011>},
    {"BindiEtAl2011Ita19Low", make_plain<BindiEtAl2011, Backbone::lower>},
    {"BindiEtAl2011Ita19Upp", make_plain<BindiEtAl2011, Backbone::upper>},
  };
  return kModels;
}

} // namespace oq::engine
