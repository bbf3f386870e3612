// SecondaryPeril: a peril that shaking sets off, site by site.
#pragma once

#include "engine/geo/site_collection.hpp"
#include "engine/gsim/imt.hpp"

#include <span>
#include <string>
#include <vector>

namespace oq::engine {

class SecondaryPeril {
public:
  virtual ~SecondaryPeril() = default;
  // Intensity measures that it is computed from, and the measures that it gives.
  virtual std::vector<Imt> needs() const = 0;
  virtual std::vector<std::string> gives() const = 0;
  // What the sites' model shows of it beside what was read.
  virtual std::vector<SiteColumn> site_columns() const { return {}; }
  // `shaking` as needs(), in the units of the models; `out` as gives().
  virtual void compute(std::size_t site, double magnitude, std::span<const double> shaking,
                       std::span<double> out) const = 0;
};

} // namespace oq::engine
