// SiteCollection: the sites of a calculation as a structure of arrays.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oq::engine {

// One parameter of a site model, in the kind in which site_model.csv shows it.
struct SiteColumn {
  enum class Kind : unsigned char { real, integer, text };
  std::string name;
  Kind kind = Kind::real;
  std::vector<double> numbers;    // of real and integer columns
  std::vector<std::string> texts; // of text columns

  std::size_t size() const noexcept { return kind == Kind::text ? texts.size() : numbers.size(); }
  // The values at some positions, in their order.
  SiteColumn selected(std::span<const std::size_t> positions) const;
};

// All vectors have one entry a site, in the order of the outputs (lon, then lat, then depth; a site
// model that is the sites keeps its own order). A parameter that the calculation does not define is
// an empty vector.
struct SiteCollection {
  std::vector<double> lon, lat;     // degrees, 5 decimals
  std::vector<double> depth;        // km, positive down
  std::vector<double> vs30;         // m/s
  std::vector<double> vs30measured; // 1 measured, 0 inferred
  std::vector<double> z1pt0;        // m
  std::vector<double> z2pt5;        // km
  std::vector<double> backarc;      // 1 or 0
  std::vector<double> xvf;          // km to the volcanic front
  std::vector<double> slope;        // m/m
  // Coded as engine/gsim/site_codes.hpp says.
  std::vector<double> region, geology, siteclass, soiltype;
  // Swiss amplification: engine/gsim/ground_motion_model.hpp.
  std::vector<double> amplfactor, ch_ampl03, ch_ampl06, ch_phis2s03, ch_phis2s06, ch_phiss03,
    ch_phiss06;
  // What site_model.csv shows beside the coordinates; empty when the sites come from the job file
  // alone. Every column also stands in its own vector above, when it has one.
  std::vector<SiteColumn> columns;
  std::vector<std::string> custom_ids; // one a site, or empty

  std::size_t size() const noexcept { return lon.size(); }
  // The vector above of that name; null when there is none.
  std::vector<double>* parameter(std::string_view name);
  const std::vector<double>* parameter(std::string_view name) const;
  const SiteColumn* column(std::string_view name) const;
  // Only those sites, in that order.
  SiteCollection selected(std::span<const std::size_t> positions) const;
  // REQUIRES: sites built for the same job, hence with the same parameters.
  void append(const SiteCollection& more);
};

} // namespace oq::engine
