// The doorway of `serve`: whether clients have to log in, and which pages may speak for them.
#pragma once

#include "app/options.hpp"
#include "engine/base/result.hpp"
#include "http/access_log.hpp"
#include "http/routes/guard.hpp"

#include <memory>
#include <string>

namespace oq::app {

// Whether everybody who asks has to say who they are. Without a word about it: as soon as there are
// users. Errc::invalid_input: nobody would have to, and others than this machine could ask.
Result<bool> asks_who(const AccessSettings& access, const std::string& listen_host, bool has_users);

// Errc::invalid_input: an origin that is none.
Result<http::GuardSettings> guard_settings(const AccessSettings& access,
                                           const std::string& base_url);

// "-": standard error, when `level` lets such lines through; "none": null. Errc::unavailable: the
// file cannot be opened.
Result<std::shared_ptr<http::AccessLog>> open_access_log(const std::string& where,
                                                         const std::string& level);

} // namespace oq::app
