// The models inside others.
#include "engine/gsim/wrapped_model.hpp"

namespace oq::engine {

Result<InnerModel> make_named_inner(const GsimSpec& spec) {
  const auto* name = spec.arguments.if_contains("gmpe_name");
  if (!name || !name->is_string())
    return invalid_input(spec.name + " needs gmpe_name, the name of the model that it changes",
                         spec.where);
  boost::json::object arguments;
  for (const auto& [key, value] : spec.arguments)
    if (key != "gmpe_name")
      arguments[key] = value;
  return make_inner(spec, std::string(name->get_string()), arguments);
}

Result<InnerModel> make_inner(const GsimSpec& outer, std::string name,
                              const boost::json::value& arguments) {
  if (!arguments.is_object())
    return invalid_input(outer.name + ": the arguments of " + name.substr(0, 80)
                           + " must be key = value",
                         outer.where);
  GsimSpec inner{std::move(name), arguments.get_object(), outer.base_directory, outer.where};
  OQ_TRY(std::shared_ptr<const GroundMotionModel> model, make_ground_motion_model(inner));
  return InnerModel{std::move(inner.name), std::move(model)};
}

const std::string& where_of(const GsimSpec& spec) {
  return spec.where;
}

} // namespace oq::engine
