// HazardWindow: the rows of a stored hazard array, of which only a part is held at a time.
#pragma once

#include "engine/output/datastore.hpp"

#include <span>
#include <string>
#include <vector>

namespace oq::engine {

// What may be held of one array, in bytes; smaller ones are read once as a whole.
inline constexpr std::size_t kMostWindowBytes = 128 << 20;

// Axes of the array: site, kind, and those that make up a row.
class HazardWindow {
public:
  // `datastore` must outlive it.
  HazardWindow(const Datastore& datastore, std::string key, std::vector<std::size_t> shape,
               std::size_t most_bytes = kMostWindowBytes);

  // Valid until the next call. Ascending sites of one kind after the other are read fastest.
  Result<std::span<const double>> row(std::size_t site, std::size_t kind);

private:
  Result<void> move_to(std::size_t site, std::size_t kind);
  std::size_t row_values() const { return shape_[2] * shape_[3]; }

  const Datastore& datastore_;
  std::string key_;
  std::vector<std::size_t> shape_; // site, kind, and two more
  std::size_t most_values_;
  Range sites_, kinds_; // held
  std::vector<double> values_;
};

} // namespace oq::engine
