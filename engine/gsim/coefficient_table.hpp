// CoefficientTable: the coefficients a paper tabulates by IMT, and how to read between its periods.
#pragma once

#include "engine/gsim/imt.hpp"

#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <span>

namespace oq::engine {

// One line of a published table. Row is a struct of doubles and nothing else.
template <class Row>
struct TableEntry {
  Imt imt;
  Row row;
};

// Spectral periods between two tabulated ones are read by linear interpolation of every coefficient
// in ln T. PGA, PGV and the like are read as they stand and never take part; nothing is
// extrapolated.
template <class Row>
class CoefficientTable {
public:
  using Entries = std::span<const TableEntry<Row>>;

  // `entries`: first what is not SA, then SA by increasing period (checked while compiling).
  template <std::size_t kSize>
  consteval explicit CoefficientTable(const TableEntry<Row> (&entries)[kSize]) : entries_(entries) {
    while (spectral_from_ < kSize && !entries[spectral_from_].imt.is_sa())
      ++spectral_from_;
    for (std::size_t i = spectral_from_; i < kSize; ++i)
      if (!entries[i].imt.is_sa()
          || (i > spectral_from_ && entries[i].imt.period <= entries[i - 1].imt.period))
        throw "spectral rows must come last and grow in period";
  }

  bool supports(const Imt& imt) const {
    if (!imt.is_sa())
      return plain_index(imt) < spectral_from_;
    const Entries rows = entries_.subspan(spectral_from_);
    return !rows.empty() && imt.damping == 5.0 && imt.period >= rows.front().imt.period
           && imt.period <= rows.back().imt.period;
  }

  // REQUIRES: supports(imt).
  Row at(const Imt& imt) const {
    assert(supports(imt));
    if (!imt.is_sa())
      return entries_[plain_index(imt)].row;
    std::size_t upper = spectral_from_;
    while (entries_[upper].imt.period < imt.period)
      ++upper;
    const TableEntry<Row>& found = entries_[upper];
    return found.imt.period == imt.period ? found.row
                                          : between(entries_[upper - 1], found, imt.period);
  }

private:
  static constexpr std::size_t kColumns = sizeof(Row) / sizeof(double);
  using Columns = std::array<double, kColumns>;
  static_assert(sizeof(Row) == sizeof(Columns));

  // spectral_from_ when there is no such row.
  std::size_t plain_index(const Imt& imt) const {
    std::size_t i = 0;
    while (i < spectral_from_ && entries_[i].imt != imt)
      ++i;
    return i;
  }

  static Row between(const TableEntry<Row>& low, const TableEntry<Row>& high, double period) {
    const double weight = (std::log(period) - std::log(low.imt.period))
                          / (std::log(high.imt.period) - std::log(low.imt.period));
    auto columns = std::bit_cast<Columns>(low.row);
    const auto upper = std::bit_cast<Columns>(high.row);
    for (std::size_t i = 0; i < kColumns; ++i)
      columns[i] += (upper[i] - columns[i]) * weight;
    return std::bit_cast<Row>(columns);
  }

  Entries entries_;
  std::size_t spectral_from_ = 0;
};

} // namespace oq::engine
