// FieldTable: the ground-motion fields of a calculation with their events, and their datastore
// keys.
#pragma once

#include "engine/geo/site_collection.hpp"
#include "engine/output/datastore.hpp"

#include <string>
#include <vector>

namespace oq::engine {

// E events, F rows of fields (a site shaken by an event), M intensity measures, N sites.
//
// clang-format off
// key                          type  shape    what
// events/id, rup_id, rlz_id    i4    (E)
// events/year, ses_id          i4    (E)      absent for fields that were read
// gmf_data/eid, sid            i4    (F)      by event, then site
// gmf_data/gmv_0, gmv_1, …     f4    (F)      one an intensity measure, see FieldColumns
// gmf_data/sigma, epsilon      f4    (E, M)   between events; absent for fields that were read
// avg_gmf                      f4    (2, N, M) mean and deviation (geometric, unless read)
// clang-format on
//
// Attributes of gmf_data: those of FieldColumns. Of events: exported. Of avg_gmf: imts, exported.
struct FieldEvents {
  std::vector<std::int32_t> rupture, realization; // by event
  std::size_t size() const noexcept { return rupture.size(); }
};

struct FieldTable {
  std::vector<std::string> imts;
  std::size_t secondary = 0;             // so many of the last are of secondary perils
  std::vector<std::int32_t> event, site; // a row
  std::vector<float> values;             // row x IMT
  std::vector<float> sigma, epsilon;     // event x IMT, or empty
  std::size_t rows() const noexcept { return event.size(); }
};

Result<void> store_events(const FieldEvents& events, bool computed, Datastore& datastore);
// `events`: of the calculation, whether they shake a site or not.
Result<void> store_fields(const FieldTable& table, std::size_t events, Datastore& datastore);

Result<void> store_average(std::vector<float> average, std::size_t sites,
                           const std::vector<std::string>& imts, Datastore& datastore);

// Errc::not_found without fields.
Result<FieldTable> read_fields(const Datastore& datastore);
Result<FieldEvents> read_events(const Datastore& datastore);

} // namespace oq::engine
