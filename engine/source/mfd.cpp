// Mfd: bins of the magnitude-frequency distributions.
#include "engine/source/mfd.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

// More bins than this come from a slip in the bin width.
constexpr double kMostBins = 10000;

double round_half_away(double x) {
  return std::trunc(x + std::copysign(0.5, x));
}

Result<std::vector<MagnitudeRate>> bins_of(const TruncatedGutenbergRichter& mfd, double width) {
  if (!(width > 0))
    return invalid_input("width_of_mfd_bin must be positive for a Gutenberg-Richter distribution");
  if (!(mfd.min_mag <= mfd.max_mag) || !(mfd.b_value > 0) || !std::isfinite(mfd.a_value))
    return invalid_input(
      fmt::format("impossible Gutenberg-Richter distribution: a = {}, b = {}, magnitudes {} to {}",
                  mfd.a_value, mfd.b_value, mfd.min_mag, mfd.max_mag));
  double low = round_half_away(mfd.min_mag / width) * width;
  double high = round_half_away(mfd.max_mag / width) * width;
  if (low != high) {
    low += width / 2.0;
    high -= width / 2.0;
  }
  const double count = round_half_away((high - low) / width) + 1;
  if (!(count <= kMostBins))
    return invalid_input(fmt::format("width_of_mfd_bin = {} makes too many bins", width));
  std::vector<MagnitudeRate> bins;
  double magnitude = low; // repeated addition: the last digits decide what lies within a distance
  for (int i = 0; i < static_cast<int>(count); ++i, magnitude += width) {
    const double above_low = std::pow(10.0, mfd.a_value - mfd.b_value * (magnitude - width / 2.0));
    const double above_high = std::pow(10.0, mfd.a_value - mfd.b_value * (magnitude + width / 2.0));
    bins.push_back({magnitude, above_low - above_high});
  }
  return bins;
}

Result<std::vector<MagnitudeRate>> bins_of(const IncrementalMfd& mfd, double) {
  if (!(mfd.bin_width > 0) || mfd.rates.empty())
    return invalid_input("an incremental distribution needs a positive bin width and rates");
  std::vector<MagnitudeRate> bins;
  for (std::size_t i = 0; i < mfd.rates.size(); ++i)
    bins.push_back({mfd.min_mag + static_cast<double>(i) * mfd.bin_width, mfd.rates[i]});
  return bins;
}

Result<std::vector<MagnitudeRate>> bins_of(const ArbitraryMfd& mfd, double) {
  if (mfd.magnitudes.empty() || mfd.magnitudes.size() != mfd.rates.size())
    return invalid_input("an arbitrary distribution needs as many rates as magnitudes");
  std::vector<MagnitudeRate> bins;
  for (std::size_t i = 0; i < mfd.rates.size(); ++i)
    bins.push_back({mfd.magnitudes[i], mfd.rates[i]});
  return bins;
}

} // namespace

Result<std::vector<MagnitudeRate>> discretize(const Mfd& mfd, double bin_width) {
  OQ_TRY(std::vector<MagnitudeRate> bins, std::visit(
                                            [&](const auto& given) {
                                              return bins_of(given, bin_width);
                                            },
                                            mfd));
  for (const MagnitudeRate& bin : bins)
    if (!std::isfinite(bin.magnitude) || !std::isfinite(bin.rate) || bin.rate < 0)
      return invalid_input(
        fmt::format("impossible occurrence rate {} of magnitude {}", bin.rate, bin.magnitude));
  std::erase_if(bins, [](const MagnitudeRate& bin) {
    return bin.rate == 0;
  });
  std::stable_sort(bins.begin(), bins.end(), [](const MagnitudeRate& a, const MagnitudeRate& b) {
    return a.magnitude < b.magnitude;
  });
  return bins;
}

} // namespace oq::engine
