// SummaryShelf: the summaries used last, ready to answer; the one unused longest goes first.
#pragma once

#include "actors/summary.hpp"

#include <cstddef>
#include <list>
#include <unordered_map>

namespace oq::actors {

class SummaryShelf {
public:
  explicit SummaryShelf(std::size_t most, Vocabulary seed_words = Vocabulary::seed)
    : most_(most), seed_words_(seed_words) {}

  // Null when it is not here. Valid until the next put, drop or clear.
  Summary* find(CalculationId id) {
    const auto found = places_.find(id);
    if (found == places_.end())
      return nullptr;
    order_.splice(order_.begin(), order_, found->second);
    return &order_.front();
  }
  // Keeps the newer of what is here and what is given.
  Summary& put(const RecordPtr& record) {
    if (Summary* known = find(record->id)) {
      if (known->record().revision < record->revision)
        *known = Summary(record, seed_words_);
      return *known;
    }
    order_.emplace_front(record, seed_words_);
    places_[record->id] = order_.begin();
    if (order_.size() > most_) {
      places_.erase(order_.back().record().id);
      order_.pop_back();
    }
    return order_.front();
  }
  // Forgets what is older than this revision.
  void drop_older(CalculationId id, std::int64_t revision) {
    const auto found = places_.find(id);
    if (found == places_.end() || found->second->record().revision >= revision)
      return;
    order_.erase(found->second);
    places_.erase(found);
  }
  void clear() {
    order_.clear();
    places_.clear();
  }
  std::size_t size() const { return order_.size(); }

private:
  std::size_t most_;
  Vocabulary seed_words_;
  std::list<Summary> order_; // used last first
  std::unordered_map<CalculationId, std::list<Summary>::iterator> places_;
};

} // namespace oq::actors
