// The registry: from a model's OpenQuake name and arguments to the model.
#pragma once

#include "engine/base/result.hpp"
#include "engine/gsim/ground_motion_model.hpp"

#include <boost/json/object.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace oq::engine {

// What a logic-tree branch names: `AkkarBommer2010`, or a TOML table `[GMPETable]` + arguments.
struct GsimSpec {
  std::string name;
  boost::json::object arguments = {};
  // Arguments ending in _file, _table or _tab are relative to it.
  std::filesystem::path base_directory = {};
  std::string where = {}; // "gsim_logic_tree.xml:12"

  friend bool operator==(const GsimSpec&, const GsimSpec&) = default;
};

// Errc::invalid_input names an unknown model (with the nearest known name) or a wrong argument.
Result<std::shared_ptr<const GroundMotionModel>> make_ground_motion_model(const GsimSpec& spec);

// Every known name, sorted.
std::vector<std::string> available_ground_motion_models();

} // namespace oq::engine
