// Every registered model that has a table of reference motions reproduces all of its rows.
#include "engine/gsim/reference_table.hpp"

#include <gtest/gtest.h>

#include <cmath>

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

class ReferenceTables : public ::testing::TestWithParam<std::string> {};

TEST_P(ReferenceTables, AreReproducedTo1em9) {
  const auto directory = reference_directory();
  if (!directory)
    GTEST_SKIP() << "OQ_REFERENCE_DIR is not set: NO REFERENCE MOTION WAS COMPARED";
  const auto path = *directory / (GetParam() + ".csv");
  if (!std::filesystem::exists(path))
    GTEST_SKIP() << "there is no table of " << GetParam();
  const auto model = model_of(GetParam());
  ASSERT_TRUE(model);
  const ReferenceTable table = read_reference_table(path);
  for (const Imt& imt : table.imts)
    ASSERT_TRUE(model->supports(imt)) << imt.name();

  const Worst worst = compare(*model, table);

  EXPECT_GT(worst.compared, 0u);
  EXPECT_LE(worst.difference, kTolerance) << worst.where;
  RecordProperty("worst_difference", std::to_string(worst.difference * 1e12) + "e-12");
  RecordProperty("compared", std::to_string(worst.compared));
}

INSTANTIATE_TEST_SUITE_P(Registered, ReferenceTables,
                         ::testing::ValuesIn(available_ground_motion_models()),
                         [](const auto& test) {
                           return test.param;
                         });

} // namespace

} // namespace oq::engine::testing
