// Atkinson and Boore (2006), Bull. Seismol. Soc. Am. 96(6), 2181-2205: eastern North America; with
// the stress drop of Atkinson and Boore (2011), BSSA 101(3), 1121-1135, and as the 2008 US maps
// used it.
#include "engine/gsim/arguments.hpp"
#include "engine/gsim/boore_atkinson_2008_site.hpp"
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"
#include "engine/gsim/us_2008.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace oq::engine {

namespace {

struct Row { // base 10, cm/s2 and cm/s
  double c1, c2, c3, c4, c5, c6, c7, c8, c9, c10;
};
struct StressRow {
  double delta, m1, mh;
};
// clang-format off
// Table 6: hard rock.
constexpr TableEntry<Row> kHardRockRows[] = {
  {kPga, {0.9069, 0.983, -0.06595, -2.698, 0.1594, -2.795, 0.212, -0.3011, -0.06532, -0.0004484}},
  {kPgv, {-1.442, 0.9909, -0.05848, -2.701, 0.2155, -2.436, 0.2659, 0.08479, -0.06927, -0.0003734}},
  {sa(0.025), {1.522, 0.9597, -0.06351, -2.813, 0.1458, -3.654, 0.2362, -0.6544, -0.055, -4.848e-05}},
  {sa(0.031), {1.436, 0.9592, -0.06276, -2.714, 0.14, -3.728, 0.2343, -0.543, -0.06448, -3.23e-05}},
  {sa(0.04), {1.264, 0.968, -0.06232, -2.581, 0.1317, -3.644, 0.2276, -0.3506, -0.08126, -0.0001225}},
  {sa(0.05), {1.105, 0.9719, -0.06197, -2.466, 0.1276, -3.39, 0.2144, -0.1391, -0.09839, -0.0003167}},
  {sa(0.063), {0.9109, 0.9802, -0.06208, -2.36, 0.1263, -2.972, 0.191, 0.1069, -0.1173, -0.0005786}},
  {sa(0.079), {0.6906, 0.9974, -0.06276, -2.262, 0.1246, -2.487, 0.1636, 0.2139, -0.1207, -0.0008469}},
  {sa(0.1), {0.4797, 1.017, -0.06404, -2.201, 0.127, -2.007, 0.1326, 0.3371, -0.1266, -0.001047}},
  {sa(0.125), {0.2144, 1.054, -0.06664, -2.154, 0.1295, -1.608, 0.1046, 0.4273, -0.1303, -0.001153}},
  {sa(0.158), {-0.1455, 1.123, -0.07143, -2.116, 0.1302, -1.303, 0.08311, 0.5617, -0.1438, -0.001182}},
  {sa(0.199), {-0.6153, 1.227, -0.07886, -2.087, 0.1312, -1.12, 0.06788, 0.6055, -0.1459, -0.001125}},
  {sa(0.251), {-1.121, 1.342, -0.08722, -2.082, 0.1349, -0.9714, 0.05628, 0.614, -0.1432, -0.001055}},
  {sa(0.315), {-1.721, 1.483, -0.09739, -2.08, 0.1382, -0.8893, 0.04869, 0.6101, -0.1389, -0.0009538}},
  {sa(0.397), {-2.437, 1.649, -0.1084, -2.051, 0.1363, -0.8426, 0.04483, 0.7386, -0.1557, -0.0008509}},
  {sa(0.5), {-3.216, 1.826, -0.1201, -2.018, 0.1344, -0.8134, 0.04437, 0.8839, -0.1751, -0.0007704}},
  {sa(0.629), {-3.917, 1.987, -0.1314, -2.045, 0.1419, -0.7818, 0.04297, 0.7878, -0.159, -0.0006948}},
  {sa(0.794), {-4.604, 2.132, -0.1406, -2.062, 0.1468, -0.7974, 0.04345, 0.7748, -0.1558, -0.000579}},
  {sa(1), {-5.272, 2.264, -0.1483, -2.069, 0.1497, -0.8132, 0.04666, 0.8262, -0.1622, -0.0004862}},
  {sa(1.25), {-5.724, 2.324, -0.1505, -2.104, 0.1565, -0.8202, 0.05186, 0.8563, -0.1661, -0.0004329}},
  {sa(1.587), {-6.043, 2.342, -0.1496, -2.157, 0.1662, -0.8704, 0.06047, 0.9207, -0.1734, -0.0003748}},
  {sa(2), {-6.183, 2.302, -0.1442, -2.223, 0.177, -0.937, 0.07067, 0.9518, -0.1768, -0.000322}},
  {sa(2.5), {-6.169, 2.211, -0.1348, -2.299, 0.1898, -0.986, 0.0786, 0.9683, -0.1765, -0.0002823}},
  {sa(3.125), {-6.038, 2.08, -0.1221, -2.367, 0.2002, -1.073, 0.0895, 1.002, -0.1803, -0.0002306}},
  {sa(4), {-5.791, 1.916, -0.1071, -2.441, 0.2113, -1.162, 0.1018, 1.012, -0.1824, -0.000201}},
  {sa(5), {-5.408, 1.714, -0.09012, -2.537, 0.2267, -1.268, 0.1162, 0.9792, -0.1767, -0.0001757}},
};
// Table 9: NEHRP B/C boundary.
constexpr TableEntry<Row> kFirmRockRows[] = {
  {kPga, {0.5233, 0.9686, -0.06196, -2.439, 0.1465, -2.335, 0.1912, -0.08695, -0.08285, -0.0006304}},
  {kPgv, {-1.662, 1.05, -0.06035, -2.496, 0.184, -2.301, 0.25, 0.1268, -0.08704, -0.0004266}},
  {sa(0.025), {1.052, 0.903, -0.05768, -2.571, 0.1483, -2.652, 0.2065, -0.4084, -0.05769, -0.0005122}},
  {sa(0.031), {1.191, 0.8884, -0.05642, -2.577, 0.1451, -2.84, 0.2121, -0.437, -0.05866, -0.0004329}},
  {sa(0.04), {1.261, 0.8789, -0.05515, -2.536, 0.1388, -2.994, 0.2158, -0.3908, -0.06746, -0.0003881}},
  {sa(0.05), {1.209, 0.883, -0.05441, -2.44, 0.1295, -3.035, 0.2133, -0.2098, -0.08997, -0.0004145}},
  {sa(0.063), {1.109, 0.8875, -0.05386, -2.334, 0.1229, -2.881, 0.2007, -0.03189, -0.1069, -0.0005483}},
  {sa(0.079), {0.9667, 0.9033, -0.05476, -2.249, 0.1215, -2.53, 0.1775, 0.1001, -0.1147, -0.0007724}},
  {sa(0.1), {0.7818, 0.9235, -0.05555, -2.165, 0.1191, -2.097, 0.1483, 0.2847, -0.1319, -0.0009897}},
  {sa(0.125), {0.5356, 0.9647, -0.05835, -2.11, 0.1205, -1.672, 0.1156, 0.3433, -0.1322, -0.00113}},
  {sa(0.158), {0.1194, 1.057, -0.06473, -2.054, 0.119, -1.355, 0.0916, 0.5164, -0.1503, -0.001178}},
  {sa(0.199), {-0.3056, 1.156, -0.07211, -2.038, 0.122, -1.147, 0.07375, 0.5082, -0.143, -0.00114}},
  {sa(0.251), {-0.8756, 1.293, -0.08193, -2.014, 0.1226, -1.027, 0.06341, 0.5808, -0.1491, -0.001053}},
  {sa(0.315), {-1.56, 1.455, -0.09312, -1.977, 0.1209, -0.9466, 0.05576, 0.6499, -0.1558, -0.0009552}},
  {sa(0.397), {-2.281, 1.629, -0.1054, -1.967, 0.1227, -0.888, 0.05033, 0.6839, -0.1582, -0.0008587}},
  {sa(0.5), {-3.007, 1.803, -0.1178, -1.982, 0.1274, -0.8466, 0.04698, 0.667, -0.1546, -0.0007676}},
  {sa(0.629), {-3.748, 1.973, -0.1294, -1.997, 0.1313, -0.8417, 0.0482, 0.6772, -0.1557, -0.0006763}},
  {sa(0.794), {-4.446, 2.119, -0.1387, -2.009, 0.1356, -0.8576, 0.04976, 0.7084, -0.1589, -0.0005751}},
  {sa(1), {-5.058, 2.233, -0.1454, -2.03, 0.1408, -0.8744, 0.05412, 0.7922, -0.1697, -0.0004886}},
  {sa(1.25), {-5.489, 2.289, -0.1476, -2.081, 0.1501, -0.9, 0.05794, 0.8208, -0.1719, -0.000407}},
  {sa(1.587), {-5.754, 2.287, -0.145, -2.131, 0.1582, -0.9568, 0.06762, 0.867, -0.1789, -0.0003429}},
  {sa(2), {-5.853, 2.233, -0.1385, -2.195, 0.1688, -1.037, 0.08002, 0.8666, -0.179, -0.000286}},
  {sa(2.5), {-5.8, 2.126, -0.1278, -2.257, 0.179, -1.123, 0.09539, 0.8911, -0.1797, -0.0002601}},
  {sa(3.125), {-5.59, 1.972, -0.1136, -2.331, 0.1908, -1.204, 0.1099, 0.8449, -0.1723, -0.0002452}},
  {sa(4), {-5.256, 1.787, -0.09785, -2.435, 0.2068, -1.307, 0.121, 0.734, -0.156, -0.0001959}},
  {sa(5), {-4.852, 1.58, -0.08066, -2.53, 0.2216, -1.426, 0.1361, 0.634, -0.1413, -0.0001608}},
};
// Table 7: stress adjustment.
constexpr TableEntry<StressRow> kStressRows[] = {
  {kPga, {0.15, 0.5, 5.5}},
  {kPgv, {0.11, 2, 5.5}},
  {sa(0.025), {0.15, 0, 5}},
  {sa(0.031), {0.15, 0, 5}},
  {sa(0.04), {0.15, 0, 5}},
  {sa(0.05), {0.15, 0, 5}},
  {sa(0.063), {0.15, 0.17, 5.17}},
  {sa(0.079), {0.15, 0.34, 5.34}},
  {sa(0.1), {0.15, 0.5, 5.5}},
  {sa(0.126), {0.15, 1.15, 5.67}},
  {sa(0.158), {0.15, 1.85, 5.84}},
  {sa(0.199), {0.15, 2.5, 6}},
  {sa(0.251), {0.15, 2.9, 6.12}},
  {sa(0.315), {0.15, 3.3, 6.25}},
  {sa(0.397), {0.15, 3.65, 6.37}},
  {sa(0.5), {0.15, 4, 6.5}},
  {sa(0.629), {0.15, 4.17, 6.7}},
  {sa(0.794), {0.15, 4.34, 6.95}},
  {sa(1), {0.15, 4.5, 7.2}},
  {sa(1.25), {0.15, 4.67, 7.45}},
  {sa(1.587), {0.15, 4.84, 7.7}},
  {sa(2), {0.15, 5, 8}},
  {sa(2.5), {0.15, 5.25, 8.12}},
  {sa(3.125), {0.15, 5.5, 8.25}},
  {sa(4), {0.15, 5.75, 8.37}},
  {sa(5), {0.15, 6, 8.5}},
};
// clang-format on
constexpr CoefficientTable<Row> kHardRock(kHardRockRows);
constexpr CoefficientTable<Row> kFirmRock(kFirmRockRows);
constexpr CoefficientTable<StressRow> kStress(kStressRows);

constexpr double kSlowestHardRockVs30 = 2000.0; // m/s
constexpr double kDeviation = 0.30;             // base 10, all IMTs

struct Variant {
  bool stress_by_magnitude = false; // else fixed by
  double stress_factor = 0.0;       // logarithm to base 2 of the stress drop over 140 bar
  bool is_us_2008 = false;
  MagnitudeScale scale = MagnitudeScale::mw;
  double least_distance = 1.0; // km, nearer sites count as this near
};

constexpr double kFactor200Bar = 0.5146;

double stress_factor(const Variant& variant, double m) {
  if (!variant.stress_by_magnitude)
    return variant.stress_factor;
  // Equation 6 of Atkinson and Boore (2011), constant up to M 5.
  return (std::min(3.45 - 0.2 * m, 2.45) - std::log10(140.0)) / std::log10(2.0);
}

// Equation 6; base 10.
double stress_term(const StressRow& c, double factor, double m) {
  const double by_size = 0.05 + c.delta * std::max(m - c.m1, 0.0) / (c.mh - c.m1);
  return factor * std::min(by_size, 0.05 + c.delta);
}

// The distance terms of equation 5, which all IMTs share.
struct Path {
  double r, f0, f1, f2;
};

Path path_terms(double rrup, double least) {
  const double r = std::max(rrup, least);
  const double log10_r = std::log10(r);
  return {.r = r,
          .f0 = std::max(1.0 - log10_r, 0.0),
          .f1 = std::min(log10_r, std::log10(70.0)),
          .f2 = std::max(log10_r - std::log10(140.0), 0.0)};
}

// Equation 5 with what the rupture fixes.
struct RockTerms {
  double source, s0, s1, s2, attenuation;

  double at(const Path& path) const {
    return source + s1 * path.f1 + s2 * path.f2 + s0 * path.f0 + attenuation * path.r;
  }
};

RockTerms rock_terms(const Row& c, double m) {
  return {.source = c.c1 + c.c2 * m + c.c3 * m * m,
          .s0 = c.c8 + c.c9 * m,
          .s1 = c.c4 + c.c5 * m,
          .s2 = c.c6 + c.c7 * m,
          .attenuation = c.c10};
}

class AtkinsonBoore2006 final : public PublishedModel {
public:
  AtkinsonBoore2006(std::string name, Variant variant)
    : PublishedModel(std::move(name), need_mag | need_rrup | need_vs30,
                     StandardDeviations::total_only),
      variant_(variant) {}
  AtkinsonBoore2006(std::string name, const Variant* variant)
    : AtkinsonBoore2006(std::move(name), *variant) {}

  bool supports(const Imt& imt) const override {
    return kHardRock.supports(imt) && kFirmRock.supports(imt) && kStress.supports(imt)
           && boore_atkinson_2008_soil_table().supports(imt);
  }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    thread_local std::vector<Path> paths;
    thread_local std::vector<double> log10_pga; // on firm rock at 140 bar, cm/s2
    paths.resize(batch.pairs());
    log10_pga.resize(batch.pairs());
    const Row c = kFirmRock.at(kPga);
    for (std::size_t r = 0; r < batch.ruptures(); ++r) {
      const RockTerms rock = rock_terms(c, magnitude(batch, r));
      for (std::size_t p = batch.first_pair[r]; p < batch.first_pair[r + 1]; ++p) {
        paths[p] = path_terms(batch.rrup[p], variant_.least_distance);
        log10_pga[p] = rock.at(paths[p]);
      }
    }
    for (std::size_t i = 0; i < imts.size(); ++i)
      predict_one(imts[i], batch, paths, log10_pga, out[i]);
  }

private:
  double magnitude(const PairBatch& batch, std::size_t r) const {
    return moment_magnitude(variant_.scale, batch.mag[r]);
  }

  void predict_one(const Imt& imt, const PairBatch& batch, std::span<const Path> paths,
                   std::span<const double> log10_pga, const GroundMotion& out) const {
    const Row hard = kHardRock.at(imt);
    const Row firm = kFirmRock.at(imt);
    const StressRow stress = kStress.at(imt);
    const BooreAtkinsonSoilRow soil = boore_atkinson_2008_soil_table().at(imt);
    const double unit = imt == kPgv ? 0.0 : kLnGravityCm;
    const double ceiling =
      variant_.is_us_2008 ? us_2008_ceiling(imt) : std::numeric_limits<double>::infinity();
    fill_means(batch, out, [&](std::size_t r) {
      const double m = magnitude(batch, r);
      const double adjustment = stress_term(stress, stress_factor(variant_, m), m);
      return [&, adjustment, on_hard = rock_terms(hard, m),
              on_firm = rock_terms(firm, m)](std::size_t p) {
        const double vs30 = batch.vs30[p];
        if (vs30 >= kSlowestHardRockVs30)
          return std::min((on_hard.at(paths[p]) + adjustment) * kLn10 - unit, ceiling);
        // The PGA that drives the soil takes the stress adjustment of the requested IMT.
        const double ln_pga = (log10_pga[p] + adjustment) * kLn10 - kLnGravityCm;
        const double ln_y = (on_firm.at(paths[p]) + adjustment) * kLn10 - unit
                            + boore_atkinson_2008_site_term(soil, vs30, ln_pga);
        return std::min(ln_y, ceiling);
      };
    });
    fill_deviations(out, kDeviation * kLn10);
  }

  Variant variant_;
};

// By address, since not every compiler takes real numbers as template arguments.
constexpr Variant kSgs{.least_distance = 5.0};
constexpr Variant kModified2011{.stress_by_magnitude = true};
template <bool k200Bar, MagnitudeScale kScale>
constexpr Variant kUs2008{
  .stress_factor = k200Bar ? kFactor200Bar : 0.0, .is_us_2008 = true, .scale = kScale};

template <const Variant& kVariant>
constexpr auto make_variant = make_plain<AtkinsonBoore2006, &kVariant>;
template <int kStressBar, MagnitudeScale kScale>
constexpr auto make_us_2008 = make_variant<kUs2008<kStressBar == 200, kScale>>;

// By arguments: `scale_fac`, the base-2 logarithm of the stress drop over 140 bar, counts only with
// a magnitude scale, and then the ceilings of the 2008 US maps do too.
Result<std::shared_ptr<const GroundMotionModel>> make(const GsimSpec& spec) {
  static constexpr std::string_view kScales[] = {"NA", "Mw", "Mblg87", "Mblg96"};
  Arguments arguments(spec);
  const std::string scale = arguments.choice("mag_eq", "NA", kScales);
  const double factor = arguments.number("scale_fac", 0.0);
  OQ_CHECK(arguments.check());
  Variant variant;
  if (scale != "NA")
    variant = {.stress_factor = factor,
               .is_us_2008 = true,
               .scale = scale == "Mw"       ? MagnitudeScale::mw
                        : scale == "Mblg87" ? MagnitudeScale::mblg_atkinson_boore_1987
                                            : MagnitudeScale::mblg_johnston_1996};
  return std::shared_ptr<const GroundMotionModel>(
    std::make_shared<const AtkinsonBoore2006>(model_name(spec), variant));
}

} // namespace

ModelFamily atkinson_boore_2006() {
  using enum MagnitudeScale;
  static constexpr ModelEntry kModels[] = {
    {"AtkinsonBoore2006", make},
    // Of the Saudi Geological Survey: never closer than 5 km.
    {"AtkinsonBoore2006SGS", make_variant<kSgs>},
    {"AtkinsonBoore2006Modified2011", make_variant<kModified2011>},
    {"AtkinsonBoore2006Mwbar140NSHMP2008", make_us_2008<140, mw>},
    {"AtkinsonBoore2006Mwbar200NSHMP2008", make_us_2008<200, mw>},
    {"AtkinsonBoore2006MblgAB1987bar140NSHMP2008", make_us_2008<140, mblg_atkinson_boore_1987>},
    {"AtkinsonBoore2006MblgAB1987bar200NSHMP2008", make_us_2008<200, mblg_atkinson_boore_1987>},
    {"AtkinsonBoore2006MblgJ1996bar140NSHMP2008", make_us_2008<140, mblg_johnston_1996>},
    {"AtkinsonBoore2006MblgJ1996bar200NSHMP2008", make_us_2008<200, mblg_johnston_1996>},
  };
  return kModels;
}

} // namespace oq::engine
