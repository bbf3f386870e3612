// SitesByPlace: which site of a collection stands at a place.
#pragma once

#include "engine/geo/site_collection.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

namespace oq::engine {

class SitesByPlace {
public:
  explicit SitesByPlace(const SiteCollection& sites);

  // By five decimals of both.
  std::optional<std::int32_t> find(double lon, double lat) const;

private:
  std::map<std::pair<double, double>, std::int32_t> sites_;
};

} // namespace oq::engine
