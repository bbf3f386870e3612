// Ruptures of scenarios: NRML or CSV, and the surfaces that they describe.
#include "engine/gmf/scenario_ruptures.hpp"
#include "fuzz/input_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr oq::engine::MeshSpacings kCoarse{50, 50}; // km: many small meshes
  const auto text = oq::fuzz::text_of(data, size);
  const bool is_xml = oq::fuzz::is_xml(text);
  oq::engine::Job job;
  job.inputs["rupture_model"] = {
    oq::fuzz::folder().write(is_xml ? "rupture_model.xml" : "ruptures.csv", text)};
  const auto ruptures = oq::engine::read_scenario_ruptures(job);
  oq::fuzz::require_reason(ruptures);
  if (!ruptures)
    return 0;
  for (const auto& rupture : *ruptures)
    oq::fuzz::require_reason(oq::engine::make_surface(rupture.rupture.surface, kCoarse));
  return 0;
}
