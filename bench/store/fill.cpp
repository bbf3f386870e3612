// oq_bench_store_fill URL COUNT: a database with so many finished calculations, as a year leaves
// it.
#include "store/migrations.hpp"
#include "store/sql_query.hpp"
#include "store/sql_session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <string_view>

namespace {

using oq::Result;
using oq::store::Query;
using oq::store::SqlSession;

constexpr std::int64_t kBatch = 5000;              // one transaction
constexpr std::int64_t kParameterBytes = 800;      // JSON of a usual job
constexpr std::int64_t kOutputs = 3, kLogRows = 5; // of a calculation

// Every fourth is a risk calculation on the one before it; one of fifty has failed.
constexpr const char* kCalculations =
  "WITH RECURSIVE n(i) AS (SELECT CAST({first} AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < "
  "{last})"
  " INSERT INTO calculation (id, status, phase, revision, is_risk, calculation_mode, description,"
  " owner, node, hazard_calculation_id, directory, ini, parameters, error, traceback, created_at,"
  " started_at, stopped_at, size_bytes, epoch, changed_at)"
  " SELECT i, CASE WHEN i % 50 = 7 THEN 'failed' ELSE 'complete' END, 'clean_up', 9,"
  " CASE WHEN i % 4 = 0 THEN 1 ELSE 0 END,"
  " CASE WHEN i % 4 = 0 THEN 'classical_risk' WHEN i % 4 = 1 THEN 'disaggregation'"
  "  ELSE 'classical' END,"
  " 'Probabilistic seismic hazard of region ' || i, 'user' || (i % 200) || '@example.org',"
  " 'node' || (i % 3), CASE WHEN i % 4 = 0 THEN i - 1 ELSE NULL END, 'calc_' || i, 'job.ini',"
  " '{parameters}', '', '', 1600000000000000 + i * 60000000, 1600000000000000 + i * 60000000,"
  " 1600000030000000 + i * 60000000, 1048576 + i, 1, 1600000030000000 + i * 60000000 FROM n";

constexpr const char* kOutputRows =
  "INSERT INTO output (calculation_id, type, name, formats, size_bytes)"
  " SELECT id, 'hcurves', 'Hazard Curves', 'csv,xml,npz', 1000 FROM calculation"
  " WHERE id >= {first} AND id <= {last}";

constexpr const char* kLog =
  "INSERT INTO log (calculation_id, number, at, level, process, message)"
  " SELECT id, {number}, started_at, 'INFO', 'MainProcess/1', 'a line of the log' FROM calculation"
  " WHERE id >= {first} AND id <= {last}";

std::string parameters() {
  std::string text = R"({"investigation_time": 50.0, "intensity_measure_types": ")";
  text.append(static_cast<std::size_t>(kParameterBytes) - text.size(), 'x');
  return text + R"("})";
}

Result<void> fill(SqlSession& session, std::int64_t count) {
  const auto text = parameters();
  for (std::int64_t first = 1; first <= count; first += kBatch) {
    const auto last = std::min(first + kBatch - 1, count);
    OQ_CHECK(session.run_transaction([&](soci::session& sql) -> Result<void> {
      const auto run = [&](const char* statement, std::int64_t number) {
        Query(sql,
              fmt::format(fmt::runtime(statement), fmt::arg("first", first), fmt::arg("last", last),
                          fmt::arg("parameters", text), fmt::arg("number", number)))
          .execute();
      };
      run(kCalculations, 0);
      for (std::int64_t output = 0; output < kOutputs; ++output)
        run(kOutputRows, output);
      for (std::int64_t row = 0; row < kLogRows; ++row)
        run(kLog, row);
      return {};
    }));
  }
  return {};
}

Result<void> run(const std::string& url, std::int64_t count) {
  OQ_TRY(const auto session, SqlSession::open(url));
  OQ_CHECK(oq::store::migrate(*session));
  session->set_patience(std::chrono::minutes(10));
  OQ_CHECK(fill(*session, count));
  return session->run_transaction([&](soci::session& sql) -> Result<void> {
    // The ids were given: PostgreSQL numbers its own from here on.
    if (session->dialect() == oq::store::Dialect::postgresql)
      Query(sql, fmt::format("ALTER TABLE calculation ALTER COLUMN id RESTART WITH {}", count + 1))
        .execute();
    return {};
  });
}

} // namespace

int main(int count, char** arguments) {
  const std::string_view number = count == 3 ? arguments[2] : "";
  std::int64_t calculations = 0;
  if (std::from_chars(number.data(), number.data() + number.size(), calculations).ec
      != std::errc{}) {
    std::fputs("usage: oq_bench_store_fill URL COUNT\n", stderr);
    return 2;
  }
  if (const auto done = run(arguments[1], calculations); !done) {
    std::fprintf(stderr, "%s\n", done.error().text().c_str());
    return 1;
  }
  return 0;
}
