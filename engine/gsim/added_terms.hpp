// Site and basin terms that subduction models of the US national maps may be given.
#pragma once

#include "engine/gsim/arguments.hpp"
#include "engine/gsim/ground_motion_model.hpp"

#include <memory>

namespace oq::engine {

struct AddedTerms {
  bool cb14_basin = false; // Campbell and Bozorgnia (2014), equation 20
  bool m9_basin = false;   // Moschetti et al. (2024): replaces the other at depth and long periods
  bool ba08_site = false;  // Boore and Atkinson (2008)
};

// The arguments cb14_basin_term and m9_basin_term.
AddedTerms read_added_basin_terms(Arguments& arguments);

// `model` itself when nothing is added.
std::shared_ptr<const GroundMotionModel>
with_added_terms(std::shared_ptr<const GroundMotionModel> model, const AddedTerms& terms);

} // namespace oq::engine
