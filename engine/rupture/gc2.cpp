// Gc2: weighted means of the coordinates relative to each segment.
#include "engine/rupture/gc2.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

// A site so near to a line lies on it, and hardly any other line counts: as the reference engine
// has it, where the weights of the paper grow without bound.
constexpr double kOnTheLine = 0.1;         // km
constexpr double kWeightOnTheLine = 100.0; // 1/km

std::vector<Gc2Line> top_edges(const std::vector<PlanarSurface>& rectangles) {
  std::vector<Gc2Line> lines;
  for (const PlanarSurface& surface : rectangles)
    lines.emplace_back(
      std::vector<LonLat>{surface.top_left.surface(), surface.top_right.surface()});
  return lines;
}

struct Vector2 {
  double east = 0, north = 0;
};
double dot(Vector2 a, Vector2 b) {
  return a.east * b.east + a.north * b.north;
}
Vector2 between(LonLat from, LonLat to) {
  const double distance = great_circle_distance(from, to);
  const double heading = azimuth(from, to) * kDegree;
  return {distance * std::sin(heading), distance * std::cos(heading)};
}

} // namespace

Gc2Line::Gc2Line(const std::vector<LonLat>& points)
  : projection_(bounding_box(points)), start_(points.front()), end_(points.back()) {
  for (std::size_t i = 1; i < points.size(); ++i) {
    const PlanePoint from = projection_.project(points[i - 1]), to = projection_.project(points[i]);
    Segment segment;
    segment.start = from;
    segment.length = std::hypot(to.x - from.x, to.y - from.y);
    if (!(segment.length > 0))
      continue;
    segment.along_x = (to.x - from.x) / segment.length;
    segment.along_y = (to.y - from.y) / segment.length;
    segment.offset_on_line = length_;
    length_ += segment.length;
    segments_.push_back(segment);
  }
}

Gc2Line::Share Gc2Line::at(LonLat site) const {
  const PlanePoint point = projection_.project(site);
  Share sum;
  for (const Segment& segment : segments_) {
    const double dx = point.x - segment.start.x, dy = point.y - segment.start.y;
    const double u = dx * segment.along_x + dy * segment.along_y;
    const double t = dx * segment.along_y - dy * segment.along_x;
    double weight = 0; // equations 2 to 4
    if (std::fabs(t) > kOnTheLine)
      weight = (std::atan((segment.length - u) / t) - std::atan(-u / t)) / t;
    else if (u < -kOnTheLine || u > segment.length + kOnTheLine)
      weight = 1.0 / (u - segment.length) - 1.0 / u;
    else
      return {kWeightOnTheLine, 0.0, u + segment.offset_on_line};
    sum.weight += weight;
    sum.t += weight * t;
    sum.u += weight * (u + segment.offset_on_line);
  }
  if (!(sum.weight > 0))
    return {};
  return {sum.weight, sum.t / sum.weight, sum.u / sum.weight};
}

std::vector<Gc2Member> gc2_members(const std::vector<const Gc2Line*>& lines) {
  std::vector<Gc2Member> members(lines.size());
  std::vector<Vector2> along;
  Vector2 trial; // the lines as they are, added up
  for (const Gc2Line* line : lines) {
    along.push_back(between(line->start(), line->end()));
    trial = {trial.east + along.back().east, trial.north + along.back().north};
  }
  Vector2 trend;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    members[i].reversed = dot(along[i], trial) < 0;
    const double sign = members[i].reversed ? -1.0 : 1.0;
    trend = {trend.east + sign * along[i].east, trend.north + sign * along[i].north};
  }
  const double length = std::hypot(trend.east, trend.north);
  const auto begin_of = [&](std::size_t i) {
    return members[i].reversed ? lines[i]->end() : lines[i]->start();
  };
  double first = HUGE_VAL;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    members[i].offset = length > 0 ? dot(between(begin_of(0), begin_of(i)), trend) / length : 0.0;
    first = std::min(first, members[i].offset);
  }
  for (Gc2Member& member : members)
    member.offset -= first;
  return members;
}

void Gc2Sum::add(const Gc2Line::Share& share) {
  weights_ += share.weight;
  t_ += share.weight * share.t;
  u_ += share.weight * share.u;
}

Gc2::Gc2(const std::vector<PlanarSurface>& rectangles) : Gc2(top_edges(rectangles)) {}

Gc2::Gc2(std::vector<Gc2Line> lines) : lines_(std::move(lines)) {
  std::vector<const Gc2Line*> pointers;
  for (const Gc2Line& line : lines_)
    pointers.push_back(&line);
  members_ = gc2_members(pointers);
  for (const Gc2Line& line : lines_)
    for (const LonLat end : {line.start(), line.end()})
      longest_ = std::max(longest_, at(end).u);
}

Gc2::Coordinates Gc2::at(LonLat site) const {
  Gc2Sum sum;
  for (std::size_t i = 0; i < lines_.size(); ++i)
    sum.add(members_[i].of(lines_[i].at(site), lines_[i].length()));
  return {sum.t(), sum.u()};
}

} // namespace oq::engine
