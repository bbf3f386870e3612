// The keys, values and messages that the nodes share in Redis.
#pragma once

#include "cache/summary_cache.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oq::cache {

// Summaries larger than this are neither stored nor believed.
inline constexpr std::size_t kLargestSummaryBytes = 1 << 20;

using Command = std::vector<std::string>;

// oq:calc:ID:summary is a hash of `revision` and `bytes`.
std::string summary_key(std::int64_t calculation_id);
inline constexpr const char* kChangedChannel = "oq:changed";

// Answers an array of revision and bytes.
Command get_command(std::int64_t calculation_id);
// Answers 1 when stored or there already, 0 when what is there is newer; one atomic step, the
// notice of a new revision included.
Command put_command(const Summary& summary);
Command remove_command(std::int64_t calculation_id);

// Nothing for values that no node of ours wrote.
std::optional<Summary>
read_summary(std::int64_t calculation_id,
             const std::vector<std::optional<std::string>>& revision_and_bytes);

struct ChangeNotice {
  std::int64_t calculation_id = 0, revision = 0;
};
// "ID REVISION".
std::optional<ChangeNotice> read_notice(std::string_view message);

} // namespace oq::cache
