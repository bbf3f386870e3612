// The letter that stands for a branch in a realization's path ("AB.~AC").
#pragma once

#include <cstddef>
#include <string>

namespace oq::engine {

inline constexpr std::size_t kMostBranches = 183; // of one branch set: there are no more letters
inline constexpr char kNoBranch = '.';            // where a branch set does not apply

// UTF-8, of the branch at `index` within its set. REQUIRES: index < kMostBranches.
std::string branch_letter(std::size_t index);

} // namespace oq::engine
