// Tests of site models: two formats, kinds of values, refusals.
#include "engine/geo/site_model.hpp"

#include "engine/job/job_folder.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

class SiteModelTest : public ::testing::Test {
protected:
  Result<SiteModel> read(const std::string& name, const std::string& text) const {
    return read_site_model({folder_.write(name, text)});
  }
  std::string refusal(const std::string& name, const std::string& text) const {
    const auto model = read(name, text);
    return model ? "accepted" : model.error().where + ": " + model.error().message;
  }

  testing::JobFolder folder_;
};

TEST_F(SiteModelTest, KeepsTheOrderOfACsvAndTheKindsOfItsColumns) {
  const auto model = read("sites.csv", "# a comment\nlon,lat,vs30,vs30measured,geology\n"
                                       "11,45,760,1,HOLOCENE\n10.000001,45,300.5,0,0\n");

  ASSERT_TRUE(model) << model.error().text();
  EXPECT_EQ(model->points[0].lon, 11);
  EXPECT_EQ(model->points[1].lon, 10);
  EXPECT_EQ(model->column("vs30")->numbers, (std::vector<double>{760, 300.5}));
  EXPECT_EQ(model->column("vs30measured")->kind, SiteColumn::Kind::integer);
  EXPECT_EQ(model->column("geology")->texts, (std::vector<std::string>{"HOLOCENE", "0"}));
}

TEST_F(SiteModelTest, ReadsVs30TypeOfNrmlAsANumber) {
  const auto model =
    read("model.xml", R"(<nrml xmlns="http://openquake.org/xmlns/nrml/0.4"><siteModel>
      <site lon="10" lat="45" vs30="760" vs30Type="measured"/>
      <site lon="11" lat="45" vs30="500" vs30Type="inferred"/></siteModel></nrml>)");

  ASSERT_TRUE(model) << model.error().text();
  EXPECT_EQ(model->column("vs30measured")->numbers, (std::vector<double>{1, 0}));
}

TEST_F(SiteModelTest, SeveralFilesMakeOneModel) {
  const auto model = read_site_model({folder_.write("a.csv", "lon,lat,vs30\n10,45,300\n"),
                                      folder_.write("b.csv", "vs30,lat,lon\n400,46,10\n")});

  ASSERT_TRUE(model) << model.error().text();
  EXPECT_EQ(model->points.size(), 2u);
  EXPECT_EQ(model->column("vs30")->numbers, (std::vector<double>{300, 400}));
}

TEST_F(SiteModelTest, FilesWithOtherParametersDoNotMix) {
  const auto model = read_site_model({folder_.write("a.csv", "lon,lat,vs30\n10,45,300\n"),
                                      folder_.write("b.csv", "lon,lat,z1pt0\n10,46,30\n")});

  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().where, "b.csv");
}

TEST_F(SiteModelTest, NamesTheLineOfWhatIsWrong) {
  EXPECT_EQ(refusal("s.csv", "lon,lat,vs30\n10,45,300\n10,46,much\n").substr(0, 8), "s.csv:3:");
  EXPECT_EQ(refusal("s.csv", "lon,lat,vs30\n10,45,0\n"), "s.csv:2: vs30: 0 is not above 0");
  EXPECT_EQ(refusal("s.csv", "lon,lat,vs30\n10,45,300\n10,45,300\n"),
            "s.csv:3: the site 10 45 is given twice");
  EXPECT_EQ(refusal("s.csv", "lon,lat,vs30\n10,45\n"), "s.csv:2: the row has 2 cells instead of 3");
  EXPECT_EQ(refusal("s.csv", "lon,vs30\n10,300\n"), "s.csv:1: there is no column 'lat'");
  EXPECT_EQ(refusal("s.csv", "lon,lat\n200,45\n"), "s.csv:2: lon: 200 is out of range");
}

TEST_F(SiteModelTest, AnEmptyFileIsAnError) {
  EXPECT_EQ(refusal("s.csv", "lon,lat,vs30\n"), "s.csv: there are no sites");
}

} // namespace
} // namespace oq::engine
