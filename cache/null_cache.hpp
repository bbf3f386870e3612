// NullCache: the SummaryCache of a node that has no Redis; it holds nothing and answers at once.
#pragma once

#include "cache/summary_cache.hpp"

namespace oq::cache {

// Answers from the caller's own thread.
class NullCache : public SummaryCache {
public:
  void get(std::int64_t calculation_id, Answer answer) override;
  void put(const Summary& summary, Done done) override;
  void remove(std::int64_t calculation_id) override;
  void on_change(Notice notice) override;
  bool healthy() const override;
};

} // namespace oq::cache
