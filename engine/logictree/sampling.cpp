// Sampling of logic trees: its options and its uniforms.
#include "engine/logictree/sampling.hpp"

#include "engine/nrml/number.hpp"
#include "engine/random/mersenne_twister.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace oq::engine {

Result<SamplingMethod> sampling_method(const Job& job) {
  // The ground-motion tree takes the seed that follows.
  constexpr std::int64_t kLargestSeed = 0xffffffff - std::int64_t{1};
  if (job.random_seed < 0 || job.random_seed > kLargestSeed)
    return invalid_input(fmt::format("random_seed must be between 0 and {}", kLargestSeed),
                         job.where("random_seed"));
  for (const bool latin : {false, true})
    for (const Draw draw : {Draw::by_weight, Draw::equally})
      if (job.sampling_method
          == fmt::format("{}_{}", draw == Draw::by_weight ? "early" : "late",
                         latin ? "latin" : "weights"))
        return SamplingMethod{draw, latin};
  return invalid_input(
    fmt::format("unknown sampling_method {}; known: early_weights, late_weights, early_latin, "
                "late_latin",
                in_quotes(job.sampling_method)),
    job.where("sampling_method"));
}

SampleMatrix::SampleMatrix(std::uint32_t seed, std::size_t rows, std::size_t columns, bool latin)
  : rows_(rows), columns_(columns), values_(rows * columns) {
  MersenneTwister generator(seed);
  for (double& value : values_)
    value = generator.next_double();
  for (std::size_t column = 0; latin && column < columns_; ++column)
    spread(column);
}

void SampleMatrix::spread(std::size_t column) {
  const auto value = [&](std::size_t row) -> double& {
    return values_[row * columns_ + column];
  };
  std::vector<std::size_t> sorted(rows_);
  std::iota(sorted.begin(), sorted.end(), std::size_t{0});
  std::ranges::stable_sort(sorted, {}, value);
  for (std::size_t row = 0; row < rows_; ++row)
    value(row) = (static_cast<double>(sorted[row]) + value(row)) / static_cast<double>(rows_);
}

} // namespace oq::engine
