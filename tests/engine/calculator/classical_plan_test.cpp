// Expected costs of tasks: what makes ruptures dear.
#include "small_model.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

using testing::fault_source;
using testing::kRegion;
using testing::list_of;
using testing::small_model;
using testing::SmallModel;

// One fault, one ground-motion model.
SmallModel fault_model(const std::string& ground_motion_model) {
  SmallModel model = small_model();
  model.job.rupture_mesh_spacing = 2;
  model.tree.source_paths = {{"A", 1.0, {{"g", kRegion, list_of({fault_source(3.5)})}}}};
  model.tree.gsims = {{kRegion, {{"b1", {ground_motion_model, {}, {}, "gsim.xml:3"}, 1.0}}}};
  model.tree.realizations = {{0, "A~A", 1.0, 0, {0}}};
  return model;
}

double weight_of(const SmallModel& model) {
  const auto calculator = model.calculator();
  EXPECT_TRUE(calculator) << (calculator ? "" : calculator.error().text());
  double weight = 0;
  for (std::size_t task = 0; calculator && task < (*calculator)->task_count(); ++task)
    weight += (*calculator)->task_weight(task);
  return weight;
}

TEST(ClassicalPlan, RupturesAreDearerWhenAModelNeedsTheirOutlines) {
  // Boore and Atkinson need rjb; Campbell needs rrup alone.
  EXPECT_GT(weight_of(fault_model("BooreAtkinson2008")),
            2 * weight_of(fault_model("Campbell2003")));
}

TEST(ClassicalPlan, OutlinesAreMadeOnlyWhereSitesAreNear) {
  const SmallModel near = fault_model("BooreAtkinson2008");
  SmallModel far = near;
  for (double& lat : far.sites.lat)
    lat += 0.8; // 100 km from the fault, within reach
  EXPECT_LT(weight_of(far), weight_of(near) / 2);
  EXPECT_GT(weight_of(far), 0.0);
}

TEST(ClassicalPlan, RupturesOfCoarserMeshesAreFewerAndCheaper) {
  SmallModel coarse = fault_model("BooreAtkinson2008");
  coarse.job.rupture_mesh_spacing = 5;
  EXPECT_LT(weight_of(coarse), weight_of(fault_model("BooreAtkinson2008")) / 2);
}

TEST(ClassicalPlan, MoreLevelsWeighMore) {
  SmallModel many = fault_model("Campbell2003");
  std::vector<double>& levels = many.job.intensity_levels.front().levels;
  while (levels.size() < 45)
    levels.push_back(1.05 * levels.back());
  EXPECT_GT(weight_of(many), weight_of(fault_model("Campbell2003")));
}

} // namespace
} // namespace oq::engine
