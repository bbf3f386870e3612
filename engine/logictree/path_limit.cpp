// The option that limits full enumeration.
#include "engine/logictree/path_limit.hpp"

#include "engine/nrml/number.hpp"

#include <fmt/format.h>

namespace oq::engine {

Result<std::size_t> most_paths(const Job& job) {
  constexpr std::size_t kDefault = 15'000;
  constexpr std::int64_t kLargest = 500'000;
  const RawOption* const option = job.option("max_potential_paths");
  if (!option)
    return kDefault;
  const auto given = parse_integer(trimmed(option->value));
  if (!given || *given < 1 || *given > kLargest)
    return invalid_input(fmt::format("max_potential_paths must be between 1 and {}", kLargest),
                         job.where("max_potential_paths"));
  return static_cast<std::size_t>(*given);
}

} // namespace oq::engine
