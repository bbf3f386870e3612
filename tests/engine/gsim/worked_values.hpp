// Motions worked out from the published equations by another program, one row a model and an input.
#pragma once

#include "engine/gsim/one_pair.hpp"

#include <ostream>

namespace oq::engine::testing {

struct WorkedValue {
  const char* model;
  Imt imt;
  OnePair inputs;
  LogNormal expected; // 10 significant digits

  friend void PrintTo(const WorkedValue& value, std::ostream* out) {
    *out << value.model << ' ' << value.imt.name() << " M" << value.inputs.mag;
  }
};

// The three inputs that the NGA-type models share.
// clang-format off
inline constexpr OnePair kA{.mag = 6.3, .rake = 100, .dip = 50, .ztor = 3, .width = 12, .hypo_depth = 9,
                            .rrup = 10, .rjb = 8, .rx = 9, .ry0 = 0,
                            .vs30 = 270, .vs30measured = 0, .z1pt0 = 350, .z2pt5 = 1.6};
inline constexpr OnePair kB{.mag = 7.6, .rake = -90, .dip = 60, .ztor = 0, .width = 18, .hypo_depth = 11,
                            .rrup = 120, .rjb = 118, .rx = -60, .ry0 = 30,
                            .vs30 = 950, .vs30measured = 1, .z1pt0 = 25, .z2pt5 = 0.4};
inline constexpr OnePair kC{.mag = 5.2, .rake = 0, .dip = 90, .ztor = 6, .width = 5, .hypo_depth = 8,
                            .rrup = 27, .rjb = 25, .rx = 20, .ry0 = 12,
                            .vs30 = 560, .vs30measured = 0, .z1pt0 = -1, .z2pt5 = 3.6};
// clang-format on

// The test body: the model's motion equals the row's to the digits that it has.
void expect_worked_value(const WorkedValue& value);

} // namespace oq::engine::testing
