// CalculationStore: what must survive a crash: calculations, their logs and outputs. SQL behind it.
#pragma once

#include "engine/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oq::store {

using CalculationId = std::int64_t;

// A transaction that lasts longer is undone.
constexpr std::chrono::seconds kLongestTransaction{8};

// One row. Times are UTC, microseconds since the epoch; 0 is "not yet".
struct CalculationRecord {
  CalculationId id = 0;
  // Internal state: created submitted executing complete failed aborted shared deleted.
  std::string status;
  // pre_executing executing post_executing post_processing export clean_up, or empty.
  std::string phase;
  std::int64_t revision = 0; // grows by one with every durable change
  bool is_risk = false;
  std::string calculation_mode; // OpenQuake's word
  std::string description;
  std::string owner; // user, or user@host
  std::string node;  // who runs it
  std::optional<CalculationId> hazard_calculation_id;
  std::string directory;  // its folder below the data directory
  std::string ini;        // name of the job.ini inside the folder's inputs
  std::string parameters; // JSON text: the founding API's parameter summary (no id, no status)
  std::string error;      // why it failed, for users
  std::string traceback;  // lines joined by \n
  std::int64_t created_at = 0, started_at = 0, stopped_at = 0;
  std::int64_t size_bytes = -1; // of the datastore; -1 unknown
  std::int64_t epoch = 1;       // how many nodes have owned it, this one included
  std::int64_t changed_at = 0;  // when the row was last written, by the database's clock
};

struct LogRow {
  std::int64_t at = 0; // microseconds since the epoch
  std::string level;   // INFO, WARNING, ERROR, CRITICAL, DEBUG
  std::string process; // "MainProcess/1234"
  std::string message;
};

struct OutputRecord {
  std::int64_t id = 0; // unique over all calculations
  CalculationId calculation_id = 0;
  std::string type, name;
  std::vector<std::string> formats;
  std::int64_t size_bytes = -1;
};

// A durable change of one calculation; an empty optional leaves the column alone.
struct Transition {
  CalculationId id = 0;
  std::int64_t expected_revision = 0; // refused with Errc::conflict when the row has another
  // Of the owner that writes: refused with Errc::fenced when the row has another, whatever its
  // revision. Absent: written whoever owns it.
  std::optional<std::int64_t> epoch = {};
  std::string status, phase;
  std::optional<std::string> error, traceback;
  std::optional<std::int64_t> started_at, stopped_at, size_bytes;
  std::vector<OutputRecord> outputs; // appended, ids given by the store
};

struct ListFilter {
  std::optional<bool> is_risk = {};
  std::optional<bool> is_running = {}; // submitted or executing
  std::optional<std::string> calculation_mode = {};
  std::optional<std::int64_t> started_since = {}; // microseconds
  std::int64_t limit = 100;                       // -1: all
  std::int64_t offset = 0;
  bool ascending = false; // by id
};

// Rows written lately, and when that was asked.
struct Changes {
  std::vector<CalculationRecord> records; // slim, the deleted ones too; in order of changed_at
  std::int64_t now = 0;                   // microseconds, by the database's clock
};

struct InputFile {
  std::string name;
  std::string bytes;
};

// Every call may answer Errc::unavailable (locked, disk full, connection lost): nothing was changed
// then. An object serves one thread; open one a thread.
class CalculationStore {
public:
  virtual ~CalculationStore() = default;

  // Inserts with status `created`, revision 1; returns the new id.
  virtual Result<CalculationId> create(const CalculationRecord& record) = 0;
  // Batches in one transaction: all or none. Returns each calculation's new record.
  virtual Result<std::vector<CalculationRecord>>
  apply(const std::vector<Transition>& transitions) = 0;
  // With an epoch: Errc::fenced when the calculation has another.
  virtual Result<void> append_log(CalculationId id, const std::vector<LogRow>& rows,
                                  std::optional<std::int64_t> epoch = {}) = 0;

  virtual Result<CalculationRecord> find(CalculationId id) const = 0; // Errc::not_found
  // Deleted ones never appear.
  virtual Result<std::vector<CalculationRecord>> list(const ListFilter& filter) const = 0;
  // A page of all calculations by ascending id, those after `after`, without what takes much room:
  // parameters, error and traceback are empty ("slim"). Deleted ones never appear.
  virtual Result<std::vector<CalculationRecord>> summaries(CalculationId after,
                                                           std::int64_t limit) const = 0;
  // Rows with changed_at >= `at`: `limit` of them, and those as old as the last of these. A row
  // becomes visible here at most kLongestTransaction after its changed_at: ask with that overlap.
  virtual Result<Changes> changed_since(std::int64_t at, std::int64_t limit) const = 0;
  // Calculations that were created, submitted or executing on `node` when it stopped.
  virtual Result<std::vector<CalculationRecord>> unfinished(const std::string& node) const = 0;
  // Not deleted, and computed from this one's hazard.
  virtual Result<std::vector<CalculationId>> children(CalculationId id) const = 0;

  virtual Result<std::vector<OutputRecord>> outputs(CalculationId id) const = 0;
  virtual Result<OutputRecord> output(std::int64_t output_id) const = 0; // Errc::not_found
  // Rows [first, last) in order of writing; last = 0 means to the end. Empty for an unknown id.
  virtual Result<std::vector<LogRow>> log(CalculationId id, std::int64_t first,
                                          std::int64_t last) const = 0;
  virtual Result<std::int64_t> log_size(CalculationId id) const = 0;

  // Input files by name, kept until the calculation ends, so that whoever takes it over can begin
  // again. A file is replaced as a whole; one that was half written is not there.
  virtual Result<void> put_inputs(CalculationId id, const std::string& name,
                                  std::string_view bytes) = 0;
  // By name; empty when there are none.
  virtual Result<std::vector<InputFile>> get_inputs(CalculationId id) const = 0;
};

} // namespace oq::store
