// JSON and the literals of job files: the first byte says which reader.
#include "actors/json_string.hpp"
#include "actors/record_text.hpp"
#include "actors/summary.hpp"
#include "engine/base/json.hpp"
#include "engine/job/literal.hpp"
#include "fuzz/fuzz.hpp"

#include <boost/json/parse.hpp>

#include <string>

using oq::fuzz::require;

namespace {

bool is_json(const std::string& text) {
  boost::json::error_code bad;
  boost::json::parse_options options;
  options.max_depth = 10'000;
  boost::json::parse(text, bad, {}, options);
  return !bad;
}

// Files that are not UTF-8 are refused before their values are read.
void read_literal(std::string_view text) {
  if (oq::actors::valid_utf8(text) != text)
    return;
  const auto parsed = oq::engine::parse_literal(text);
  if (const auto* value = std::get_if<boost::json::value>(&parsed))
    require(is_json(oq::json_text(*value)), "what was read can be written");
  else
    require(!std::get<oq::engine::LiteralError>(parsed).message.empty(), "an error says why");
}

void read_record(std::string_view text) {
  const auto record = oq::actors::parse_record(std::string(text));
  if (record)
    require(is_json(oq::actors::status_text(*record).with("http://h")), "a status is JSON");
}

void write_record(std::string_view text) {
  oq::store::CalculationRecord record;
  record.status = "complete";
  record.parameters = record.description = record.owner = record.traceback = text;
  require(is_json(oq::actors::seed_detail_text(record)), "a detail is JSON");
  require(is_json(oq::actors::traceback_text(record)), "a traceback is JSON");
  require(is_json(oq::actors::status_text(record).with("http://h")), "a status is JSON");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0)
    return 0;
  const auto text = oq::fuzz::text_of(data + 1, size - 1);
  switch (data[0] % 4) {
  case 0:
    read_literal(text);
    break;
  case 1:
    read_record(text);
    break;
  case 2:
    write_record(text);
    break;
  default:
    require(is_json(oq::actors::json_string(text)), "any bytes become a string");
  }
  return 0;
}
