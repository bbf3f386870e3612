// One tick: renew, hear, take over. A lapsed lease holds again only after all that was missed is
// known.
#include "actors/lease_keeper.hpp"

#include "actors/defaults.hpp"
#include "actors/lifecycle.hpp"
#include "engine/base/json.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <caf/event_based_actor.hpp>

namespace oq::actors {
namespace {

constexpr std::int64_t kChangesAtOnce = 2000;
constexpr auto kKnownTimeout = std::chrono::seconds(5);

std::int64_t microseconds(std::chrono::microseconds time) {
  return time.count();
}

std::int64_t number(const boost::json::object& info, const char* key) {
  const auto* value = info.if_contains(key);
  return value && value->is_int64() ? value->as_int64() : 0;
}

// A `run` is a node for as long as it lasts, and not missed afterwards.
bool is_of_a_shell(const std::string& node) {
  return node.find(":run:") != std::string::npos;
}

NodeReport report(const store::NodeRecord& record, const std::string& self) {
  NodeReport out;
  out.name = record.name;
  out.self = record.name == self;
  out.incarnation = record.incarnation;
  out.address = record.address;
  out.lease_seconds = static_cast<double>(record.lease.count()) / 1000;
  boost::json::error_code malformed;
  const auto parsed = boost::json::parse(record.info, malformed);
  if (!malformed && parsed.is_object()) {
    const auto& info = parsed.as_object();
    out.running = number(info, "running");
    out.waiting = number(info, "waiting");
    out.workers = number(info, "workers");
    out.remote_workers = number(info, "remote_workers");
    if (info.contains("lag_ms"))
      out.lag_ms = number(info, "lag_ms");
    if (number(info, "draining") != 0)
      out.state = NodeState::draining;
  }
  if (record.lease.count() <= 0)
    out.state = NodeState::ended;
  return out;
}

} // namespace

bool LeaseKeeperState::open() {
  if (!cluster_) {
    if (auto opened = peers_.open_cluster())
      cluster_ = *std::move(opened);
  }
  if (!store_) {
    if (auto opened = peers_.open_store())
      store_ = *std::move(opened);
  }
  return cluster_ && store_;
}

bool LeaseKeeperState::renew(Lease::Instant sent) {
  const auto renewed = cluster_->renew(peers_.node, peers_.incarnation, kLeaseTime, peers_.info());
  if (renewed) {
    peers_.lease->hear(sent);
    return true;
  }
  if (renewed.error().code == Errc::fenced) {
    peers_.lease->end();
    superseded_ = true;
    peers_.on_superseded();
  }
  return false;
}

void LeaseKeeperState::tick() {
  if (superseded_)
    return;
  const auto sent = BootClock::now();
  if (open() && renew(sent))
    hold(sent);
  peers_.gauges->store_up.set(BootClock::now() - peers_.lease->heard() < kStoreSilence ? 1 : 0);
  peers_.gauges->lease_valid.set(peers_.lease->holds() ? 1 : 0);
  if (!superseded_)
    self_->delayed_send(self_, kLeaseTick, tick_atom::value);
}

// `sent` is before the judge began to count.
void LeaseKeeperState::hold(Lease::Instant sent) {
  const auto until = sent + kLeaseTime - kLeaseMargin;
  const bool lapsed = !peers_.lease->holds();
  if (!lapsed)
    peers_.lease->extend(until);
  const auto missed = changes();
  if (!missed)
    return;
  tell(*missed);
  self_->request(peers_.directory, kKnownTimeout, known_atom::value, *missed)
    .then(
      [lease = peers_.lease, lapsed, until](bool) {
        if (lapsed)
          lease->extend(until);
      },
      [](const caf::error&) {
        // The next tick tells it again.
      });
  if (!lapsed)
    claim();
  look_at_nodes();
}

Result<RecordsPtr> LeaseKeeperState::changes() {
  auto fresh = std::make_shared<std::vector<store::CalculationRecord>>();
  if (heard_until_ == 0)
    heard_until_ = peers_.changes_from;
  auto from = heard_until_ - microseconds(kChangeOverlap);
  std::unordered_map<CalculationId, std::int64_t> seen;
  std::int64_t now = 0;
  for (bool more = true; more;) {
    OQ_TRY(auto page, store_->changed_since(from, kChangesAtOnce));
    now = now == 0 ? page.now : now;
    more = page.records.size() >= static_cast<std::size_t>(kChangesAtOnce)
           && page.records.back().changed_at > from;
    if (!page.records.empty())
      from = page.records.back().changed_at;
    for (auto& record : page.records) {
      note(record);
      seen[record.id] = record.revision;
      const auto told = told_.find(record.id);
      if (told == told_.end() || told->second < record.revision) {
        if (record.node != peers_.node)
          peers_.gauges->change_lag_ms.set((page.now - record.changed_at) / 1000);
        fresh->push_back(std::move(record));
      }
    }
  }
  heard_until_ = now;
  told_ = std::move(seen);
  return RecordsPtr(std::move(fresh));
}

void LeaseKeeperState::tell(const RecordsPtr& records) {
  if (records->empty())
    return;
  for (const auto& archive : peers_.archives)
    self_->send(archive, known_atom::value, records);
  self_->send(peers_.catalog, known_atom::value, records);
}

void LeaseKeeperState::claim() {
  if (superseded_ || !open() || !peers_.lease->holds()
      || peers_.gauges->phase.load() == NodePhase::draining)
    return;
  const auto claimed = cluster_->claim(peers_.node, peers_.incarnation, kMostClaims);
  if (!claimed)
    return;
  for (const auto& record : *claimed)
    resume(record);
}

void LeaseKeeperState::release() {
  peers_.lease->end();
  if (!std::exchange(superseded_, true) && open())
    std::ignore = cluster_->release(peers_.node, peers_.incarnation); // or it runs out
}

void LeaseKeeperState::resume(const store::CalculationRecord& record) {
  peers_.gauges->takeovers.add();
  const auto rows = store_->log_size(record.id);
  self_->send(peers_.directory, takeover_atom::value,
              RecordPtr(std::make_shared<const store::CalculationRecord>(record)),
              rows ? *rows : std::int64_t{0});
}

void LeaseKeeperState::note(const store::CalculationRecord& record) {
  const auto state = parse_state(record.status).value_or(State::failed);
  if (is_live(state))
    peers_.owners[record.id] = record.node;
  else
    peers_.owners.erase(record.id);
  if (state == State::deleted && record.node == peers_.node)
    peers_.remove_files(record);
}

void LeaseKeeperState::look_at_nodes() {
  const auto nodes = cluster_->nodes();
  if (!nodes)
    return;
  auto reports = std::make_shared<std::vector<NodeReport>>();
  std::int64_t up = 0;
  for (const auto& node : *nodes) {
    if (node.lease.count() <= 0 && is_of_a_shell(node.name))
      continue;
    reports->push_back(report(node, peers_.node));
    for (const auto& [id, owner] : peers_.owners)
      if (owner == node.name)
        reports->back().calculations.push_back(id);
    up += node.lease.count() > 0 ? 1 : 0;
  }
  self_->send(peers_.directory, nodes_atom::value, ReportsPtr(std::move(reports)));
  peers_.gauges->cluster_nodes.set(up);
}

LeaseKeeper::behavior_type lease_keeper(LeaseKeeper::stateful_pointer<LeaseKeeperState> self,
                                        LeaseKeeperPeers peers) {
  auto& state = self->state;
  state.begin(std::move(peers));
  self->send(self, tick_atom::value);
  return {
    [&state](left_atom) {
      state.claim();
    },
    [&state](drain_atom) {
      state.release();
      return true;
    },
    [&state](tick_atom) {
      state.tick();
    },
  };
}

} // namespace oq::actors
