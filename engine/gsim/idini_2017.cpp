// Idini, Rojas, Ruiz and Pasten (2017), Bull. Earthq. Eng. 15, 1853-1880: subduction in Chile, with
// the site's predominant period as a soil type.
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

struct Row { // base 10, g; tables 4 to 6
  double c1, c2, c3, c5, c8, c9, dc1, dc2, dc3, within, between;
  double soil[6]; // I to VI
};
// clang-format off
constexpr TableEntry<Row> kRows[] = {
  {kPga, {-2.8548, 0.7741, -0.97558, -0.00174, 0.00586, -0.03958, 2.5699, -0.4761, -0.52745, 0.232, 0.172, 0, -0.584, -0.322, -0.109, -0.095, -0.212}},
  {sa(0.01), {-2.8424, 0.8052, -1.02993, -0.00175, 0.00584, -0.04135, 2.737, -0.5191, -0.50466, 0.231, 0.173, 0, -0.523, -0.262, -0.1, -0.092, -0.193}},
  {sa(0.02), {-2.8337, 0.8383, -1.08567, -0.00176, 0.00583, -0.04325, 2.9087, -0.564, -0.48043, 0.233, 0.176, 0, -0.459, -0.208, -0.092, -0.089, -0.177}},
  {sa(0.03), {-2.8235, 0.8838, -1.15951, -0.00176, 0.00586, -0.04595, 3.0735, -0.6227, -0.4249, 0.235, 0.178, 0, -0.39, -0.16, -0.085, -0.088, -0.164}},
  {sa(0.05), {-2.7358, 0.9539, -1.2864, -0.00178, 0.00621, -0.05033, 3.2147, -0.7079, -0.31239, 0.241, 0.19, 0, -0.306, -0.088, -0.075, -0.09, -0.146}},
  {sa(0.07), {-2.6004, 0.9808, -1.34644, -0.00181, 0.00603, -0.05225, 3.0851, -0.7425, -0.17995, 0.251, 0.213, 0, -0.351, -0.056, -0.069, -0.096, -0.141}},
  {sa(0.1), {-2.4891, 0.9544, -1.32353, -0.00182, 0.00571, -0.0506, 2.8091, -0.7055, -0.13208, 0.255, 0.195, 0, -0.524, -0.087, -0.07, -0.113, -0.156}},
  {sa(0.15), {-2.6505, 0.9232, -1.17687, -0.00183, 0.0056, -0.04879, 2.626, -0.627, -0.26451, 0.255, 0.16, 0, -0.691, -0.336, -0.095, -0.166, -0.245}},
  {sa(0.2), {-3.0096, 0.9426, -1.04508, -0.00182, 0.00573, -0.05034, 2.6063, -0.5976, -0.39105, 0.268, 0.157, 0, -0.671, -0.547, -0.127, -0.209, -0.359}},
  {sa(0.25), {-3.3321, 0.9578, -0.94363, -0.00178, 0.00507, -0.05143, 2.3654, -0.582, -0.34348, 0.264, 0.142, 0, -0.584, -0.674, -0.178, -0.235, -0.444}},
  {sa(0.3), {-3.5422, 0.9441, -0.84814, -0.00173, 0.00428, -0.05052, 2.2017, -0.5412, -0.36695, 0.26, 0.141, 0, -0.506, -0.73, -0.258, -0.234, -0.491}},
  {sa(0.4), {-3.3985, 0.7773, -0.69278, -0.00166, 0.00308, -0.03885, 1.6367, -0.3448, -0.46301, 0.263, 0.157, 0, -0.386, -0.718, -0.423, -0.164, -0.535}},
  {sa(0.5), {-2.8041, 0.5069, -0.57899, -0.00161, 0.00257, -0.01973, 0.7621, -0.0617, -0.54098, 0.261, 0.152, 0, -0.3, -0.635, -0.537, -0.11, -0.557}},
  {sa(0.75), {-4.4588, 0.8691, -0.56887, -0.00158, 0.00135, -0.04179, 2.1003, -0.4349, -0.46266, 0.252, 0.146, 0, -0.276, -0.395, -0.575, -0.358, -0.599}},
  {sa(1), {-5.3391, 1.0167, -0.53282, -0.00154, 0.00045, -0.04999, 2.561, -0.5678, -0.42314, 0.247, 0.153, 0, -0.275, -0.254, -0.462, -0.67, -0.584}},
  {sa(1.5), {-6.1204, 1.1005, -0.46263, -0.00145, 0.00068, -0.05426, 2.8923, -0.5898, -0.58519, 0.246, 0.152, 0, -0.249, -0.238, -0.3, -0.801, -0.522}},
  {sa(2), {-7.0334, 1.2501, -0.40594, -0.00139, 0.00051, -0.06356, 3.3941, -0.7009, -0.65999, 0.245, 0.157, 0, -0.218, -0.231, -0.22, -0.746, -0.479}},
  {sa(3), {-8.2507, 1.4652, -0.33957, -0.00137, 0.00066, -0.07797, 4.0033, -0.8465, -0.79004, 0.231, 0.155, 0, -0.18, -0.219, -0.21, -0.628, -0.461}},
  {sa(4), {-8.7433, 1.4827, -0.26479, -0.00137, 0.00063, -0.07863, 3.9337, -0.8134, -0.86545, 0.228, 0.16, 0, -0.171, -0.218, -0.212, -0.531, -0.448}},
  {sa(5), {-8.9927, 1.463, -0.22333, -0.00137, 0.00067, -0.07638, 3.7576, -0.7642, -0.88735, 0.232, 0.167, 0, -0.168, -0.218, -0.203, -0.438, -0.439}},
  {sa(7.5), {-9.8245, 1.6383, -0.30346, -0.00131, 0.00108, -0.0862, 4.3948, -0.9313, -0.91259, 0.231, 0.164, 0, -0.168, -0.218, -0.153, -0.256, -0.435}},
  {sa(10), {-9.8671, 1.5877, -0.33771, -0.00117, 0.00014, -0.08168, 4.3875, -0.8892, -0.96363, 0.204, 0.176, 0, -0.168, -0.218, -0.125, -0.231, -0.435}},
};
// clang-format on
constexpr CoefficientTable<Row> kTable(kRows);

constexpr double kReferenceMagnitude = 5.0, kReferenceDepth = 50.0; // km
constexpr double kReferenceVs30 = 1530.0;                           // m/s
constexpr double kC4 = 0.1, kC6 = 5.0, kC7 = 0.35;
constexpr double kFiniteMagnitude = 7.7; // interface events from here on count by their rupture

// Sites without a known soil type count as rock (type I).
int soil_index(double soil_type) {
  return soil_type >= 1.0 && soil_type <= 6.0 ? static_cast<int>(soil_type) - 1 : 0;
}

class IdiniEtAl2017 final : public PublishedModel {
public:
  IdiniEtAl2017(std::string name, bool is_slab)
    : PublishedModel(std::move(name), need_mag | need_hypo_depth | need_rhypo | need_vs30
                                        | need_soiltype | (is_slab ? std::uint64_t{0} : need_rrup)),
      is_slab_(is_slab) {}

  bool supports(const Imt& imt) const override { return kTable.supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i)
      predict_one(imts[i], batch, out[i]);
  }

private:
  void predict_one(const Imt& imt, const PairBatch& batch, const GroundMotion& out) const {
    const Row c = kTable.at(imt);
    fill_means(batch, out, [&](std::size_t r) {
      const double m = batch.mag[r];
      const double source = source_term(c, m, batch.hypo_depth[r]);
      const double over = m - kReferenceMagnitude;
      const double spreading = c.c3 + kC4 * over + (is_slab_ ? c.dc3 : 0.0);
      const double saturation = is_slab_ ? 0.0 : kC6 * std::pow(10.0, kC7 * over);
      const auto& distance = is_slab_ || m < kFiniteMagnitude ? batch.rhypo : batch.rrup;
      return [=, &batch, &c, &distance](std::size_t p) {
        const double soil = c.soil[soil_index(batch.soiltype[p])];
        return (source + c.c5 * distance[p]) * kLn10
               + spreading * std::log(distance[p] + saturation)
               + soil * std::log(batch.vs30[p] / kReferenceVs30);
      };
    });
    fill_deviations(out, std::hypot(c.within, c.between) * kLn10, c.between * kLn10,
                    c.within * kLn10);
  }

  double source_term(const Row& c, double m, double depth) const {
    const double own =
      is_slab_ ? c.dc1 + c.dc2 * m + c.c8 * (depth - kReferenceDepth) : c.c9 * m * m;
    return c.c1 + c.c2 * m + own;
  }

  bool is_slab_;
};

} // namespace

ModelFamily idini_2017() {
  static constexpr ModelEntry kModels[] = {
    {"IdiniEtAl2017SInter", make_plain<IdiniEtAl2017, false>},
    {"IdiniEtAl2017SSlab", make_plain<IdiniEtAl2017, true>},
  };
  return kModels;
}

} // namespace oq::engine
