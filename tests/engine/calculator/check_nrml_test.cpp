// Documents that are NRML, and the line at which others stop being it.
#include "engine/calculator/check_nrml.hpp"

#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace oq::engine {
namespace {

using ::testing::HasSubstr;

class CheckNrml : public ::testing::Test {
protected:
  Result<void> check(const std::string& text) {
    const auto file = folder_.path() / "document.xml";
    std::ofstream(file) << text;
    return check_nrml(file);
  }
  std::string where_of(const std::string& text) {
    const auto checked = check(text);
    return checked ? "valid" : checked.error().where;
  }
  static std::string rupture(const std::string& magnitude, const std::string& lat = "0.0") {
    return "<?xml version='1.0' encoding='utf-8'?>\n<nrml>\n<simpleFaultRupture>\n<magnitude>"
           + magnitude + "</magnitude>\n<rake>90.0</rake>\n<hypocenter lat=\"" + lat
           + "\" lon=\"0.0\" depth=\"10.0\"/>\n</simpleFaultRupture></nrml>";
  }

private:
  oq::testing::TemporaryFolder folder_;
};

TEST_F(CheckNrml, AcceptsARupture) {
  EXPECT_EQ(where_of(rupture("7.0")), "valid");
}

TEST_F(CheckNrml, NamesTheLineOfWhatIsNoNumber) {
  EXPECT_EQ(where_of(rupture("x7.0")), "document.xml:4");
}

TEST_F(CheckNrml, NamesTheLineOfWhatIsOutOfRange) {
  EXPECT_EQ(where_of(rupture("-1")), "document.xml:4");
  EXPECT_EQ(where_of(rupture("7", "95")), "document.xml:6");
}

TEST_F(CheckNrml, NamesTheLineWhereTheXmlBreaks) {
  EXPECT_EQ(where_of("<nrml>\n<a></b></nrml>"), "document.xml:2");
}

TEST_F(CheckNrml, ReadsASourceModelAsOne) {
  const auto checked = check("<nrml><sourceModel name=\"m\">\n<pointSource id=\"1\" name=\"p\" "
                             "tectonicRegion=\"Stable\"/>\n</sourceModel></nrml>");

  ASSERT_FALSE(checked);
  EXPECT_THAT(checked.error().where, HasSubstr(":2"));
}

TEST_F(CheckNrml, RefusesAnotherRootAndNothingAtAll) {
  EXPECT_EQ(where_of("<a/>"), "document.xml:1");
  EXPECT_EQ(where_of("<nrml/>"), "document.xml:1");
  EXPECT_NE(where_of(""), "valid");
}

} // namespace
} // namespace oq::engine
