// How outputs name models.
#include "engine/gsim/model_text.hpp"

#include "engine/gsim/registry.hpp"

#include <gtest/gtest.h>

namespace oq::engine {

TEST(ModelText, PutsAClassInBrackets) {
  EXPECT_EQ(model_text({.name = "AkkarBommer2010"}), "[AkkarBommer2010]");
}

TEST(ModelText, WritesARegionalNameAsItsClassWithTheRegion) {
  EXPECT_EQ(model_text({.name = "AbrahamsonEtAl2014RegCHN"}),
            "[AbrahamsonEtAl2014]\nregion = \"CHN\"");
  EXPECT_EQ(model_text({.name = "KuehnEtAl2020SSlabCascadiaSeattleBasin"}),
            "[KuehnEtAl2020SSlab]\nregion = \"SEA\"");
  EXPECT_EQ(model_text({.name = "BooreEtAl2014LowQNoSOF"}), "[BooreEtAl2014LowQ]\nsof = false");
}

TEST(ModelText, AddsArgumentsLineByLine) {
  EXPECT_EQ(model_text({.name = "KuehnEtAl2020SSlab",
                        .arguments = {{"m_b", 7.5}, {"region", "NZL"}, {"m9_basin_term", true}}}),
            "[KuehnEtAl2020SSlab]\nm_b = 7.5\nregion = \"NZL\"\nm9_basin_term = true");
}

} // namespace oq::engine
