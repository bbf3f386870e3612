// CalculationStore: what must survive a crash: calculations, their logs and outputs. SQL behind it.
#pragma once

#include "engine/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace oq::store {

using CalculationId = std::int64_t;

// One row. Times are UTC, microseconds since the epoch; 0 is "not yet".
struct CalculationRecord {
  CalculationId id = 0;
  std::string status;           // internal state: created submitted executing complete failed aborted shared deleted
  std::string phase;            // pre_executing executing post_executing post_processing export clean_up, or empty
  std::int64_t revision = 0;    // grows by one with every durable change
  bool is_risk = false;
  std::string calculation_mode; // OpenQuake's word
  std::string description;
  std::string owner;            // user, or user@host
  std::string node;             // who runs it
  std::optional<CalculationId> hazard_calculation_id;
  std::string directory;        // its folder below the data directory
  std::string ini;              // name of the job.ini inside the folder's inputs
  std::string parameters;       // JSON text: the founding API's parameter summary (no id, no status)
  std::string error;            // why it failed, for users
  std::string traceback;        // lines joined by \n
  std::int64_t created_at = 0, started_at = 0, stopped_at = 0;
  std::int64_t size_bytes = -1; // of the datastore; -1 unknown
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
  bool ascending = false;                    // by id
};

// Every call may answer Errc::unavailable (locked, disk full, connection lost): nothing was changed then.
// An object serves one thread; open one a thread.
class CalculationStore {
public:
  virtual ~CalculationStore() = default;

  // Inserts with status `created`, revision 1; returns the new id.
  virtual Result<CalculationId> create(const CalculationRecord& record) = 0;
  // Batches in one transaction: all or none. Returns each calculation's new record.
  virtual Result<std::vector<CalculationRecord>> apply(const std::vector<Transition>& transitions) = 0;
  virtual Result<void> append_log(CalculationId id, const std::vector<LogRow>& rows) = 0;

  virtual Result<CalculationRecord> find(CalculationId id) const = 0;              // Errc::not_found
  // Deleted ones never appear.
  virtual Result<std::vector<CalculationRecord>> list(const ListFilter& filter) const = 0;
  // Calculations that were created, submitted or executing on `node` when it stopped.
  virtual Result<std::vector<CalculationRecord>> unfinished(const std::string& node) const = 0;
  // Not deleted, and computed from this one's hazard.
  virtual Result<std::vector<CalculationId>> children(CalculationId id) const = 0;

  virtual Result<std::vector<OutputRecord>> outputs(CalculationId id) const = 0;
  virtual Result<OutputRecord> output(std::int64_t output_id) const = 0;           // Errc::not_found
  // Rows [first, last) in order of writing; last = 0 means to the end. Empty for an unknown id.
  virtual Result<std::vector<LogRow>> log(CalculationId id, std::int64_t first, std::int64_t last) const = 0;
  virtual Result<std::int64_t> log_size(CalculationId id) const = 0;
};

} // namespace oq::store
