// A summary cache in memory that can be told to be silent or to refuse.
#pragma once

#include "cache/summary_cache.hpp"

#include <map>
#include <vector>

namespace oq::testing {

class FakeSummaryCache : public cache::SummaryCache {
public:
  void get(std::int64_t id, Answer answer) override {
    ++gets;
    if (silent)
      return;
    const auto found = kept.find(id);
    answer(found == kept.end() ? std::nullopt : std::optional(found->second));
  }
  void put(const cache::Summary& summary, Done done) override {
    ++puts;
    if (silent)
      return;
    if (!refuses)
      kept[summary.calculation_id] = summary;
    done(!refuses);
  }
  void remove(std::int64_t id) override { kept.erase(id); }
  void on_change(Notice given) override { notice = std::move(given); }
  bool healthy() const override { return !silent; }

  std::map<std::int64_t, cache::Summary> kept;
  Notice notice; // what the cache would call
  bool silent = false, refuses = false;
  int gets = 0, puts = 0;
};

} // namespace oq::testing
