// Wires store, cache, engine and actors into one running service; `serve` and `run` share it.
#pragma once

#include "actors/service.hpp"
#include "app/options.hpp"
#include "engine/base/result.hpp"

#include <functional>
#include <memory>
#include <string>

namespace oq::app {

struct NodeOptions {
  std::string name; // who owns what is started here
  std::size_t most_running = 2;
  std::size_t most_waiting = 1000;
  actors::GaugesPtr gauges = std::make_shared<actors::Gauges>();
  std::optional<actors::NetworkAddress> listen = {}; // for other machines
  std::vector<actors::NetworkAddress> peers = {};    // other nodes
  actors::NetworkSettings network = {};
  bool computes = true;                            // with workers of its own
  actors::NoticeSenderPtr notice_sender = nullptr; // null: nobody is told
  bool shared_data = false;                        // every node sees the same data directory
  std::filesystem::path open_to_clients = {};      // see actors::FileEngineRoomSettings
  actors::Vocabulary seed_words = actors::Vocabulary::seed;
  std::function<void()> on_superseded = [] {};   // another process has taken the node's name
  std::optional<actors::LogInRules> log_in = {}; // absent: nobody asks who a client is
};

// The URL of the database that the options mean. Makes the data directory when it is missing.
Result<std::string> database_of(const std::filesystem::path& data_dir, const std::string& url);

// Makes the data directory when it is missing. Errors say what cannot be opened.
Result<std::unique_ptr<actors::Service>> start_service(const ServiceSettings& settings,
                                                       const NodeOptions& node);

// "user@host", as the owner of what a shell starts.
std::string owner_name();
std::string host_name();
// Of the node that a `run` is: a service on the same data directory leaves its calculations alone
// as long as the process lives.
std::string run_node_name();

} // namespace oq::app
