// Recovery: what a service finds in the store when it starts, and what of it is its own to finish.
#pragma once

#include "actors/service.hpp"

#include <cstdint>
#include <vector>

namespace oq::actors {

struct Unfinished {
  RecordPtr record;
  std::int64_t log_rows = 0; // in the store
};

struct Found {
  std::vector<RecordsPtr> all;       // slim, in pages
  std::vector<Unfinished> ours;      // to be run again
  std::vector<Unfinished> abandoned; // of processes of this machine that are gone
  // In a cluster:
  std::int64_t incarnation = 0;
  std::int64_t changes_from = 0; // by the database's clock: when this node was last there, or now
  std::chrono::milliseconds away{0}; // since the last lease of this node ended
  Lease::Instant enrolled = {};      // before the lease was asked for
};

// In a cluster this process gets the node's name and its lease, and fences the one before it.
Result<Found> look_around(const ServiceOptions& options);

} // namespace oq::actors
