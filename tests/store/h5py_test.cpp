// The datastore in the eyes of h5py, which users and OpenQuake's own tools read it with.
#include "store/datastore_file.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace oq::store {
namespace {

// Debian's own interpreter: it has python3-h5py when that is installed.
constexpr const char* kPython = "/usr/bin/python3";

constexpr const char* kChecks = R"python(
import h5py, json, sys
with h5py.File(sys.argv[1], "r") as f:
    curves = f["hcurves-stats"]
    assert curves.shape == (100, 1000) and curves.dtype == "f4", curves
    assert curves[99, 999] == 0.25 and curves[0, 0] == 0.5
    assert curves.compression == "gzip" and curves.shuffle, curves.compression
    assert list(f["sitecol/lon"][:]) == [12.5, -3.25]
    assert list(f["names"].asstr()[:]) == ["mean", "caffè"]
    assert f["sids"].dtype == "i4" and list(f["sids"][:]) == [0, 1, 2]
    a = curves.attrs
    assert list(a["imt"]) == [b"PGA", b"SA(0.1)"] and a["time"] == 50.0 and a["count"] == 7
    assert bool(a["ok"]) is True
    tree = a["tree"]
    assert json.loads(tree) == {"a": [1, 2]}, tree
)python";

int run_python(const oq::testing::TemporaryFolder& folder, const std::string& script,
               const std::filesystem::path& argument = {}) {
  const auto file = folder.write("check.py", script);
  return std::system(
    (std::string(kPython) + " " + file.string() + " " + argument.string()).c_str());
}

TEST(DatastoreInH5py, HasTheSameArraysTextsAndAttributes) {
  const oq::testing::TemporaryFolder folder;
  if (run_python(folder,
                 "import sys\ntry:\n    import h5py\nexcept ImportError:\n    sys.exit(3)\n")
      != 0)
    GTEST_SKIP() << "python3-h5py is not installed: the datastore is not read by another program";
  auto store = DatastoreFile::create(folder / "calc_1.hdf5");
  ASSERT_TRUE(store);
  std::vector<float> curves(100'000, 0.5f);
  curves[99'999] = 0.25f;
  ASSERT_TRUE((*store)->put("hcurves-stats", {{100, 1000}, curves}));
  ASSERT_TRUE((*store)->put("sitecol/lon", {{2}, std::vector<double>{12.5, -3.25}}));
  ASSERT_TRUE((*store)->put("names", {{2}, std::vector<std::string>{"mean", "caffè"}}));
  ASSERT_TRUE((*store)->put("sids", {{3}, std::vector<std::int32_t>{0, 1, 2}}));
  ASSERT_TRUE((*store)->put_attributes("hcurves-stats", {{"imt", {"PGA", "SA(0.1)"}},
                                                         {"time", 50.0},
                                                         {"count", 7},
                                                         {"ok", true},
                                                         {"tree", {{"a", {1, 2}}}}}));
  ASSERT_TRUE((*store)->commit());

  EXPECT_EQ(run_python(folder, kChecks, folder / "calc_1.hdf5"), 0);
}

} // namespace
} // namespace oq::store
