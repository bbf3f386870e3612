// A branch names a model: by its name alone, or with arguments as TOML.
#include "engine/base/json.hpp"
#include "engine/logictree/gsim_branches.hpp"

#include <gmock/gmock.h>

namespace oq::engine {
namespace {

using ::testing::HasSubstr;

std::string shown(const std::string& text) {
  const auto spec = parse_gsim(text, "tree.xml:7");
  if (!spec)
    return "error: " + spec.error().text();
  return spec->name + " " + json_text(spec->arguments);
}

TEST(GsimText, ANameStandsAlone) {
  EXPECT_EQ(shown("\n  AkkarBommer2010 "), "AkkarBommer2010 {}");
  EXPECT_EQ(shown("[AkkarBommer2010]"), "AkkarBommer2010 {}");
}

TEST(GsimText, ArgumentsFollowTheName) {
  EXPECT_EQ(shown("[GMPETable]\n# why\ngmpe_table = \"a.hdf5\"\nepsilon = -1.5\nmean = true\n"
                  "list = [1, 2]\n"),
            R"(GMPETable {"gmpe_table": "a.hdf5", "epsilon": -1.5, "mean": true, "list": [1, 2]})");
}

TEST(GsimText, KeysMayBeNested) {
  EXPECT_EQ(shown("[Modifiable]\ngmpe.Inner = {}\n[Modifiable.a.b]\nc = 1"),
            R"(Modifiable {"gmpe": {"Inner": {}}, "a": {"b": {"c": 1}}})");
}

TEST(GsimText, MistakesNameTheBranch) {
  EXPECT_THAT(shown(""), HasSubstr("tree.xml:7: the branch names no ground-motion model"));
  EXPECT_THAT(shown("[A]\nrubbish"), HasSubstr("neither a table header nor key = value"));
  EXPECT_THAT(shown("[A]\nx = oops"), HasSubstr("is not a number"));
  EXPECT_THAT(shown("[A]\n[B]"), HasSubstr("a second model 'B'"));
  EXPECT_THAT(shown("[A]\nx = 1\nx.y = 2"), HasSubstr("both a value and a table"));
  EXPECT_THAT(shown("[A"), HasSubstr("is not a table header"));
}

} // namespace
} // namespace oq::engine
