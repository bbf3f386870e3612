// Logistic regressions on shaking and ground.
#include "engine/perils/liquefaction.hpp"

#include "engine/perils/site_values.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {
namespace {

class Allstadt2022 final : public SecondaryPeril {
public:
  explicit Allstadt2022(std::vector<WetGround> ground) : ground_(std::move(ground)) {}

  std::vector<Imt> needs() const override { return {kPga, kPgv}; }
  std::vector<std::string> gives() const override { return {"LiqProb", "LiqOccur", "LSE"}; }
  void compute(std::size_t site, double magnitude, std::span<const double> shaking,
               std::span<double> out) const override {
    constexpr double kOccurs = 0.4;
    out[0] = allstadt_2022_probability(ground_[site], magnitude, shaking[0], shaking[1]);
    out[1] = out[0] > kOccurs ? 1 : 0;
    out[2] = zhu_2017_area(out[0]);
  }

private:
  std::vector<WetGround> ground_;
};

} // namespace

double allstadt_2022_probability(const WetGround& ground, double magnitude, double pga,
                                 double pgv) {
  constexpr double kLeastPga = 0.1, kLeastPgv = 3, kStiff = 620; // g, cm/s, m/s
  constexpr double kMostPrecipitation = 1700;                    // mm
  if (pga < kLeastPga || pgv < kLeastPgv || ground.vs30 > kStiff)
    return 0;
  const double scaling = 1 / (1 + std::exp(-2 * (magnitude - 6)));
  const double x = 8.801 + 0.334 * std::log(pgv * scaling) - 1.918 * std::log(ground.vs30)
                   + 5.408e-4 * std::min(ground.precipitation, kMostPrecipitation)
                   - 0.2054 * ground.distance_to_water - 0.0333 * ground.water_table_depth;
  return 1 / (1 + std::exp(-x));
}

double zhu_2017_area(double probability) {
  return 49.15 / std::pow(1 + 42.40 * std::exp(-9.165 * probability), 2);
}

Result<std::unique_ptr<SecondaryPeril>> allstadt_2022_liquefaction(const SiteCollection& sites) {
  constexpr const char* kName = "AllstadtEtAl2022Liquefaction";
  OQ_TRY(const auto vs30, site_values(sites, "vs30", kName));
  OQ_TRY(const auto precipitation, site_values(sites, "precip", kName));
  OQ_TRY(const auto distance, site_values(sites, "dw", kName));
  OQ_TRY(const auto depth, site_values(sites, "gwd", kName));
  std::vector<WetGround> ground;
  for (std::size_t i = 0; i < sites.size(); ++i)
    ground.push_back({vs30[i], precipitation[i], distance[i], depth[i]});
  return std::unique_ptr<SecondaryPeril>(std::make_unique<Allstadt2022>(std::move(ground)));
}

} // namespace oq::engine
