// Fields to arrays and back, and their averages.
#include "engine/gmf/field_table.hpp"

#include "engine/base/nearest_float.hpp"
#include "engine/output/array_access.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace oq::engine {
namespace {

template <class T>
Array column(std::vector<T> values) {
  const std::size_t size = values.size();
  return {{size}, std::move(values)};
}

boost::json::array names(const std::vector<std::string>& list) {
  return boost::json::array(list.begin(), list.end());
}

// Squares and sums are floats, the sums compensated, as in the reference engine: its deviations of
// equal values are what rounding leaves.
struct Moments {
  double sum = 0, squares = 0; // float() when complete
  std::size_t count = 0;
  void add(float value) {
    sum += static_cast<double>(value);
    squares += static_cast<double>(value * value);
    ++count;
  }
};

template <class T>
Result<std::vector<T>> read_column(const Datastore& datastore, const std::string& key) {
  OQ_TRY(const auto array, datastore.get(key));
  if (const auto* values = std::get_if<std::vector<T>>(&array.values))
    return *values;
  return Error{Errc::internal, "an array of another type than expected", key};
}

} // namespace

Result<void> store_events(const FieldEvents& events, bool computed, Datastore& datastore) {
  std::vector<std::int32_t> ids(events.size());
  std::iota(ids.begin(), ids.end(), 0);
  OQ_CHECK(datastore.put("events/id", column(std::move(ids))));
  OQ_CHECK(datastore.put("events/rup_id", column(events.rupture)));
  OQ_CHECK(datastore.put("events/rlz_id", column(events.realization)));
  if (computed) {
    OQ_CHECK(datastore.put("events/year", column(std::vector<std::int32_t>(events.size(), 0))));
    OQ_CHECK(datastore.put("events/ses_id", column(std::vector<std::int32_t>(events.size(), 1))));
  }
  return datastore.put_attributes("events", {{"exported", true}});
}

Result<void> store_fields(const FieldTable& table, Datastore& datastore) {
  const std::size_t imts = table.imts.size();
  OQ_CHECK(datastore.put("gmf_data/eid", column(table.event)));
  OQ_CHECK(datastore.put("gmf_data/sid", column(table.site)));
  OQ_CHECK(datastore.put("gmf_data/gmv", {{table.rows(), imts}, table.values}));
  if (!table.epsilon.empty()) {
    const std::size_t events = table.epsilon.size() / imts;
    OQ_CHECK(datastore.put("gmf_data/sigma", {{events, imts}, table.sigma}));
    OQ_CHECK(datastore.put("gmf_data/epsilon", {{events, imts}, table.epsilon}));
  }
  return datastore.put_attributes("gmf_data", {{"imts", names(table.imts)}, {"exported", true}});
}

std::vector<float> average_fields(const FieldTable& table, const FieldEvents& events,
                                  const std::vector<double>& weights,
                                  const std::vector<double>& minimum, std::size_t sites,
                                  bool geometric) {
  const std::size_t imts = table.imts.size(), cells = sites * imts;
  std::vector<Moments> moments(weights.size() * cells);
  std::vector<double> events_of(weights.size(), 0.0);
  std::vector<char> shaken(sites), ever_shaken(sites);
  const auto add = [&](std::size_t realization, std::size_t site, std::size_t imt, double value) {
    value = geometric ? std::log(std::max(value, minimum[imt])) : value;
    moments[realization * cells + site * imts + imt].add(static_cast<float>(value));
  };
  std::size_t row = 0;
  for (std::size_t event = 0; event < events.size(); ++event) {
    const auto realization = static_cast<std::size_t>(events.realization[event]);
    events_of[realization] += 1;
    std::ranges::fill(shaken, 0);
    for (; row < table.rows() && static_cast<std::size_t>(table.event[row]) == event; ++row) {
      const auto site = static_cast<std::size_t>(table.site[row]);
      shaken[site] = ever_shaken[site] = 1;
      for (std::size_t imt = 0; imt < imts; ++imt)
        add(realization, site, imt, static_cast<double>(table.values[row * imts + imt]));
    }
    for (std::size_t site = 0; geometric && site < sites; ++site)
      for (std::size_t imt = 0; !shaken[site] && imt < imts; ++imt)
        if (minimum[imt] > 0)
          add(realization, site, imt, minimum[imt]);
  }
  std::vector<float> average(2 * cells);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    double mean = 0, square = 0;
    bool any = false;
    for (std::size_t r = 0; r < weights.size(); ++r) {
      const auto& sums = moments[r * cells + cell];
      any = any || sums.count > 0;
      const double weight = events_of[r] > 0 ? weights[r] / events_of[r] : 0;
      mean += weight * nearest_float(sums.sum);
      square += weight * nearest_float(sums.squares);
    }
    if (!any || !ever_shaken[cell / imts])
      continue;
    const double deviation = std::sqrt(std::max(0.0, square - mean * mean));
    average[cell] = static_cast<float>(geometric ? std::exp(mean) : mean);
    average[cells + cell] = static_cast<float>(geometric ? std::exp(deviation) : deviation);
  }
  return average;
}

Result<void> store_average(std::vector<float> average, std::size_t sites,
                           const std::vector<std::string>& imts, Datastore& datastore) {
  OQ_CHECK(datastore.put("avg_gmf", {{2, sites, imts.size()}, std::move(average)}));
  return datastore.put_attributes("avg_gmf", {{"imts", names(imts)}, {"exported", true}});
}

Result<FieldTable> read_fields(const Datastore& datastore) {
  FieldTable table;
  OQ_TRY(const auto about, datastore.attributes("gmf_data"));
  table.imts = texts_attribute(about, "imts");
  OQ_TRY(table.event, read_column<std::int32_t>(datastore, "gmf_data/eid"));
  OQ_TRY(table.site, read_column<std::int32_t>(datastore, "gmf_data/sid"));
  OQ_TRY(table.values, read_column<float>(datastore, "gmf_data/gmv"));
  if (table.site.size() != table.rows() || table.values.size() != table.rows() * table.imts.size())
    return Error{Errc::internal, "the arrays of the fields disagree", "gmf_data"};
  return table;
}

Result<FieldEvents> read_events(const Datastore& datastore) {
  FieldEvents events;
  OQ_TRY(events.rupture, read_column<std::int32_t>(datastore, "events/rup_id"));
  OQ_TRY(events.realization, read_column<std::int32_t>(datastore, "events/rlz_id"));
  if (events.realization.size() != events.size())
    return Error{Errc::internal, "the arrays of the events disagree", "events"};
  return events;
}

} // namespace oq::engine
