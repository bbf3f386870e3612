// CalculationIndex: every calculation in order of id, and the pages that list requests read.
#pragma once

#include "actors/lifecycle.hpp"
#include "actors/summary.hpp"
#include "actors/tag_table.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace oq::actors {

// Small numbers for words of which there are few: modes, owners.
class WordList {
public:
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
  // Takes the word in.
  std::uint32_t number(const std::string& word);
  // kNone for a word that is not here.
  std::uint32_t find(const std::string& word) const;
  const std::string& word(std::uint32_t number) const { return words_[number]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(words_.size()); }

private:
  std::vector<std::string> words_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

class CalculationIndex {
public:
  static constexpr std::int64_t kDefaultLimit = 100; // of the modern list

  explicit CalculationIndex(Vocabulary seed = Vocabulary::seed) : seed_(seed) {}

  // Inserts or replaces; a revision that is not newer than the one known is ignored, a deleted one
  // leaves. A slim record is enough. True: the list has changed.
  bool put(const store::CalculationRecord& record);
  // Instead of all there were.
  void put_tags(const TagTable& tags);
  // Grows with every change; begins with the time of the last one in the store, so that it does not
  // fall back with a restart.
  std::int64_t revision() const noexcept { return revision_; }
  std::size_t size() const noexcept { return entries_.size(); }

  // The page's bytes are reused as long as nothing changed.
  Answer list(const ListQuestion& question);

  // Standing::unknown also for a calculation that is deleted, or not in the index yet; the owner is
  // that of one that the viewer sees.
  struct FoundStanding {
    Standing standing = Standing::unknown;
    std::string owner = {};
  };
  FoundStanding standing(CalculationId id, const Viewer& viewer) const;

private:
  // Of a record what lists show: a hundred thousand of them are kept, their texts are not.
  struct Entry {
    CalculationId id = 0;
    std::int64_t revision = 0;
    std::int64_t shown_start = 0; // when it started or, before that, was created
    std::int64_t size_bytes = -1;
    CalculationId parent = 0; // 0: none
    std::string description;
    std::uint32_t mode = 0, owner = 0; // of words_
    State state = State::created;
    Phase phase = Phase::none;
    bool is_risk = false;
  };
  struct Page {
    ListQuestion question;
    Answer answer;
  };
  // Places of entries_ in the order of the list, from `first` on, and how many match in all.
  struct Selection {
    std::vector<std::size_t> places;
    std::int64_t total = 0;
  };

  struct Tag {
    std::string word;
    bool preferred = false;
    bool operator==(const Tag&) const = default;
  };
  using TagsById = std::unordered_map<CalculationId, std::vector<Tag>>;

  Entry entry_of(const store::CalculationRecord& record, State state);
  std::vector<Entry>::iterator place_of(CalculationId id);
  static bool matches(const ListQuestion& question, const std::optional<std::uint32_t>& mode,
                      const Entry& entry);
  void forget_pages();
  void note_change(std::uint32_t owner, bool seen_by_all);
  std::int64_t revision_for(const ViewerPtr& viewer) const;
  // By the number of the word; empty: all of them.
  std::vector<bool> visible_owners(const ListQuestion& question) const;
  std::vector<bool> owners_like(const ListQuestion& question) const;
  bool has_tag(const ListQuestion& question, const Entry& entry) const;
  std::string tags_text(const Entry& entry) const;
  bool comes_before(ListOrder order, const Entry& a, const Entry& b) const;
  void sort_page(ListOrder order, bool ascending, std::int64_t first, std::int64_t last,
                 std::vector<std::size_t>& places) const;
  Selection select(const ListQuestion& question) const;
  UrlText text(const ListQuestion& question, const Entry& entry) const;
  Answer build(const ListQuestion& question) const;
  void keep(const ListQuestion& question, const Answer& answer);

  Vocabulary seed_;
  WordList words_;
  std::vector<Entry> entries_; // by ascending id
  std::unordered_map<CalculationId, std::int64_t>
    deleted_; // last revisions: a late notice must not bring one back
  TagsById tags_;
  std::vector<Page> pages_;                   // newest last
  std::size_t page_bytes_ = 0;                // of all pages_
  std::int64_t revision_ = 1;                 // of the whole list
  std::vector<std::int64_t> owner_revisions_; // of what is theirs, by the number of the word
  std::int64_t shared_revision_ = 1;          // of what everybody sees
};

} // namespace oq::actors
