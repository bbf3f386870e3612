// StationData: intensities that stations recorded, on which fields are conditioned.
#pragma once

#include "engine/geo/site_collection.hpp"
#include "engine/gsim/imt.hpp"
#include "engine/job/job.hpp"

#include <vector>

namespace oq::engine {

struct StationData {
  std::vector<double> lon, lat;  // a station; degrees, 5 decimals
  std::vector<Imt> imts;         // in the order of the file
  std::vector<double> ln_value;  // station x IMT; NaN: not recorded
  std::vector<double> ln_sigma;  // of the observation, beside that of the models
  std::vector<std::size_t> site; // of the calculation's sites, when they are known

  std::size_t size() const noexcept { return lon.size(); }
};

// STATION_ID, LONGITUDE, LATITUDE, {IMT}_VALUE and {IMT}_LN_SIGMA (or {IMT}_STDDEV; none is 0).
// Errc::invalid_input names file:line: no coordinates, an intensity that is not above 0, a negative
// deviation, a place or an id twice. Errc::invalid_input without the job's station_data_file.
Result<StationData> read_station_data(const Job& job);

// The sites with those of stations that are not among them appended, sorted by lon, lat: their
// ground is `ground`, sites of the stations' places. Finds StationData::site.
SiteCollection with_stations(SiteCollection sites, const SiteCollection& ground,
                             StationData& stations);

} // namespace oq::engine
