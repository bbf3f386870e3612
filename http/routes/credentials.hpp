// What a request shows to prove who asks: an API key, or the session cookie.
#pragma once

#include "actors/identity.hpp"

#include <optional>
#include <string_view>

namespace oq::http {

inline constexpr std::string_view kSessionCookie = "sessionid"; // the name clients know

// The value of a cookie; empty when there is none of that name.
std::string_view cookie_value(std::string_view cookie_header, std::string_view name);

// `Authorization: Bearer KEY` wins over the cookie; no other scheme is looked at.
std::optional<actors::Credential> read_credential(std::string_view authorization,
                                                  std::string_view cookie_header);

} // namespace oq::http
