// One page as a text with three holes.
#include "http/routes/log_in_page.hpp"

#include "engine/base/markup.hpp"

#include <algorithm>
#include <string>

namespace oq::http {
namespace {

constexpr std::string_view kBegin = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Log in</title>
<style>
body { font: 16px/1.5 sans-serif; margin: 15vh auto; max-width: 20em; padding: 0 1em }
label, input, button { display: block; width: 100%; box-sizing: border-box; font: inherit }
input, button { padding: .4em; margin-bottom: 1em }
.error { color: #a00 }
</style>
</head>
<body>
<h1>Log in</h1>
)";
constexpr std::string_view kForm = R"(<form method="post" action="/accounts/login/">
<label for="username">User</label>
<input id="username" name="username" autocomplete="username" required autofocus>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<input type="hidden" name="next" value=")";
constexpr std::string_view kEnd = R"(">
<button>Log in</button>
</form>
</body>
</html>
)";

} // namespace

Response log_in_page(int status, std::string_view next, std::string_view message) {
  std::string body(kBegin);
  if (!message.empty())
    body += "<p class=\"error\" role=\"alert\">" + escaped_markup(message) + "</p>\n";
  body.append(kForm).append(escaped_markup(next)).append(kEnd);
  Response response(status, MediaType::html, std::move(body));
  response.add("Cache-Control", "no-store");
  response.add("X-Frame-Options", "DENY"); // nobody else's page wraps it
  return std::move(response.add("Content-Security-Policy",
                                "default-src 'none'; style-src 'unsafe-inline'; "
                                "form-action 'self'; frame-ancestors 'none'"));
}

std::string_view own_path(std::string_view next) {
  const bool is_path = next.starts_with('/') && !next.starts_with("//");
  // A browser takes '\' for '/', and drops control characters.
  const bool is_plain = std::ranges::all_of(next, [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && c != '\\' && c != 0x7f;
  });
  return is_path && is_plain ? next : std::string_view("/");
}

} // namespace oq::http
