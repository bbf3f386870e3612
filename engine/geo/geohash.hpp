// Geohash: a place as a short word; places near each other share its beginning.
#pragma once

#include "engine/geo/points.hpp"

#include <string>

namespace oq::engine {

// Base 32 of interleaved bits of longitude and latitude (Niemeyer 2008).
std::string geohash(LonLat place, std::size_t length);

} // namespace oq::engine
