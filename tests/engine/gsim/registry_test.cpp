// The registry finds models by name and explains what it does not find.
#include "engine/gsim/registry.hpp"

#include "engine/gsim/refused_models.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace oq::engine {

class FirstModels : public ::testing::TestWithParam<const char*> {};

TEST_P(FirstModels, IsRegisteredUnderItsOwnName) {
  const auto model = make_ground_motion_model({.name = GetParam()});

  ASSERT_TRUE(model) << model.error().text();
  EXPECT_EQ((*model)->name(), GetParam());
}

INSTANTIATE_TEST_SUITE_P(Registry, FirstModels,
                         ::testing::Values("AkkarBommer2010", "CauzziFaccioli2008",
                                           "ZhaoEtAl2006Asc", "ZhaoEtAl2006SInter",
                                           "ChiouYoungs2008", "AtkinsonBoore2003SInter",
                                           "YoungsEtAl1997SInter", "LinLee2008SInter",
                                           "BooreAtkinson2008", "SadighEtAl1997"));

TEST(Registry, SuggestsTheNearestName) {
  const auto model = make_ground_motion_model({.name = "BoreAtkinson2008", .where = "tree.xml:12"});

  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, Errc::invalid_input);
  EXPECT_EQ(model.error().where, "tree.xml:12");
  EXPECT_NE(model.error().message.find("'BooreAtkinson2008'"), std::string::npos);
}

// A near name is another model.
TEST(Registry, SaysThatAPublishedModelIsNotAvailable) {
  for (const char* name : {"SiMidorikawa1999SInterNorthEastCorrection", "DrouetBrazil2015",
                           "NZNSHM2022_Stafford2022", "ChiouYoungs2014NearFaultEffect"}) {
    const auto model = make_ground_motion_model({.name = name});

    ASSERT_FALSE(model) << name;
    EXPECT_NE(model.error().message.find("is not available"), std::string::npos) << name;
    EXPECT_EQ(model.error().message.find("nearest"), std::string::npos) << name;
  }
}

TEST(Registry, RefusesNothingThatItHas) {
  for (const std::string& name : available_ground_motion_models())
    EXPECT_EQ(refused_model(name), "") << name;
}

TEST(Registry, RefusesAnArgumentThatTheModelDoesNotTake) {
  const auto model =
    make_ground_motion_model({.name = "SadighEtAl1997", .arguments = {{"epsilon", 1.0}}});

  ASSERT_FALSE(model);
  EXPECT_NE(model.error().message.find("epsilon"), std::string::npos);
}

TEST(Registry, ListsNamesSortedAndOnce) {
  const auto names = available_ground_motion_models();

  EXPECT_TRUE(std::ranges::is_sorted(names));
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
}

} // namespace oq::engine
