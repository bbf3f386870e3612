// TagStore: words that users put on calculations, and which calculation is preferred for a word.
#pragma once

#include "store/calculation_store.hpp"

#include <memory>
#include <string>
#include <vector>

namespace oq::store {

// A word on a calculation, with what decides who sees it.
struct TagRecord {
  CalculationId calculation_id = 0;
  std::string tag = {};
  bool preferred = false;
  std::string owner = {}; // of the calculation
  bool shared = false;
};

// A word that somebody made known without putting it on anything yet.
struct TagName {
  std::string tag, owner;
};

// Every call may answer Errc::unavailable: nothing was changed then. An object serves one thread.
class TagStore {
public:
  virtual ~TagStore() = default;

  // By calculation and word; deleted calculations have none.
  virtual Result<std::vector<TagRecord>> tags() const = 0;
  // By word.
  virtual Result<std::vector<TagName>> names() const = 0;

  virtual Result<void> add_name(const std::string& tag, const std::string& owner) = 0;
  virtual Result<void> remove_name(const std::string& tag, const std::string& owner) = 0;
  // All or none; a word that is there already is replaced. Errc::not_found: no such calculation.
  virtual Result<void> put(const std::vector<TagRecord>& tags) = 0;
  virtual Result<void> remove(const std::vector<TagRecord>& tags) = 0;
};

// As open_store().
Result<std::unique_ptr<TagStore>> open_tag_store(const std::string& url);

} // namespace oq::store
