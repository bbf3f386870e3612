// Record to JSON and back.
#include "actors/record_text.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace oq::actors {
namespace {

constexpr std::int64_t kVersion = 2; // of this layout; another one is not read

class Reader {
public:
  explicit Reader(const boost::json::object& object) : object_(object) {}

  void text(const char* key, std::string& out) {
    const auto* value = member(key);
    if (value && value->is_string())
      out = std::string(value->get_string());
    else
      good_ = false;
  }
  void number(const char* key, std::int64_t& out) {
    const auto* value = member(key);
    if (value && value->is_int64())
      out = value->get_int64();
    else
      good_ = false;
  }
  void truth(const char* key, bool& out) {
    const auto* value = member(key);
    if (value && value->is_bool())
      out = value->get_bool();
    else
      good_ = false;
  }
  void optional_number(const char* key, std::optional<std::int64_t>& out) {
    const auto* value = member(key);
    if (value && value->is_int64())
      out = value->get_int64();
    else if (!value || !value->is_null())
      good_ = false;
  }
  bool good() const { return good_; }

private:
  const boost::json::value* member(const char* key) const { return object_.if_contains(key); }
  const boost::json::object& object_;
  bool good_ = true;
};

Error unreadable() {
  return invalid_input("a cached summary cannot be read");
}

} // namespace

std::string record_text(const store::CalculationRecord& record) {
  boost::json::object out{
    {"version", kVersion},
    {"id", record.id},
    {"status", record.status},
    {"phase", record.phase},
    {"revision", record.revision},
    {"is_risk", record.is_risk},
    {"calculation_mode", record.calculation_mode},
    {"description", record.description},
    {"owner", record.owner},
    {"node", record.node},
    {"epoch", record.epoch},
    {"directory", record.directory},
    {"ini", record.ini},
    {"parameters", record.parameters},
    {"error", record.error},
    {"traceback", record.traceback},
    {"created_at", record.created_at},
    {"started_at", record.started_at},
    {"stopped_at", record.stopped_at},
    {"size_bytes", record.size_bytes},
  };
  out["hazard_calculation_id"] = nullptr;
  if (record.hazard_calculation_id)
    out["hazard_calculation_id"] = *record.hazard_calculation_id;
  return boost::json::serialize(out);
}

Result<store::CalculationRecord> parse_record(std::string_view text) {
  boost::json::error_code bad;
  const auto parsed = boost::json::parse(boost::json::string_view(text.data(), text.size()), bad);
  if (bad || !parsed.is_object())
    return unreadable();
  Reader reader(parsed.get_object());
  store::CalculationRecord record;
  std::int64_t version = 0;
  reader.number("version", version);
  reader.number("id", record.id);
  reader.text("status", record.status);
  reader.text("phase", record.phase);
  reader.number("revision", record.revision);
  reader.truth("is_risk", record.is_risk);
  reader.text("calculation_mode", record.calculation_mode);
  reader.text("description", record.description);
  reader.text("owner", record.owner);
  reader.text("node", record.node);
  reader.number("epoch", record.epoch);
  reader.optional_number("hazard_calculation_id", record.hazard_calculation_id);
  reader.text("directory", record.directory);
  reader.text("ini", record.ini);
  reader.text("parameters", record.parameters);
  reader.text("error", record.error);
  reader.text("traceback", record.traceback);
  reader.number("created_at", record.created_at);
  reader.number("started_at", record.started_at);
  reader.number("stopped_at", record.stopped_at);
  reader.number("size_bytes", record.size_bytes);
  if (!reader.good() || version != kVersion)
    return unreadable();
  return record;
}

} // namespace oq::actors
