// One GET over plain HTTP, for a shell command that asks a node something.
#pragma once

#include "engine/base/result.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace oq::app {

struct HttpUrl {
  std::string host, port, path; // path: without a trailing slash
};

// "http://HOST[:PORT][/PATH]". Errc::invalid_input for anything else, https:// included: a node
// speaks plain HTTP, TLS is the proxy's before it.
Result<HttpUrl> parse_http_url(std::string_view text);

// The body of a 200. Errc::unavailable when the host cannot be reached or says something else,
// Errc::timeout when it says nothing. Blocks for at most about `patience` a step. `key`: an API
// key, or empty.
Result<std::string> http_get(const HttpUrl& url, const std::string& path,
                             std::chrono::milliseconds patience, const std::string& key = {});

} // namespace oq::app
