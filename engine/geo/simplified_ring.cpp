// SimplifiedRing: Douglas and Peucker (1973), with a side refused that would touch another one.
#include "engine/geo/simplified_ring.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

constexpr std::size_t kFewestPoints = 4; // of a ring, the first one counted twice
// Of a sine: far above what doubles lose in coordinates of some thousand km.
constexpr double kCertain = 1e-9;

struct Side {
  PlanePoint from, to;
};

PlanePoint operator-(PlanePoint a, PlanePoint b) {
  return {a.x - b.x, a.y - b.y};
}
double dot(PlanePoint a, PlanePoint b) {
  return a.x * b.x + a.y * b.y;
}
double cross(PlanePoint a, PlanePoint b) {
  return a.x * b.y - a.y * b.x;
}
double length(PlanePoint a) {
  return std::sqrt(dot(a, a));
}
bool same(PlanePoint a, PlanePoint b) {
  return a.x == b.x && a.y == b.y;
}

// The operations in the order of GEOS, so that ties between points fall alike.
double distance_to_side(PlanePoint p, PlanePoint a, PlanePoint b) {
  if (same(a, b))
    return length(p - a);
  const PlanePoint side = b - a;
  const double square = dot(side, side);
  const double along = dot(p - a, side) / square;
  if (along <= 0)
    return length(p - a);
  if (along >= 1)
    return length(p - b);
  const double across = ((a.y - p.y) * side.x - (a.x - p.x) * side.y) / square;
  return std::fabs(across) * std::sqrt(square);
}

// Both ends of `side` beyond doubt on one side of the line through `line`.
bool are_beside(const Side& side, const Side& line) {
  const PlanePoint ahead = line.to - line.from;
  const PlanePoint first = side.from - line.from, last = side.to - line.from;
  const double doubt = kCertain * length(ahead) * (length(first) + length(last));
  const double one = cross(ahead, first), other = cross(ahead, last);
  return (one > doubt && other > doubt) || (one < -doubt && other < -doubt);
}

// Beyond doubt nothing but an end of both is common to both.
bool are_apart(const Side& a, const Side& b) {
  if (std::max(a.from.x, a.to.x) < std::min(b.from.x, b.to.x)
      || std::max(b.from.x, b.to.x) < std::min(a.from.x, a.to.x)
      || std::max(a.from.y, a.to.y) < std::min(b.from.y, b.to.y)
      || std::max(b.from.y, b.to.y) < std::min(a.from.y, a.to.y))
    return true;
  for (const auto& [end, other_end] : {std::pair(a.from, a.to), std::pair(a.to, a.from)})
    for (const auto& [start, far] : {std::pair(b.from, b.to), std::pair(b.to, b.from)})
      if (same(end, start)) {
        const PlanePoint one = other_end - end, other = far - start;
        const double doubt = kCertain * length(one) * length(other);
        return doubt > 0 && (std::fabs(cross(one, other)) > doubt || dot(one, other) < 0);
      }
  return are_beside(a, b) || are_beside(b, a);
}

class Simplification {
public:
  Simplification(const std::vector<PlanePoint>& ring, double tolerance)
    : ring_(ring), tolerance_(tolerance), replaced_(ring.size()) {}

  std::optional<std::vector<PlanePoint>> result() {
    kept_.push_back(ring_.front());
    add_section(0, ring_.size() - 1, 1);
    if (!certain_)
      return std::nullopt;
    return std::move(kept_);
  }

private:
  // The points from `first` to `last`, which are `depth` halvings away from the whole ring.
  void add_section(std::size_t first, std::size_t last, std::size_t depth) {
    if (!certain_)
      return;
    if (first + 1 == last) {
      kept_.push_back(ring_[last]);
      return;
    }
    double farthest = -1;
    std::size_t middle = first;
    for (std::size_t i = first + 1; i < last; ++i)
      if (const double distance = distance_to_side(ring_[i], ring_[first], ring_[last]);
          distance > farthest) {
        farthest = distance;
        middle = i;
      }
    const std::size_t kept = kept_.size() > 1 ? kept_.size() : 0;
    const bool leaves_a_ring = kept >= kFewestPoints || depth + 1 >= kFewestPoints;
    if (leaves_a_ring && farthest <= tolerance_) {
      replace(first, last);
      return;
    }
    add_section(first, middle, depth + 1);
    add_section(middle, last, depth + 1);
  }

  void replace(std::size_t first, std::size_t last) {
    const Side side{ring_[first], ring_[last]};
    for (std::size_t i = 0; i + 1 < ring_.size() && certain_; ++i)
      if ((i < first || i >= last) && !replaced_[i])
        certain_ = are_apart(side, {ring_[i], ring_[i + 1]});
    for (std::size_t i = 0; i < replacements_.size() && certain_; ++i)
      certain_ = are_apart(side, replacements_[i]);
    std::fill(replaced_.begin() + static_cast<std::ptrdiff_t>(first),
              replaced_.begin() + static_cast<std::ptrdiff_t>(last), true);
    replacements_.push_back(side);
    kept_.push_back(ring_[last]);
  }

  const std::vector<PlanePoint>& ring_;
  double tolerance_;
  bool certain_ = true;
  std::vector<PlanePoint> kept_;
  std::vector<bool> replaced_; // side i, from point i to the next one
  std::vector<Side> replacements_;
};

} // namespace

std::optional<std::vector<PlanePoint>> simplified_ring(const std::vector<PlanePoint>& ring,
                                                       double tolerance) {
  if (ring.size() < kFewestPoints)
    return std::nullopt;
  return Simplification(ring, tolerance).result();
}

} // namespace oq::engine
