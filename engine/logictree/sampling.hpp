// SampleMatrix: the uniforms that sampled logic-tree paths are drawn with.
#pragma once

#include "engine/job/job.hpp"
#include "engine/logictree/branch_tree.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace oq::engine {

struct SamplingMethod {
  Draw draw = Draw::by_weight;
  bool latin = false; // a Latin hypercube: each column has one value in each of S equal parts
};

// `sampling_method`: early_weights, late_weights, early_latin or late_latin. Errors name the
// option, also of a `random_seed` that the generator has no room for.
Result<SamplingMethod> sampling_method(const Job& job);

// A row a sample, a column a branch set.
class SampleMatrix {
public:
  // Row by row from the Mersenne Twister; a Latin column becomes (rank + u) / rows, where the ranks
  // are the places that its values take when sorted (NumPy's argsort).
  SampleMatrix(std::uint32_t seed, std::size_t rows, std::size_t columns, bool latin);

  std::size_t rows() const noexcept { return rows_; }
  std::span<const double> row(std::size_t index) const {
    return std::span(values_).subspan(index * columns_, columns_);
  }

private:
  void spread(std::size_t column);

  std::size_t rows_, columns_;
  std::vector<double> values_;
};

} // namespace oq::engine
