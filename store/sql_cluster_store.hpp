// open_cluster_store: a ClusterStore on the database that open_store opens.
#pragma once

#include "store/cluster_store.hpp"

#include <memory>
#include <string>

namespace oq::store {

// A connection of its own. Errors as open_store's.
Result<std::unique_ptr<ClusterStore>> open_cluster_store(const std::string& url);

} // namespace oq::store
