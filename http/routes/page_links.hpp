// Page links: the Link header of a list (RFC 8288), from the page that was asked for.
#pragma once

#include "actors/protocol.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace oq::http {

// Where a page is in a list.
struct PageQuery {
  actors::BaseUrl base;
  std::string path;                     // "/v1/calc/list"
  std::string query;                    // as sent
  std::int64_t limit = 100, offset = 0; // limit < 1: everything is on one page
};

// `<…>; rel="first", <…>; rel="prev", …`: those of first, prev, next and last that there are, with
// all other parameters of the query. Empty when everything is on one page.
std::string page_links(const PageQuery& page, std::int64_t total);

} // namespace oq::http
