// Service: the actor system of one node: starts everything, finds what was running, stops in order.
#pragma once

#include "actors/courier.hpp"
#include "actors/engine_room.hpp"
#include "actors/gauges.hpp"
#include "actors/handles.hpp"
#include "actors/lease_keeper.hpp"
#include "actors/login_desk.hpp"
#include "actors/network.hpp"
#include "actors/notifier.hpp"
#include "actors/projections.hpp"
#include "actors/tags.hpp"
#include "cache/summary_cache.hpp"

#include <functional>
#include <memory>
#include <string>

namespace oq::actors {

// Several nodes on one database.
struct ClusterOptions {
  ClusterStoreFactory open_store;
  bool shared_data = false;           // every node sees all files
  std::filesystem::path fetch_folder; // for files of other nodes on their way; exists
  // Set by the service: how the engine room brings a datastore that another node has.
  std::shared_ptr<BringFile> bring = std::make_shared<BringFile>();
  // Another process has taken this node's name; called on a thread of the service.
  std::function<void()> on_superseded;
};

// Clients have to say who they are.
struct IdentityOptions {
  UserStoreFactory open_users;
  LogInRules rules = {};
};

// Who asked to be told of a calculation is told.
struct NoticeOptions {
  NoticeStoreFactory open_store;
  NoticeSenderPtr sender;
};

struct ServiceOptions {
  std::string node; // this node's name; what it left unfinished is run again
  // Whether the process of another node's name is known to be dead: what it left unfinished is
  // marked failed. Empty: no other node is ever gone.
  std::function<bool(const std::string& node)> is_gone;
  StoreFactory open_store; // called once for each thread that needs one
  EngineRoomPtr room;
  std::shared_ptr<cache::SummaryCache> cache; // null: none
  std::size_t workers = 0;                    // 0: one a core
  bool computes = true;                       // false: only workers elsewhere do
  std::size_t scheduler_threads = 1;          // those that answer; they never block
  std::size_t most_running = 2;               // calculations that share the workers
  std::size_t most_waiting = 100;             // submitted ones, beyond them Errc::overloaded
  std::size_t archives = 2;                   // threads that read the store
  Vocabulary seed_words = Vocabulary::seed;
  GaugesPtr gauges = std::make_shared<Gauges>(); // what the actors tell of themselves
  std::optional<NetworkAddress> listen = {};     // where other machines enter; absent: nowhere
  std::vector<NetworkAddress> peers = {}; // other nodes; our own address among them does no harm
  NetworkSettings network = {};
  std::string program = {}; // name and version, which those who enter must have too
  engine::LogSink log = {}; // of the node: who joins and who is lost
  std::optional<ClusterOptions> cluster = {};     // absent: the store is this node's alone
  std::optional<IdentityOptions> identities = {}; // absent: everybody may do everything
  std::optional<NoticeOptions> notices = {};      // absent: nobody is told
  TagStoreFactory open_tags = {};                 // null: calculations have no words
};

class Service {
public:
  // Errc::unavailable: the store cannot be opened or read, or nobody can listen there.
  static Result<std::unique_ptr<Service>> start(ServiceOptions options);
  ~Service(); // stops

  const Handles& handles() const noexcept;
  // Brings up to date those gauges that go stale without a message. Any thread, not after stop().
  void refresh_gauges() const;
  // Whoever waits for news is answered or told the end now, and nobody waits from now on. Any
  // thread, not after stop().
  void let_clients_go() const;
  // Stops computing, writes what is known and ends all threads. What was running stays unfinished
  // in the store, and the next start runs it again. Questions that come later are not answered.
  // Idempotent.
  void stop();

private:
  struct Parts;
  explicit Service(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

} // namespace oq::actors
