// The look-up tables of Frankel et al. (1996), which have a file of their own.
#pragma once

#include "engine/gsim/imt.hpp"

namespace oq::engine {

inline constexpr int kFrankelDistances = 21;  // log10 of km: 1, 1.1, … 3
inline constexpr int kFrankelMagnitudes = 20; // 4.4, 4.6, … 8.2

struct FrankelTable {
  Imt imt;
  double sigma;                                               // base 10
  double log10_motion[kFrankelDistances][kFrankelMagnitudes]; // g
};
inline constexpr int kFrankelTables = 7;
extern const FrankelTable kFrankel[kFrankelTables];

} // namespace oq::engine
