// Disaggregation: edges from the job, shares of one motion.
#include "engine/hazard/disaggregation.hpp"

#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

constexpr double kMostCells = 1e6;
constexpr double kMostEdges = kMostCells + 2; // more are too many whatever the other axes

// Equal bins around two values; an edge on the greatest opens one more.
std::vector<double> magnitude_edges(double width, double least, double greatest) {
  const double first = std::floor(least / width);
  double last = std::ceil(greatest / width);
  if (last == first || last * width <= greatest)
    last += 1;
  std::vector<double> edges;
  for (double i = first; i <= std::min(last, first + kMostEdges); ++i)
    edges.push_back(i * width);
  return edges;
}

double farthest(const Job& job) {
  double km = 0;
  for (const auto& [region, points] : job.maximum_distance)
    for (const auto& [magnitude, distance] : points)
      km = std::max(km, distance);
  return km;
}

std::vector<double> distance_edges(const Job& job) {
  const double most = farthest(job);
  const auto given = job.parameters.find("distance_bin_width");
  if (given == job.parameters.end())
    return {0, most};
  const double width = given->value().to_number<double>();
  std::vector<double> edges{0};
  const double bins = std::min(std::ceil(most / width), kMostEdges);
  for (double i = 1; i <= bins; ++i)
    edges.push_back(i * width);
  return edges;
}

std::vector<double> epsilon_edges(double bins, double truncation) {
  std::vector<double> edges;
  bins = std::clamp(bins, 1.0, kMostEdges);
  for (double i = 0; i <= bins; ++i)
    edges.push_back(-truncation + 2 * truncation * i / bins);
  return edges;
}

double number_of(const Job& job, const char* option, double otherwise) {
  const auto given = job.parameters.find(option);
  return given == job.parameters.end() ? otherwise : given->value().to_number<double>();
}

// Of disagg_bin_edges, when it has the axis.
Result<void> take_given(const Job& job, const char* axis, std::vector<double>& edges) {
  const auto all = job.parameters.find("disagg_bin_edges");
  if (all == job.parameters.end() || !all->value().is_object())
    return {};
  const auto* const given = all->value().as_object().if_contains(axis);
  if (!given)
    return {};
  std::vector<double> numbers;
  bool good = given->is_array();
  if (good) {
    for (const auto& edge : given->as_array()) {
      good = good && edge.is_number();
      if (good)
        numbers.push_back(edge.to_number<double>());
    }
  }
  if (!good || numbers.size() < 2 || !std::ranges::is_sorted(numbers, std::less_equal<>()))
    return invalid_input(fmt::format("{}: not two or more ascending numbers", axis),
                         job.where("disagg_bin_edges"));
  edges = std::move(numbers);
  return {};
}

// Of a value on an edge the bin above it; beyond the outermost edges the outermost bin.
std::size_t bin_of(const std::vector<double>& edges, double value) {
  const auto above = std::upper_bound(edges.begin() + 1, edges.end() - 1, value);
  return static_cast<std::size_t>(above - edges.begin()) - 1;
}

// Of a value on an edge the bin below it.
std::size_t lower_bin_of(const std::vector<double>& edges, double value) {
  const auto above = std::lower_bound(edges.begin() + 1, edges.end() - 1, value);
  return static_cast<std::size_t>(above - edges.begin()) - 1;
}

} // namespace

Result<DisaggregationBins> disaggregation_bins(const Job& job, double least_magnitude,
                                               double greatest_magnitude) {
  DisaggregationBins bins{
    magnitude_edges(number_of(job, "mag_bin_width", 1), least_magnitude, greatest_magnitude),
    distance_edges(job),
    epsilon_edges(number_of(job, "num_epsilon_bins", 1), job.truncation_level)};
  OQ_CHECK(take_given(job, "mag", bins.magnitude));
  OQ_CHECK(take_given(job, "dist", bins.distance));
  OQ_CHECK(take_given(job, "eps", bins.epsilon));
  if (static_cast<double>(bins.cells()) > kMostCells)
    return invalid_input(fmt::format("{} cells are too many to disaggregate into", bins.cells()),
                         job.where("mag_bin_width"));
  return bins;
}

DisaggregationKernel::DisaggregationKernel(DisaggregationBins bins, std::vector<double> levels,
                                           std::size_t imts, TruncatedNormal normal, bool star)
  : bins_(std::move(bins)), levels_(std::move(levels)), imts_(imts), normal_(std::move(normal)),
    star_(star) {}

void DisaggregationKernel::add_probabilities(const Pair& pair, std::size_t imt, double weight,
                                             std::span<double> out) const {
  const double z = (levels_[pair.site * imts_ + imt] - pair.ln_mean) / pair.sigma;
  const double all = normal_.survival(z);
  if (all <= 0)
    return;
  const std::size_t epsilons = bins_.epsilon.size() - 1;
  const std::size_t row =
    lower_bin_of(bins_.magnitude, pair.magnitude) * (bins_.distance.size() - 1)
    + bin_of(bins_.distance, pair.rrup);
  double* const cells = out.data() + row * epsilons;
  const std::size_t reached = bin_of(bins_.epsilon, z);
  double above = 0; // exceedances with an epsilon of the bins above
  for (std::size_t i = epsilons; !star_ && i-- > reached + 1;) {
    const double band = normal_.survival(bins_.epsilon[i]) - normal_.survival(bins_.epsilon[i + 1]);
    cells[i] += weight * band;
    above += band;
  }
  cells[reached] += weight * (all - above);
}

} // namespace oq::engine
