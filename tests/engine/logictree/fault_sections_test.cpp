// Tests of multi-fault sources and the files that their sections are in.
#include "engine/logictree/tree_folder.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

using testing::BranchText;

std::string section(const std::string& id) {
  return "<section id=\"" + id
         + "\"><planarSurface><topLeft lon=\"0\" lat=\"0\" depth=\"1\"/><topRight lon=\"0.1\" "
           "lat=\"0\" depth=\"1\"/><bottomLeft lon=\"0\" lat=\"-0.1\" depth=\"9\"/><bottomRight "
           "lon=\"0.1\" lat=\"-0.1\" depth=\"9\"/></planarSurface></section>\n";
}
std::string rupture(const std::string& sections) {
  return "<multiPlanesRupture probs_occur=\"0.9 0.1\"><magnitude>6</magnitude><sectionIndexes "
         "indexes=\""
         + sections + "\"/><rake>0</rake></multiPlanesRupture>\n";
}

class FaultSections : public ::testing::Test, protected testing::TreeFolder {
protected:
  FaultSections() {
    const BranchText files{"b1", "faults.xml sections.xml", "1"};
    sources(testing::branch_set("uncertaintyType=\"sourceModel\"", {files}));
    sections("sections.xml", section("1") + section("2") + section("x"));
    source(rupture("2,1") + rupture("x"));
  }
  void sections(const std::string& name, const std::string& all) const {
    write(name, "<nrml><geometryModel>\n" + all + "</geometryModel></nrml>");
  }
  void source(const std::string& content) const {
    model("faults.xml", "<multiFaultSource id=\"m\" tectonicRegion=\"Volcanic\">" + content
                          + "</multiFaultSource>");
  }
  std::vector<std::string> ids() const {
    const auto tree = read_tree();
    if (!tree)
      return {tree.error().text()};
    std::vector<std::string> all;
    for (const Source& one : tree->source_paths[0].groups[0].sources)
      all.push_back(one.id);
    return all;
  }
};

TEST_F(FaultSections, AreFoundInTheOtherFilesOfTheTree) {
  const auto tree = read_tree();

  ASSERT_TRUE(tree) << tree.error().text();
  const auto& geometry =
    std::get<MultiFaultGeometry>(tree->source_paths[0].groups[0].sources[0].geometry);
  ASSERT_EQ(geometry.sections.size(), 3u);
  EXPECT_EQ(geometry.sections[geometry.ruptures[0].sections[0]]->id, "2");
  EXPECT_EQ(geometry.sections[geometry.ruptures[1].sections[0]]->id, "x");
}

TEST_F(FaultSections, SplitASourceByTheFirstFaultThatARuptureTouches) {
  source("<faults><fault tag=\"A\" indexes=\"1\"/><fault tag=\"B\" indexes=\"2\"/></faults>"
         + rupture("2,1") + rupture("2") + rupture("x"));

  EXPECT_EQ(ids(), (std::vector<std::string>{"m@A", "m@B", "m"}));
}

TEST_F(FaultSections, MustNotHaveOneIdTwice) {
  sections("sections.xml", section("1") + section("2") + section("x") + section("1"));

  EXPECT_NE(ids()[0].find("sections.xml:5: the section id '1' is used twice, first in "
                          "sections.xml:2"),
            std::string::npos)
    << ids()[0];
}

TEST_F(FaultSections, MustNotHaveOneIdInTwoFiles) {
  sections("more.xml", section("x"));
  sources(testing::branch_set("uncertaintyType=\"sourceModel\"",
                              {{"b1", "faults.xml sections.xml more.xml", "1"}}));

  EXPECT_NE(ids()[0].find("more.xml:2"), std::string::npos) << ids()[0];
}

TEST_F(FaultSections, MustHaveTheIdsThatRupturesName) {
  source(rupture("1,7"));

  EXPECT_NE(ids()[0].find("source 'm': no geometryModel has a section with the id '7'"),
            std::string::npos)
    << ids()[0];
}

} // namespace
} // namespace oq::engine
