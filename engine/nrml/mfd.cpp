// Reading of the magnitude-frequency distributions.
#include "engine/nrml/source_parts.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace oq::engine {
namespace {

constexpr double kLargestMagnitude = 11;
constexpr std::size_t kMostPoints = 1'000'000;
constexpr std::size_t kMostShared = 100; // numbers of a list that all points share

Result<void> check_magnitudes(const XmlElement& element, double lowest, double highest) {
  if (lowest < 0 || highest > kLargestMagnitude)
    return element.error("magnitudes must be between 0 and 11");
  return {};
}

Result<void> check_rates(const XmlElement& list, const std::vector<double>& rates) {
  if (std::ranges::any_of(rates, [](double rate) {
        return rate < 0;
      }))
    return list.error("an occurrence rate is negative");
  if (std::ranges::all_of(rates, [](double rate) {
        return rate == 0;
      }))
    return list.error("all occurrence rates are 0");
  return {};
}

Result<std::vector<double>> read_rates(const XmlElement& element) {
  OQ_TRY(const XmlElement list, element.require_child("occurRates"));
  OQ_TRY(auto rates, list.numbers());
  OQ_CHECK(check_rates(list, rates));
  return rates;
}

Result<void> check_richter(const XmlElement& element, const TruncatedGutenbergRichter& mfd) {
  if (mfd.b_value <= 0)
    return element.error("bValue must be above 0");
  if (mfd.min_mag >= mfd.max_mag)
    return element.error("minMag must be below maxMag");
  return check_magnitudes(element, mfd.min_mag, mfd.max_mag);
}

Result<Mfd> read_gutenberg_richter(const XmlElement& element) {
  TruncatedGutenbergRichter mfd;
  if (element.attribute("slipRate")) {
    OQ_TRY(mfd.slip_rate, element.number_attribute("slipRate"));
    OQ_TRY(mfd.rigidity, element.number_attribute("rigidity"));
    if (mfd.slip_rate <= 0 || mfd.rigidity <= 0)
      return element.error("slipRate and rigidity must be above 0");
  } else {
    OQ_TRY(mfd.a_value, element.number_attribute("aValue"));
  }
  OQ_TRY(mfd.b_value, element.number_attribute("bValue"));
  OQ_TRY(mfd.min_mag, element.number_attribute("minMag"));
  OQ_TRY(mfd.max_mag, element.number_attribute("maxMag"));
  OQ_CHECK(check_richter(element, mfd));
  return Mfd(mfd);
}

Result<Mfd> read_incremental(const XmlElement& element) {
  IncrementalMfd mfd;
  OQ_TRY(mfd.min_mag, element.number_attribute("minMag"));
  OQ_TRY(mfd.bin_width, element.number_attribute("binWidth"));
  OQ_TRY(mfd.rates, read_rates(element));
  if (mfd.bin_width <= 0)
    return element.error("binWidth must be above 0");
  const double last = mfd.min_mag + mfd.bin_width * static_cast<double>(mfd.rates.size() - 1);
  OQ_CHECK(check_magnitudes(element, mfd.min_mag, last));
  return Mfd(std::move(mfd));
}

Result<Mfd> read_arbitrary(const XmlElement& element) {
  ArbitraryMfd mfd;
  OQ_TRY(mfd.rates, read_rates(element));
  OQ_TRY(const XmlElement magnitudes, element.require_child("magnitudes"));
  OQ_TRY(mfd.magnitudes, magnitudes.numbers());
  if (mfd.magnitudes.size() != mfd.rates.size())
    return element.error("there are " + std::to_string(mfd.magnitudes.size()) + " magnitudes and "
                         + std::to_string(mfd.rates.size()) + " rates");
  for (const double magnitude : mfd.magnitudes)
    OQ_CHECK(check_magnitudes(magnitudes, magnitude, magnitude));
  return Mfd(std::move(mfd));
}

Result<Mfd> read_youngs_coppersmith(const XmlElement& element) {
  YoungsCoppersmith mfd;
  OQ_TRY(mfd.min_mag, element.number_attribute("minMag"));
  OQ_TRY(mfd.b_value, element.number_attribute("bValue"));
  OQ_TRY(mfd.char_mag, element.number_attribute("characteristicMag"));
  OQ_TRY(mfd.bin_width, element.number_attribute("binWidth"));
  const bool has_moment = element.attribute("totalMomentRate").has_value();
  OQ_TRY(const double amount,
         element.number_attribute(has_moment ? "totalMomentRate" : "characteristicRate"));
  (has_moment ? mfd.total_moment_rate : mfd.char_rate) = amount;
  if (mfd.b_value <= 0 || mfd.bin_width <= 0 || amount <= 0)
    return element.error("bValue, binWidth and the rate must be above 0");
  if (mfd.min_mag >= mfd.char_mag - 0.25)
    return element.error("minMag must be below the characteristic magnitudes, which begin at "
                         "characteristicMag - 0.25");
  OQ_CHECK(check_magnitudes(element, mfd.min_mag, mfd.char_mag));
  return Mfd(mfd);
}

Result<Mfd> read_tapered(const XmlElement& element) {
  TaperedGutenbergRichter mfd;
  OQ_TRY(mfd.a_value, element.number_attribute("aValue"));
  OQ_TRY(mfd.b_value, element.number_attribute("bValue"));
  OQ_TRY(mfd.min_mag, element.number_attribute("minMag"));
  OQ_TRY(mfd.max_mag, element.number_attribute("maxMag"));
  OQ_TRY(mfd.corner_mag, element.number_attribute("cornerMag"));
  OQ_CHECK(check_richter(element, {mfd.a_value, mfd.b_value, mfd.min_mag, mfd.max_mag}));
  OQ_CHECK(check_magnitudes(element, mfd.corner_mag, mfd.corner_mag));
  return Mfd(mfd);
}

// One list of a multiMFD: a value a point, or one for all.
class PointValues {
public:
  static Result<PointValues> read(const XmlElement& multi, const char* name, std::size_t points) {
    OQ_TRY(const XmlElement list, multi.require_child(name));
    PointValues values;
    OQ_TRY(values.values_, list.numbers());
    if (values.values_.size() != 1 && values.values_.size() != points)
      return list.error("there are " + std::to_string(values.values_.size()) + " values for "
                        + std::to_string(points) + " points");
    return values;
  }
  double operator[](std::size_t point) const {
    return values_.size() == 1 ? values_.front() : values_[point];
  }

private:
  std::vector<double> values_;
};

// The numbers of `name` cut into one list a point, by the lengths given, or equal ones.
Result<std::vector<std::vector<double>>> read_lists(const XmlElement& multi, const char* name,
                                                    std::size_t points) {
  OQ_TRY(const XmlElement element, multi.require_child(name));
  OQ_TRY(const auto numbers, element.numbers());
  std::vector<std::vector<double>> lists;
  if (!multi.child("lengths")) {
    // Without lengths the lists are equally long, or there is one for all points.
    const std::size_t each = numbers.size() % points == 0 ? numbers.size() / points : 0;
    if (!each && numbers.size() > kMostShared)
      return element.error("<" + std::string(name) + "> is too long to be shared by all points");
    for (std::size_t point = 0; point < points; ++point)
      lists.emplace_back(numbers.begin() + each * point,
                         each ? numbers.begin() + each * (point + 1) : numbers.end());
    return lists;
  }
  OQ_TRY(const auto lengths, PointValues::read(multi, "lengths", points));
  double needed = 0;
  for (std::size_t point = 0; point < points; ++point) {
    if (!(lengths[point] >= 1 && lengths[point] == std::floor(lengths[point])))
      return element.error("a length in <lengths> is not a whole number above 0");
    needed += lengths[point];
  }
  const bool for_all = points > 1 && static_cast<double>(numbers.size()) == lengths[0]
                       && numbers.size() <= kMostShared;
  if (!for_all && needed != static_cast<double>(numbers.size()))
    return element.error("<" + std::string(name)
                         + "> does not have as many numbers as the lengths "
                           "say");
  auto next = numbers.begin();
  for (std::size_t point = 0; point < points; ++point) {
    const auto length = static_cast<std::ptrdiff_t>(lengths[for_all ? 0 : point]);
    lists.emplace_back(next, next + length);
    if (!for_all)
      next += length;
  }
  return lists;
}

Result<MultiMfd> read_multi_richter(const XmlElement& element, std::size_t points) {
  OQ_TRY(const auto a, PointValues::read(element, "a_val", points));
  OQ_TRY(const auto b, PointValues::read(element, "b_val", points));
  OQ_TRY(const auto low, PointValues::read(element, "min_mag", points));
  OQ_TRY(const auto high, PointValues::read(element, "max_mag", points));
  std::optional<PointValues> width;
  if (element.child("bin_width")) {
    OQ_TRY(width, PointValues::read(element, "bin_width", points));
  }
  MultiMfd multi;
  for (std::size_t i = 0; i < points; ++i) {
    TruncatedGutenbergRichter mfd{a[i], b[i], low[i], high[i]};
    mfd.bin_width = width ? (*width)[i] : 0.0;
    OQ_CHECK(check_richter(element, mfd));
    multi.of_points.emplace_back(mfd);
  }
  return multi;
}

Result<MultiMfd> read_multi_incremental(const XmlElement& element, std::size_t points) {
  OQ_TRY(const auto low, PointValues::read(element, "min_mag", points));
  std::optional<PointValues> width;
  if (element.child("bin_width")) {
    OQ_TRY(width, PointValues::read(element, "bin_width", points));
  }
  OQ_TRY(auto rates, read_lists(element, "occurRates", points));
  MultiMfd multi;
  for (std::size_t i = 0; i < points; ++i) {
    OQ_CHECK(check_rates(element, rates[i]));
    const double own = width ? (*width)[i] : 0.0;
    if (width && !(own > 0))
      return element.error("a bin_width is not positive");
    OQ_CHECK(
      check_magnitudes(element, low[i], low[i] + own * static_cast<double>(rates[i].size())));
    multi.of_points.emplace_back(IncrementalMfd{low[i], own, std::move(rates[i])});
  }
  return multi;
}

Result<MultiMfd> read_multi_arbitrary(const XmlElement& element, std::size_t points) {
  OQ_TRY(auto rates, read_lists(element, "occurRates", points));
  OQ_TRY(auto magnitudes, read_lists(element, "magnitudes", points));
  MultiMfd multi;
  for (std::size_t i = 0; i < points; ++i) {
    OQ_CHECK(check_rates(element, rates[i]));
    if (magnitudes[i].size() != rates[i].size())
      return element.error("a point has another number of magnitudes than of rates");
    for (const double magnitude : magnitudes[i])
      OQ_CHECK(check_magnitudes(element, magnitude, magnitude));
    multi.of_points.emplace_back(ArbitraryMfd{std::move(magnitudes[i]), std::move(rates[i])});
  }
  return multi;
}

Result<Mfd> read_multi(const XmlElement& element) {
  OQ_TRY(const std::string kind, element.require_attribute("kind"));
  OQ_TRY(const double size, element.number_attribute("size", 1));
  if (!(size >= 1 && size <= static_cast<double>(kMostPoints)))
    return element.error("size must be between 1 and a million");
  const auto points = static_cast<std::size_t>(size);
  const auto wrapped = [](Result<MultiMfd> multi) -> Result<Mfd> {
    if (!multi)
      return multi.error();
    return Mfd(*std::move(multi));
  };
  if (kind == "truncGutenbergRichterMFD")
    return wrapped(read_multi_richter(element, points));
  if (kind == "incrementalMFD")
    return wrapped(read_multi_incremental(element, points));
  if (kind == "arbitraryMFD")
    return wrapped(read_multi_arbitrary(element, points));
  return element.error("a multiMFD of kind " + in_quotes(kind) + " is not supported");
}

struct MfdKind {
  std::string_view element;
  Result<Mfd> (*read)(const XmlElement&);
};
constexpr MfdKind kKinds[] = {
  {"truncGutenbergRichterMFD", read_gutenberg_richter},
  {"incrementalMFD", read_incremental},
  {"arbitraryMFD", read_arbitrary},
  {"YoungsCoppersmithMFD", read_youngs_coppersmith},
  {"taperedGutenbergRichterMFD", read_tapered},
  {"multiMFD", read_multi},
};

} // namespace

Result<Mfd> read_mfd(const XmlElement& source) {
  for (const XmlElement& child : source.children()) {
    const auto* kind = std::ranges::find(kKinds, child.name(), &MfdKind::element);
    if (kind != std::end(kKinds))
      return kind->read(child);
    if (child.name().ends_with("MFD"))
      return child.error("<" + std::string(child.name())
                         + "> is not a magnitude-frequency distribution");
  }
  return source.error("<" + std::string(source.name())
                      + "> has no magnitude-frequency distribution");
}

} // namespace oq::engine
