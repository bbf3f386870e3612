// Idriss (2014), Earthquake Spectra 30(3), 1155-1177: NGA-West2, active shallow crust, firm sites.
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

struct Row {
  double a1_low, a2_low, b1_low, b2_low, a1_high, a2_high, b1_high, b2_high, a3, xi, gamma, phi;
};
// Tables 2 and 3: up to and from M 6.75.
// clang-format off
constexpr TableEntry<Row> kRows[] = {
  {kPga, {7.0887, 0.2058, 2.9935, -0.2287, 9.0138, -0.0794, 2.9935, -0.2287, 0.0589, -0.854, -0.0027, 0.08}},
  {sa(0.01), {7.0887, 0.2058, 2.9935, -0.2287, 9.0138, -0.0794, 2.9935, -0.2287, 0.0589, -0.854, -0.0027, 0.08}},
  {sa(0.02), {7.1157, 0.2058, 2.9935, -0.2287, 9.0408, -0.0794, 2.9935, -0.2287, 0.0589, -0.854, -0.0027, 0.08}},
  {sa(0.03), {7.2087, 0.2058, 2.9935, -0.2287, 9.1338, -0.0794, 2.9935, -0.2287, 0.0589, -0.854, -0.0027, 0.08}},
  {sa(0.05), {6.2638, 0.0625, 2.8664, -0.2418, 7.9837, -0.1923, 2.7995, -0.2319, 0.0417, -0.631, -0.0061, 0.08}},
  {sa(0.075), {5.9051, 0.1128, 2.9406, -0.2513, 7.756, -0.1614, 2.8143, -0.2326, 0.0527, -0.591, -0.0056, 0.08}},
  {sa(0.1), {7.5791, 0.0848, 3.019, -0.2516, 9.4252, -0.1887, 2.8131, -0.2211, 0.0442, -0.757, -0.0042, 0.08}},
  {sa(0.15), {8.019, 0.1713, 2.7871, -0.2236, 9.6242, -0.0665, 2.4091, -0.1676, 0.0329, -0.911, -0.0046, 0.08}},
  {sa(0.2), {9.2812, 0.1041, 2.8611, -0.2229, 11.13, -0.1698, 2.4938, -0.1685, 0.0188, -0.998, -0.003, 0.08}},
  {sa(0.25), {9.5804, 0.0875, 2.8289, -0.22, 11.3629, -0.1766, 2.3773, -0.1531, 0.0095, -1.042, -0.0028, 0.08}},
  {sa(0.3), {9.8912, 0.0003, 2.8423, -0.2284, 11.7818, -0.2798, 2.3772, -0.1595, -0.0039, -1.03, -0.0029, 0.08}},
  {sa(0.4), {9.5342, 0.0027, 2.83, -0.2318, 11.6097, -0.3048, 2.3413, -0.1594, -0.0133, -1.019, -0.0028, 0.08}},
  {sa(0.5), {9.2142, 0.0399, 2.856, -0.2337, 11.4484, -0.2911, 2.3477, -0.1584, -0.0224, -1.023, -0.0021, 0.08}},
  {sa(0.75), {8.3517, 0.0689, 2.7544, -0.2392, 10.9065, -0.3097, 2.2042, -0.1577, -0.0267, -1.056, -0.0029, 0.08}},
  {sa(1), {7.0453, 0.16, 2.7339, -0.2398, 9.8565, -0.2565, 2.1493, -0.1532, -0.0198, -1.009, -0.0032, 0.06}},
  {sa(1.5), {5.1307, 0.2429, 2.68, -0.2417, 8.3363, -0.232, 2.0408, -0.147, -0.0367, -0.898, -0.0033, 0.04}},
  {sa(2), {3.361, 0.3966, 2.6837, -0.245, 6.8656, -0.1226, 2.0013, -0.1439, -0.0291, -0.851, -0.0032, 0.02}},
  {sa(3), {0.1784, 0.756, 2.6907, -0.2389, 4.1178, 0.1724, 1.9408, -0.1278, -0.0214, -0.761, -0.0031, 0.02}},
  {sa(4), {-2.4301, 0.9283, 2.5782, -0.2514, 1.8102, 0.3001, 1.7763, -0.1326, -0.024, -0.675, -0.0051, 0}},
  {sa(5), {-4.357, 1.1209, 2.5468, -0.2541, 0.0977, 0.4609, 1.703, -0.1291, -0.0202, -0.629, -0.0059, 0}},
  {sa(7.5), {-7.8275, 1.4016, 2.4478, -0.2593, -3.0563, 0.6948, 1.5212, -0.122, -0.0219, -0.531, -0.0057, 0}},
  {sa(10), {-9.2857, 1.5574, 2.3922, -0.2586, -4.4387, 0.8393, 1.4195, -0.1145, -0.0035, -0.586, -0.0061, 0}},
};
// clang-format on
constexpr CoefficientTable<Row> kTable(kRows);

constexpr double kHingeMagnitude = 6.75;
constexpr double kFastestVs30 = 1200.0; // m/s, faster sites count as this fast

// Equation 4. The paper holds it constant above M 7.5; the reference implementation does not.
double deviation(double period, double m) {
  return 1.18 + 0.035 * std::log(std::clamp(period, 0.05, 3.0)) - 0.06 * std::max(m, 5.0);
}

class Idriss2014 final : public PublishedModel {
public:
  explicit Idriss2014(std::string name)
    : PublishedModel(std::move(name), need_mag | need_rake | need_rrup | need_vs30,
                     StandardDeviations::total_only) {}

  bool supports(const Imt& imt) const override { return kTable.supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const Row c = kTable.at(imts[i]);
      fill_motions(batch, out[i], [&](std::size_t r) {
        const double m = batch.mag[r];
        const bool is_small = m < kHingeMagnitude;
        const bool is_reverse = batch.rake[r] > 30.0 && batch.rake[r] < 150.0;
        const double below_8p5 = 8.5 - m;
        const double source = (is_small ? c.a1_low + c.a2_low * m : c.a1_high + c.a2_high * m)
                              + c.a3 * below_8p5 * below_8p5 + (is_reverse ? c.phi : 0.0);
        const double slope = is_small ? c.b1_low + c.b2_low * m : c.b1_high + c.b2_high * m;
        const double sigma = deviation(imts[i].period, m);
        return [=, &batch, &c](std::size_t p) {
          const double rrup = batch.rrup[p];
          return LogNormal{.ln_mean = source - slope * std::log(rrup + 10.0) + c.gamma * rrup
                                      + c.xi * std::log(std::min(batch.vs30[p], kFastestVs30)),
                           .sigma = sigma};
        };
      });
    }
  }
};

} // namespace

ModelFamily idriss_2014() {
  static constexpr ModelEntry kModels[] = {{"Idriss2014", make_plain<Idriss2014>}};
  return kModels;
}

} // namespace oq::engine
