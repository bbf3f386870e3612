// Which files cross the network, and that no name leads anywhere else.
#include "actors/shared_inputs.hpp"

#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace oq::actors {
namespace {

class SharedInputsTest : public ::testing::Test {
protected:
  SharedInputsTest() {
    record.id = 5;
    record.ini = "job.ini";
    record.hazard_calculation_id = 3;
    node.write("calc_5/inputs/job.ini", "[general]");
    node.write("calc_5/inputs/models/area.xml", "<nrml/>");
    node.write("calc_5/calc_5.hdf5", "own");
    node.write("calc_5/exports/a.csv", "export");
    node.write("calc_3/calc_3.hdf5", "parent");
    node.write("calc_4/calc_4.hdf5", "another");
    node.write("secret", "secret");
    std::filesystem::create_symlink(node / "secret", node / "calc_5/inputs/link");
  }
  std::vector<std::string> names() const {
    std::vector<std::string> out;
    const auto files = here.list(record);
    if (files)
      for (const auto& file : *files)
        out.push_back(file.name);
    return out;
  }

  oq::testing::TemporaryFolder node, worker;
  const SharedInputs here{node.path()}, there{worker.path()};
  store::CalculationRecord record;
};

const std::vector<std::string> kOutside{"secret",
                                        "../secret",
                                        "/etc/passwd",
                                        "calc_5/calc_5.hdf5",
                                        "calc_5/exports/a.csv",
                                        "calc_4/calc_4.hdf5",
                                        "calc_5/inputs/../calc_5.hdf5",
                                        "calc_5/inputs/../../secret",
                                        "calc_5/inputs",
                                        "calc_5/inputs/",
                                        "calc_5/inputs//job.ini",
                                        "calc_5/inputs/./job.ini",
                                        "calc_5/inputs/a\\b",
                                        "calc_55/inputs/job.ini",
                                        "",
                                        "calc_3/calc_3.hdf5/x",
                                        std::string("calc_5/inputs/a\0b", 17)};

TEST_F(SharedInputsTest, AreTheInputsAndTheParentsDatastore) {
  EXPECT_EQ(names(), (std::vector<std::string>{"calc_3/calc_3.hdf5", "calc_5/inputs/job.ini",
                                               "calc_5/inputs/models/area.xml"}));
}

TEST_F(SharedInputsTest, NeedTheParent) {
  std::filesystem::remove(node / "calc_3/calc_3.hdf5");
  EXPECT_EQ(here.list(record).error().code, Errc::not_found);
}

TEST_F(SharedInputsTest, OfALocalIniAreNone) {
  record.ini = "/home/me/job.ini";
  EXPECT_EQ(here.list(record).error().code, Errc::not_found);
}

TEST_F(SharedInputsTest, LieAtTheSamePlaceAfterTheirWay) {
  for (const auto& name : names()) {
    const auto whole = *here.read(record, name, 0, 100);
    ASSERT_TRUE(there.write(record, name, 4, whole.substr(4)));
    ASSERT_TRUE(there.write(record, name, 0, *here.read(record, name, 0, 4)));
    EXPECT_EQ(oq::testing::file_text(worker / name), oq::testing::file_text(node / name));
  }
}

TEST_F(SharedInputsTest, NoOtherFileIsRead) {
  for (const auto& name : kOutside)
    EXPECT_EQ(here.read(record, name, 0, 10).error().code, Errc::forbidden) << name;
  EXPECT_FALSE(here.read(record, "calc_5/inputs/link", 0, 10));
  EXPECT_FALSE(here.read(record, "calc_5/inputs/absent", 0, 10));
}

TEST_F(SharedInputsTest, NoOtherFileIsWritten) {
  for (const auto& name : kOutside)
    EXPECT_EQ(there.write(record, name, 0, "x").error().code, Errc::forbidden) << name;
  EXPECT_TRUE(std::filesystem::is_empty(worker.path()));
}

TEST_F(SharedInputsTest, BeyondTheEndThereIsNothing) {
  EXPECT_EQ(*here.read(record, "calc_5/inputs/job.ini", 1000, 10), "");
}

TEST_F(SharedInputsTest, AFileInTheWayIsUnavailable) {
  worker.write("calc_5", "");
  EXPECT_EQ(there.write(record, "calc_5/inputs/job.ini", 0, "x").error().code, Errc::unavailable);
}

} // namespace
} // namespace oq::actors
