// Mfd: bins of the magnitude-frequency distributions.
#include "engine/source/mfd.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace oq::engine {

namespace {

// More bins than this come from a slip in the bin width.
constexpr double kMostBins = 10000;

double round_half_away(double x) {
  return std::trunc(x + std::copysign(0.5, x));
}

// Centres of bins of one width from `low` to `high`, both multiples of the width's half.
Result<std::vector<double>> centres(double low, double high, double width) {
  const double count = round_half_away((high - low) / width) + 1;
  if (!(count <= kMostBins))
    return invalid_input(fmt::format("width_of_mfd_bin = {} makes too many bins", width));
  std::vector<double> magnitudes;
  double magnitude = low; // repeated addition: the last digits decide what lies within a distance
  for (int i = 0; i < static_cast<int>(count); ++i, magnitude += width)
    magnitudes.push_back(magnitude);
  return magnitudes;
}

// As `centres`, between magnitudes that are edges of bins when they differ.
Result<std::vector<double>> centres_between(double min_mag, double max_mag, double width) {
  double low = round_half_away(min_mag / width) * width;
  double high = round_half_away(max_mag / width) * width;
  if (low != high) {
    low += width / 2.0;
    high -= width / 2.0;
  }
  return centres(low, high, width);
}

// Occurrences a year in the bin around a magnitude.
double gutenberg_richter_rate(double a_value, double b_value, double magnitude, double width) {
  return std::pow(10.0, a_value - b_value * (magnitude - width / 2.0))
         - std::pow(10.0, a_value - b_value * (magnitude + width / 2.0));
}

Result<std::vector<MagnitudeRate>> bins_of(const TruncatedGutenbergRichter& mfd, double width) {
  if (mfd.bin_width > 0)
    width = mfd.bin_width;
  if (!(width > 0))
    return invalid_input("width_of_mfd_bin must be positive for a Gutenberg-Richter distribution");
  if (!(mfd.min_mag <= mfd.max_mag) || !(mfd.b_value > 0) || !std::isfinite(mfd.a_value))
    return invalid_input(
      fmt::format("impossible Gutenberg-Richter distribution: a = {}, b = {}, magnitudes {} to {}",
                  mfd.a_value, mfd.b_value, mfd.min_mag, mfd.max_mag));
  OQ_TRY(const std::vector<double> magnitudes, centres_between(mfd.min_mag, mfd.max_mag, width));
  std::vector<MagnitudeRate> bins;
  for (const double magnitude : magnitudes)
    bins.push_back({magnitude, gutenberg_richter_rate(mfd.a_value, mfd.b_value, magnitude, width)});
  return bins;
}

Result<std::vector<MagnitudeRate>> bins_of(const IncrementalMfd& mfd, double width) {
  if (mfd.bin_width > 0)
    width = mfd.bin_width;
  if (!(width > 0) || mfd.rates.empty())
    return invalid_input("an incremental distribution needs rates and a positive bin width, its "
                         "own or width_of_mfd_bin");
  std::vector<MagnitudeRate> bins;
  for (std::size_t i = 0; i < mfd.rates.size(); ++i)
    bins.push_back({mfd.min_mag + static_cast<double>(i) * width, mfd.rates[i]});
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

// Youngs & Coppersmith (1985): the characteristic magnitudes lie within a quarter, and their rate
// equals that of the exponential part one unit below them.
constexpr double kCharacteristicHalfWidth = 0.25, kCharacteristicWidth = 0.5;
constexpr double kBelowCharacteristic = 1.25; // char_mag - 0.25 - 1

// a' of the density 10^(a' - b m) of the exponential part.
double density_a_value(const YoungsCoppersmith& mfd, double char_rate) {
  return std::log10(char_rate / kCharacteristicWidth)
         + mfd.b_value * (mfd.char_mag - kBelowCharacteristic);
}

double seismic_moment(double magnitude) {
  return std::pow(10.0, 1.5 * magnitude + 9.05);
}

Result<std::vector<MagnitudeRate>> bins_of(const YoungsCoppersmith& mfd, double) {
  if (!(mfd.bin_width > 0) || !(mfd.b_value > 0)
      || !(mfd.min_mag < mfd.char_mag - kCharacteristicHalfWidth))
    return invalid_input(fmt::format(
      "impossible characteristic distribution: b = {}, bin width {}, magnitudes {} and {}",
      mfd.b_value, mfd.bin_width, mfd.min_mag, mfd.char_mag));
  const double char_rate = mfd.char_rate.value_or(1.0);
  if (!(char_rate > 0) || !std::isfinite(char_rate))
    return invalid_input(fmt::format("impossible characteristic rate {}", char_rate));
  const double width = mfd.bin_width;
  OQ_TRY(const std::vector<double> magnitudes,
         centres_between(mfd.min_mag, mfd.char_mag + kCharacteristicHalfWidth, width));
  // The cumulative a-value of the exponential part.
  const double a_value =
    density_a_value(mfd, char_rate) - std::log10(mfd.b_value * std::numbers::ln10);
  std::vector<MagnitudeRate> bins;
  for (const double magnitude : magnitudes) {
    const bool exponential = magnitude < mfd.char_mag - kCharacteristicHalfWidth;
    bins.push_back({magnitude, exponential
                                 ? gutenberg_richter_rate(a_value, mfd.b_value, magnitude, width)
                                 : char_rate / kCharacteristicWidth * width});
  }
  if (!mfd.total_moment_rate)
    return bins;
  double moment = 0;
  for (const MagnitudeRate& bin : bins)
    moment += bin.rate * seismic_moment(bin.magnitude);
  for (MagnitudeRate& bin : bins)
    bin.rate *= *mfd.total_moment_rate / moment;
  return bins;
}

// Fraction of earthquakes above a moment under the taper (Kagan 2002), from magnitude 4 on.
double tapered_fraction(double magnitude, double corner_mag, double b_value) {
  constexpr double kLeastMagnitude = 4.0;
  const double least = seismic_moment(kLeastMagnitude), moment = seismic_moment(magnitude);
  return std::pow(least / moment, 2.0 / 3.0 * b_value)
         * std::exp((least - moment) / seismic_moment(corner_mag));
}

Result<std::vector<MagnitudeRate>> bins_of(const TaperedGutenbergRichter& mfd, double width) {
  constexpr double kNoCorner = 9.05; // a corner so large that nothing is tapered
  OQ_TRY(
    std::vector<MagnitudeRate> bins,
    bins_of(TruncatedGutenbergRichter{mfd.a_value, mfd.b_value, mfd.min_mag, mfd.max_mag}, width));
  const auto share = [&](double magnitude, double corner) {
    return tapered_fraction(magnitude - width / 2.0, corner, mfd.b_value)
           - tapered_fraction(magnitude + width / 2.0, corner, mfd.b_value);
  };
  for (MagnitudeRate& bin : bins)
    bin.rate *= share(bin.magnitude, mfd.corner_mag) / share(bin.magnitude, kNoCorner);
  return bins;
}

Result<std::vector<MagnitudeRate>> bins_of(const MultiMfd&, double) {
  return invalid_input("a distribution of many points does not fit a source of one");
}

} // namespace

Mfd as_mfd(const SingleMfd& mfd) {
  return std::visit(
    [](const auto& given) -> Mfd {
      return given;
    },
    mfd);
}

double a_value_of_slip(const TruncatedGutenbergRichter& mfd, double area) {
  constexpr double kMomentConstant = 9.1, kMomentExponent = 1.5;
  const double moment_rate = mfd.slip_rate * 1e-3 * (mfd.rigidity * 1e9) * (area * 1e6); // N m
  const double beta = mfd.b_value * std::numbers::ln10, taper = std::exp(-beta * mfd.max_mag);
  return std::log10(
    moment_rate * (kMomentExponent - mfd.b_value) * (1.0 - taper)
    / (mfd.b_value * std::pow(10.0, kMomentExponent * mfd.max_mag + kMomentConstant) * taper));
}

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
