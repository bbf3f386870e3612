// Fragility models in NRML.
#include "engine/risk/fragility.hpp"
#include "fuzz/input_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const oq::engine::RiskFile file{"structural_fragility", "", "fuzz.xml",
                                  std::string(oq::fuzz::text_of(data, size))};
  const auto model = oq::engine::read_fragility_model(file, "structural");
  oq::fuzz::require_reason(model);
  if (!model)
    return 0;
  for (const auto& function : model->functions)
    for (std::size_t state = 0; state < function.state_count(); ++state)
      for (const double intensity : {0.0, 0.1, 1e3}) {
        const double poe = function.exceedance(state, intensity);
        oq::fuzz::require(poe >= 0 && poe <= 1, "an exceedance is a probability");
      }
  return 0;
}
