// Every model has its ground, its probability and what follows from it.
#include "engine/perils/liquefaction.hpp"

#include "engine/perils/site_values.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {
namespace {

constexpr double kLeastPgv = 3, kStiff = 620; // cm/s, m/s: no liquefaction beyond

double logistic(double x) {
  return 1 / (1 + std::exp(-x));
}

// Of a magnitude of 7.5: Youd et al. (2001), J. Geotech. Geoenviron. Eng. 127(4).
double scaled_pga(const Shaking& shaking) {
  return shaking.pga * std::pow(shaking.magnitude, 2.56) / std::pow(10.0, 2.24);
}

double zhu_2017_general_term(const WetGround& ground, double pgv) {
  return 8.801 + 0.334 * std::log(pgv) - 1.918 * std::log(ground.vs30)
         + 5.408e-4 * ground.precipitation - 0.2054 * ground.distance_to_water
         - 0.0333 * ground.water_table_depth;
}

template <class Ground>
struct Relation {
  std::vector<Imt> needs; // PGA or PGV, or both in this order
  double (*probability)(const Ground& ground, const Shaking& shaking);
  double occurs_above;              // this probability
  double (*area)(double) = nullptr; // null: not given
};

template <class Ground>
class LogisticLiquefaction final : public SecondaryPeril {
public:
  LogisticLiquefaction(Relation<Ground> relation, std::vector<Ground> ground)
    : relation_(std::move(relation)), ground_(std::move(ground)) {}

  std::vector<Imt> needs() const override { return relation_.needs; }
  std::vector<std::string> gives() const override {
    std::vector<std::string> names{"LiqProb", "LiqOccur"};
    if (relation_.area != nullptr)
      names.emplace_back("LSE");
    return names;
  }
  void compute(std::size_t site, double magnitude, std::span<const double> shaking,
               std::span<double> out) const override {
    Shaking here{magnitude, 0, 0};
    for (std::size_t i = 0; i < relation_.needs.size(); ++i)
      (relation_.needs[i] == kPga ? here.pga : here.pgv) = shaking[i];
    out[0] = relation_.probability(ground_[site], here);
    out[1] = out[0] > relation_.occurs_above ? 1 : 0;
    if (relation_.area != nullptr)
      out[2] = relation_.area(out[0]);
  }

private:
  Relation<Ground> relation_;
  std::vector<Ground> ground_;
};

// `columns` in the order of the members of the ground.
template <class Ground, std::size_t n>
PerilResult make_liquefaction(const SiteCollection& sites, const char* name,
                              const char* const (&columns)[n], Relation<Ground> relation) {
  std::vector<std::vector<double>> values;
  for (const char* column : columns) {
    OQ_TRY(values.emplace_back(), site_values(sites, column, name));
  }
  std::vector<Ground> ground;
  for (std::size_t i = 0; i < sites.size(); ++i)
    if constexpr (n == 2)
      ground.push_back({values[0][i], values[1][i]});
    else
      ground.push_back({values[0][i], values[1][i], values[2][i], values[3][i]});
  return std::unique_ptr<SecondaryPeril>(
    std::make_unique<LogisticLiquefaction<Ground>>(std::move(relation), std::move(ground)));
}

constexpr const char* kSloping[] = {"vs30", "cti"};
constexpr const char* kCoastal[] = {"vs30", "precip", "dc", "dr"};
constexpr const char* kWet[] = {"vs30", "precip", "dw", "gwd"};

} // namespace

double zhu_2015_probability(const SlopingGround& ground, const Shaking& shaking) {
  return logistic(24.1 + 2.067 * std::log(scaled_pga(shaking)) + 0.355 * ground.cti
                  - 4.784 * std::log(ground.vs30));
}

double bozzoni_2021_probability(const SlopingGround& ground, const Shaking& shaking) {
  return logistic(-11.489 + 3.864 * std::log(scaled_pga(shaking)) + 2.328 * ground.cti
                  - 0.091 * std::log(ground.vs30));
}

double zhu_2017_coastal_probability(const CoastalGround& ground, const Shaking& shaking) {
  if (shaking.pgv < kLeastPgv || ground.vs30 > kStiff)
    return 0;
  const double root = std::sqrt(std::max(ground.distance_to_coast, 0.0));
  return logistic(12.435 + 0.301 * std::log(shaking.pgv) - 2.615 * std::log(ground.vs30)
                  + 5.556e-4 * ground.precipitation - 0.0287 * root
                  + 0.0666 * ground.distance_to_river - 0.0369 * root * ground.distance_to_river);
}

double zhu_2017_general_probability(const WetGround& ground, const Shaking& shaking) {
  if (shaking.pgv < kLeastPgv || ground.vs30 > kStiff)
    return 0;
  return logistic(zhu_2017_general_term(ground, shaking.pgv));
}

double rashidian_2020_probability(const WetGround& ground, const Shaking& shaking) {
  constexpr double kLeastPga = 0.1, kMostPrecipitation = 1700; // g, mm
  if (shaking.pga < kLeastPga || shaking.pgv < kLeastPgv || ground.vs30 > kStiff)
    return 0;
  const double scaling = logistic(2 * (shaking.magnitude - 6));
  WetGround limited = ground;
  limited.precipitation = std::min(ground.precipitation, kMostPrecipitation);
  return logistic(zhu_2017_general_term(limited, shaking.pgv * scaling));
}

double allstadt_2022_probability(const WetGround& ground, const Shaking& shaking) {
  constexpr double kMostPgv = 150; // cm/s
  return rashidian_2020_probability(
    ground, {shaking.magnitude, shaking.pga, std::min(shaking.pgv, kMostPgv)});
}

double zhu_2017_coastal_area(double probability) {
  return 42.08 / std::pow(1 + 62.59 * std::exp(-11.43 * probability), 2);
}

double zhu_2017_general_area(double probability) {
  return 49.15 / std::pow(1 + 42.40 * std::exp(-9.165 * probability), 2);
}

PerilResult zhu_2015_liquefaction(const SiteCollection& sites) {
  return make_liquefaction<SlopingGround>(sites, "ZhuEtAl2015LiquefactionGeneral", kSloping,
                                          {{kPga}, zhu_2015_probability, 0.2});
}

PerilResult bozzoni_2021_liquefaction(const SiteCollection& sites) {
  return make_liquefaction<SlopingGround>(sites, "Bozzoni2021LiquefactionEurope", kSloping,
                                          {{kPga}, bozzoni_2021_probability, 0.57});
}

PerilResult zhu_2017_coastal_liquefaction(const SiteCollection& sites) {
  return make_liquefaction<CoastalGround>(
    sites, "ZhuEtAl2017LiquefactionCoastal", kCoastal,
    {{kPgv}, zhu_2017_coastal_probability, 0.4, zhu_2017_coastal_area});
}

PerilResult zhu_2017_general_liquefaction(const SiteCollection& sites) {
  return make_liquefaction<WetGround>(
    sites, "ZhuEtAl2017LiquefactionGeneral", kWet,
    {{kPgv}, zhu_2017_general_probability, 0.4, zhu_2017_general_area});
}

PerilResult rashidian_2020_liquefaction(const SiteCollection& sites) {
  return make_liquefaction<WetGround>(
    sites, "RashidianBaise2020Liquefaction", kWet,
    {{kPga, kPgv}, rashidian_2020_probability, 0.4, zhu_2017_general_area});
}

PerilResult allstadt_2022_liquefaction(const SiteCollection& sites) {
  return make_liquefaction<WetGround>(
    sites, "AllstadtEtAl2022Liquefaction", kWet,
    {{kPga, kPgv}, allstadt_2022_probability, 0.4, zhu_2017_general_area});
}

} // namespace oq::engine
