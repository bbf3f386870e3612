// NoticeStore: who is to be told of a calculation, until they have been. SQL behind it.
#pragma once

#include "store/calculation_store.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace oq::store {

struct NoticeTarget {
  std::string form;       // "webhook" or "callback"
  std::string url;        // http or https
  std::string foreign_id; // what the client calls the calculation; may be empty
};

struct NoticeRow {
  std::int64_t id = 0;
  CalculationId calculation_id = 0;
  NoticeTarget target;
};

// As CalculationStore: Errc::unavailable means that nothing was changed; one object a thread.
class NoticeStore {
public:
  virtual ~NoticeStore() = default;

  virtual Result<void> add(CalculationId id, const std::vector<NoticeTarget>& targets) = 0;
  virtual Result<std::vector<NoticeRow>> of(CalculationId id) const = 0;
  // Of calculations that `node` ran to an end.
  virtual Result<std::vector<NoticeRow>> untold(const std::string& node) const = 0;
  // Told, or given up.
  virtual Result<void> remove(std::int64_t row) = 0;
};

} // namespace oq::store
