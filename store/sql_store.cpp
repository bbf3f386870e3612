// SqlStore: the statements behind CalculationStore, the same for SQLite and PostgreSQL.
#include "store/sql_store.hpp"

#include "store/calculation_rows.hpp"
#include "store/migrations.hpp"
#include "store/sql_inputs.hpp"
#include "store/sql_query.hpp"
#include "store/sql_transitions.hpp"

#include <fmt/format.h>

#include <limits>

namespace oq::store {
namespace {

constexpr const char* kIsRunning = "status IN ('submitted', 'executing')";

void insert_log_row(soci::session& sql, CalculationId id, std::int64_t number, const LogRow& row) {
  Query(sql, "INSERT INTO log (calculation_id, number, at, level, process, message)"
             " VALUES (:calculation, :number, :at, :level, :process, :message)")
    .with("calculation", id)
    .with("number", number)
    .with("at", row.at)
    .with("level", std::string_view(row.level))
    .with("process", std::string_view(row.process))
    .with("message", std::string_view(row.message))
    .execute();
}

std::int64_t log_rows(soci::session& sql, CalculationId id) {
  std::int64_t count = 0;
  Query(sql, "SELECT COALESCE(MAX(number) + 1, 0) FROM log WHERE calculation_id = :id")
    .with("id", id)
    .into(count)
    .execute();
  return count;
}

std::string list_statement(const ListFilter& filter) {
  std::string where = "status <> 'deleted'";
  if (filter.is_risk)
    where += " AND is_risk = :is_risk";
  if (filter.is_running)
    where += fmt::format(" AND {}{}", *filter.is_running ? "" : "NOT ", kIsRunning);
  if (filter.calculation_mode)
    where += " AND calculation_mode = :mode";
  if (filter.started_since)
    where += " AND started_at >= :since";
  return fmt::format(
    "SELECT {} FROM calculation WHERE {} ORDER BY id {} LIMIT :limit OFFSET :offset",
    kCalculationColumns, where, filter.ascending ? "ASC" : "DESC");
}

CalculationId insert_calculation(soci::session& sql, Dialect dialect,
                                 const CalculationRecord& record) {
  CalculationId id = 0;
  Query(sql,
        fmt::format(
          "INSERT INTO calculation (status, phase, revision, is_risk, calculation_mode,"
          " description, owner, node, hazard_calculation_id, directory, ini, parameters, error,"
          " traceback, created_at, started_at, stopped_at, size_bytes, epoch, changed_at)"
          " VALUES ('created', :phase, 1, :is_risk, :mode, :description, :owner, :node, :hazard,"
          " :directory, :ini, :parameters, :error, :traceback, :created_at, :started_at,"
          " :stopped_at, :size_bytes, 1, {}) RETURNING id",
          clock_of(dialect)))
    .with("phase", std::string_view(record.phase))
    .with("is_risk", std::int64_t{record.is_risk})
    .with("mode", std::string_view(record.calculation_mode))
    .with("description", std::string_view(record.description))
    .with("owner", std::string_view(record.owner))
    .with("node", std::string_view(record.node))
    .with("hazard", record.hazard_calculation_id)
    .with("directory", std::string_view(record.directory))
    .with("ini", std::string_view(record.ini))
    .with("parameters", std::string_view(record.parameters))
    .with("error", std::string_view(record.error))
    .with("traceback", std::string_view(record.traceback))
    .with("created_at", record.created_at)
    .with("started_at", record.started_at)
    .with("stopped_at", record.stopped_at)
    .with("size_bytes", record.size_bytes)
    .into(id)
    .execute();
  return id;
}

class SqlStore : public CalculationStore {
public:
  explicit SqlStore(std::unique_ptr<SqlSession> session) : session_(std::move(session)) {}

  Result<CalculationId> create(const CalculationRecord& record) override;
  Result<std::vector<CalculationRecord>> apply(const std::vector<Transition>& transitions) override;
  Result<void> append_log(CalculationId id, const std::vector<LogRow>& rows,
                          std::optional<std::int64_t> epoch) override;
  Result<CalculationRecord> find(CalculationId id) const override;
  Result<std::vector<CalculationRecord>> list(const ListFilter& filter) const override;
  Result<std::vector<CalculationRecord>> summaries(CalculationId after,
                                                   std::int64_t limit) const override;
  Result<Changes> changed_since(std::int64_t at, std::int64_t limit) const override;
  Result<std::vector<CalculationRecord>> unfinished(const std::string& node) const override;
  Result<std::vector<CalculationId>> children(CalculationId id) const override;
  Result<std::vector<OutputRecord>> outputs(CalculationId id) const override;
  Result<OutputRecord> output(std::int64_t output_id) const override;
  Result<std::vector<LogRow>> log(CalculationId id, std::int64_t first,
                                  std::int64_t last) const override;
  Result<std::int64_t> log_size(CalculationId id) const override;
  Result<void> put_inputs(CalculationId id, const std::string& name,
                          std::string_view bytes) override;
  Result<std::vector<InputFile>> get_inputs(CalculationId id) const override;

private:
  // Log rows whose commit nobody confirmed.
  struct UnconfirmedLog {
    CalculationId id = 0;
    std::int64_t end = 0; // the number after the last of them
    std::size_t rows = 0;
  };

  std::unique_ptr<SqlSession> session_;
  UnconfirmedChanges unconfirmed_;
  UnconfirmedLog unconfirmed_log_;
  CalculationId unconfirmed_creation_ = 0;
};

Result<CalculationId> SqlStore::create(const CalculationRecord& record) {
  CalculationId id = 0;
  auto created = session_->run_transaction([&](soci::session& sql) -> Result<CalculationId> {
    // Its author was told that there is none.
    Query(sql, "DELETE FROM calculation WHERE id = :id AND revision = 1")
      .with("id", unconfirmed_creation_)
      .execute();
    id = insert_calculation(sql, session_->dialect(), record);
    return id;
  });
  if (created)
    unconfirmed_creation_ = 0;
  else if (session_->in_doubt())
    unconfirmed_creation_ = id;
  return created;
}

Result<std::vector<CalculationRecord>> SqlStore::apply(const std::vector<Transition>& transitions) {
  using Records = std::vector<CalculationRecord>;
  Records written;
  auto applied = session_->run_transaction([&](soci::session& sql) -> Result<Records> {
    written.clear();
    for (const auto& transition : transitions) {
      OQ_TRY(auto record, apply_transition(sql, session_->dialect(), transition, unconfirmed_));
      written.push_back(std::move(record));
    }
    return written;
  });
  if (applied)
    for (const auto& record : *applied)
      unconfirmed_.settle(record.id);
  else if (session_->in_doubt())
    unconfirmed_.add(written);
  return applied;
}

Result<void> SqlStore::append_log(CalculationId id, const std::vector<LogRow>& rows,
                                  std::optional<std::int64_t> epoch) {
  std::int64_t number = 0;
  auto appended = session_->run_transaction([&](soci::session& sql) -> Result<void> {
    // The lock keeps a claim out until the rows are in, and another writer from the same numbers.
    const bool locks = session_->dialect() == Dialect::postgresql;
    std::int64_t found = 0;
    Query owned(sql, fmt::format("SELECT epoch FROM calculation WHERE id = :id{}",
                                 locks ? " FOR NO KEY UPDATE" : ""));
    if (!owned.with("id", id).into(found).execute())
      return unknown_calculation(id);
    if (epoch && found != *epoch)
      return taken_over(id);
    number = log_rows(sql, id);
    // They are there after all, and come again at the front.
    const bool done = unconfirmed_log_.id == id && unconfirmed_log_.end == number;
    for (std::size_t row = done ? unconfirmed_log_.rows : 0; row < rows.size(); ++row)
      insert_log_row(sql, id, number++, rows[row]);
    return {};
  });
  if (session_->in_doubt())
    unconfirmed_log_ = {id, number, rows.size()};
  else if (appended && unconfirmed_log_.id == id)
    unconfirmed_log_ = {};
  return appended;
}

Result<CalculationRecord> SqlStore::find(CalculationId id) const {
  return session_->run([&](soci::session& sql) -> Result<CalculationRecord> {
    Query query(sql, fmt::format("SELECT {} FROM calculation WHERE id = :id", kCalculationColumns));
    auto found = calculations_of(query.with("id", id));
    if (found.empty())
      return unknown_calculation(id);
    return std::move(found.front());
  });
}

Result<std::vector<CalculationRecord>> SqlStore::list(const ListFilter& filter) const {
  return session_->run([&](soci::session& sql) -> Result<std::vector<CalculationRecord>> {
    Query query(sql, list_statement(filter));
    if (filter.is_risk)
      query.with("is_risk", std::int64_t{*filter.is_risk});
    if (filter.calculation_mode)
      query.with("mode", std::string_view(*filter.calculation_mode));
    if (filter.started_since)
      query.with("since", *filter.started_since);
    // PostgreSQL takes no negative limit for "all".
    constexpr auto kAll = std::numeric_limits<std::int64_t>::max();
    query.with("limit", filter.limit < 0 ? kAll : filter.limit)
      .with("offset", std::max<std::int64_t>(filter.offset, 0));
    return calculations_of(query);
  });
}

Result<std::vector<CalculationRecord>> SqlStore::summaries(CalculationId after,
                                                           std::int64_t limit) const {
  return session_->run([&](soci::session& sql) -> Result<std::vector<CalculationRecord>> {
    Query query(sql, fmt::format("SELECT {} FROM calculation WHERE id > :after"
                                 " AND status <> 'deleted' ORDER BY id LIMIT :limit",
                                 kSlimCalculationColumns));
    return calculations_of(query.with("after", after).with("limit", limit));
  });
}

Result<Changes> SqlStore::changed_since(std::int64_t at, std::int64_t limit) const {
  return session_->run([&](soci::session& sql) -> Result<Changes> {
    Changes changes;
    Query(sql, fmt::format("SELECT {}", clock_of(session_->dialect()))).into(changes.now).execute();
    constexpr auto kEnd = std::numeric_limits<std::int64_t>::max();
    std::int64_t last = kEnd;
    // Without the ties of the last one, a reader that goes on from there would miss them.
    if (!Query(sql, "SELECT changed_at FROM calculation WHERE changed_at >= :at"
                    " ORDER BY changed_at LIMIT 1 OFFSET :skipped")
           .with("at", at)
           .with("skipped", std::max<std::int64_t>(limit, 1) - 1)
           .into(last)
           .execute())
      last = kEnd;
    Query query(sql, fmt::format("SELECT {} FROM calculation WHERE changed_at >= :at"
                                 " AND changed_at <= :last ORDER BY changed_at, id",
                                 kSlimCalculationColumns));
    changes.records = calculations_of(query.with("at", at).with("last", last));
    return changes;
  });
}

Result<std::vector<CalculationRecord>> SqlStore::unfinished(const std::string& node) const {
  return session_->run([&](soci::session& sql) -> Result<std::vector<CalculationRecord>> {
    Query query(sql, fmt::format("SELECT {} FROM calculation WHERE node = :node"
                                 " AND status IN ('created', 'submitted', 'executing') ORDER BY id",
                                 kCalculationColumns));
    return calculations_of(query.with("node", std::string_view(node)));
  });
}

Result<std::vector<CalculationId>> SqlStore::children(CalculationId id) const {
  return session_->run([&](soci::session& sql) -> Result<std::vector<CalculationId>> {
    std::int64_t child = 0;
    Query query(sql, "SELECT id FROM calculation WHERE hazard_calculation_id = :id"
                     " AND status <> 'deleted' ORDER BY id");
    query.with("id", id).into(child);
    std::vector<CalculationId> ids;
    for (bool more = query.execute(); more; more = query.next())
      ids.push_back(child);
    return ids;
  });
}

Result<std::vector<OutputRecord>> SqlStore::outputs(CalculationId id) const {
  return session_->run([&](soci::session& sql) -> Result<std::vector<OutputRecord>> {
    Query query(sql, fmt::format("SELECT {} FROM output WHERE calculation_id = :id ORDER BY id",
                                 kOutputColumns));
    return outputs_of(query.with("id", id));
  });
}

Result<OutputRecord> SqlStore::output(std::int64_t output_id) const {
  return session_->run([&](soci::session& sql) -> Result<OutputRecord> {
    Query query(sql, fmt::format("SELECT {} FROM output WHERE id = :id", kOutputColumns));
    auto found = outputs_of(query.with("id", output_id));
    if (found.empty())
      return Error{Errc::not_found, fmt::format("there is no output {}", output_id), {}};
    return std::move(found.front());
  });
}

Result<std::vector<LogRow>> SqlStore::log(CalculationId id, std::int64_t first,
                                          std::int64_t last) const {
  return session_->run([&](soci::session& sql) -> Result<std::vector<LogRow>> {
    constexpr auto kEnd = std::numeric_limits<std::int64_t>::max();
    LogRow row;
    Query query(sql, "SELECT at, level, process, message FROM log WHERE calculation_id = :id"
                     " AND number >= :first AND number < :last ORDER BY number");
    query.with("id", id).with("first", first).with("last", last == 0 ? kEnd : last);
    query.into(row.at).into(row.level).into(row.process).into(row.message);
    std::vector<LogRow> rows;
    for (bool more = query.execute(); more; more = query.next())
      rows.push_back(row);
    return rows;
  });
}

Result<std::int64_t> SqlStore::log_size(CalculationId id) const {
  return session_->run([&](soci::session& sql) -> Result<std::int64_t> {
    return log_rows(sql, id);
  });
}

Result<void> SqlStore::put_inputs(CalculationId id, const std::string& name,
                                  std::string_view bytes) {
  return put_input(*session_, id, name, bytes);
}

Result<std::vector<InputFile>> SqlStore::get_inputs(CalculationId id) const {
  return inputs_of(*session_, id);
}

} // namespace

Result<std::unique_ptr<CalculationStore>> open_store(const std::string& url) {
  OQ_TRY(auto session, SqlSession::open(url));
  OQ_CHECK(migrate(*session));
  return std::unique_ptr<CalculationStore>(std::make_unique<SqlStore>(std::move(session)));
}

} // namespace oq::store
