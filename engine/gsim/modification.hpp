// Modification: one named change of a ModifiableGMPE (engine notes, ModifiableGMPE).
#pragma once

#include "engine/gsim/published_model.hpp"

#include <boost/json/object.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace oq::engine {

// Acts on the values that the changes before it left. `out` has every span.
struct Modification {
  std::uint64_t needs = 0;
  bool needs_parts = false;      // the inner model must have a between-event deviation
  bool gives_parts = false;      // after it, the model has the deviations' parts
  std::optional<double> at_vs30; // the inner model is evaluated for this vs30, m/s
  std::function<bool(const Imt&)> supports = {}; // empty: every IMT
  std::function<void(const Imt&, const PairBatch&, const GroundMotion& out)> apply;
};

// Errc::invalid_input for an unknown key or wrong arguments; the error has no place.
Result<Modification> make_modification(const std::string& key,
                                       const boost::json::object& arguments);

// The changes that need more than a line, each by its file.
Result<Modification> alatik_2015_deviations(const boost::json::object& arguments);
Modification swiss_amplification();
Modification swiss_amplification_sa();

} // namespace oq::engine
