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

Result<FaultSurface> make_surface(const SimpleFaultGeometry& fault, const FaultSettings& settings) {
  OQ_TRY(SurfaceMesh mesh, simple_fault_mesh(fault, settings.rupture_mesh_spacing));
  return FaultSurface{FaultSurface::Kind::simple, std::move(mesh), {}, {}};
}
Result<FaultSurface> make_surface(const ComplexFaultGeometry& fault,
                                  const FaultSettings& settings) {
  OQ_TRY(SurfaceMesh mesh, complex_fault_mesh(fault, settings.complex_fault_mesh_spacing));
  return FaultSurface{FaultSurface::Kind::complex, std::move(mesh), {}, {}};
}
Result<FaultSurface> make_surface(const GriddedSurface& gridded, const FaultSettings&) {
  return FaultSurface{
    FaultSurface::Kind::points, SurfaceMesh(1, gridded.points.size(), gridded.points), {}, {}};
}
Result<FaultSurface> make_surface(const std::vector<PlanarSurface>& planes, const FaultSettings&) {
  FaultSurface surface{FaultSurface::Kind::rectangles, std::nullopt, {}, {}};
  for (const PlanarSurface& plane : planes)
    surface.rectangles.push_back(rectangle(plane));
  if (planes.size() > 1)
    surface.coordinates.emplace(planes);
  return surface;
}

MeshWindow whole(const FaultSurface& surface) {
  return surface.mesh ? surface.mesh->whole() : MeshWindow{};
}

// Mean of rectangles weighted by area; strikes as directions.
void set_means(const std::vector<PlanarRupture>& rectangles, RuptureParameters& out) {
  double area = 0, east = 0, north = 0;
  out.dip = out.width = out.ztor = out.zbot = 0;
  for (const PlanarRupture& part : rectangles) {
    const double size = part.length * part.width;
    area += size;
    out.dip += size * part.dip;
    out.width += size * part.width;
    out.ztor += size * part.ztor;
    out.zbot += size * part.zbot;
    east += size * std::sin(part.strike * kDegree);
    north += size * std::cos(part.strike * kDegree);
  }
  for (double* mean : {&out.dip, &out.width, &out.ztor, &out.zbot})
    *mean /= area;
  out.strike = std::atan2(east, north) / kDegree;
  if (out.strike < 0)
    out.strike += 360.0;
}

void set_from_mesh(const FaultSurface& surface, const MeshWindow& window, RuptureParameters& out) {
  const SurfaceMesh& mesh = *surface.mesh;
  out.ztor = mesh.top_depth(window);
  out.zbot = mesh.bottom_depth(window);
  const GeoPoint middle = mesh.middle(window);
  out.hypocentre = middle.surface();
  out.hypo_depth = middle.depth;
  if (surface.kind == FaultSurface::Kind::points || window.rows < 2 || window.cols < 2) {
    out.strike = out.dip = out.width = NAN;
    return;
  }
  // The rows of a simple fault are alike, and so are its columns.
  MeshWindow top = window, left = window;
  if (surface.kind == FaultSurface::Kind::simple) {
    top.rows = 2;
    left.cols = 2;
  }
  const Inclination mean = mesh.inclination(top);
  out.strike = mean.strike;
  out.dip = mean.dip;
  out.width = mesh.mean_width(left);
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
  return invalid_input("a point-like source has no surface");
}

namespace {

Result<std::vector<MagnitudeRate>> bins_of(const Source& source, const FaultSettings& settings) {
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

} // namespace

Result<void> FaultRuptures::add_simple(const Source& source, const SimpleFaultGeometry& fault,
                                       const FaultSettings& settings) {
  OQ_TRY(surfaces_.emplace_back(), make_surface(fault, settings));
  OQ_TRY(const auto bins, bins_of(source, settings));
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
  OQ_TRY(surfaces_.emplace_back(), make_surface(fault, settings));
  OQ_TRY(const auto bins, bins_of(source, settings));
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
  OQ_TRY(surfaces_.emplace_back(), std::visit(
                                     [&](const auto& surface) {
                                       return make_surface(surface, settings);
                                     },
                                     geometry.surface));
  OQ_TRY(const auto bins, bins_of(source, settings));
  for (const MagnitudeRate& bin : bins) {
    FaultRupture rupture;
    rupture.window = whole(surfaces_.front());
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
    OQ_TRY(FaultSurface surface, std::visit(
                                   [&](const auto& described) {
                                     return make_surface(described, settings);
                                   },
                                   given.surface));
    FaultRupture rupture;
    rupture.surface = static_cast<std::uint32_t>(surfaces_.size());
    rupture.window = whole(surface);
    rupture.magnitude = given.mag;
    ruptures_.push_back(rupture);
    surfaces_.push_back(std::move(surface));
    given_.push_back(given);
    given_.back().surface = {}; // made; its points are many
    if (settings.infer_rates_over > 0 && given.probabilities.front() > 0) {
      ruptures_.back().rate = -std::log(given.probabilities.front()) / settings.infer_rates_over;
      given_.back().probabilities.clear();
    }
  }
  return {};
}

void FaultRuptures::set_mesh(SurfaceMesh mesh, FaultSurface::Kind kind) {
  surfaces_.front().kind = kind;
  surfaces_.front().mesh = std::move(mesh);
  ruptures_.front().window = surfaces_.front().mesh->whole();
}

void FaultRuptures::round_nodes() {
  is_stored_ = true;
  for (FaultSurface& surface : surfaces_)
    if (surface.mesh)
      surface.mesh = surface.mesh->in_single_precision();
}

RuptureParameters FaultRuptures::parameters(const FaultRupture& rupture) const {
  const FaultSurface& surface = surfaces_[rupture.surface];
  RuptureParameters result;
  if (surface.mesh) {
    set_from_mesh(surface, rupture.window, result);
  } else {
    result = surface.rectangles.front();
    if (surface.rectangles.size() > 1)
      set_means(surface.rectangles, result);
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
    const NonParametricRupture& given = given_[rupture.surface];
    result.rake = given.rake;
    result.hypocentre = given.hypocentre.surface();
    result.hypo_depth = given.hypocentre.depth;
  }
  return result;
}

const std::vector<double>& FaultRuptures::probabilities(const FaultRupture& rupture) const {
  static const std::vector<double> none;
  return given_.empty() ? none : given_[rupture.surface].probabilities;
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
