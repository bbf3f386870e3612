// Reading the store from end to end, once, without what takes much room.
#include "actors/recovery.hpp"

#include "actors/defaults.hpp"
#include "actors/lifecycle.hpp"

namespace oq::actors {
namespace {

constexpr std::int64_t kPage = 5000;

Result<Unfinished> unfinished(const store::CalculationStore& store,
                              const store::CalculationRecord& record) {
  OQ_TRY(const auto rows, store.log_size(record.id));
  return Unfinished{std::make_shared<const store::CalculationRecord>(record), rows};
}

bool is_abandoned(const store::CalculationRecord& record, const ServiceOptions& options) {
  return is_live(parse_state(record.status).value_or(State::failed)) && record.node != options.node
         && options.is_gone && options.is_gone(record.node);
}

Result<void> read_all(const store::CalculationStore& store, const ServiceOptions& options,
                      Found& found) {
  for (store::CalculationId last = 0;;) {
    OQ_TRY(auto page, store.summaries(last, kPage));
    if (page.empty())
      return {};
    last = page.back().id;
    for (const auto& record : page)
      if (!options.cluster && is_abandoned(record, options)) {
        OQ_TRY(const auto whole, store.find(record.id));
        OQ_TRY(auto left, unfinished(store, whole));
        found.abandoned.push_back(std::move(left));
      }
    found.all.push_back(
      std::make_shared<const std::vector<store::CalculationRecord>>(std::move(page)));
  }
}

Result<std::vector<store::CalculationRecord>> enroll(const ServiceOptions& options, Found& found) {
  OQ_TRY(const auto cluster, options.cluster->open_store());
  OQ_TRY(const auto nodes, cluster->nodes());
  for (const auto& node : nodes)
    if (node.name == options.node && node.lease.count() < 0)
      found.away = -node.lease;
  OQ_TRY(found.incarnation,
         cluster->enroll(options.node, options.listen ? options.listen->text() : std::string()));
  found.enrolled = BootClock::now();
  OQ_CHECK(cluster->renew(options.node, found.incarnation, kLeaseTime, "{}"));
  return cluster->reclaim(options.node, found.incarnation);
}

} // namespace

Result<Found> look_around(const ServiceOptions& options) {
  OQ_TRY(auto store, options.open_store());
  Found found;
  std::vector<store::CalculationRecord> ours;
  if (options.cluster) {
    OQ_TRY(ours, enroll(options, found));
    constexpr std::int64_t kOne = 1;
    OQ_TRY(const auto now, store->changed_since(std::numeric_limits<std::int64_t>::max(), kOne));
    found.changes_from = now.now - std::chrono::microseconds(found.away).count();
  } else {
    OQ_TRY(ours, store->unfinished(options.node));
  }
  for (const auto& record : ours) {
    OQ_TRY(auto own, unfinished(*store, record));
    found.ours.push_back(std::move(own));
  }
  OQ_CHECK(read_all(*store, options, found));
  return found;
}

} // namespace oq::actors
