// Kite meshes: profiles cut into rows, rows walked from profile to profile.
#include "engine/rupture/kite_mesh.hpp"

#include "engine/rupture/resampled_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace oq::engine {

namespace {

// A mesh above this is a slip of the pen (metres for kilometres), not a model.
constexpr double kMostNodes = 5e6;
constexpr GeoPoint kNoNode{NAN, NAN, NAN};

using Profile = std::vector<std::optional<GeoPoint>>; // by row

double length_of(const std::vector<GeoPoint>& line) {
  double length = 0;
  for (std::size_t i = 1; i < line.size(); ++i)
    length += std::hypot(great_circle_distance(line[i - 1].surface(), line[i].surface()),
                         line[i].depth - line[i - 1].depth);
  return length;
}

// Samples of the profiles, those of one row at about the same depth.
Result<std::vector<Profile>> rows_of(const KiteSurface& kite, double spacing) {
  std::vector<std::vector<GeoPoint>> samples;
  double top = HUGE_VAL;
  for (const auto& profile : kite.profiles) {
    samples.push_back(resampled(profile, spacing));
    top = std::min(top, samples.back().front().depth);
  }
  const double most_rows = kMostNodes / static_cast<double>(samples.size());
  std::vector<Profile> profiles;
  std::size_t rows = 0;
  for (const auto& line : samples) {
    const double step = line.size() > 1 ? line[1].depth - line[0].depth : 0.0;
    const double below = step > 0 ? std::nearbyint((line.front().depth - top) / step) : 0.0;
    if (!(below + static_cast<double>(line.size()) < most_rows))
      return invalid_input("the mesh spacing makes too many nodes");
    Profile& profile = profiles.emplace_back(static_cast<std::size_t>(below));
    profile.insert(profile.end(), line.begin(), line.end());
    rows = std::max(rows, profile.size());
  }
  for (Profile& profile : profiles)
    profile.resize(rows);
  return profiles;
}

// A row on its way along strike.
struct Walk {
  std::vector<GeoPoint> nodes; // by column
  bool started = false;
  double behind = 0;  // km from the last node to the profile reached
  double heading = 0; // degrees, of the last segment

  void put(std::size_t col, const GeoPoint& point) {
    nodes.resize(std::max(nodes.size(), col + 1), kNoNode);
    nodes[col] = point;
  }
};

// As if the segment behind had the heading of the one ahead: where the next node lies `spacing`
// from the last one as a chord, the line may turn at the profile between them.
double turned(double behind, double turn_degrees, double spacing) {
  const double cosine = std::cos(turn_degrees * kDegree), sine = std::sin(turn_degrees * kDegree);
  const double across = behind * sine;
  const double ahead =
    std::sqrt(std::max(spacing * spacing - across * across, 0.0)) - behind * cosine;
  return spacing - ahead;
}

void walk_segment(Walk& row, const GeoPoint& from, const GeoPoint& to, double spacing) {
  const double horizontal = great_circle_distance(from.surface(), to.surface());
  const double vertical = to.depth - from.depth;
  const double total = std::hypot(horizontal, vertical);
  if (!(total > 0))
    return;
  const double direction = azimuth(from.surface(), to.surface());
  if (row.behind > 0)
    row.behind = turned(row.behind, direction - row.heading, spacing);
  const auto steps = static_cast<std::size_t>((total + row.behind) / spacing);
  const std::size_t last = row.nodes.size() - 1;
  for (std::size_t i = 1; i <= steps; ++i) {
    const double at = static_cast<double>(i) * spacing - row.behind;
    const LonLat place = point_at(from.surface(), direction, at / total * horizontal);
    row.put(last + i, {place.lon, place.lat, from.depth + at / total * vertical});
  }
  row.behind += total - static_cast<double>(steps) * spacing;
  row.heading = direction;
}

// Rows that only begin at this profile follow the nearest one that came from the profile before.
void start(std::vector<Walk>& rows, const std::vector<std::size_t>& beginning,
           const Profile& profile) {
  std::size_t columns = 0;
  std::vector<std::size_t> coming;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    columns = std::max(columns, rows[i].nodes.size());
    if (rows[i].started)
      coming.push_back(i);
  }
  for (const std::size_t row : beginning) {
    Walk& walk = rows[row];
    walk.started = true;
    walk.behind = 0;
    if (coming.empty()) {
      walk.put(columns, *profile[row]);
      continue;
    }
    const auto gap = [&](std::size_t other) {
      return other > row ? other - row : row - other;
    };
    const Walk& nearest = rows[std::ranges::min(coming, {}, gap)];
    walk.nodes.resize(columns, kNoNode);
    walk.behind = nearest.behind;
    walk.heading = nearest.heading;
  }
}

std::vector<std::vector<GeoPoint>> walk_rows(const std::vector<Profile>& profiles, double spacing) {
  std::vector<Walk> rows(profiles.front().size());
  for (std::size_t right = 1; right < profiles.size(); ++right) {
    const Profile &from = profiles[right - 1], &to = profiles[right];
    std::vector<std::size_t> beginning;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (!from[row] || !to[row])
        rows[row].started = false;
      else if (!rows[row].started)
        beginning.push_back(row);
    }
    start(rows, beginning, from);
    for (std::size_t row = 0; row < rows.size(); ++row)
      if (rows[row].started)
        walk_segment(rows[row], *from[row], *to[row], spacing);
  }
  std::vector<std::vector<GeoPoint>> result;
  for (Walk& row : rows)
    if (std::ranges::count_if(row.nodes, is_node) > 1)
      result.push_back(std::move(row.nodes));
  return result;
}

} // namespace

bool is_node(const GeoPoint& point) {
  return std::isfinite(point.depth);
}

KiteSurface kite_profiles(const SimpleFaultGeometry& fault) {
  const double tan_dip = std::tan(fault.dip * kDegree);
  const double down_dip = azimuth(fault.trace.front(), fault.trace.back()) + 90.0;
  KiteSurface kite;
  for (const LonLat& point : fault.trace) {
    auto& profile = kite.profiles.emplace_back();
    for (const double depth : {fault.upper_depth, fault.lower_depth}) {
      const LonLat place = point_at(point, down_dip, depth / tan_dip);
      profile.push_back({place.lon, place.lat, depth});
    }
  }
  return kite;
}

Result<SurfaceMesh> kite_mesh(const KiteSurface& kite, KiteSpacing spacing) {
  double longest = 0, strike = 0; // km
  for (std::size_t i = 0; i < kite.profiles.size(); ++i) {
    longest = std::max(longest, length_of(kite.profiles[i]));
    double widest = 0;
    for (const GeoPoint& point : kite.profiles[i])
      if (i > 0)
        widest = std::max(widest, length_of({kite.profiles[i - 1].front(), point}));
    strike += widest;
  }
  if (longest / spacing.down_dip * (strike / spacing.along_strike + 1.0) > kMostNodes
      || longest / spacing.down_dip * static_cast<double>(kite.profiles.size()) > kMostNodes)
    return invalid_input("the mesh spacing makes too many nodes");
  OQ_TRY(const auto profiles, rows_of(kite, spacing.down_dip));
  const auto rows = walk_rows(profiles, spacing.along_strike);
  std::size_t cols = 0;
  for (const auto& row : rows)
    cols = std::max(cols, row.size());
  if (rows.size() < 2 || cols < 2)
    return invalid_input(
      fmt::format("the mesh spacing of {} km is larger than the fault", spacing.along_strike));
  std::vector<GeoPoint> points;
  for (const auto& row : rows) {
    points.insert(points.end(), row.begin(), row.end());
    points.resize(points.size() + cols - row.size(), kNoNode);
  }
  SurfaceMesh mesh(rows.size(), cols, std::move(points));
  if (!(kite_area(mesh, mesh.whole()) > 0))
    return invalid_input(
      fmt::format("the mesh spacing of {} km is larger than the fault", spacing.along_strike));
  return dipping_right(std::move(mesh));
}

SurfaceMesh dipping_right(SurfaceMesh mesh) {
  constexpr double kFarFromRight = 90.0; // degrees
  for (std::size_t row = 0; row + 1 < mesh.rows(); ++row)
    for (std::size_t col = 0; col + 1 < mesh.cols(); ++col) {
      if (!(mesh.cell(row, col).area > 0))
        continue;
      const GeoPoint& corner = mesh.at(row, col);
      const double strike = azimuth(corner.surface(), mesh.at(row, col + 1).surface());
      const double dip = azimuth(corner.surface(), mesh.at(row + 1, col).surface());
      const double turn = std::remainder(strike + 90.0 - dip, 360.0);
      if (corner.surface() == mesh.at(row + 1, col).surface() || std::fabs(turn) <= kFarFromRight)
        return mesh;
      std::vector<GeoPoint> points;
      for (std::size_t r = 0; r < mesh.rows(); ++r)
        for (std::size_t c = mesh.cols(); c-- > 0;)
          points.push_back(mesh.at(r, c));
      return SurfaceMesh(mesh.rows(), mesh.cols(), std::move(points));
    }
  return mesh;
}

} // namespace oq::engine
