// FaultRuptures: the ruptures of a source whose surfaces are given: faults floating over a mesh,
// characteristic ones, and ruptures described one by one.
#pragma once

#include "engine/base/result.hpp"
#include "engine/geo/surface_mesh.hpp"
#include "engine/rupture/gc2.hpp"

#include <optional>
#include <string>
#include <vector>

namespace oq::engine {

struct FaultSettings {
  double rupture_mesh_spacing = 5;       // km
  double complex_fault_mesh_spacing = 5; // km
  double width_of_mfd_bin = 0;           // 0: not given
  double minimum_magnitude = 0;
  // Years, when ruptures described one by one are to be Poissonian, with the rate that their
  // probability of no occurrence in this time means; 0: their probabilities count.
  double infer_rates_over = 0;
};

// What ruptures are parts of: a mesh, points in no order, or rectangles.
struct FaultSurface {
  enum class Kind : unsigned char { simple, complex, points, rectangles };
  Kind kind = Kind::simple;
  std::optional<SurfaceMesh> mesh; // one row of points without order
  std::vector<PlanarRupture> rectangles;
  std::optional<Gc2> coordinates; // of several rectangles
};

struct FaultRupture {
  std::uint32_t surface = 0;
  MeshWindow window;    // of a mesh
  double magnitude = 0; // as the distribution has it
  double rate = 0;      // a year; of a rupture with probabilities of its own, 0
  // Node of the hypocentre within the window, when the source says; else in the middle.
  std::optional<std::pair<std::uint32_t, std::uint32_t>> hypocentre;
};

class FaultRuptures {
public:
  // Ruptures of one surface and of equally many columns are neighbours. Errors name the source and
  // its place in the file.
  static Result<FaultRuptures> make(const Source& source, const FaultSettings& settings);

  const std::vector<FaultRupture>& ruptures() const noexcept { return ruptures_; }
  const FaultSurface& surface(const FaultRupture& rupture) const {
    return surfaces_[rupture.surface];
  }
  const std::vector<FaultSurface>& surfaces() const noexcept { return surfaces_; }
  // Nodes of meshes as stored ruptures have them: the nearest floats.
  void round_nodes();
  // The mesh of a surface that is given node by node. REQUIRES: one rupture, one surface.
  void set_mesh(SurfaceMesh mesh, FaultSurface::Kind kind);
  RuptureParameters parameters(const FaultRupture& rupture) const;
  // Probabilities of 0, 1, … occurrences; empty for a Poissonian rupture.
  const std::vector<double>& probabilities(const FaultRupture& rupture) const;
  // Among ruptures that exclude each other; else 1.
  double weight(const FaultRupture& rupture) const {
    return given_.empty() ? 1.0 : given_[rupture.surface].weight;
  }
  double largest_magnitude() const noexcept { return largest_magnitude_; }

private:
  Result<void> add(const Source& source, const FaultSettings& settings);
  Result<void> add_simple(const Source& source, const SimpleFaultGeometry& fault,
                          const FaultSettings& settings);
  Result<void> add_complex(const Source& source, const ComplexFaultGeometry& fault,
                           const FaultSettings& settings);
  Result<void> add_characteristic(const Source& source, const CharacteristicGeometry& geometry,
                                  const FaultSettings& settings);
  Result<void> add_given(const NonParametricGeometry& geometry, const FaultSettings& settings);
  void float_simple(const Source& source, const MagnitudeRate& bin, double spacing);
  void float_complex(const Source& source, const MagnitudeRate& bin);

  bool is_stored_ = false; // in single precision, as are nodes and magnitude
  double rake_ = 0;
  double largest_magnitude_ = 0;
  std::vector<FaultSurface> surfaces_;
  std::vector<FaultRupture> ruptures_;
  // Of ruptures described one by one, in the order of their surfaces.
  std::vector<NonParametricRupture> given_;
};

// Surface area of a fault, km2, as the a-value of a slip rate needs it: of a mesh with 1 km between
// points, 2 km for a complex fault, whatever the spacing of its ruptures.
Result<double> fault_area(const Source& source);

} // namespace oq::engine
