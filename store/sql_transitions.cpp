// A lost confirmation is not a lost change.
#include "store/sql_transitions.hpp"

#include "store/calculation_rows.hpp"
#include "store/sql_inputs.hpp"
#include "store/sql_query.hpp"

#include <fmt/format.h>

namespace oq::store {
namespace {

void insert_output(soci::session& sql, CalculationId id, const OutputRecord& output) {
  Query(sql, "INSERT INTO output (calculation_id, type, name, formats, size_bytes)"
             " VALUES (:calculation, :type, :name, :formats, :size)")
    .with("calculation", id)
    .with("type", std::string_view(output.type))
    .with("name", std::string_view(output.name))
    .with("formats", std::string_view(joined(output.formats)))
    .with("size", output.size_bytes)
    .execute();
}

// Why an update found no row.
Error refused(soci::session& sql, const Transition& transition) {
  std::int64_t epoch = 0;
  const bool found = Query(sql, "SELECT epoch FROM calculation WHERE id = :id")
                       .with("id", transition.id)
                       .into(epoch)
                       .execute();
  if (!found)
    return unknown_calculation(transition.id);
  if (transition.epoch && epoch != *transition.epoch)
    return taken_over(transition.id);
  return {Errc::conflict,
          fmt::format("calculation {} has changed since revision {}", transition.id,
                      transition.expected_revision),
          {}};
}

std::vector<CalculationRecord> update_row(soci::session& sql, Dialect dialect,
                                          const Transition& transition) {
  Query update(sql, fmt::format("UPDATE calculation SET status = :status, phase = :phase,"
                                " revision = revision + 1, error = COALESCE(:error, error),"
                                " traceback = COALESCE(:traceback, traceback),"
                                " started_at = COALESCE(:started_at, started_at),"
                                " stopped_at = COALESCE(:stopped_at, stopped_at),"
                                " size_bytes = COALESCE(:size_bytes, size_bytes),"
                                " changed_at = {}"
                                " WHERE id = :id AND revision = :revision{} RETURNING {}",
                                clock_of(dialect), transition.epoch ? " AND epoch = :epoch" : "",
                                kCalculationColumns));
  update.with("status", std::string_view(transition.status))
    .with("phase", std::string_view(transition.phase))
    .with("error", transition.error)
    .with("traceback", transition.traceback)
    .with("started_at", transition.started_at)
    .with("stopped_at", transition.stopped_at)
    .with("size_bytes", transition.size_bytes)
    .with("id", transition.id)
    .with("revision", transition.expected_revision);
  if (transition.epoch)
    update.with("epoch", *transition.epoch);
  return calculations_of(update);
}

bool is_unfinished(const std::string& status) {
  return status == "created" || status == "submitted" || status == "executing";
}

} // namespace

void UnconfirmedChanges::add(const std::vector<CalculationRecord>& written) {
  records_.insert(records_.end(), written.begin(), written.end());
}

void UnconfirmedChanges::settle(CalculationId id) {
  std::erase_if(records_, [id](const CalculationRecord& record) {
    return record.id == id;
  });
}

const CalculationRecord* UnconfirmedChanges::made_by(soci::session& sql,
                                                     const Transition& transition) const {
  const CalculationRecord* made = nullptr;
  const CalculationRecord* last = nullptr;
  for (const auto& record : records_) {
    if (record.id != transition.id)
      continue;
    last = &record;
    if (record.revision == transition.expected_revision + 1 && record.status == transition.status
        && record.phase == transition.phase
        && record.epoch == transition.epoch.value_or(record.epoch))
      made = &record;
  }
  if (!made)
    return nullptr;
  // The time of writing tells it from a change by somebody else.
  std::int64_t found = 0;
  const bool done = Query(sql, "SELECT id FROM calculation WHERE id = :id AND revision = :revision"
                               " AND changed_at = :changed_at")
                      .with("id", last->id)
                      .with("revision", last->revision)
                      .with("changed_at", last->changed_at)
                      .into(found)
                      .execute();
  return done ? made : nullptr;
}

Result<CalculationRecord> apply_transition(soci::session& sql, Dialect dialect,
                                           const Transition& transition,
                                           const UnconfirmedChanges& unconfirmed) {
  if (transition.status.empty())
    return invalid_input("a transition needs a status");
  auto changed = update_row(sql, dialect, transition);
  if (changed.empty()) {
    if (const auto* made = unconfirmed.made_by(sql, transition))
      return *made;
    return refused(sql, transition);
  }
  for (const auto& output : transition.outputs)
    insert_output(sql, transition.id, output);
  if (!is_unfinished(transition.status))
    drop_inputs(sql, transition.id);
  return std::move(changed.front());
}

} // namespace oq::store
