// Drouet's model of Brazil by the method of Drouet and Cotton (2015), Bull. Seismol. Soc. Am.
// 105(4), 1883-1902, equation 8: stable crust, rock, magnitude-dependent depth.
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"

#include <cmath>

namespace oq::engine {

namespace {

struct Row { // natural logarithm, m/s2 and m/s
  double c1, c2, c3, c4, c5, c6, phi, tau;
};
// clang-format off
constexpr TableEntry<Row> kRows[] = {
  {kPga, {3.393123, -0.139286, -0.169796, -1.695729, 0.116686, -0.003491, 0.609317, 0.573384}},
  {kPgv, {1.29689, 0.307642, -0.155927, -1.727495, 0.128331, -0.002079, 0.5076, 0.474106}},
  {sa(0.01), {3.405471, -0.138584, -0.169352, -1.696947, 0.116766, -0.003513, 0.614578, 0.574138}},
  {sa(0.02), {3.512058, -0.15212, -0.167461, -1.725659, 0.119114, -0.003688, 0.674715, 0.58087}},
  {sa(0.03), {3.695045, -0.123957, -0.162204, -1.688566, 0.114624, -0.004259, 0.738161, 0.585416}},
  {sa(0.04), {3.856703, -0.14085, -0.157819, -1.721169, 0.117496, -0.0044, 0.768733, 0.597967}},
  {sa(0.05), {4.085005, -0.080044, -0.155124, -1.62843, 0.103907, -0.004434, 0.766573, 0.593676}},
  {sa(0.075), {4.242841, -0.056117, -0.154044, -1.601802, 0.100823, -0.004025, 0.691819, 0.587975}},
  {sa(0.1), {4.278594, -0.08736, -0.162257, -1.582776, 0.098667, -0.003803, 0.638952, 0.582946}},
  {sa(0.15), {4.358265, -0.063108, -0.173452, -1.530628, 0.092988, -0.003244, 0.572059, 0.565676}},
  {sa(0.2), {4.38579, -0.041305, -0.181717, -1.553364, 0.092537, -0.002134, 0.539692, 0.543338}},
  {sa(0.25), {4.162408, -0.135372, -0.207677, -1.531599, 0.092853, -0.002369, 0.520273, 0.534858}},
  {sa(0.3), {3.991746, -0.134064, -0.227479, -1.386035, 0.07838, -0.002944, 0.511192, 0.519484}},
  {sa(0.4), {3.746791, -0.248433, -0.261965, -1.396553, 0.080903, -0.002965, 0.502079, 0.499394}},
  {sa(0.5), {3.728968, -0.246365, -0.282618, -1.384885, 0.074963, -0.002185, 0.495203, 0.483281}},
  {sa(0.75), {3.298203, -0.278081, -0.310518, -1.431361, 0.083594, -0.001906, 0.488881, 0.45297}},
  {sa(1), {2.966504, -0.185734, -0.315139, -1.405592, 0.087333, -0.002169, 0.492014, 0.426399}},
  {sa(1.25), {2.810007, -0.117505, -0.320881, -1.394705, 0.086834, -0.001981, 0.493565, 0.416078}},
  {sa(1.5), {2.760153, -0.068911, -0.325231, -1.426076, 0.089344, -0.001624, 0.494063, 0.410019}},
  {sa(1.75), {2.538491, -0.052014, -0.332247, -1.367936, 0.087458, -0.002541, 0.491032, 0.398572}},
  {sa(2), {2.485648, -0.001655, -0.33156, -1.370772, 0.084286, -0.002297, 0.487175, 0.392599}},
  {sa(3), {2.205128, 0.365128, -0.276508, -1.504904, 0.104957, -0.001304, 0.492143, 0.384311}},
};
// clang-format on
constexpr CoefficientTable<Row> kTable(kRows);

class DrouetBrazil2015withDepth final : public PublishedModel {
public:
  explicit DrouetBrazil2015withDepth(std::string name)
    : PublishedModel(std::move(name), need_mag | need_hypo_depth | need_rjb) {}

  bool supports(const Imt& imt) const override { return kTable.supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const Row c = kTable.at(imts[i]);
      const double unit = imts[i] == kPgv ? -std::log(100.0) : std::log(kGravity);
      fill_means(batch, out[i], [&](std::size_t r) {
        const double below_8 = batch.mag[r] - 8.0;
        const double source = c.c1 + c.c2 * below_8 + c.c3 * below_8 * below_8 - unit;
        const double slope = c.c4 + c.c5 * batch.mag[r];
        const double depth = batch.hypo_depth[r];
        return [=, &batch, &c](std::size_t p) {
          const double rjb = batch.rjb[p];
          return source + slope * 0.5 * std::log(rjb * rjb + depth * depth) + c.c6 * rjb;
        };
      });
      fill_deviations(out[i], std::sqrt(c.phi * c.phi + c.tau * c.tau), c.tau, c.phi);
    }
  }
};

} // namespace

ModelFamily drouet_2015_brazil() {
  static constexpr ModelEntry kModels[] = {
    {"DrouetBrazil2015withDepth", make_plain<DrouetBrazil2015withDepth>}};
  return kModels;
}

} // namespace oq::engine
