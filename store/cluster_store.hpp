// ClusterStore: which nodes there are, whose lease holds, and who owns what; the database is judge.
#pragma once

#include "store/calculation_store.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace oq::store {

struct NodeRecord {
  std::string name;
  std::int64_t incarnation = 0;       // grows by one with every start under this name
  std::string address;                // HOST:PORT where its peers reach it, or empty
  std::string info;                   // JSON text, as given with the last renewal
  std::chrono::milliseconds lease{0}; // how long it still holds by the database's clock; negative:
                                      // since when it has ended
};

// All times are the database's own, so that the clocks of the nodes do not matter. Every call may
// answer Errc::unavailable; what was claimed all the same comes with the next claim() of the same
// object. An object serves one thread.
class ClusterStore {
public:
  virtual ~ClusterStore() = default;

  // A process begins under this name: returns its incarnation, which fences every earlier one. Its
  // lease begins with the first renewal; until then that of its predecessor runs on.
  virtual Result<std::int64_t> enroll(const std::string& node, const std::string& address) = 0;
  // The lease ends `ttl` from now. Errc::fenced when a newer incarnation has the name. After a
  // lapse others may have claimed: ask holds() for what is running.
  virtual Result<void> renew(const std::string& node, std::int64_t incarnation,
                             std::chrono::milliseconds ttl, const std::string& info) = 0;
  // The lease ends now. Errc::fenced as above.
  virtual Result<void> release(const std::string& node, std::int64_t incarnation) = 0;
  // By name.
  virtual Result<std::vector<NodeRecord>> nodes() const = 0;

  // Makes `node` the owner of at most `limit` calculations that are created, submitted or executing
  // on a node without a lease: epoch and revision grow by one, status and phase stay. Two claimers
  // never get the same one; a claimer whose own lease does not hold gets nothing. By id.
  virtual Result<std::vector<CalculationRecord>>
  claim(const std::string& node, std::int64_t incarnation, std::int64_t limit) = 0;
  // The same for everything unfinished that `node` itself owns: an earlier incarnation's. To be
  // called once, after the first renewal.
  virtual Result<std::vector<CalculationRecord>> reclaim(const std::string& node,
                                                         std::int64_t incarnation) = 0;
  // Whether the calculation is this node's at this epoch.
  virtual Result<bool> holds(CalculationId id, const std::string& node,
                             std::int64_t epoch) const = 0;
};

} // namespace oq::store
