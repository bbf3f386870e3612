// MemoryTagStore: a TagStore of plain vectors over a MemoryStore's calculations.
#pragma once

#include "store/tag_store.hpp"
#include "support/memory_store.hpp"

#include <algorithm>

namespace oq::testing {

struct MemoryTags {
  std::vector<store::TagRecord> tags;
  std::vector<store::TagName> names;
};

class MemoryTagStore : public store::TagStore {
public:
  MemoryTagStore(std::shared_ptr<MemoryTags> tables, std::shared_ptr<MemoryTables> calculations)
    : tables_(std::move(tables)), calculations_(std::move(calculations)) {}

  Result<std::vector<store::TagRecord>> tags() const override {
    std::vector<store::TagRecord> all;
    for (auto tag : tables_->tags) {
      const auto& row = calculations_->calculations[index_of(tag)];
      if (row.status == "deleted")
        continue;
      tag.owner = row.owner;
      tag.shared = row.status == "shared";
      all.push_back(tag);
    }
    std::ranges::sort(all, {}, [](const store::TagRecord& tag) {
      return std::pair(tag.calculation_id, tag.tag);
    });
    return all;
  }
  Result<std::vector<store::TagName>> names() const override {
    auto all = tables_->names;
    std::ranges::sort(all, {}, [](const store::TagName& name) {
      return std::pair(name.tag, name.owner);
    });
    return all;
  }
  Result<void> add_name(const std::string& tag, const std::string& owner) override {
    OQ_CHECK(remove_name(tag, owner));
    tables_->names.push_back({tag, owner});
    return {};
  }
  Result<void> remove_name(const std::string& tag, const std::string& owner) override {
    std::erase_if(tables_->names, [&](const store::TagName& name) {
      return name.tag == tag && name.owner == owner;
    });
    return {};
  }
  Result<void> put(const std::vector<store::TagRecord>& tags) override {
    for (const auto& tag : tags)
      if (tag.calculation_id < 1 || index_of(tag) >= calculations_->calculations.size()
          || calculations_->calculations[index_of(tag)].status == "deleted")
        return Error{Errc::not_found, "there is no such calculation", {}};
    OQ_CHECK(remove(tags));
    tables_->tags.insert(tables_->tags.end(), tags.begin(), tags.end());
    return {};
  }
  Result<void> remove(const std::vector<store::TagRecord>& tags) override {
    for (const auto& gone : tags)
      std::erase_if(tables_->tags, [&](const store::TagRecord& tag) {
        return tag.calculation_id == gone.calculation_id && tag.tag == gone.tag;
      });
    return {};
  }

private:
  static std::size_t index_of(const store::TagRecord& tag) {
    return static_cast<std::size_t>(tag.calculation_id - 1);
  }
  std::shared_ptr<MemoryTags> tables_;
  std::shared_ptr<MemoryTables> calculations_;
};

} // namespace oq::testing
