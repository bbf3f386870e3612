// Tests of ruptures of sections: what they share, and the reference engine's own sections.
#include "engine/nrml/source_model.hpp"
#include "engine/rupture/fault_ruptures.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace oq::engine {
namespace {

constexpr double kKmOfDegree = kEarthRadius * kDegree;

// A vertical wall along the equator, 10 km deep.
std::shared_ptr<const FaultSection> wall(const std::string& id, double from_km, double to_km) {
  const auto corner = [](double km, double depth) {
    return GeoPoint{km / kKmOfDegree, 0, depth};
  };
  return std::make_shared<const FaultSection>(
    FaultSection{id, "sections.xml:3",
                 std::vector<PlanarSurface>{{corner(from_km, 0), corner(to_km, 0),
                                             corner(from_km, 10), corner(to_km, 10)}}});
}

Source joined() {
  MultiFaultGeometry geometry;
  geometry.section_ids = {"a", "b", "c"};
  geometry.sections = {wall("a", 0, 10), wall("b", 10, 40), wall("c", 40, 50)};
  geometry.ruptures = {{6, 0, {0, 1}, {0.9, 0.1}}, {5, 90, {2}, {0.8, 0.2}}};
  Source source;
  source.id = "m";
  source.where = "model.xml:7";
  source.geometry = geometry;
  return source;
}

TEST(JoinedRuptures, HaveTheSectionsTheyName) {
  const auto fault = FaultRuptures::make(joined(), {5, 5, 0, 0});

  ASSERT_TRUE(fault) << fault.error().message;
  ASSERT_EQ(fault->ruptures().size(), 2u);
  EXPECT_EQ(fault->sections_of(fault->ruptures()[0]).size(), 2u);
  EXPECT_EQ(fault->sections_of(fault->ruptures()[1])[0], 2u);
  EXPECT_EQ(fault->probabilities(fault->ruptures()[1])[1], 0.2);
}

TEST(JoinedRuptures, BelowTheMinimumMagnitudeAreLeftOutWithTheirSections) {
  const auto fault = FaultRuptures::make(joined(), {5, 5, 0, 5.5});

  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->ruptures().size(), 1u);
  EXPECT_EQ(fault->surfaces().size(), 2u);
}

TEST(JoinedRuptures, GetRatesFromTheProbabilityOfNone) {
  const auto fault = FaultRuptures::make(joined(), {5, 5, 0, 0, 2.0});

  ASSERT_TRUE(fault);
  EXPECT_NEAR(fault->ruptures()[1].rate, -std::log(0.8) / 2, 1e-15);
  EXPECT_TRUE(fault->probabilities(fault->ruptures()[1]).empty());
}

TEST(JoinedRuptures, StartInTheMiddleOfTheirFirstSection) {
  const auto fault = FaultRuptures::make(joined(), {5, 5, 0, 0});

  ASSERT_TRUE(fault);
  const RuptureParameters parameters = fault->parameters(fault->ruptures()[0]);
  EXPECT_NEAR(parameters.hypocentre.lon * kKmOfDegree, 5, 1e-3);
  EXPECT_NEAR(parameters.dip, 90, 1e-3);
  EXPECT_EQ(parameters.rake, 0);
}

TEST(JoinedRuptures, NeedTheirSections) {
  Source source = joined();
  std::get<MultiFaultGeometry>(source.geometry).sections.clear();

  const auto fault = FaultRuptures::make(source, {5, 5, 0, 0});

  ASSERT_FALSE(fault);
  EXPECT_EQ(fault.error().where, "model.xml:7");
}

// dip and middle of each rupture of event_based/case_29, as its ruptures.csv shows them.
struct Row {
  double mag, lon, lat, depth, strike, dip;
};
std::vector<Row> reference_rows(const std::string& file) {
  std::vector<Row> rows;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    std::vector<std::string> cells;
    std::istringstream text(line);
    for (std::string cell; std::getline(text, cell, ',');)
      cells.push_back(cell);
    if (cells.size() == 11 && cells[0].find_first_not_of("0123456789") == std::string::npos)
      rows.push_back({std::stod(cells[3]), std::stod(cells[4]), std::stod(cells[5]),
                      std::stod(cells[6]), std::stod(cells[8]), std::stod(cells[9])});
  }
  return rows;
}

TEST(JoinedRuptures, OfTheReferenceHaveItsMiddlesStrikesAndDips) {
  const char* const reference = std::getenv("OQ_REFERENCE_DIR");
  if (!reference)
    GTEST_SKIP() << "OQ_REFERENCE_DIR is not set: sections are not compared";
  const std::string folder = std::string(reference) + "/qa/event_based/case_29/";
  auto model = read_source_model(std::filesystem::path(folder + "ssm.xml"));
  const auto sections = read_source_model(std::filesystem::path(folder + "sections.xml"));
  ASSERT_TRUE(model && sections);
  Source source = model->groups[0].sources[0];
  auto& geometry = std::get<MultiFaultGeometry>(source.geometry);
  for (const std::string& id : geometry.section_ids)
    geometry.sections.push_back(sections->sections.at(std::stoul(id)));

  const auto fault = FaultRuptures::make(source, {5, 5, 0, 0});

  ASSERT_TRUE(fault) << fault.error().message;
  const auto rows = reference_rows(folder + "reference_output/job/ruptures.csv");
  ASSERT_EQ(rows.size(), 3u);
  for (const FaultRupture& rupture : fault->ruptures()) {
    const RuptureParameters ours = fault->parameters(rupture);
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& candidate) {
      return candidate.mag == ours.mag;
    });
    ASSERT_NE(row, rows.end());
    SCOPED_TRACE(row->mag);
    // The reference has its nodes in single precision.
    EXPECT_NEAR(ours.hypocentre.lon, row->lon, 1e-5);
    EXPECT_NEAR(ours.hypocentre.lat, row->lat, 1e-5);
    EXPECT_NEAR(ours.hypo_depth, row->depth, 2e-6);
    EXPECT_NEAR(ours.strike, row->strike, 2e-3);
    EXPECT_NEAR(ours.dip, row->dip, 2e-4);
  }
}

} // namespace
} // namespace oq::engine
