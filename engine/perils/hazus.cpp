// Tables and equations of the manual; feet and inches become metres.
#include "engine/perils/hazus.hpp"

#include "engine/nrml/number.hpp"
#include "engine/perils/site_values.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace oq::engine {
namespace {

constexpr double kFootPerMetre = 1 / 0.3048, kMetrePerInch = 0.0254;

// clang-format off
struct Ground {
  std::string_view word;
  double slope, intercept; // table 4.12: probability = slope pga - intercept
  double mapped_part;      // table 4.11
  double threshold;        // g, table 4.13
  double settlement;       // inches, table 4.14
};
constexpr std::array<Ground, 6> kGrounds{{
  {"n",  0,    0,    0,    0,    0},
  {"vl", 4.16, 1.08, 0.02, 0.26, 0},
  {"l",  5.57, 1.18, 0.05, 0.21, 1},
  {"m",  6.67, 1.00, 0.10, 0.15, 2},
  {"h",  7.67, 0.92, 0.20, 0.12, 6},
  {"vh", 9.09, 0.82, 0.25, 0.09, 12},
}};
// clang-format on

const Ground& of(Susceptibility ground) {
  return kGrounds[static_cast<std::size_t>(ground)];
}

bool liquefies(Susceptibility ground, double pga) {
  return ground != Susceptibility::none && pga >= of(ground).threshold;
}

double cubic(double a, double b, double c, double d, double x) {
  return ((a * x + b) * x + c) * x + d;
}

// Figure 4.9, inches; the curve ends at four times the threshold.
double spreading_of_magnitude_7p5(double ratio) {
  const double x = std::min(ratio, 4.0);
  if (x <= 1)
    return 0;
  if (x <= 2)
    return 12 * x - 12;
  return x <= 3 ? 18 * x - 24 : 70 * x - 180;
}

Result<std::vector<Susceptibility>> read_grounds(const SiteCollection& sites, const char* peril) {
  const auto* column = sites.column("liq_susc_cat");
  if (column == nullptr || column->texts.size() != sites.size())
    return invalid_input(std::string("secondary_perils: ") + peril
                         + " needs the column 'liq_susc_cat' of the site model");
  std::vector<Susceptibility> grounds;
  for (const auto& word : column->texts) {
    OQ_TRY(grounds.emplace_back(), parse_susceptibility(word));
  }
  return grounds;
}

class HazusLiquefaction final : public SecondaryPeril {
public:
  HazusLiquefaction(std::vector<Susceptibility> grounds, std::vector<double> depths,
                    bool mapped_part)
    : grounds_(std::move(grounds)), depths_(std::move(depths)), mapped_part_(mapped_part) {}

  std::vector<Imt> needs() const override { return {kPga}; }
  std::vector<std::string> gives() const override { return {"LiqProb"}; }
  void compute(std::size_t site, double magnitude, std::span<const double> shaking,
               std::span<double> out) const override {
    out[0] = hazus_liquefaction(grounds_[site], magnitude, shaking[0], depths_[site], mapped_part_);
  }

private:
  std::vector<Susceptibility> grounds_;
  std::vector<double> depths_;
  bool mapped_part_;
};

class HazusDeformation final : public SecondaryPeril {
public:
  HazusDeformation(std::vector<Susceptibility> grounds, GroundDisplacement displacement)
    : grounds_(std::move(grounds)), displacement_(displacement) {}

  std::vector<Imt> needs() const override { return {kPga}; }
  std::vector<std::string> gives() const override { return {std::string(name_of(displacement_))}; }
  void compute(std::size_t site, double magnitude, std::span<const double> shaking,
               std::span<double> out) const override {
    const double across = hazus_lateral_spreading(grounds_[site], magnitude, shaking[0]);
    const double down = hazus_settlement(grounds_[site], shaking[0]);
    out[0] = displacement_ == GroundDisplacement::greatest ? std::max(across, down)
                                                           : std::sqrt(across * down);
  }

private:
  std::vector<Susceptibility> grounds_;
  GroundDisplacement displacement_;
};

} // namespace

Result<Susceptibility> parse_susceptibility(std::string_view word) {
  const auto found = std::ranges::find(kGrounds, word, &Ground::word);
  if (found == kGrounds.end())
    return invalid_input("secondary_perils: the column 'liq_susc_cat' of the site model has "
                         + in_quotes(word) + "; it can be n, vl, l, m, h or vh");
  return static_cast<Susceptibility>(found - kGrounds.begin());
}

double hazus_liquefaction(Susceptibility ground, double magnitude, double pga,
                          double water_table_depth, bool mapped_part) {
  if (!liquefies(ground, pga))
    return 0;
  const Ground& values = of(ground);
  const double conditional = std::clamp(values.slope * pga - values.intercept, 0.0, 1.0);
  const double of_magnitude = cubic(0.0027, -0.0267, -0.2055, 2.9188, magnitude); // equation 4-21
  const double of_water = 0.022 * water_table_depth * kFootPerMetre + 0.93;       // equation 4-22
  const double part = mapped_part ? values.mapped_part : 1;
  return std::min(1.0, conditional * part / (of_magnitude * of_water));
}

double hazus_lateral_spreading(Susceptibility ground, double magnitude, double pga) {
  if (!liquefies(ground, pga))
    return 0;
  // Equations 4-23 and 4-24.
  const double of_magnitude = cubic(0.0086, -0.0914, 0.4698, -0.9835, magnitude);
  return std::max(0.0, of_magnitude) * spreading_of_magnitude_7p5(pga / of(ground).threshold)
         * kMetrePerInch;
}

double hazus_settlement(Susceptibility ground, double pga) {
  return liquefies(ground, pga) ? of(ground).settlement * kMetrePerInch : 0;
}

std::string_view name_of(GroundDisplacement displacement) {
  return displacement == GroundDisplacement::greatest ? "PGDMax" : "PGDGeomMean";
}

Result<std::unique_ptr<SecondaryPeril>> hazus_liquefaction(const SiteCollection& sites,
                                                           bool mapped_part) {
  constexpr const char* kName = "HazusLiquefaction";
  OQ_TRY(auto grounds, read_grounds(sites, kName));
  OQ_TRY(auto depths, site_values(sites, "gwd", kName));
  return std::unique_ptr<SecondaryPeril>(
    std::make_unique<HazusLiquefaction>(std::move(grounds), std::move(depths), mapped_part));
}

Result<std::unique_ptr<SecondaryPeril>> hazus_deformation(const SiteCollection& sites,
                                                          GroundDisplacement displacement) {
  OQ_TRY(auto grounds, read_grounds(sites, "HazusDeformation"));
  return std::unique_ptr<SecondaryPeril>(
    std::make_unique<HazusDeformation>(std::move(grounds), displacement));
}

} // namespace oq::engine
