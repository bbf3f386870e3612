// MeshDistances: sliding minima over nodes, dot products with the segments of top edges.
#include "engine/rupture/mesh_distances.hpp"

#include "engine/geo/single_precision.hpp"

#include <algorithm>

namespace oq::engine {

namespace {

double arc_length(double sine) {
  return kEarthRadius * std::asin(std::clamp(sine, -1.0, 1.0));
}

double great_circle(Vector3 a, Vector3 b) {
  return 2.0 * kEarthRadius * std::asin(std::min(norm(a - b) / 2.0, 1.0));
}

Vector3 tangent(LonLat point, double azimuth_degrees) {
  // The right-hand normal of the direction a quarter turn to the left.
  return right_hand_normal(point, azimuth_degrees - 90.0);
}

// A great circle through a point, with what tells ahead from behind.
struct Arc {
  Arc(LonLat from, double azimuth_degrees)
    : origin(unit_vector(from)), right(right_hand_normal(from, azimuth_degrees)),
      ahead(tangent(from, azimuth_degrees)) {}

  // Signed distance to the half of the circle that begins at the point.
  double to_half(Vector3 site) const {
    const double side = dot(site, right);
    if (dot(site, ahead) > 0)
      return arc_length(side);
    return std::copysign(great_circle(origin, site), side < 0 ? -1.0 : 1.0);
  }

  Vector3 origin, right, ahead;
};

// Between two points; beside the ends the chord to the nearer end counts.
struct Segment {
  Segment(LonLat from, LonLat to, double azimuth_degrees)
    : arc(from, azimuth_degrees), end(unit_vector(to)), end_ahead(tangent(to, azimuth_degrees)) {}

  double distance(Vector3 site) const {
    const double side = dot(site, arc.right);
    double length = 0;
    if (dot(site, arc.ahead) >= 0 && dot(site, end_ahead) <= 0)
      length = std::fabs(arc_length(side));
    else
      length = kEarthRadius * std::min(norm(site - arc.origin), norm(site - end));
    return side < 0 ? -length : length;
  }

  Arc arc;
  Vector3 end, end_ahead;
};

} // namespace

WindowMinima::WindowMinima(std::size_t rows, std::size_t cols, std::size_t sites,
                           std::vector<double> values)
  : rows_(rows), cols_(cols), sites_(sites), values_(std::move(values)) {}

// Minima over `width` neighbours in a row, by doubling.
void WindowMinima::set_width(std::size_t width) {
  if (width == width_)
    return;
  width_ = width;
  of_width_ = values_;
  const auto merge = [&](std::size_t shift, std::size_t starts) {
    for (std::size_t row = 0; row < rows_; ++row) {
      double* const begin = of_width_.data() + row * cols_ * sites_;
      for (std::size_t i = 0; i < starts * sites_; ++i)
        begin[i] = std::min(begin[i], begin[i + shift * sites_]);
    }
  };
  std::size_t reached = 1;
  for (; 2 * reached <= width; reached *= 2)
    merge(reached, cols_ - 2 * reached + 1);
  if (reached < width)
    merge(width - reached, cols_ - width + 1);
}

void WindowMinima::minimum(const MeshWindow& window, std::span<double> out) {
  set_width(window.cols);
  for (std::size_t row = window.row; row < window.row + window.rows; ++row) {
    const double* const values = of_width_.data() + (row * cols_ + window.col) * sites_;
    for (std::size_t s = 0; s < sites_; ++s)
      out[s] = row == window.row ? values[s] : std::min(out[s], values[s]);
  }
}

MeshDistances::MeshDistances(const SurfaceMesh& mesh, const SitePoints& points,
                             std::span<const std::uint32_t> sites)
  : mesh_(mesh), points_(points), sites_(sites), segments_(mesh.rows()) {
  std::vector<double> squares;
  squares.reserve(mesh.size() * sites.size());
  for (const Vector3& node : mesh.positions())
    for (const std::uint32_t site : sites) {
      const Vector3 chord = points.position(site) - node;
      const double square = dot(chord, chord);
      squares.push_back(square >= 0 ? square : HUGE_VAL); // where there is no node
    }
  to_nodes_ = WindowMinima(mesh.rows(), mesh.cols(), sites.size(), std::move(squares));
}

void MeshDistances::closest(const MeshWindow& window, std::span<double> out) {
  to_nodes_.minimum(window, out);
  for (double& distance : out)
    distance = std::sqrt(distance);
}

LonLat MeshDistances::place(std::size_t row, std::size_t col) const {
  const LonLat node = mesh_.at(row, col).surface();
  return mesh_.is_in_single_precision() ? single_precision::place(node) : node;
}

double MeshDistances::heading(const GeoPoint& from, const GeoPoint& to) const {
  return mesh_.is_in_single_precision() ? single_precision::azimuth(from.surface(), to.surface())
                                        : azimuth(from.surface(), to.surface());
}

Vector3 MeshDistances::unit_above(const GeoPoint& node) const {
  if (!mesh_.is_in_single_precision())
    return unit_vector(node.surface());
  return (1.0 / kEarthRadius) * single_precision::cartesian({node.lon, node.lat, 0.0});
}

void MeshDistances::closest_at_surface(const MeshWindow& window, std::span<double> out) {
  if (to_surface_.empty()) {
    std::vector<double> squares;
    squares.reserve(mesh_.size() * sites_.size());
    for (const GeoPoint& node : mesh_.points()) {
      const Vector3 up = unit_above(node);
      for (std::size_t s = 0; s < sites_.size(); ++s) {
        const Vector3 chord = direction(s) - up;
        const double square = dot(chord, chord);
        squares.push_back(square >= 0 ? square : HUGE_VAL);
      }
    }
    to_surface_ = WindowMinima(mesh_.rows(), mesh_.cols(), sites_.size(), std::move(squares));
  }
  to_surface_.minimum(window, out);
  for (double& distance : out)
    distance = kEarthRadius * std::sqrt(distance);
}

const std::vector<double>& MeshDistances::segments_of(std::size_t row) {
  std::vector<double>& segments = segments_[row];
  if (segments.empty())
    for (std::size_t col = 0; col + 1 < mesh_.cols(); ++col) {
      const Segment segment(place(row, col), place(row, col + 1),
                            heading(mesh_.at(row, col), mesh_.at(row, col + 1)));
      for (std::size_t s = 0; s < sites_.size(); ++s)
        segments.push_back(segment.distance(direction(s)));
    }
  return segments;
}

void MeshDistances::across_top_edge(const MeshWindow& window, std::span<double> out) {
  const auto heading_of = [&](std::size_t from, std::size_t to) {
    return heading(mesh_.at(window.row, window.col + from), mesh_.at(window.row, window.col + to));
  };
  if (window.cols < 3) {
    const Vector3 right = right_hand_normal(place(window.row, window.col), heading_of(0, 1));
    for (std::size_t s = 0; s < sites_.size(); ++s)
      out[s] = arc_length(dot(direction(s), right));
    return;
  }
  // The edge goes on straight beyond its ends: half circles from the second and the last but one
  // node.
  const Arc backwards(place(window.row, window.col + 1), heading_of(1, 0));
  const Arc forwards(place(window.row, window.col + window.cols - 2),
                     heading_of(window.cols - 2, window.cols - 1));
  const std::vector<double>& segments = segments_of(window.row);
  for (std::size_t s = 0; s < sites_.size(); ++s) {
    double nearest = -backwards.to_half(direction(s));
    for (std::size_t col = window.col + 1; col + 2 < window.col + window.cols; ++col) {
      const double distance = segments[col * sites_.size() + s];
      if (std::fabs(distance) < std::fabs(nearest))
        nearest = distance;
    }
    const double beyond = forwards.to_half(direction(s));
    out[s] = std::fabs(beyond) < std::fabs(nearest) ? beyond : nearest;
  }
}

void MeshDistances::beyond_ends(const MeshWindow& window, double strike,
                                std::span<double> out) const {
  const auto end = [&](std::size_t col) {
    return right_hand_normal(place(window.row, col), strike + 90.0);
  };
  const Vector3 first = end(window.col), last = end(window.col + window.cols - 1);
  for (std::size_t s = 0; s < sites_.size(); ++s) {
    const double a = arc_length(dot(direction(s), first));
    const double b = arc_length(dot(direction(s), last));
    const bool same_side = (a > 0) - (a < 0) == (b > 0) - (b < 0);
    out[s] = same_side ? std::min(std::fabs(a), std::fabs(b)) : 0.0;
  }
}

} // namespace oq::engine
