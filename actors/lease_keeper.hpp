// The lease keeper: renews this node's lease, hears what other nodes wrote, takes over from lost
// ones.
#pragma once

#include "actors/archive.hpp"
#include "actors/catalog.hpp"
#include "actors/door.hpp"
#include "actors/gauges.hpp"
#include "actors/lease.hpp"
#include "actors/node_report.hpp"
#include "store/cluster_store.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace oq::actors {

using ClusterStoreFactory = std::function<Result<std::unique_ptr<store::ClusterStore>>()>;

using LeaseKeeper = Keeper::extend<
  // This node stops: gives the lease back, so that others take over at once. Answers true.
  caf::replies_to<drain_atom>::with<bool>,
  // To itself.
  caf::reacts_to<tick_atom>>;

// Who runs calculations here: hears of rows that others wrote, of what is now this node's, and of
// the nodes there are.
using Directory = caf::typed_actor<caf::replies_to<known_atom, RecordsPtr>::with<bool>,
                                   caf::reacts_to<takeover_atom, RecordPtr, std::int64_t>,
                                   caf::reacts_to<nodes_atom, ReportsPtr>>;

struct LeaseKeeperPeers {
  std::string node;
  std::int64_t incarnation = 0;
  std::int64_t changes_from = 0; // by the database's clock: what the directory knows already
  std::map<CalculationId, std::string> owners = {}; // of those that have not ended yet
  LeasePtr lease;
  ClusterStoreFactory open_cluster;
  StoreFactory open_store;
  Directory directory;
  std::vector<Archive> archives;
  Catalog catalog;
  GaugesPtr gauges;
  // A calculation that had its files here was removed by another node while this one was away.
  std::function<void(const store::CalculationRecord&)> remove_files;
  std::function<std::string()> info; // JSON of this node for the others
  // Another process has taken this node's name: nothing of ours counts any more.
  std::function<void()> on_superseded;
};

class LeaseKeeperState {
public:
  static constexpr const char* name = "lease-keeper";
  using Self = LeaseKeeper::stateful_pointer<LeaseKeeperState>;
  explicit LeaseKeeperState(Self self) : self_(self) {}

  void begin(LeaseKeeperPeers peers) { peers_ = std::move(peers); }
  void tick();
  void claim();
  void release();

private:
  bool open();
  bool renew(Lease::Instant sent);
  void hold(Lease::Instant sent);
  Result<RecordsPtr> changes();
  void tell(const RecordsPtr& records);
  void resume(const store::CalculationRecord& record);
  void look_at_nodes();
  void note(const store::CalculationRecord& record);

  Self self_;
  LeaseKeeperPeers peers_;
  std::unique_ptr<store::ClusterStore> cluster_;
  std::unique_ptr<store::CalculationStore> store_;
  std::int64_t heard_until_ = 0;
  std::unordered_map<CalculationId, std::int64_t> told_; // revisions within the overlap
  bool superseded_ = false;
};

// Blocks on the store: detached. Ticks every kLeaseTick.
LeaseKeeper::behavior_type lease_keeper(LeaseKeeper::stateful_pointer<LeaseKeeperState> self,
                                        LeaseKeeperPeers peers);

} // namespace oq::actors
