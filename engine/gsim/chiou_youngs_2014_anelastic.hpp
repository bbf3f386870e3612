// AnelasticShift: what a host-to-target adjustment adds to the anelastic term of Chiou and Youngs
// (2014), from a text file.
#pragma once

#include "engine/base/result.hpp"
#include "engine/gsim/values_by_imt.hpp"

#include <array>
#include <filesystem>

namespace oq::engine {

class AnelasticShift {
public:
  // A line an IMT under the heading "IMT c0 c1 c2 c3", with blanks or commas between the columns;
  // the IMT is pga, pgv or a spectral period in s. Rows of PGA and PGV that hold 999 are as if not
  // there.
  static Result<AnelasticShift> read(const std::filesystem::path& file);

  bool supports(const Imt& imt) const { return columns_[0].supports(imt); }
  // Equation 13 of Boore et al. (2022). REQUIRES: supports(imt).
  double at(const Imt& imt, double mag) const;

private:
  std::array<ValuesByImt, 4> columns_; // c0 to c3
};

} // namespace oq::engine
