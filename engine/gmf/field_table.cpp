// Fields to arrays and back.
#include "engine/gmf/field_table.hpp"

#include "engine/output/field_columns.hpp"

#include <boost/json/array.hpp>

#include <numeric>

namespace oq::engine {
namespace {

template <class T>
Array column(std::vector<T> values) {
  const std::size_t size = values.size();
  return {{size}, std::move(values)};
}

Error fields_disagree() {
  return {Errc::internal, "the arrays of the fields disagree", "gmf_data"};
}

boost::json::array names(const std::vector<std::string>& list) {
  return boost::json::array(list.begin(), list.end());
}

template <class T>
Result<std::vector<T>> read_column(const Datastore& datastore, const std::string& key) {
  OQ_TRY(auto array, datastore.get(key));
  if (auto* values = std::get_if<std::vector<T>>(&array.values))
    return std::move(*values);
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

Result<void> store_fields(const FieldTable& table, std::size_t events, Datastore& datastore) {
  const FieldColumns columns{table.imts, table.secondary};
  const std::size_t imts = table.imts.size();
  OQ_CHECK(datastore.put("gmf_data/eid", column(table.event)));
  OQ_CHECK(datastore.put("gmf_data/sid", column(table.site)));
  std::vector<float> values(table.rows());
  for (std::size_t imt = 0; imt < imts; ++imt) {
    for (std::size_t row = 0; row < values.size(); ++row)
      values[row] = table.values[row * imts + imt];
    OQ_CHECK(datastore.put(columns.key(imt), column(values)));
  }
  if (!table.epsilon.empty()) {
    const std::size_t computed = columns.computed(), drawn = table.epsilon.size() / computed;
    OQ_CHECK(datastore.put("gmf_data/sigma", {{drawn, computed}, table.sigma}));
    OQ_CHECK(datastore.put("gmf_data/epsilon", {{drawn, computed}, table.epsilon}));
  }
  return store_field_columns(columns, events, datastore);
}

Result<void> store_average(std::vector<float> average, std::size_t sites,
                           const std::vector<std::string>& imts, Datastore& datastore) {
  OQ_CHECK(datastore.put("avg_gmf", {{2, sites, imts.size()}, std::move(average)}));
  return datastore.put_attributes("avg_gmf", {{"imts", names(imts)}, {"exported", true}});
}

Result<FieldTable> read_fields(const Datastore& datastore) {
  OQ_TRY(auto columns, read_field_columns(datastore));
  FieldTable table;
  OQ_TRY(table.event, read_column<std::int32_t>(datastore, "gmf_data/eid"));
  OQ_TRY(table.site, read_column<std::int32_t>(datastore, "gmf_data/sid"));
  if (table.site.size() != table.rows())
    return fields_disagree();
  const std::size_t imts = columns.imts.size();
  table.values.resize(table.rows() * imts);
  for (std::size_t imt = 0; imt < imts; ++imt) {
    OQ_TRY(const auto values, read_column<float>(datastore, columns.key(imt)));
    if (values.size() != table.rows())
      return fields_disagree();
    for (std::size_t row = 0; row < values.size(); ++row)
      table.values[row * imts + imt] = values[row];
  }
  table.imts = std::move(columns.imts);
  table.secondary = columns.secondary;
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
