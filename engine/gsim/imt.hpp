// Imt: an intensity measure type, parsed from and printed as OpenQuake writes it ("SA(0.1)").
#pragma once

#include "engine/base/result.hpp"

#include <compare>
#include <string>
#include <string_view>

namespace oq::engine {

enum class ImtKind : unsigned char { pga, pgv, pgd, sa, mmi, cav, ia, rsd, rsd595, rsd575, rsd2080, avg_sa, jma };

struct Imt {
  ImtKind kind = ImtKind::pga;
  double period = 0.0; // s; SA only
  double damping = 5.0; // percent of critical

  // "PGA", "SA(0.1)". Errc::invalid_input names an unknown type.
  static Result<Imt> parse(std::string_view text);
  std::string name() const;
  bool is_sa() const noexcept { return kind == ImtKind::sa; }

  // Order of OpenQuake's outputs: by period (PGA counts as 0), then name.
  friend std::partial_ordering operator<=>(const Imt&, const Imt&) = default;
  friend bool operator==(const Imt&, const Imt&) = default;
};

} // namespace oq::engine
