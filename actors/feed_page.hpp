// FeedPage: what a feed of a calculation (its states, its log) tells from some place on, and its
// form as text.
#pragma once

#include "actors/protocol.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace oq::actors {

// The text is server-sent events, ready for the wire, each with its place in `id:`. States are
// placed by their revision, log rows by how many there were with it.
struct FeedPage {
  std::int64_t position = 0; // of the last event, or what was asked for when there is none
  bool live = false;         // there may be more later
  bool more = false;         // there is more now: the page was full
  std::string events = {};
};

// An answer's body: a comment line that carries everything but the events, then these.
std::string feed_text(const FeedPage& page);
// Nothing: not made by feed_text().
std::optional<FeedPage> parse_feed(std::string_view text);

// "id: 7\nevent: state\ndata: {…}\n\n"; `data` is one line.
std::string event_text(std::int64_t id, std::string_view name, std::string_view data);
// Without an id: a client that comes back is not placed by it.
std::string event_text(std::string_view name, std::string_view data);

// The log's events: of rows that are JSON already, the first of which has `first` rows before it.
inline constexpr std::int64_t kRowsAPage = 500;
std::string log_event(std::int64_t row, std::string_view json);

} // namespace oq::actors
