// PointIndex: one sorted axis.
#include "engine/geo/point_index.hpp"

#include <algorithm>
#include <limits>

namespace oq::engine {

PointIndex::PointIndex(const std::vector<double>& lon, const std::vector<double>& lat) {
  for (std::size_t i = 0; i < lon.size(); ++i)
    entries_.push_back({cartesian({lon[i], lat[i]}, 0), i});
  double widest = -1;
  for (const int axis : {0, 1, 2}) {
    const auto value = [axis](const Entry& e) {
      return axis == 0 ? e.position.x : axis == 1 ? e.position.y : e.position.z;
    };
    if (entries_.empty())
      break;
    const auto [low, high] = std::ranges::minmax(entries_, {}, value);
    if (const double extent = value(high) - value(low); extent > widest) {
      widest = extent;
      axis_ = axis;
    }
  }
  std::ranges::stable_sort(entries_, {}, [this](const Entry& e) {
    return along(e.position);
  });
}

std::pair<std::size_t, double> PointIndex::nearest(LonLat point) const {
  const auto target = cartesian(point, 0);
  const auto start = std::ranges::lower_bound(entries_, along(target), {}, [this](const Entry& e) {
    return along(e.position);
  });
  auto up = start, down = start;
  std::pair best{std::numeric_limits<std::size_t>::max(), std::numeric_limits<double>::infinity()};
  const auto visit = [&](const Entry& entry) {
    const double distance = norm(entry.position - target);
    if (distance < best.second || (distance == best.second && entry.point < best.first))
      best = {entry.point, distance};
    return std::abs(along(entry.position) - along(target)) <= best.second;
  };
  while (up != entries_.end() && visit(*up))
    ++up;
  while (down != entries_.begin() && visit(*--down)) {
  }
  return best;
}

} // namespace oq::engine
