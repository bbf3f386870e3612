// Every registered model that has a table of reference motions reproduces all of its rows.
#include "engine/gsim/reference_table.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <iostream>

namespace oq::engine::testing {

namespace {

// The tables hold 13 significant digits.
constexpr double kTolerance = 1e-9;

double statistic(const LogNormal& motion, Statistic which) {
  switch (which) {
  case Statistic::ln_mean:
    return motion.ln_mean;
  case Statistic::total:
    return motion.sigma;
  case Statistic::between:
    return motion.tau;
  case Statistic::within:
    return motion.phi;
  }
  return kUnset;
}

struct Worst {
  double difference = -1.0;
  std::string where;
  std::size_t compared = 0;

  void add(double actual, double expected, const std::string& what) {
    ++compared;
    double apart = std::abs(actual - expected) / std::max(1.0, std::abs(expected));
    if (std::isnan(apart))
      apart = HUGE_VAL;
    if (apart > difference) {
      difference = apart;
      where = what + ": " + std::to_string(actual) + " instead of " + std::to_string(expected);
    }
  }
};

Worst compare(const GroundMotionModel& model, const ReferenceTable& table) {
  std::vector<OnePair> pairs;
  for (const ReferenceRow& row : table.rows)
    pairs.push_back(row.inputs);
  const Batch batch(pairs);
  Worst worst;
  for (std::size_t i = 0; i < table.imts.size(); ++i) {
    const std::vector<LogNormal> motions = evaluate(model, table.imts[i], batch.view());
    for (std::size_t r = 0; r < table.rows.size(); ++r)
      if (const ReferenceRow& row = table.rows[r]; !std::isnan(row.expected[i]))
        worst.add(statistic(motions[r], row.statistic), row.expected[i],
                  "line " + std::to_string(row.line) + ", " + table.imts[i].name());
  }
  return worst;
}

std::filesystem::path table_of(const std::string& name) {
  return *reference_directory() / (name + ".csv");
}

// The registered models with a table (true) or without one (false).
std::vector<std::string> models(bool tabulated) {
  std::vector<std::string> names;
  if (reference_directory())
    for (const std::string& name : available_ground_motion_models())
      if (std::filesystem::exists(table_of(name)) == tabulated)
        names.push_back(name);
  return names;
}

class ReferenceTables : public ::testing::TestWithParam<std::string> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(ReferenceTables);

TEST_P(ReferenceTables, AreReproducedTo1em9) {
  const auto model = model_of(GetParam());
  ASSERT_TRUE(model);
  const ReferenceTable table = read_reference_table(table_of(GetParam()));
  for (const Imt& imt : table.imts)
    ASSERT_TRUE(model->supports(imt)) << imt.name();

  const Worst worst = compare(*model, table);

  EXPECT_GT(worst.compared, 0u);
  EXPECT_LE(worst.difference, kTolerance) << worst.where;
  RecordProperty("worst_difference", std::to_string(worst.difference * 1e12) + "e-12");
  RecordProperty("compared", std::to_string(worst.compared));
}

INSTANTIATE_TEST_SUITE_P(Registered, ReferenceTables, ::testing::ValuesIn(models(true)),
                         [](const auto& test) {
                           return test.param;
                         });

// A table is made of a model by default; most names are variants of a model that has one, differing
// by a constant, a region or a list of what they read. Those rest on relations between models, on
// values worked by hand from the papers and on whole jobs.
TEST(ReferenceTable, NamesARegisteredModelAndTheOthersAreListed) {
  if (!reference_directory())
    GTEST_SKIP() << "OQ_REFERENCE_DIR is not set: NO REFERENCE MOTION WAS COMPARED";
  const std::vector<std::string> without = models(false);

  for (const std::string& name : without)
    std::cout << "no table: " << name << '\n';
  RecordProperty("models_without_table", std::to_string(without.size()));

  std::size_t tables = 0;
  for (const auto& entry : std::filesystem::directory_iterator(*reference_directory()))
    tables += entry.path().extension() == ".csv" ? 1 : 0;
  EXPECT_EQ(models(true).size(), tables) << "a table names a model that is not registered";
}

} // namespace

} // namespace oq::engine::testing
