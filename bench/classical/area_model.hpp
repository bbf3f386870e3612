// area_model: a classical calculation of the size of OpenQuake's area-source demo, made in code.
#pragma once

#include "engine/geo/site_collection.hpp"
#include "engine/job/job.hpp"
#include "engine/logictree/logic_tree.hpp"

namespace oq::bench {

struct AreaModel {
  engine::Job job;
  engine::FullLogicTree tree;
  engine::SiteCollection sites;
};

// About 600 sites, 50 area points x 8 magnitudes, one model, 8 IMTs x 45 levels.
Result<AreaModel> make_area_model();

} // namespace oq::bench
