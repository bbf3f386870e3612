// CalculationIndex: every calculation in order of id, and the pages that list requests read.
#pragma once

#include "actors/summary.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace oq::actors {

class CalculationIndex {
public:
  static constexpr std::int64_t kDefaultLimit = 100; // of the modern list

  explicit CalculationIndex(Vocabulary seed = Vocabulary::seed) : seed_(seed) {}

  // Inserts or replaces; a revision that is not newer than the one known is ignored, a deleted one
  // leaves.
  void put(const store::CalculationRecord& record);
  std::size_t size() const noexcept { return entries_.size(); }

  // The page's bytes are reused as long as nothing changed.
  Answer list(const ListQuestion& question);

private:
  struct Entry {
    std::int64_t revision = 0;
    bool is_risk = false, is_running = false;
    std::string calculation_mode;
    std::int64_t started_at = 0;
    UrlText modern, seed;
  };
  struct Page {
    ListQuestion question;
    Answer answer;
  };
  static bool matches(const ListQuestion& question, const Entry& entry);
  std::vector<const Entry*> matching(const ListQuestion& question) const;
  Answer build(const ListQuestion& question) const;

  Vocabulary seed_;
  std::map<CalculationId, Entry> entries_;
  std::map<CalculationId, std::int64_t>
    deleted_;                  // last revisions: a late notice must not bring one back
  std::vector<Page> pages_;    // newest last
  std::uint64_t revision_ = 1; // of the whole list
};

} // namespace oq::actors
