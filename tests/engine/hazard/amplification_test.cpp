// Tests of amplification functions and of curves on soil.
#include "engine/hazard/amplification.hpp"

#include "engine/job/job_folder.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

class Amplification : public ::testing::Test {
protected:
  Result<AmplificationTable> read(const std::string& text) const {
    const Imt imts[] = {kPga, sa(0.5)};
    return AmplificationTable::read(folder_.write("af.csv", text), imts);
  }
  testing::JobFolder folder_;
};

TEST_F(Amplification, ReadsFunctionsByCode) {
  const auto table = read("#,,\"vs30_ref=760\"\nampcode,level,PGA,SA(0.5),sigma_PGA\n"
                          "A,0.1,1.2,1.5,0.3\nA,0.5,1.0,1.3,0.2\nB,0.1,2,2,0\n");

  ASSERT_TRUE(table) << table.error().text();
  EXPECT_EQ(table->reference_vs30(), 760);
  const auto* functions = table->functions("A");
  ASSERT_TRUE(functions);
  EXPECT_DOUBLE_EQ(AmplificationTable::at((*functions)[0].steps[0], 0.3).median, 1.1);
  EXPECT_DOUBLE_EQ(AmplificationTable::at((*functions)[0].steps[0], 0.3).sigma, 0.25);
  EXPECT_EQ(AmplificationTable::at((*functions)[0].steps[1], 9).median, 1.3);
  EXPECT_FALSE(table->functions("C"));
}

TEST_F(Amplification, NamesTheLineOfWhatIsWrong) {
  const auto table = read("#vs30_ref=760\nampcode,level,PGA,SA(0.5)\nA,0.1,1.2,-1\n");

  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().where, "af.csv:3");
}

TEST_F(Amplification, NeedsTheVelocityOfItsRock) {
  const auto table = read("ampcode,PGA,SA(0.5)\nA,1.2,1\n");

  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().where, "af.csv");
}

// Without uncertainty the probability of a bin moves to the soil levels below its amplified middle.
TEST(SoilCurve, OfACertainFactorIsTheShiftedRockCurve) {
  const AmplificationStep twice[] = {{0, 2.0, 0}};
  const double rock[] = {0.1, 0.2, 0.3}, poes[] = {0.5, 0.2, 0.1}, soil[] = {0.25, 0.4, 0.6};

  const auto curve = soil_curve(twice, rock, poes, soil);

  EXPECT_DOUBLE_EQ(curve[0], 0.3 + 0.1); // middles 0.141 and 0.245 become 0.283 and 0.490
  EXPECT_DOUBLE_EQ(curve[1], 0.1);
  EXPECT_EQ(curve[2], 0.0);
}

} // namespace
} // namespace oq::engine
