// The inputs that hazard can come from.
#include "engine/job/own_hazard.hpp"

#include <algorithm>

namespace oq::engine {

bool has_own_hazard(const Job& job) {
  constexpr const char* kInputs[] = {"source_model_logic_tree", "source_model", "rupture_model",
                                     "gmfs", "hazard_curves"};
  return job.parameters.contains("rupture_dict")
         || std::ranges::any_of(kInputs, [&](const char* input) {
              return job.inputs.contains(input);
            });
}

} // namespace oq::engine
