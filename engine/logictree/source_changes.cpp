// Changes of distributions, scaling relations and geometries.
#include "engine/logictree/source_changes.hpp"

#include "engine/rupture/fault_ruptures.hpp"
#include "engine/source/median_magnitude.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace oq::engine {
namespace {

using Richter = TruncatedGutenbergRichter;

// Total moment rate of a truncated Gutenberg-Richter distribution, N m a year, without 10^a.
double moment_per_activity(double b, double low, double high) {
  const double constant = std::pow(10.0, std::log10(b) + 9.05);
  if (b == 1.5)
    return constant * (high - low);
  return constant / (1.5 - b)
         * (std::pow(10.0, (1.5 - b) * high) - std::pow(10.0, (1.5 - b) * low));
}

// Changes the distribution and then the a-value, so that the moment rate stays what it was.
template <class Change>
void keep_moment(Richter& mfd, Change change) {
  const double before = moment_per_activity(mfd.b_value, mfd.min_mag, mfd.max_mag);
  change(mfd);
  const double after = moment_per_activity(mfd.b_value, mfd.min_mag, mfd.max_mag);
  mfd.a_value += std::log10(before / after);
}

Result<void> check(const Richter& mfd) {
  if (!(mfd.b_value > 0) || !(mfd.min_mag < mfd.max_mag) || !std::isfinite(mfd.a_value))
    return invalid_input(
      fmt::format("the a-value would become {}, the b-value {} and the magnitudes {} to {}",
                  mfd.a_value, mfd.b_value, mfd.min_mag, mfd.max_mag));
  return {};
}

// A slip rate that the source came with becomes its a-value, before anything else changes.
Result<void> settle_slip(Source& source) {
  auto* richter = std::get_if<Richter>(&source.mfd);
  if (!richter || richter->slip_rate == 0)
    return {};
  OQ_TRY(const double area, fault_area(source));
  richter->a_value = a_value_of_slip(*richter, area);
  richter->slip_rate = richter->rigidity = 0;
  return {};
}

// Applies `change` to every distribution of the source, which must all be truncated
// Gutenberg-Richter ones.
template <class Change>
Result<void> change_richter(Source& source, Change change) {
  OQ_CHECK(settle_slip(source));
  const auto one = [&](auto& mfd) -> Result<void> {
    auto* richter = std::get_if<Richter>(&mfd);
    if (!richter)
      return invalid_input("its distribution is not a truncated Gutenberg-Richter one");
    change(*richter);
    return check(*richter);
  };
  if (auto* multi = std::get_if<MultiMfd>(&source.mfd)) {
    for (SingleMfd& mfd : multi->of_points)
      OQ_CHECK(one(mfd));
    return {};
  }
  return one(source.mfd);
}

Result<SimpleFaultGeometry*> simple_fault(Source& source) {
  auto* fault = std::get_if<SimpleFaultGeometry>(&source.geometry);
  if (!fault)
    return invalid_input("it is not a simple fault");
  return fault;
}

Result<void> change_dip(Source& source, double dip) {
  OQ_TRY(auto* const fault, simple_fault(source));
  if (!(dip > 0 && dip <= 90))
    return invalid_input(fmt::format("the dip would become {}", dip));
  fault->dip = dip;
  return {};
}

} // namespace

bool is_any(const Source&) noexcept {
  return true;
}

bool is_richter(const Source& source) noexcept {
  if (const auto* multi = std::get_if<MultiMfd>(&source.mfd))
    return std::ranges::all_of(multi->of_points, [](const SingleMfd& mfd) {
      return std::holds_alternative<Richter>(mfd);
    });
  return std::holds_alternative<Richter>(source.mfd);
}

bool is_simple_fault(const Source& source) noexcept {
  return std::holds_alternative<SimpleFaultGeometry>(source.geometry);
}

bool is_richter_fault(const Source& source) noexcept {
  return is_richter(source)
         && (is_simple_fault(source)
             || std::holds_alternative<ComplexFaultGeometry>(source.geometry));
}

bool has_depth_range(const Source& source) noexcept {
  return std::holds_alternative<PointGeometry>(source.geometry)
         || std::holds_alternative<AreaGeometry>(source.geometry)
         || std::holds_alternative<MultiPointGeometry>(source.geometry)
         || std::holds_alternative<SimpleFaultGeometry>(source.geometry);
}

Result<void> set_ab(const UncertaintyValue& value, Source& source) {
  const auto [a, b] = std::get<std::pair<double, double>>(value);
  return change_richter(source, [a = a, b = b](Richter& mfd) {
    mfd.a_value = a;
    mfd.b_value = b;
  });
}

Result<void> set_b(const UncertaintyValue& value, Source& source) {
  return change_richter(source, [b = std::get<double>(value)](Richter& mfd) {
    mfd.b_value = b;
  });
}

Result<void> add_to_b(const UncertaintyValue& value, Source& source) {
  return change_richter(source, [by = std::get<double>(value)](Richter& mfd) {
    keep_moment(mfd, [by](Richter& changed) {
      changed.b_value += by;
    });
  });
}

Result<void> set_max_mag(const UncertaintyValue& value, Source& source) {
  return change_richter(source, [high = std::get<double>(value)](Richter& mfd) {
    mfd.max_mag = high;
  });
}

Result<void> add_to_max_mag(const UncertaintyValue& value, Source& source) {
  return change_richter(source, [by = std::get<double>(value)](Richter& mfd) {
    keep_moment(mfd, [by](Richter& changed) {
      changed.max_mag += by;
    });
  });
}

Result<void> add_to_max_mag_alone(const UncertaintyValue& value, Source& source) {
  return change_richter(source, [by = std::get<double>(value)](Richter& mfd) {
    mfd.max_mag += by;
  });
}

Result<void> recompute_max_mag(const UncertaintyValue& value, Source& source) {
  OQ_TRY(const double area, fault_area(source));
  OQ_TRY(const auto magnitude, magnitude_of_area(source.scaling, area, source.rake));
  return set_max_mag(magnitude.median + std::get<double>(value) * magnitude.std_dev, source);
}

Result<void> set_a_from_slip(const UncertaintyValue& value, Source& source) {
  constexpr double kConstantOfSlip = 9.1; // in a_value_of_slip
  const auto& activity = std::get<FaultActivity>(value);
  if (activity.recompute_max_mag)
    OQ_CHECK(recompute_max_mag(*activity.recompute_max_mag, source));
  OQ_TRY(const double area, fault_area(source));
  return change_richter(source, [&](Richter& mfd) {
    Richter slipping = mfd;
    slipping.slip_rate = activity.slip_rate;
    slipping.rigidity = activity.rigidity;
    mfd.a_value = a_value_of_slip(slipping, area) + kConstantOfSlip - activity.constant_term;
  });
}

Result<void> set_distribution(const UncertaintyValue& value, Source& source) {
  source.mfd = std::get<Mfd>(value);
  return {};
}

Result<void> set_scaling(const UncertaintyValue& value, Source& source) {
  source.scaling = std::get<ScalingRelation>(value);
  return {};
}

Result<void> set_lower_depth(const UncertaintyValue& value, Source& source) {
  const double depth = std::get<double>(value);
  if (!has_depth_range(source))
    return invalid_input("it has no seismogenic depths");
  auto* fault = std::get_if<SimpleFaultGeometry>(&source.geometry);
  const double upper = fault ? fault->upper_depth : source.upper_seismogenic_depth;
  if (!(depth > upper))
    return invalid_input(fmt::format(
      "the lower seismogenic depth would become {}, not below the upper one, {}", depth, upper));
  source.lower_seismogenic_depth = depth;
  if (fault)
    fault->lower_depth = depth;
  return {};
}

Result<void> set_dip(const UncertaintyValue& value, Source& source) {
  return change_dip(source, std::get<double>(value));
}

Result<void> add_to_dip(const UncertaintyValue& value, Source& source) {
  OQ_TRY(auto* const fault, simple_fault(source));
  return change_dip(source, fault->dip + std::get<double>(value));
}

Result<void> set_area(const UncertaintyValue& value, Source& source) {
  if (!std::holds_alternative<AreaGeometry>(source.geometry))
    return invalid_input("it is not an area");
  const auto& outline = std::get<AreaOutline>(value);
  source.geometry = outline.area;
  source.upper_seismogenic_depth = outline.upper_depth;
  source.lower_seismogenic_depth = outline.lower_depth;
  return {};
}

Result<void> set_geometry(const UncertaintyValue& value, Source& source) {
  const auto& geometry = std::get<Geometry>(value);
  if (geometry.index() != source.geometry.index())
    return invalid_input("its geometry is of another kind");
  source.geometry = geometry;
  if (const auto* fault = std::get_if<SimpleFaultGeometry>(&geometry)) {
    source.upper_seismogenic_depth = fault->upper_depth;
    source.lower_seismogenic_depth = fault->lower_depth;
  }
  return {};
}

} // namespace oq::engine
