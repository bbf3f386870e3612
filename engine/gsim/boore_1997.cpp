// Boore, Joyner and Fumal (1997), Seismol. Res. Lett. 68(1), 128-153, with the erratum of 2005,
// 76(3), 368-369: shallow earthquakes of western North America.
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"

#include <cmath>

namespace oq::engine {

namespace {

struct Row { // table 8
  double strike_slip, reverse, all;
  double b2, b3, b5, bv, va, h;
  double sigma_1, sigma_c, sigma_r, sigma_e;
};
// clang-format off
constexpr TableEntry<Row> kRows[] = {
  {kPga, {-0.313, -0.117, -0.242, 0.527, 0, -0.778, -0.371, 1396, 5.57, 0.431, 0.16, 0.46, 0.184}},
  {sa(0.1), {1.006, 1.087, 1.059, 0.753, -0.226, -0.934, -0.212, 1112, 6.27, 0.44, 0.134, 0.46, 0}},
  {sa(0.15), {1.128, 1.264, 1.204, 0.702, -0.228, -0.937, -0.238, 1820, 7.23, 0.435, 0.163, 0.464, 0}},
  {sa(0.2), {0.999, 1.17, 1.089, 0.711, -0.207, -0.924, -0.292, 2118, 7.02, 0.435, 0.177, 0.47, 0.009}},
  {sa(0.3), {0.598, 0.803, 0.7, 0.769, -0.161, -0.893, -0.401, 2133, 5.94, 0.44, 0.195, 0.481, 0.048}},
  {sa(0.4), {0.212, 0.423, 0.311, 0.831, -0.12, -0.867, -0.487, 1954, 4.91, 0.447, 0.204, 0.491, 0.085}},
  {sa(0.5), {-0.122, 0.087, -0.025, 0.884, -0.09, -0.846, -0.553, 1782, 4.13, 0.454, 0.211, 0.501, 0.115}},
  {sa(0.6), {-0.401, -0.203, -0.314, 0.928, -0.069, -0.83, -0.602, 1644, 3.57, 0.458, 0.216, 0.507, 0.143}},
  {sa(0.7), {-0.634, -0.452, -0.555, 0.962, -0.053, -0.818, -0.639, 1545, 3.2, 0.463, 0.22, 0.513, 0.166}},
  {sa(0.75), {-0.737, -0.562, -0.661, 0.979, -0.046, -0.813, -0.653, 1507, 3.07, 0.465, 0.221, 0.515, 0.175}},
  {sa(0.8), {-0.829, -0.666, -0.76, 0.992, -0.041, -0.809, -0.666, 1476, 2.98, 0.467, 0.223, 0.517, 0.184}},
  {sa(0.9), {-0.993, -0.848, -0.933, 1.018, -0.035, -0.802, -0.685, 1432, 2.89, 0.47, 0.228, 0.522, 0.2}},
  {sa(1), {-1.133, -1.009, -1.08, 1.036, -0.032, -0.798, -0.698, 1406, 2.9, 0.474, 0.23, 0.527, 0.214}},
  {sa(1.5), {-1.552, -1.538, -1.55, 1.085, -0.044, -0.796, -0.704, 1479, 3.92, 0.486, 0.244, 0.544, 0.256}},
  {sa(2), {-1.699, -1.801, -1.743, 1.085, -0.085, -0.812, -0.655, 1795, 5.85, 0.495, 0.256, 0.557, 0.276}},
};
// clang-format on
constexpr CoefficientTable<Row> kTable(kRows);

// Events that are neither strike-slip nor reverse take the constant of all of them.
double mechanism_term(const Row& c, double rake) {
  if (std::abs(rake) <= 30.0 || std::abs(rake) >= 150.0)
    return c.strike_slip;
  return rake > 0.0 ? c.reverse : c.all;
}

// Of which component the deviation is; the medians are the same.
enum class Component { geometric_mean, arbitrary };

class BooreEtAl1997 final : public PublishedModel {
public:
  BooreEtAl1997(std::string name, Component component)
    : PublishedModel(std::move(name), need_mag | need_rake | need_rjb | need_vs30),
      component_(component) {}

  bool supports(const Imt& imt) const override { return kTable.supports(imt); }

  // Equation 1.
  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const Row c = kTable.at(imts[i]);
      fill_means(batch, out[i], [&](std::size_t r) {
        const double over = batch.mag[r] - 6.0;
        const double source = mechanism_term(c, batch.rake[r]) + c.b2 * over + c.b3 * over * over;
        return [=, &batch, &c](std::size_t p) {
          const double distance = std::sqrt(batch.rjb[p] * batch.rjb[p] + c.h * c.h);
          return source + c.b5 * std::log(distance) + c.bv * std::log(batch.vs30[p] / c.va);
        };
      });
      const double phi = component_ == Component::arbitrary ? c.sigma_r : c.sigma_1;
      fill_deviations(out[i], std::sqrt(phi * phi + c.sigma_e * c.sigma_e), c.sigma_e, phi);
    }
  }

private:
  Component component_;
};

} // namespace

ModelFamily boore_1997() {
  static constexpr ModelEntry kModels[] = {
    {"BooreEtAl1997GeometricMean", make_plain<BooreEtAl1997, Component::geometric_mean>},
    {"BooreEtAl1997ArbitraryHorizontal", make_plain<BooreEtAl1997, Component::arbitrary>},
  };
  return kModels;
}

} // namespace oq::engine
