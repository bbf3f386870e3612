// Gc2: generalised coordinates of traces (Spudich & Chiou 2015, USGS OFR 2015-1028).
#pragma once

#include "engine/geo/orthographic.hpp"
#include "engine/rupture/planar_rupture.hpp"
#include "engine/source/source.hpp"

#include <algorithm>
#include <vector>

namespace oq::engine {

// One trace, made of straight segments.
class Gc2Line {
public:
  // REQUIRES: two points or more, not all at one place.
  explicit Gc2Line(const std::vector<LonLat>& points);

  // What the line adds to the coordinates of a site.
  struct Share {
    double weight = 0; // 1/km
    double t = 0;      // km across, positive on the right
    double u = 0;      // km along, from its start
  };
  Share at(LonLat site) const;

  double length() const noexcept { return length_; } // km, along its segments
  LonLat start() const noexcept { return start_; }
  LonLat end() const noexcept { return end_; }

private:
  struct Segment {
    PlanePoint start;
    double along_x = 0, along_y = 0;       // unit vector
    double length = 0, offset_on_line = 0; // km
  };

  Orthographic projection_;
  std::vector<Segment> segments_;
  LonLat start_, end_;
  double length_ = 0;
};

// How a line takes part in a trace of several.
struct Gc2Member {
  double offset = 0;     // km, of its start along the trend
  bool reversed = false; // against the trend

  // The share of the line as the trace has it.
  Gc2Line::Share of(const Gc2Line::Share& share, double length) const {
    return reversed ? Gc2Line::Share{share.weight, -share.t, length - share.u + offset}
                    : Gc2Line::Share{share.weight, share.t, share.u + offset};
  }
};

// Of lines in any order and direction, one each.
std::vector<Gc2Member> gc2_members(const std::vector<const Gc2Line*>& lines);

// Sums shares, already as the trace has them.
class Gc2Sum {
public:
  void add(const Gc2Line::Share& share);
  double t() const { return t_ / weights_; }
  double u() const { return u_ / weights_; }

private:
  double weights_ = 0, t_ = 0, u_ = 0;
};

class Gc2 {
public:
  explicit Gc2(std::vector<Gc2Line> lines);
  // The top edges of the rectangles, each from its left to its right end.
  explicit Gc2(const std::vector<PlanarSurface>& rectangles);

  struct Coordinates {
    double t = 0; // km across, positive on the right
    double u = 0; // km along
  };
  Coordinates at(LonLat site) const;
  // km beyond the ends, along the trace.
  double beyond_ends(double u) const { return gc2_beyond(u, longest_); }

  static double gc2_beyond(double u, double longest) {
    return u < 0 ? -u : std::max(u - longest, 0.0);
  }

private:
  std::vector<Gc2Line> lines_;
  std::vector<Gc2Member> members_;
  double longest_ = 0; // largest u on the traces
};

} // namespace oq::engine
