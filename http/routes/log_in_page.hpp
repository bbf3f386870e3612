// The login page: a form, no script, nothing from elsewhere.
#pragma once

#include "http/response.hpp"

#include <string_view>

namespace oq::http {

// `next`: where to go afterwards; `message`: why it did not work, or empty.
Response log_in_page(int status, std::string_view next, std::string_view message);

// `next` when it is a path of this site, else the root: no link of ours leads to another site.
std::string_view own_path(std::string_view next);

} // namespace oq::http
