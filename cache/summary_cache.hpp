// SummaryCache: serialized status summaries shared by the nodes, and notices when one changed.
// Redis behind it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace oq::cache {

struct Summary {
  std::int64_t calculation_id = 0;
  std::int64_t revision = 0;
  std::string bytes; // JSON, opaque here
  // Gone from the cache so long after it was put: short for what changes by itself, so that an
  // owner who cannot reach the cache any more disappears from it.
  std::chrono::milliseconds lifetime = std::chrono::hours(24);
};

// All calls return at once and never throw; answers come on the cache's own thread, and "nothing"
// may come at once on the caller's (no cache, too many calls). A cache that is gone or silent
// answers "nothing" within its deadline: it is never the only place where something is.
class SummaryCache {
public:
  using Answer = std::function<void(std::optional<Summary>)>;
  using Done = std::function<void(bool done)>;
  using Notice = std::function<void(std::int64_t calculation_id, std::int64_t revision)>;

  virtual ~SummaryCache() = default;
  virtual void get(std::int64_t calculation_id, Answer answer) = 0;
  // Keeps the newer of what is there and what is given; publishes a notice when it is newer.
  // The same again only lives longer. Done: whether nothing older is there any more; else it is to
  // be put again.
  virtual void put(const Summary& summary, Done done) = 0;
  virtual void remove(std::int64_t calculation_id) = 0;
  // Called for every notice of any node, and with (0, 0) after notices may have been lost.
  virtual void on_change(Notice notice) = 0;
  virtual bool healthy() const = 0;
};

} // namespace oq::cache
