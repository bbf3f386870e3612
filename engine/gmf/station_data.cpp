// Reads the stations' CSV file and finds stations among sites.
#include "engine/gmf/station_data.hpp"

#include "engine/geo/five_decimals.hpp"
#include "engine/nrml/csv_reader.hpp"
#include "engine/nrml/number.hpp"

#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <set>

namespace oq::engine {
namespace {

constexpr std::size_t kMostStations = 5'000; // a covariance of all their observations is factored

struct StationColumns {
  std::size_t lon = 0, lat = 0;
  std::vector<std::size_t> value;
  std::vector<std::optional<std::size_t>> sigma;
};

Result<StationColumns> find_columns(const CsvReader& file, StationData& stations) {
  StationColumns columns;
  OQ_TRY(columns.lon, file.require_column("LONGITUDE"));
  OQ_TRY(columns.lat, file.require_column("LATITUDE"));
  constexpr std::string_view kValue = "_VALUE";
  for (std::size_t i = 0; i < file.header().size(); ++i) {
    const std::string& name = file.header()[i];
    if (!name.ends_with(kValue))
      continue;
    const std::string imt = name.substr(0, name.size() - kValue.size());
    const auto known = Imt::parse(imt);
    if (!known)
      return file.error("column " + in_quotes(name) + ": " + known.error().message);
    stations.imts.push_back(*known);
    columns.value.push_back(i);
    const auto sigma = file.column(imt + "_LN_SIGMA");
    columns.sigma.push_back(sigma ? sigma : file.column(imt + "_STDDEV"));
  }
  if (stations.imts.empty())
    return file.error("no column {IMT}_VALUE");
  return columns;
}

Result<void> read_observations(const CsvReader& file, const StationColumns& columns,
                               StationData& stations) {
  for (std::size_t imt = 0; imt < stations.imts.size(); ++imt) {
    double value = std::numeric_limits<double>::quiet_NaN(), sigma = 0;
    if (!file.cell(columns.value[imt]).empty()) {
      OQ_TRY(value, file.number(columns.value[imt]));
      if (!(value > 0))
        return file.error(file.header()[columns.value[imt]]
                          + " must be above 0: a station that recorded nothing is left out");
      value = std::log(value);
    }
    if (const auto column = columns.sigma[imt]; column && !file.cell(*column).empty()) {
      OQ_TRY(sigma, file.number(*column));
      if (sigma < 0)
        return file.error(file.header()[*column] + " must be 0 or more");
    }
    stations.ln_value.push_back(value);
    stations.ln_sigma.push_back(sigma);
  }
  return {};
}

} // namespace

Result<StationData> read_station_data(const Job& job) {
  const auto input = job.inputs.find("station_data");
  if (input == job.inputs.end() || input->second.empty())
    return invalid_input("station_data_file is missing", job.ini.filename().string());
  OQ_TRY(auto file, CsvReader::open(input->second.front()));
  StationData stations;
  OQ_TRY(const auto columns, find_columns(file, stations));
  std::set<std::pair<double, double>> places;
  while (true) {
    OQ_TRY(const bool more, file.next());
    if (!more)
      break;
    OQ_TRY(const double lon, file.number(columns.lon));
    OQ_TRY(const double lat, file.number(columns.lat));
    if (std::abs(lon) > 180 || std::abs(lat) > 90)
      return file.error("the station is not on the Earth");
    stations.lon.push_back(five_decimals(lon));
    stations.lat.push_back(five_decimals(lat));
    if (!places.emplace(stations.lon.back(), stations.lat.back()).second)
      return file.error("a station is at this place already");
    OQ_CHECK(read_observations(file, columns, stations));
    if (stations.size() > kMostStations)
      return file.error("more than 5,000 stations");
  }
  if (stations.size() == 0)
    return invalid_input("the file has no station", file.file());
  return stations;
}

SiteCollection with_stations(SiteCollection sites, const SiteCollection& ground,
                             StationData& stations) {
  std::map<std::pair<double, double>, std::size_t> by_place;
  for (std::size_t site = 0; site < sites.size(); ++site)
    by_place.try_emplace({sites.lon[site], sites.lat[site]}, site);
  std::vector<std::size_t> added; // of `ground`
  for (std::size_t site = 0; site < ground.size(); ++site)
    if (by_place.try_emplace({ground.lon[site], ground.lat[site]}, sites.size() + added.size())
          .second)
      added.push_back(site);
  sites.append(ground.selected(added));
  stations.site.clear();
  for (std::size_t i = 0; i < stations.size(); ++i)
    stations.site.push_back(by_place.at({stations.lon[i], stations.lat[i]}));
  return sites;
}

} // namespace oq::engine
