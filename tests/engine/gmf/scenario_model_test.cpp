// The events of a scenario: whose realization each of them has.
#include "engine/gmf/scenario_model.hpp"

#include "engine/job/job_folder.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace oq::engine {
namespace {

class ScenarioEvents : public ::testing::Test {
protected:
  ScenarioEvents() {
    job_.ini = folder_.path() / "job.ini";
    job_.inputs["gsim_logic_tree"] = {folder_.write("gsims.xml", R"(<?xml version="1.0"?>
<nrml xmlns="http://openquake.org/xmlns/nrml/0.5"><logicTree logicTreeID="lt">
<logicTreeBranchSet uncertaintyType="gmpeModel" branchSetID="bs"
  applyToTectonicRegionType="Active Shallow Crust">
<logicTreeBranch branchID="b1"><uncertaintyModel>SadighEtAl1997</uncertaintyModel>
<uncertaintyWeight>0.4</uncertaintyWeight></logicTreeBranch>
<logicTreeBranch branchID="b2"><uncertaintyModel>AkkarBommer2010</uncertaintyModel>
<uncertaintyWeight>0.6</uncertaintyWeight></logicTreeBranch>
</logicTreeBranchSet></logicTree></nrml>)")};
    job_.parameters["rupture_dict"] = boost::json::parse(
      R"({"lon": 0, "lat": 0, "dep": 10, "mag": 6, "rake": 0, "strike": 90, "dip": 90})");
    job_.parameters["number_of_ground_motion_fields"] = 2;
    job_.maximum_distance["default"] = {{1, 200}, {10, 200}};
  }

  // The realization of every event, one vector a part.
  std::vector<std::vector<std::int32_t>> realizations(std::size_t sites) const {
    const auto model = make_scenario_model(job_,
                                           [sites](const FullLogicTree&) -> Result<ScenarioSites> {
                                             SiteCollection collection;
                                             collection.lon.assign(sites, 0.1);
                                             collection.lat.assign(sites, 0.1);
                                             collection.depth.assign(sites, 0);
                                             return ScenarioSites{collection, {}, {}};
                                           },
                                           {kPga}, {0});
    if (!model) {
      ADD_FAILURE() << model.error().text();
      return {};
    }
    std::vector<std::vector<std::int32_t>> of_parts;
    for (const ScenarioPart& part : model->parts)
      of_parts.push_back(part.realizations);
    return of_parts;
  }

  testing::JobFolder folder_;
  Job job_;
};

using Parts = std::vector<std::vector<std::int32_t>>;

TEST_F(ScenarioEvents, FollowTheNamesOfTheModelsNotTheBranches) {
  EXPECT_EQ(realizations(1), (Parts{{1, 1, 0, 0}}));
}

TEST_F(ScenarioEvents, OfManySitesTakeTurns) {
  EXPECT_EQ(realizations(11), (Parts{{1, 0}, {1, 0}}));
}

TEST_F(ScenarioEvents, CountAsManySitesAsMaxSitesDisaggAsFew) {
  job_.max_sites_disagg = 11;

  EXPECT_EQ(realizations(11), (Parts{{1, 1, 0, 0}}));
}

// Boore and Kishida (2017): RotD50 is 1.009 times the geometric mean of PGA.
TEST_F(ScenarioEvents, ModelsGiveTheGeometricMeanWhenTheJobWantsIt) {
  job_.inputs.clear();
  job_.raw.push_back({"gsim", "BooreEtAl2014", 1});
  const auto ln_mean = [&](bool geometric_mean) {
    job_.horiz_comp_to_geom_mean = geometric_mean;
    const auto model = make_scenario_model(job_,
                                           [](const FullLogicTree&) -> Result<ScenarioSites> {
                                             SiteCollection site;
                                             site.lon = site.lat = {0.1};
                                             site.depth = {0};
                                             site.vs30 = {760};
                                             site.z1pt0 = {50};
                                             return ScenarioSites{site, {}, {}};
                                           },
                                           {kPga}, {0});
    EXPECT_TRUE(model) << model.error().text();
    const auto motion = predict_motion(model->ruptures[0], model->models[0], model->distances[0],
                                       model->sites, model->motion);
    EXPECT_TRUE(motion) << motion.error().text();
    return motion->by_model_and_imt[0].ln_mean[0];
  };

  EXPECT_NEAR(ln_mean(false) - ln_mean(true), std::log(1.009), 1e-9);
}

} // namespace
} // namespace oq::engine
