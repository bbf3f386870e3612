// Reads headers of untrusted bytes; a token leaves here as its digest.
#include "http/routes/credentials.hpp"

#include "http/head_parser.hpp"

namespace oq::http {
namespace {

constexpr std::size_t kLongestToken = 256;

std::optional<actors::Credential> credential(actors::Credential::Kind kind,
                                             std::string_view token) {
  if (token.empty() || token.size() > kLongestToken)
    return std::nullopt;
  return actors::Credential{kind, actors::token_digest(token)};
}

} // namespace

std::string_view cookie_value(std::string_view cookie_header, std::string_view name) {
  while (!cookie_header.empty()) {
    const auto end = cookie_header.find(';');
    auto pair = cookie_header.substr(0, end);
    cookie_header = end == cookie_header.npos ? std::string_view{} : cookie_header.substr(end + 1);
    while (pair.starts_with(' '))
      pair.remove_prefix(1);
    const auto equals = pair.find('=');
    if (equals != pair.npos && pair.substr(0, equals) == name)
      return pair.substr(equals + 1);
  }
  return {};
}

std::optional<actors::Credential> read_credential(std::string_view authorization,
                                                  std::string_view cookie_header) {
  const auto blank = authorization.find(' ');
  if (blank != authorization.npos && same_token(authorization.substr(0, blank), "Bearer"))
    return credential(actors::Credential::Kind::key, authorization.substr(blank + 1));
  return credential(actors::Credential::Kind::session, cookie_value(cookie_header, kSessionCookie));
}

} // namespace oq::http
