// ": 7 live all" and what follows it.
#include "actors/feed_page.hpp"

#include <charconv>

namespace oq::actors {
namespace {

std::string_view take_word(std::string_view& text) {
  const auto end = text.find_first_of(" \n");
  const auto word = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return word;
}

} // namespace

std::string feed_text(const FeedPage& page) {
  std::string text = ": " + std::to_string(page.position);
  text += page.live ? " live" : " ended";
  text += page.more ? " more\n\n" : " all\n\n";
  return text + page.events;
}

std::optional<FeedPage> parse_feed(std::string_view text) {
  if (take_word(text) != ":")
    return std::nullopt;
  const auto number = take_word(text);
  FeedPage page;
  const auto [end, error] =
    std::from_chars(number.data(), number.data() + number.size(), page.position);
  if (error != std::errc{} || end != number.data() + number.size())
    return std::nullopt;
  page.live = take_word(text) == "live";
  page.more = take_word(text) == "more";
  if (!text.starts_with('\n'))
    return std::nullopt;
  page.events = text.substr(1);
  return page;
}

std::string event_text(std::int64_t id, std::string_view name, std::string_view data) {
  return "id: " + std::to_string(id) + "\n" + event_text(name, data);
}

std::string event_text(std::string_view name, std::string_view data) {
  std::string text = "event: ";
  return text.append(name).append("\ndata: ").append(data).append("\n\n");
}

std::string log_event(std::int64_t row, std::string_view json) {
  return event_text(row + 1, "log", json);
}

} // namespace oq::actors
