// Fields from CSV files: which columns become which measures.
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

} // namespace
} // namespace oq::engine
