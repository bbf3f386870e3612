// Fields from CSV files: which columns become which measures, and several files.
#include "engine/gmf/import_fields.hpp"

#include "engine/job/job_folder.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

class ImportedColumns : public ::testing::Test {
protected:
  // One event at the site 0 0.
  Result<ImportedTable> import(const std::string& columns, const std::string& values,
                               const std::string& perils) {
    job_.ini = folder_.path() / "job.ini";
    job_.sites = {{0, 0, 0}};
    job_.inputs["gmfs"] = {
      folder_.write("gmfs.csv", "sid,eid," + columns + "\n0,0," + values + "\n")};
    if (!perils.empty())
      job_.raw.push_back({"secondary_perils", perils, 1});
    return import_fields(job_);
  }

  testing::JobFolder folder_;
  Job job_;
};

using Names = std::vector<std::string>;

TEST_F(ImportedColumns, OfSecondaryPerilsStandBehindTheOthersByName) {
  const auto imported =
    import("PGDMax,gmv_PGA,sep_LiqProb", "3,1,2", "HazusLiquefaction, HazusDeformation");

  ASSERT_TRUE(imported) << imported.error().text();
  EXPECT_EQ(imported->fields.imts, (Names{"PGA", "LiqProb", "PGDMax"}));
  EXPECT_EQ(imported->fields.secondary, 2u);
  EXPECT_EQ(imported->fields.values, (std::vector<float>{1, 2, 3}));
}

TEST_F(ImportedColumns, AreOfShakingWhenNoPerilGivesThem) {
  const auto imported = import("PGDMax,LiqProb", "3,2", "");

  ASSERT_TRUE(imported) << imported.error().text();
  EXPECT_EQ(imported->fields.imts, (Names{"PGDMax", "LiqProb"}));
  EXPECT_EQ(imported->fields.secondary, 0u);
}

class SeveralFiles : public ::testing::Test {
protected:
  // Each text is a file; the sites are 0 at longitude 0 and 1 at longitude 1.
  Result<ImportedTable> import(const std::vector<std::string>& texts) {
    job_.ini = folder_.path() / "job.ini";
    job_.sites = {{0, 0, 0}, {1, 0, 0}};
    for (std::size_t i = 0; i < texts.size(); ++i)
      job_.inputs["gmfs"].push_back(folder_.write("gmfs" + std::to_string(i) + ".csv", texts[i]));
    return import_fields(job_);
  }
  std::string refusal(const std::vector<std::string>& texts) {
    const auto imported = import(texts);
    return imported ? "" : imported.error().text();
  }

  testing::JobFolder folder_;
  Job job_;
};

TEST_F(SeveralFiles, NumberTheEventsOfTheLaterOnAfterTheEarlier) {
  const auto imported =
    import({"sid,eid,gmv_PGA\n0,2,0.1\n1,0,0.2\n", "sid,eid,gmv_PGA\n1,1,0.3\n"});

  ASSERT_TRUE(imported) << imported.error().text();
  EXPECT_EQ(imported->events.size(), 5u);
  EXPECT_EQ(imported->fields.event, (std::vector<std::int32_t>{0, 2, 4}));
  EXPECT_EQ(imported->fields.site, (std::vector<std::int32_t>{1, 0, 1}));
  EXPECT_EQ(imported->fields.values, (std::vector<float>{0.2F, 0.1F, 0.3F}));
}

TEST_F(SeveralFiles, MayOrderTheirColumnsDifferently) {
  const auto imported =
    import({"sid,eid,gmv_PGA,gmv_PGV\n0,0,0.1,10\n", "gmv_PGV,gmv_PGA,eid,sid\n20,0.2,0,1\n"});

  ASSERT_TRUE(imported) << imported.error().text();
  EXPECT_EQ(imported->fields.imts, (Names{"PGA", "PGV"}));
  EXPECT_EQ(imported->fields.values, (std::vector<float>{0.1F, 10, 0.2F, 20}));
}

TEST_F(SeveralFiles, AreOfTheSameMeasures) {
  EXPECT_EQ(refusal({"sid,eid,gmv_PGA\n0,0,0.1\n", "sid,eid,gmv_PGV\n0,0,10\n"}),
            "gmfs1.csv: the fields are of PGV, but those of gmfs0.csv of PGA");
}

TEST_F(SeveralFiles, NameTheOneThatIsWrongWithItsLine) {
  EXPECT_EQ(refusal({"sid,eid,gmv_PGA\n0,0,0.1\n", "sid,eid,gmv_PGA\n0,0,0.1\n7,0,0.1\n"}),
            "gmfs1.csv:3: the site '7' is not known");
  job_ = {};
  EXPECT_EQ(refusal({"sid,eid,gmv_PGA\n0,0,0.1\n", "sid,eid,gmv_PGA\n0,4,0.1\n0,4,0.1\n"}),
            "gmfs1.csv: event 4 shakes a site twice");
}

TEST_F(SeveralFiles, AreAllTextOrAllHdf5) {
  job_.inputs["gmfs"].push_back(folder_.path() / "gmfs.hdf5");
  EXPECT_EQ(refusal({"sid,eid,gmv_PGA\n0,0,0.1\n"}),
            "gmfs0.csv: fields come from CSV files or from HDF5 files, not from both");
}

TEST_F(SeveralFiles, OfSitesAgreeOnTheirNumbers) {
  for (const char* name : {"a.csv", "b.csv"})
    job_.inputs["sites"].push_back(folder_.write(name, std::string("site_id,lon,lat\n5,")
                                                         + (name[0] == 'a' ? "0" : "1") + ",0\n"));
  EXPECT_EQ(refusal({"site_id,eid,gmv_PGA\n5,0,0.1\n"}),
            "b.csv:2: the site '5' stands at two places");
}

} // namespace
} // namespace oq::engine
