// SqlStore: the statements behind CalculationStore, the same for SQLite and PostgreSQL.
#include "store/sql_store.hpp"

#include "store/migrations.hpp"
#include "store/sql_query.hpp"
#include "store/sql_session.hpp"

#include <fmt/format.h>

#include <limits>

namespace oq::store {
namespace {

constexpr const char* kCalculationColumns =
  "id, status, phase, revision, is_risk, calculation_mode, description, owner, node,"
  " hazard_calculation_id, directory, ini, parameters, error, traceback,"
  " created_at, started_at, stopped_at, size_bytes";
constexpr const char* kOutputColumns = "id, calculation_id, type, name, formats, size_bytes";
constexpr const char* kIsRunning = "status IN ('submitted', 'executing')";

// Receives one row of kCalculationColumns.
struct CalculationRow {
  CalculationRecord record;
  std::int64_t is_risk = 0, hazard_calculation = 0;
  soci::indicator has_hazard_calculation = soci::i_null;

  Query& bind(Query& query) {
    auto& r = record;
    return query.into(r.id)
      .into(r.status)
      .into(r.phase)
      .into(r.revision)
      .into(is_risk)
      .into(r.calculation_mode)
      .into(r.description)
      .into(r.owner)
      .into(r.node)
      .into(hazard_calculation, has_hazard_calculation)
      .into(r.directory)
      .into(r.ini)
      .into(r.parameters)
      .into(r.error)
      .into(r.traceback)
      .into(r.created_at)
      .into(r.started_at)
      .into(r.stopped_at)
      .into(r.size_bytes);
  }

  CalculationRecord value() const {
    auto copy = record;
    copy.is_risk = is_risk != 0;
    copy.hazard_calculation_id.reset();
    if (has_hazard_calculation == soci::i_ok)
      copy.hazard_calculation_id = hazard_calculation;
    return copy;
  }
};

std::vector<CalculationRecord> calculations_of(Query& query) {
  CalculationRow row;
  row.bind(query);
  std::vector<CalculationRecord> rows;
  for (bool more = query.execute(); more; more = query.next())
    rows.push_back(row.value());
  return rows;
}

std::string joined(const std::vector<std::string>& formats) {
  return fmt::format("{}", fmt::join(formats, ","));
}

std::vector<std::string> split(const std::string& formats) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin < formats.size();) {
    const auto end = std::min(formats.find(',', begin), formats.size());
    parts.push_back(formats.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::vector<OutputRecord> outputs_of(Query& query) {
  OutputRecord row;
  std::string formats;
  query.into(row.id)
    .into(row.calculation_id)
    .into(row.type)
    .into(row.name)
    .into(formats)
    .into(row.size_bytes);
  std::vector<OutputRecord> rows;
  for (bool more = query.execute(); more; more = query.next()) {
    row.formats = split(formats);
    rows.push_back(row);
  }
  return rows;
}

Error unknown_calculation(CalculationId id) {
  return {Errc::not_found, fmt::format("there is no calculation {}", id), {}};
}

bool exists(soci::session& sql, CalculationId id) {
  std::int64_t found = 0;
  return Query(sql, "SELECT id FROM calculation WHERE id = :id")
    .with("id", id)
    .into(found)
    .execute();
}

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

Result<CalculationRecord> apply_one(soci::session& sql, const Transition& transition) {
  if (transition.status.empty())
    return invalid_input("a transition needs a status");
  Query update(sql, fmt::format("UPDATE calculation SET status = :status, phase = :phase,"
                                " revision = revision + 1, error = COALESCE(:error, error),"
                                " traceback = COALESCE(:traceback, traceback),"
                                " started_at = COALESCE(:started_at, started_at),"
                                " stopped_at = COALESCE(:stopped_at, stopped_at),"
                                " size_bytes = COALESCE(:size_bytes, size_bytes)"
                                " WHERE id = :id AND revision = :revision RETURNING {}",
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
  auto changed = calculations_of(update);
  if (changed.empty() && !exists(sql, transition.id))
    return unknown_calculation(transition.id);
  if (changed.empty())
    return Error{Errc::conflict,
                 fmt::format("calculation {} has changed since revision {}", transition.id,
                             transition.expected_revision),
                 {}};
  for (const auto& output : transition.outputs)
    insert_output(sql, transition.id, output);
  return std::move(changed.front());
}

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

class SqlStore : public CalculationStore {
public:
  explicit SqlStore(std::unique_ptr<SqlSession> session) : session_(std::move(session)) {}

  Result<CalculationId> create(const CalculationRecord& record) override;
  Result<std::vector<CalculationRecord>> apply(const std::vector<Transition>& transitions) override;
  Result<void> append_log(CalculationId id, const std::vector<LogRow>& rows) override;
  Result<CalculationRecord> find(CalculationId id) const override;
  Result<std::vector<CalculationRecord>> list(const ListFilter& filter) const override;
  Result<std::vector<CalculationRecord>> unfinished(const std::string& node) const override;
  Result<std::vector<CalculationId>> children(CalculationId id) const override;
  Result<std::vector<OutputRecord>> outputs(CalculationId id) const override;
  Result<OutputRecord> output(std::int64_t output_id) const override;
  Result<std::vector<LogRow>> log(CalculationId id, std::int64_t first,
                                  std::int64_t last) const override;
  Result<std::int64_t> log_size(CalculationId id) const override;

private:
  std::unique_ptr<SqlSession> session_;
};

Result<CalculationId> SqlStore::create(const CalculationRecord& record) {
  return session_->run_transaction([&](soci::session& sql) -> Result<CalculationId> {
    std::int64_t id = 0;
    Query(sql,
          "INSERT INTO calculation (status, phase, revision, is_risk, calculation_mode,"
          " description, owner, node, hazard_calculation_id, directory, ini, parameters, error,"
          " traceback, created_at, started_at, stopped_at, size_bytes)"
          " VALUES ('created', :phase, 1, :is_risk, :mode, :description, :owner, :node, :hazard,"
          " :directory, :ini, :parameters, :error, :traceback, :created_at, :started_at,"
          " :stopped_at, :size_bytes) RETURNING id")
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
  });
}

Result<std::vector<CalculationRecord>> SqlStore::apply(const std::vector<Transition>& transitions) {
  using Records = std::vector<CalculationRecord>;
  return session_->run_transaction([&](soci::session& sql) -> Result<Records> {
    Records records;
    for (const auto& transition : transitions) {
      OQ_TRY(auto record, apply_one(sql, transition));
      records.push_back(std::move(record));
    }
    return records;
  });
}

Result<void> SqlStore::append_log(CalculationId id, const std::vector<LogRow>& rows) {
  return session_->run_transaction([&](soci::session& sql) -> Result<void> {
    if (!exists(sql, id))
      return unknown_calculation(id);
    auto number = log_rows(sql, id);
    for (const auto& row : rows)
      insert_log_row(sql, id, number++, row);
    return {};
  });
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

} // namespace

Result<std::unique_ptr<CalculationStore>> open_store(const std::string& url) {
  OQ_TRY(auto session, SqlSession::open(url));
  OQ_CHECK(migrate(*session));
  return std::unique_ptr<CalculationStore>(std::make_unique<SqlStore>(std::move(session)));
}

} // namespace oq::store
