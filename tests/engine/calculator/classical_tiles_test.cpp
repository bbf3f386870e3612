// Calculations in tiles of sites: the same bits, in the memory given.
#include "engine/calculator/classical_tiles.hpp"

#include "run_calculator.hpp"
#include "small_model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <iterator>

namespace oq::engine {
namespace {

using testing::area_source;
using testing::fault_source;
using testing::kRegion;
using testing::list_of;
using testing::run_calculator;
using testing::small_model;
using Model = testing::SmallModel;

// Bits of values, so that no number is equal to another one.
std::vector<std::uint64_t> bits(const Array& array) {
  const auto* const values = std::get_if<std::vector<double>>(&array.values);
  std::vector<std::uint64_t> out(values ? values->size() : 0);
  if (values)
    std::memcpy(out.data(), values->data(), out.size() * sizeof(double));
  return out;
}

// Of every array at the key or below it.
std::vector<std::string> arrays_at(const Datastore& datastore, const std::string& key) {
  const std::vector<std::string> members = datastore.members(key);
  if (members.empty())
    return {key};
  std::vector<std::string> names;
  for (const std::string& member : members)
    std::ranges::copy(arrays_at(datastore, key + "/" + member), std::back_inserter(names));
  return names;
}

void expect_equal(const Datastore& a, const Datastore& b) {
  ASSERT_EQ(a.keys(), b.keys());
  for (const std::string& key : a.keys()) {
    EXPECT_EQ(*a.attributes(key), *b.attributes(key)) << key;
    for (const std::string& name : arrays_at(a, key)) {
      const auto one = a.get(name), other = b.get(name);
      ASSERT_TRUE(one && other) << name;
      EXPECT_EQ(one->shape, other->shape) << name;
      EXPECT_EQ(bits(*one), bits(*other)) << name;
      if (!std::holds_alternative<std::vector<double>>(one->values)) {
        EXPECT_EQ(one->values, other->values) << name;
      }
    }
  }
}

class ClassicalTilesTest : public ::testing::TestWithParam<std::size_t> {
protected:
  static std::unique_ptr<Datastore> run(const Model& model, const ClassicalMemory& memory) {
    auto calculator = model.calculator(memory);
    EXPECT_TRUE(calculator) << (calculator ? "" : calculator.error().text());
    auto datastore = run_calculator(**calculator);
    EXPECT_TRUE(datastore) << (datastore ? "" : datastore.error().text());
    return *std::move(datastore);
  }
  static void expect_same(const Model& model) {
    expect_equal(*run(model, {}), *run(model, {4e9, GetParam()}));
  }
};

TEST_P(ClassicalTilesTest, GiveTheSameBits) {
  Model model = small_model();
  model.tree.source_paths[1].groups[0].sources =
    list_of({area_source("shared", 3.5), area_source("other", 3.0), fault_source(3.1)});
  model.job.quantiles = {0.16, 0.84};
  model.job.std_dev = true;
  model.job.uniform_hazard_spectra = true;

  expect_same(model);
}

TEST_P(ClassicalTilesTest, GiveTheSameBitsOfBranchesThatShareProbabilities) {
  Model model = small_model();
  model.tree.source_paths[0].groups[0].sources = list_of({area_source("area", 3.5)});
  model.tree.source_paths[1].groups[0].sources = list_of({area_source("area", 3.1)});

  expect_same(model);
}

TEST_P(ClassicalTilesTest, GiveTheSameBitsOfMutuallyExclusiveSources) {
  Model model = small_model();
  model.tree.source_paths[1].groups[0].dependence.mutex_sources = true;

  expect_same(model);
}

TEST_P(ClassicalTilesTest, AreOnePlanWhateverTheMemoryOfTheNodeThatMakesItAgain) {
  const auto here = small_model().calculator({4e9, GetParam()});
  const auto elsewhere = small_model().calculator({1e6, GetParam()});
  ASSERT_TRUE(here && elsewhere);

  ASSERT_EQ((*here)->tiles(), (*elsewhere)->tiles());
  ASSERT_EQ((*here)->task_count(), (*elsewhere)->task_count());
  for (std::size_t task = 0; task < (*here)->task_count(); ++task)
    EXPECT_EQ((*here)->task_weight(task), (*elsewhere)->task_weight(task));
}

TEST(ClassicalTiles, FewSitesStayTogetherBecauseTheySeeTheSameRuptures) {
  Model model = small_model();
  model.job.disagg_by_src = true;
  model.job.max_sites_disagg = static_cast<int>(model.sites.size());

  const auto fits = model.calculator({1e6});
  const auto refused = model.calculator({30e3});

  ASSERT_TRUE(fits) << fits.error().text();
  EXPECT_EQ((*fits)->tiles(), 1u);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("for all sites at once"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Tiles, ClassicalTilesTest, ::testing::Values(2, 7, 59, 60));

// 1 KiB of rates a site.
constexpr SiteBytes kBytes{1024, 512, 4096};

double needed_for(const ClassicalTiles& tiles) {
  return static_cast<double>(tiles.sites) * kBytes.rates
         + static_cast<double>(tiles.part_sites) * kBytes.products
         + static_cast<double>(tiles.tasks_ahead) * kBytes.result;
}

TEST(TilesFor, AreOneWhenEverythingFits) {
  const auto tiles = tiles_for(1e9, 10'000, kBytes, "job.ini");

  ASSERT_TRUE(tiles);
  EXPECT_EQ(tiles->count, 1u);
  EXPECT_EQ(tiles->sites, 10'000u);
}

TEST(TilesFor, FitIntoTheMemoryGiven) {
  for (const double memory : {64e3, 1e6, 8e6}) {
    const auto tiles = tiles_for(memory, 10'000, kBytes, "job.ini");

    ASSERT_TRUE(tiles) << memory;
    EXPECT_GT(tiles->count, 1u) << memory;
    EXPECT_LE(needed_for(*tiles), memory) << memory;
    EXPECT_GE(tiles->count * tiles->sites, 10'000u) << memory;
  }
}

TEST(TilesFor, ASiteThatDoesNotFitIsRefusedWithTheFigure) {
  const auto tiles = tiles_for(8e3, 10'000, kBytes, "job.ini");

  ASSERT_FALSE(tiles);
  EXPECT_EQ(tiles.error().code, Errc::invalid_input);
  EXPECT_EQ(tiles.error().where, "job.ini");
  // 1024 + 16 x 512 + 4096 bytes.
  EXPECT_NE(tiles.error().message.find("13.0 KiB of memory, more than the 7.8 KiB given"),
            std::string::npos)
    << tiles.error().message;
}

} // namespace
} // namespace oq::engine
