// FaultRuptures: the ruptures of a source whose surfaces are given: faults floating over a mesh,
// characteristic ones, and ruptures described one by one, with surfaces of their own or of sections
// that they share.
#pragma once

#include "engine/rupture/fault_surface.hpp"
#include "engine/source/source.hpp"

#include <span>
#include <string>

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

// A surface that ruptures join with others.
struct JoinedSection {
  RuptureParameters parameters;
  double area = 0; // km2
  Gc2Line top_edge;
};

struct FaultRupture {
  std::uint32_t surface = 0; // of ruptures of sections, the first of them
  std::uint32_t given = 0;   // index among those described one by one
  MeshWindow window;         // of a mesh
  double magnitude = 0;      // as the distribution has it
  double rate = 0;           // a year; of a rupture with probabilities of its own, 0
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
  // Whether ruptures are made of several of the surfaces.
  bool joins_sections() const noexcept { return !sections_.empty(); }
  // One a surface. REQUIRES: joins_sections().
  const JoinedSection& section(std::uint32_t surface) const { return sections_[surface]; }
  std::span<const std::uint32_t> sections_of(const FaultRupture& rupture) const {
    return std::span(joined_).subspan(first_joined_[rupture.given],
                                      first_joined_[rupture.given + 1]
                                        - first_joined_[rupture.given]);
  }
  // Nodes of meshes as stored ruptures have them: the nearest floats.
  void round_nodes();
  // The surface, given node by node; several are joined. REQUIRES: one rupture.
  void set_meshes(std::vector<SurfaceMesh> meshes, FaultSurface::Kind kind);
  RuptureParameters parameters(const FaultRupture& rupture) const;
  // Probabilities of 0, 1, … occurrences; empty for a Poissonian rupture.
  const std::vector<double>& probabilities(const FaultRupture& rupture) const;
  // Among ruptures that exclude each other; else 1.
  double weight(const FaultRupture& rupture) const {
    return given_.empty() ? 1.0 : given_[rupture.given].weight;
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
  Result<void> add_kite(const Source& source, const KiteFaultGeometry& fault,
                        const FaultSettings& settings);
  Result<void> add_given(const NonParametricGeometry& geometry, const FaultSettings& settings);
  Result<void> add_joined(const MultiFaultGeometry& geometry, const FaultSettings& settings);
  Result<void> add_sections(const MultiFaultGeometry& geometry, const FaultSettings& settings);
  void add_given(NonParametricRupture given, FaultRupture rupture, const FaultSettings& settings);
  void set_sections();
  void float_simple(const Source& source, const MagnitudeRate& bin, double spacing);
  void float_complex(const Source& source, const MagnitudeRate& bin);
  void float_kite(const Source& source, const KiteFaultGeometry& fault, const MagnitudeRate& bin,
                  const FaultSettings& settings);

  bool is_stored_ = false; // in single precision, as are nodes and magnitude
  double rake_ = 0;
  double largest_magnitude_ = 0;
  std::vector<FaultSurface> surfaces_;
  std::vector<FaultRupture> ruptures_;
  std::vector<NonParametricRupture> given_; // ruptures described one by one, without surfaces
  std::vector<JoinedSection> sections_;
  // The surfaces of every given rupture, one after the other.
  std::vector<std::uint32_t> joined_;
  std::vector<std::size_t> first_joined_;
};

// The magnitudes of a fault's distribution, those below the minimum left out.
Result<std::vector<MagnitudeRate>> magnitude_bins(const Source& source,
                                                  const FaultSettings& settings);

// Surface area of a fault, km2, as the a-value of a slip rate needs it: of a mesh with 1 km between
// points, 2 km for a complex fault, whatever the spacing of its ruptures.
Result<double> fault_area(const Source& source);

} // namespace oq::engine
