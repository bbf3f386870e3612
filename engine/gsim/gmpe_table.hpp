// MotionTable: medians and deviations by distance, magnitude and period, as GMPETable's HDF5 files
// have them.
#pragma once

#include "engine/base/result.hpp"
#include "engine/gsim/ground_motion_model.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace oq::engine {

// An axis or a table, and whether the file had it in single precision: the interpolation then
// happens in single precision too, as in the program that wrote the tables.
struct TableNumbers {
  std::vector<double> values;
  bool single_precision = false;
};

// Values of one kind of motion: distance x period x magnitude.
struct MotionCube {
  std::string imt; // "PGA", "SA"
  TableNumbers medians, deviations;
};

struct MotionTable {
  std::string metric;                 // "rjb", "rrup", "rhypo", "repi"
  TableNumbers magnitudes, distances; // increasing; distances: distance x magnitude
  TableNumbers periods;               // increasing, s; empty without SA
  std::size_t distance_count = 0;
  std::vector<MotionCube> cubes;

  // Errc::invalid_input names the file and the array that is missing or does not fit.
  static Result<MotionTable> read(const std::filesystem::path& file);
  const MotionCube* cube(const Imt& imt) const;
  bool supports(const Imt& imt) const;
};

// Motion by distance for one magnitude and IMT.
struct MotionByDistance {
  std::vector<double> distance, median, deviation;
};
// `magnitude` has two decimals. Empty below the first magnitude of the table.
MotionByDistance motion_by_distance(const MotionTable& table, const Imt& imt, double magnitude);

} // namespace oq::engine
