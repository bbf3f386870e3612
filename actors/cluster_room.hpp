// The engine room of a node among others: inputs that outlive it, parents on other disks, a last
// look at who owns what before a result is seen.
#pragma once

#include "actors/courier.hpp"
#include "actors/engine_room.hpp"
#include "actors/lease_keeper.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace oq::actors {

struct ClusterRoomSettings {
  std::filesystem::path data_directory;
  std::string node;         // this one's name
  bool shared_data = false; // every node sees all files
  StoreFactory open_store;
  ClusterStoreFactory open_cluster;
  std::shared_ptr<BringFile> bring;
};

// `room` with these differences. settle: the inputs go to the store as well, unless data is shared.
// make_calculator: inputs come from the store and the parent's datastore from its node when
// they are not here. commit: Errc::fenced when another node has taken the calculation over.
EngineRoomPtr make_cluster_room(const EngineRoomPtr& room, const ClusterRoomSettings& settings);

} // namespace oq::actors
