// Imt: an intensity measure type, parsed from and printed as OpenQuake writes it ("SA(0.1)").
#pragma once

#include "engine/base/result.hpp"

#include <compare>
#include <string>
#include <string_view>

namespace oq::engine {

enum class ImtKind : unsigned char {
  pga,
  pgv,
  pgd,
  sa,
  mmi,
  cav,
  ia,
  rsd,
  rsd595,
  rsd575,
  rsd2080,
  avg_sa,
  jma
};

struct Imt {
  ImtKind kind = ImtKind::pga;
  double period = 0.0;  // s; SA only
  double damping = 5.0; // percent of critical

  // "PGA", "SA(0.1)". Errc::invalid_input names an unknown type.
  static Result<Imt> parse(std::string_view text);
  std::string name() const;
  constexpr bool is_sa() const noexcept { return kind == ImtKind::sa; }

  // Order of OpenQuake's outputs: by period (0 for all but SA), then name.
  friend std::partial_ordering operator<=>(const Imt& a, const Imt& b);
  friend bool operator==(const Imt&, const Imt&) = default;
};

inline constexpr Imt kPga{ImtKind::pga};
inline constexpr Imt kPgv{ImtKind::pgv};
inline constexpr Imt kPgd{ImtKind::pgd};
inline constexpr Imt kMmi{ImtKind::mmi};
inline constexpr Imt kCav{ImtKind::cav};
inline constexpr Imt kIa{ImtKind::ia};

// Spectral acceleration at a period in s, 5% damping.
constexpr Imt sa(double period) {
  return {.kind = ImtKind::sa, .period = period};
}

} // namespace oq::engine
