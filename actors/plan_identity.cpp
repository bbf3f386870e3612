// Which calculation it is, its tiles and the weights of all its tasks, in one number.
#include "actors/plan_identity.hpp"

#include "store/checksum.hpp"

#include <array>
#include <vector>

namespace oq::actors {

std::uint64_t plan_fingerprint(const store::CalculationRecord& record,
                               const engine::Calculator& plan) {
  std::vector<double> weights(plan.task_count());
  for (std::size_t task = 0; task < weights.size(); ++task)
    weights[task] = plan.task_weight(task);
  const std::array<std::int64_t, 3> ids{record.id, record.hazard_calculation_id.value_or(-1),
                                        static_cast<std::int64_t>(plan.tiles())};
  return store::checksum_of(weights, store::checksum_of(ids, store::checksum(record.ini)));
}

} // namespace oq::actors
