// Push: how a client waits for what comes next: a long poll, or a stream of server-sent events.
#pragma once

#include "actors/protocol.hpp"
#include "engine/base/result.hpp"
#include "http/routes/request_meter.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

namespace oq::http {

// `since`, a revision, and `wait`, seconds, of a query; nothing without `since`. What is longer
// than `longest` is cut down to it. Errc::invalid_input names the parameter and its value.
Result<std::optional<actors::Wait>> read_wait(std::string_view raw_query,
                                              std::chrono::milliseconds longest);

// What a client of a stream knows already: its Last-Event-ID, or else `since` of the query, for
// clients that cannot set the header. 0: nothing, and for what is no number.
std::int64_t read_last_event(std::string_view last_event_id, std::string_view raw_query);

// Where the pieces go: the first begins the answer. After `longest` the next one (a heartbeat at
// the latest) ends it instead; the client comes back behind the last event that it has seen.
actors::EventSinkPtr event_sink(MeteredReply reply,
                                std::optional<std::chrono::milliseconds> longest = std::nullopt);

} // namespace oq::http
