// Transitions in SQL: one row updated under its owner's epoch, outputs added, inputs dropped.
#pragma once

#include "store/calculation_store.hpp"
#include "store/sql_session.hpp"

#include <vector>

namespace oq::store {

// What a transaction wrote whose commit nobody confirmed, because the connection was lost. When its
// author asks again, and the row shows that it was done after all, that is no conflict.
class UnconfirmedChanges {
public:
  void add(const std::vector<CalculationRecord>& written);
  // The calculation's fate is known.
  void settle(CalculationId id);
  // The record that the transition made, if the database has it.
  const CalculationRecord* made_by(soci::session& sql, const Transition& transition) const;

private:
  std::vector<CalculationRecord> records_; // in order of writing
};

// Inside the caller's transaction. Errc::not_found, Errc::fenced, Errc::conflict.
Result<CalculationRecord> apply_transition(soci::session& sql, Dialect dialect,
                                           const Transition& transition,
                                           const UnconfirmedChanges& unconfirmed);

} // namespace oq::store
