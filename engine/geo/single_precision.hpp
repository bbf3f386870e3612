// Geodesy in single precision: what the reference engine computes from ruptures that it stored.
//
// Its ruptures have float coordinates, and NumPy keeps the type: places come out up to a metre off,
// which near a fault is more than the last digits of a ground motion. Sine and cosine are those of
// NumPy's vector loops (at most 1.5 units in the last place), so that the same floats come out.
#pragma once

#include "engine/geo/geodesy.hpp"

namespace oq::engine::single_precision {

float sine(float radians);   // REQUIRES: |radians| < 70000
float cosine(float radians); // REQUIRES: |radians| < 70000
float radians(float degrees);

// km from the Earth's centre; floats.
Vector3 cartesian(const GeoPoint& point);
// Where a point is when its radians are floats.
LonLat place(LonLat point);
// Degrees in [0, 360).
double azimuth(LonLat from, LonLat to);

} // namespace oq::engine::single_precision
