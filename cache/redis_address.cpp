// RedisAddress: the two forms of URL.
#include "cache/redis_address.hpp"

#include <charconv>
#include <optional>
#include <string_view>

namespace oq::cache {
namespace {

constexpr std::string_view kUnix = "unix://";
constexpr std::string_view kTcp = "redis://";
constexpr std::string_view kDatabaseQuery = "?db=";
constexpr int kLargestPort = 65535;
constexpr int kLargestDatabase = 9999;
constexpr std::size_t kLongestSocketPath = 107; // sun_path without its NUL

std::optional<int> number(std::string_view text, int largest) {
  int value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size() || value < 0 || value > largest)
    return std::nullopt;
  return value;
}

// The URL itself is not repeated in errors: it may hold a password.
Error refused(std::string reason) {
  return invalid_input(std::move(reason), "redis");
}

// Cuts `text` at the separator; returns what followed it, or nothing.
std::optional<std::string_view> cut(std::string_view& text, std::size_t at, std::size_t length) {
  if (at == std::string_view::npos)
    return std::nullopt;
  const auto rest = text.substr(at + length);
  text = text.substr(0, at);
  return rest;
}

Result<RedisAddress> parse_unix(std::string_view rest) {
  RedisAddress address;
  if (const auto text = cut(rest, rest.find(kDatabaseQuery), kDatabaseQuery.size())) {
    const auto database = number(*text, kLargestDatabase);
    if (!database)
      return refused("the database is not a number");
    address.database = *database;
  }
  if (rest.empty() || rest.front() != '/' || rest.size() > kLongestSocketPath)
    return refused("a socket is unix:///absolute/path of at most 107 characters");
  address.socket = rest;
  return address;
}

Result<RedisAddress> parse_tcp(std::string_view rest) {
  RedisAddress address;
  if (const auto text = cut(rest, rest.rfind('/'), 1); text && !text->empty()) {
    const auto database = number(*text, kLargestDatabase);
    if (!database)
      return refused("the database is not a number");
    address.database = *database;
  }
  auto user = rest;
  if (const auto host = cut(user, user.rfind('@'), 1)) {
    rest = *host;
    if (const auto password = cut(user, user.find(':'), 1))
      address.password = *password;
    address.user = user;
  }
  const auto bracket = rest.rfind(']');
  const auto colon = rest.rfind(':');
  if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
    const auto text = cut(rest, colon, 1);
    const auto port = number(*text, kLargestPort);
    if (!port || *port == 0)
      return refused("the port is not a number from 1 to 65535");
    address.port = *port;
  }
  if (rest.size() > 2 && rest.front() == '[' && rest.back() == ']')
    rest = rest.substr(1, rest.size() - 2);
  if (rest.empty())
    return refused("there is no host");
  address.host = rest;
  return address;
}

} // namespace

Result<RedisAddress> parse_redis_url(const std::string& url) {
  const std::string_view text = url;
  if (text.starts_with(kUnix))
    return parse_unix(text.substr(kUnix.size()));
  if (text.starts_with(kTcp))
    return parse_tcp(text.substr(kTcp.size()));
  return refused("a Redis URL starts with redis:// or unix://");
}

} // namespace oq::cache
