// The order of the sums is that of NumPy's einsum over an array of events and one of weights.
#include "engine/gmf/average_fields.hpp"

#include "engine/base/nearest_float.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace oq::engine {
namespace {

// Rows of a table by site, in order of events.
struct RowsBySite {
  std::vector<std::size_t> rows, first; // first: a site and the end
  RowsBySite(const FieldTable& table, std::size_t sites) : rows(table.rows()), first(sites + 1, 0) {
    for (const auto site : table.site)
      ++first[static_cast<std::size_t>(site) + 1];
    for (std::size_t site = 0; site < sites; ++site)
      first[site + 1] += first[site];
    auto next = first;
    for (std::size_t row = 0; row < table.rows(); ++row)
      rows[next[static_cast<std::size_t>(table.site[row])]++] = row;
  }
  std::span<const std::size_t> of(std::size_t site) const {
    return std::span(rows).subspan(first[site], first[site + 1] - first[site]);
  }
};

float rounded(float x) {
  return static_cast<float>(nearest_float(static_cast<double>(x)));
}

// One event after the other: what the loop over several measures does to each.
float sum_in_order(std::span<const float> weights, std::span<const float> values) {
  float sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i)
    sum = rounded(sum + rounded(weights[i] * values[i]));
  return sum;
}

// A single measure goes in vectors of four lanes: blocks of four vectors from the last to the
// first, single vectors after the last whole block, lanes in pairs at the end.
float sum_in_lanes(std::span<const float> weights, std::span<const float> values) {
  constexpr std::size_t kLanes = 4, kBlock = 16;
  std::array<float, kLanes> sums{};
  const auto add = [&](std::size_t begin) {
    const std::size_t end = std::min(begin + kLanes, values.size());
    for (std::size_t i = begin; i < end; ++i)
      sums[i - begin] = rounded(rounded(weights[i] * values[i]) + sums[i - begin]);
  };
  std::size_t i = 0;
  for (; i + kBlock <= values.size(); i += kBlock)
    for (std::size_t vector = kBlock / kLanes; vector-- > 0;)
      add(i + vector * kLanes);
  for (; i < values.size(); i += kLanes)
    add(i);
  return rounded(rounded(sums[0] + sums[1]) + rounded(sums[2] + sums[3]));
}

} // namespace

// A rational minimax approximation on [sqrt(1/2), sqrt(2)], less than 3 units in the last place.
float single_precision_log(float x) {
  constexpr std::array<float, 6> kNumerator = {
    0.F,
    9.999999999999998702752e-01F,
    2.112677543073053063722e+00F,
    1.480000633576506585156e+00F,
    3.808837741388407920751e-01F,
    2.589979117907922693523e-02F,
  };
  constexpr std::array<float, 6> kDenominator = {
    1.F,
    2.612677543073109236779e+00F,
    2.453006071784736363091e+00F,
    9.864942958519418960339e-01F,
    1.546476374983906719538e-01F,
    5.875095403124574342950e-03F,
  };
  constexpr float kRootOfTwo = 1.41421356237309504880F, kLogOfTwo = 0.693147180559945309417F;
  int power = 0;
  float mantissa = 2 * std::frexp(x, &power);
  float exponent = static_cast<float>(power - 1);
  if (mantissa > kRootOfTwo) {
    mantissa *= 0.5F;
    exponent += 1;
  }
  mantissa -= 1;
  const auto polynomial = [&](const std::array<float, 6>& coefficients) {
    float sum = coefficients[5];
    for (std::size_t i = 5; i-- > 0;)
      sum = std::fma(mantissa, sum, coefficients[i]);
    return sum;
  };
  return std::fma(exponent, kLogOfTwo, rounded(polynomial(kNumerator) / polynomial(kDenominator)));
}

std::vector<float> average_computed_fields(const FieldTable& table, const FieldEvents& events,
                                           const std::vector<double>& weights,
                                           const std::vector<double>& minimum, std::size_t sites) {
  const std::size_t imts = table.imts.size(), cells = sites * imts;
  std::vector<float> average(2 * cells), weight, logs, squares;
  double total = 0;
  for (const auto realization : events.realization) {
    weight.push_back(static_cast<float>(weights[static_cast<std::size_t>(realization)]));
    total += static_cast<double>(weight.back());
  }
  const RowsBySite rows(table, sites);
  const auto sum_of_products = imts == 1 ? sum_in_lanes : sum_in_order;
  for (std::size_t site = 0; site < sites; ++site)
    for (std::size_t imt = 0; imt < imts && !rows.of(site).empty(); ++imt) {
      const auto least = static_cast<float>(minimum[imt]);
      logs.assign(events.size(), least > 0 ? single_precision_log(least) : 0.F);
      for (const std::size_t row : rows.of(site))
        logs[static_cast<std::size_t>(table.event[row])] =
          single_precision_log(std::max(table.values[row * imts + imt], least));
      squares.clear();
      for (const float log : logs)
        squares.push_back(rounded(log * log));
      const double mean = static_cast<double>(sum_of_products(weight, logs)) / total;
      const double square = static_cast<double>(sum_of_products(weight, squares)) / total;
      const std::size_t cell = site * imts + imt;
      average[cell] = static_cast<float>(std::exp(mean));
      average[cells + cell] =
        static_cast<float>(std::exp(std::sqrt(std::max(0.0, square - mean * mean))));
    }
  return average;
}

std::vector<float> average_read_fields(const FieldTable& table, std::size_t sites) {
  const std::size_t imts = table.imts.size(), cells = sites * imts;
  std::vector<float> average(2 * cells);
  const RowsBySite rows(table, sites);
  for (std::size_t site = 0; site < sites; ++site)
    for (std::size_t imt = 0; imt < imts; ++imt) {
      double sum = 0, squares = 0;
      for (const std::size_t row : rows.of(site)) {
        const float value = table.values[row * imts + imt];
        sum += static_cast<double>(value);
        squares += static_cast<double>(rounded(value * value));
      }
      const double count = static_cast<double>(std::max<std::size_t>(1, rows.of(site).size()));
      const double mean = nearest_float(sum) / count;
      const std::size_t cell = site * imts + imt;
      average[cell] = static_cast<float>(mean);
      average[cells + cell] =
        static_cast<float>(std::sqrt(std::max(0.0, nearest_float(squares) / count - mean * mean)));
    }
  return average;
}

} // namespace oq::engine
