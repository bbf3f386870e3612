// The keys, values and messages that the nodes share in Redis.
#include "cache/key_schema.hpp"

#include <fmt/format.h>

#include <charconv>

namespace oq::cache {
namespace {

// Whatever lies under the key that is not ours (another type, no number) counts as older. The same
// revision again only lives longer.
constexpr std::string_view kPutScript = R"lua(
local old = redis.pcall('HGET', KEYS[1], 'revision')
if type(old) ~= 'string' then old = '' end
local known = tonumber(old) or -1
if known > tonumber(ARGV[1]) then return 0 end
if known == tonumber(ARGV[1]) then
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  return 1
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'revision', ARGV[1], 'bytes', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PUBLISH', ARGV[4], ARGV[5])
return 1
)lua";

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size() || value < 0)
    return std::nullopt;
  return value;
}

} // namespace

std::string summary_key(std::int64_t calculation_id) {
  return fmt::format("oq:calc:{}:summary", calculation_id);
}

Command get_command(std::int64_t calculation_id) {
  return {"HMGET", summary_key(calculation_id), "revision", "bytes"};
}

Command put_command(const Summary& summary) {
  return {"EVAL",
          std::string(kPutScript),
          "1",
          summary_key(summary.calculation_id),
          fmt::format("{}", summary.revision),
          summary.bytes,
          fmt::format("{}", summary.lifetime.count()),
          kChangedChannel,
          fmt::format("{} {}", summary.calculation_id, summary.revision)};
}

Command remove_command(std::int64_t calculation_id) {
  return {"DEL", summary_key(calculation_id)};
}

std::optional<Summary>
read_summary(std::int64_t calculation_id,
             const std::vector<std::optional<std::string>>& revision_and_bytes) {
  if (revision_and_bytes.size() != 2 || !revision_and_bytes[0] || !revision_and_bytes[1])
    return std::nullopt;
  const auto revision = whole_number(*revision_and_bytes[0]);
  if (!revision || revision_and_bytes[1]->size() > kLargestSummaryBytes)
    return std::nullopt;
  return Summary{calculation_id, *revision, *revision_and_bytes[1]};
}

std::optional<ChangeNotice> read_notice(std::string_view message) {
  const auto blank = message.find(' ');
  if (blank == std::string_view::npos)
    return std::nullopt;
  const auto id = whole_number(message.substr(0, blank));
  const auto revision = whole_number(message.substr(blank + 1));
  if (!id || *id == 0 || !revision)
    return std::nullopt;
  return ChangeNotice{*id, *revision};
}

} // namespace oq::cache
