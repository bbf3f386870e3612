// FaultRuptures: sizes by scaling relation, places by floating, parameters by surface.
#include "engine/rupture/fault_ruptures.hpp"

#include "engine/base/nearest_float.hpp"
#include "engine/rupture/complex_windows.hpp"
#include "engine/rupture/fault_mesh.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace oq::engine {

namespace {

constexpr std::size_t kMostRuptures = 20'000'000;

double three_decimals(double magnitude) {
  return std::nearbyint(magnitude * 1e3) / 1e3;
}

// Nodes along strike and down dip of a rupture on a mesh of equal cells.
struct NodeCount {
  std::size_t cols = 0, rows = 0;
};
NodeCount nodes_of_rupture(double area, double aspect_ratio, const SurfaceMesh& mesh,
                           double spacing) {
  const double fault_length = static_cast<double>(mesh.cols() - 1) * spacing;
  const double fault_width = static_cast<double>(mesh.rows() - 1) * spacing;
  double length = std::sqrt(area * aspect_ratio), width = area / length;
  if (area >= fault_length * fault_width) {
    length = fault_length;
    width = fault_width;
  } else if (width > fault_width) {
    length *= width / fault_width;
    width = fault_width;
  } else if (length > fault_length) {
    width *= length / fault_length;
    length = fault_length;
  }
  return {std::min(mesh.cols(), static_cast<std::size_t>(round_half_away(length / spacing + 1.0))),
          std::min(mesh.rows(), static_cast<std::size_t>(round_half_away(width / spacing + 1.0)))};
}

MeshSpacings spacings_of(const FaultSettings& settings) {
  return {settings.rupture_mesh_spacing, settings.complex_fault_mesh_spacing};
}

} // namespace

Result<FaultRuptures> FaultRuptures::make(const Source& source, const FaultSettings& settings) {
  FaultRuptures result;
  result.rake_ = source.rake;
  if (const auto added = result.add(source, settings); !added) {
    Error error = added.error();
    error.message = fmt::format("source '{}': {}", source.id, error.message);
    error.where = source.where;
    return error;
  }
  const auto key = [](const FaultRupture& rupture) {
    return std::pair(rupture.surface, rupture.window.cols);
  };
  std::stable_sort(result.ruptures_.begin(), result.ruptures_.end(),
                   [&](const FaultRupture& a, const FaultRupture& b) {
                     return key(a) < key(b);
                   });
  for (const FaultRupture& rupture : result.ruptures_)
    result.largest_magnitude_ = std::max(result.largest_magnitude_, rupture.magnitude);
  return result;
}

Result<void> FaultRuptures::add(const Source& source, const FaultSettings& settings) {
  if (const auto* simple = std::get_if<SimpleFaultGeometry>(&source.geometry))
    return add_simple(source, *simple, settings);
  if (const auto* complex = std::get_if<ComplexFaultGeometry>(&source.geometry))
    return add_complex(source, *complex, settings);
  if (const auto* characteristic = std::get_if<CharacteristicGeometry>(&source.geometry))
    return add_characteristic(source, *characteristic, settings);
  if (const auto* given = std::get_if<NonParametricGeometry>(&source.geometry))
    return add_given(*given, settings);
  if (const auto* kite = std::get_if<KiteFaultGeometry>(&source.geometry))
    return add_kite(source, *kite, settings);
  if (const auto* joined = std::get_if<MultiFaultGeometry>(&source.geometry))
    return add_joined(*joined, settings);
  return invalid_input("a point-like source has no surface");
}

Result<std::vector<MagnitudeRate>> magnitude_bins(const Source& source,
                                                  const FaultSettings& settings) {
  Mfd mfd = source.mfd;
  if (auto* richter = std::get_if<TruncatedGutenbergRichter>(&mfd); richter && richter->slip_rate) {
    OQ_TRY(const double area, fault_area(source));
    richter->a_value = a_value_of_slip(*richter, area);
  }
  OQ_TRY(auto bins, discretize(mfd, settings.width_of_mfd_bin));
  std::erase_if(bins, [&](const MagnitudeRate& bin) {
    return bin.magnitude < settings.minimum_magnitude;
  });
  return bins;
}

Result<void> FaultRuptures::add_simple(const Source& source, const SimpleFaultGeometry& fault,
                                       const FaultSettings& settings) {
  OQ_TRY(surfaces_.emplace_back(), make_surface(fault, spacings_of(settings)));
  OQ_TRY(const auto bins, magnitude_bins(source, settings));
  for (const MagnitudeRate& bin : bins) {
    float_simple(source, bin, settings.rupture_mesh_spacing);
    if (ruptures_.size() > kMostRuptures)
      return invalid_input("the source has more than 20 million ruptures");
  }
  return {};
}

void FaultRuptures::float_simple(const Source& source, const MagnitudeRate& bin, double spacing) {
  const SurfaceMesh& mesh = *surfaces_.front().mesh;
  const NodeCount size = nodes_of_rupture(median_area(source.scaling, bin.magnitude, source.rake),
                                          source.aspect_ratio, mesh, spacing);
  const std::size_t rows = mesh.rows() - size.rows + 1, cols = mesh.cols() - size.cols + 1;
  const double rate = bin.rate / static_cast<double>(rows * cols);
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t col = 0; col < cols; ++col) {
      FaultRupture rupture;
      rupture.window = {static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(size.rows),
                        static_cast<std::uint32_t>(col), static_cast<std::uint32_t>(size.cols)};
      rupture.magnitude = bin.magnitude;
      rupture.rate = rate;
      if (source.hypocentres.empty()) {
        ruptures_.push_back(rupture);
        continue;
      }
      // The direction of slip has no effect on the models computed, its weight has.
      for (const HypocentreShare& share : source.hypocentres)
        for (const SlipShare& slip : source.slips) {
          const auto node = [](double fraction, std::size_t nodes) {
            return static_cast<std::uint32_t>(
              std::nearbyint(fraction * static_cast<double>(nodes - 1)));
          };
          rupture.hypocentre = {node(share.down_dip, size.rows),
                                node(share.along_strike, size.cols)};
          rupture.rate = rate * share.weight * slip.weight;
          ruptures_.push_back(rupture);
        }
    }
}

Result<void> FaultRuptures::add_complex(const Source& source, const ComplexFaultGeometry& fault,
                                        const FaultSettings& settings) {
  OQ_TRY(surfaces_.emplace_back(), make_surface(fault, spacings_of(settings)));
  OQ_TRY(const auto bins, magnitude_bins(source, settings));
  for (const MagnitudeRate& bin : bins) {
    float_complex(source, bin);
    if (ruptures_.size() > kMostRuptures)
      return invalid_input("the source has more than 20 million ruptures");
  }
  return {};
}

void FaultRuptures::float_complex(const Source& source, const MagnitudeRate& bin) {
  const double area = median_area(source.scaling, bin.magnitude, source.rake);
  const auto windows =
    complex_windows(*surfaces_.front().mesh, area, std::sqrt(area * source.aspect_ratio));
  for (const MeshWindow& window : windows) {
    FaultRupture rupture;
    rupture.window = window;
    rupture.magnitude = bin.magnitude;
    rupture.rate = bin.rate / static_cast<double>(windows.size());
    ruptures_.push_back(rupture);
  }
}

Result<void> FaultRuptures::add_characteristic(const Source& source,
                                               const CharacteristicGeometry& geometry,
                                               const FaultSettings& settings) {
  OQ_TRY(surfaces_.emplace_back(), make_surface(geometry.surface, spacings_of(settings)));
  OQ_TRY(const auto bins, magnitude_bins(source, settings));
  for (const MagnitudeRate& bin : bins) {
    FaultRupture rupture;
    rupture.window = surfaces_.front().whole();
    rupture.magnitude = bin.magnitude;
    rupture.rate = bin.rate;
    ruptures_.push_back(rupture);
  }
  return {};
}

Result<void> FaultRuptures::add_given(const NonParametricGeometry& geometry,
                                      const FaultSettings& settings) {
  for (const NonParametricRupture& given : geometry.ruptures) {
    if (given.mag < settings.minimum_magnitude)
      continue;
    OQ_TRY(FaultSurface surface, make_surface(given.surface, spacings_of(settings)));
    FaultRupture rupture;
    rupture.surface = static_cast<std::uint32_t>(surfaces_.size());
    rupture.window = surface.whole();
    surfaces_.push_back(std::move(surface));
    NonParametricRupture kept = given;
    kept.surface = {}; // made; its points are many
    add_given(std::move(kept), rupture, settings);
  }
  return {};
}

void FaultRuptures::add_given(NonParametricRupture given, FaultRupture rupture,
                              const FaultSettings& settings) {
  rupture.given = static_cast<std::uint32_t>(given_.size());
  rupture.magnitude = given.mag;
  if (settings.infer_rates_over > 0 && given.probabilities.front() > 0) {
    rupture.rate = -std::log(given.probabilities.front()) / settings.infer_rates_over;
    given.probabilities.clear();
  }
  ruptures_.push_back(rupture);
  given_.push_back(std::move(given));
}

void FaultRuptures::round_nodes() {
  is_stored_ = true;
  for (FaultSurface& surface : surfaces_)
    if (surface.mesh)
      surface.mesh = surface.mesh->in_single_precision();
  if (joins_sections())
    set_sections();
}

RuptureParameters FaultRuptures::parameters(const FaultRupture& rupture) const {
  const FaultSurface& surface = surfaces_[rupture.surface];
  RuptureParameters result;
  if (joins_sections()) {
    std::vector<SurfacePart> parts;
    for (const std::uint32_t section : sections_of(rupture))
      parts.push_back({&sections_[section].parameters, sections_[section].area});
    result = *parts.front().parameters;
    set_means(parts, result);
  } else if (surface.mesh) {
    surface.set_parameters(rupture.window, result);
  } else {
    result = surface.rectangles.front();
    std::vector<SurfacePart> parts;
    for (const PlanarRupture& part : surface.rectangles)
      parts.push_back({&part, part.length * part.width});
    if (parts.size() > 1)
      set_means(parts, result);
  }
  result.mag = three_decimals(rupture.magnitude);
  if (is_stored_)
    result.mag = nearest_float(result.mag);
  result.rake = rake_;
  if (rupture.hypocentre) {
    const GeoPoint& node = surface.mesh->at(rupture.window.row + rupture.hypocentre->first,
                                            rupture.window.col + rupture.hypocentre->second);
    result.hypocentre = node.surface();
    result.hypo_depth = node.depth;
  }
  if (!given_.empty()) {
    const NonParametricRupture& given = given_[rupture.given];
    result.rake = given.rake;
    result.hypocentre = given.hypocentre.surface();
    result.hypo_depth = given.hypocentre.depth;
  }
  return result;
}

const std::vector<double>& FaultRuptures::probabilities(const FaultRupture& rupture) const {
  static const std::vector<double> none;
  return given_.empty() ? none : given_[rupture.given].probabilities;
}

Result<double> fault_area(const Source& source) {
  constexpr double kSimpleSpacing = 1, kComplexSpacing = 2; // km, as in OpenQuake
  const auto area_of = [](const SurfaceMesh& mesh) {
    double area = 0;
    for (std::size_t row = 0; row + 1 < mesh.rows(); ++row)
      for (std::size_t col = 0; col + 1 < mesh.cols(); ++col)
        area += mesh.cell(row, col).area;
    return area;
  };
  if (const auto* simple = std::get_if<SimpleFaultGeometry>(&source.geometry)) {
    OQ_TRY(const SurfaceMesh mesh, simple_fault_mesh(*simple, kSimpleSpacing));
    return area_of(mesh);
  }
  if (const auto* complex = std::get_if<ComplexFaultGeometry>(&source.geometry)) {
    OQ_TRY(const SurfaceMesh mesh, complex_fault_mesh(*complex, kComplexSpacing));
    return area_of(mesh);
  }
  return invalid_input("a slip rate needs a simple or a complex fault");
}

} // namespace oq::engine
