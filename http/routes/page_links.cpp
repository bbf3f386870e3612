// The same query with another offset.
#include "http/routes/page_links.hpp"

#include "http/target.hpp"

#include <algorithm>

namespace oq::http {
namespace {

// What may stand in a query as it is (RFC 3986, 2.3); the rest is escaped, so that nothing of the
// client's can end the link or the header.
std::string escaped(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_'
                            || c == '~';
    if (unreserved)
      out.push_back(c);
    else
      out.append({'%', kDigits[byte >> 4], kDigits[byte & 15]});
  }
  return out;
}

// The parameters that are the same on every page, each followed by '&'.
std::string others(const PageQuery& page) {
  std::string out;
  for (const auto& parameter : parse_query(page.query))
    if (parameter.name != "limit" && parameter.name != "offset" && parameter.name != "wait"
        && parameter.name != "since")
      out += escaped(parameter.name) + "=" + escaped(parameter.value) + "&";
  return out;
}

} // namespace

std::string page_links(const PageQuery& page, std::int64_t total) {
  if (page.limit < 1 || total < 0 || (page.offset == 0 && total <= page.limit))
    return {};
  std::string links;
  const auto start = "<" + *page.base + page.path + "?" + others(page)
                     + "limit=" + std::to_string(page.limit) + "&offset=";
  const auto add = [&](std::int64_t offset, std::string_view relation) {
    links += (links.empty() ? "" : ", ") + start + std::to_string(offset) + ">; rel=\"";
    links.append(relation).append("\"");
  };
  const auto last = total == 0 ? 0 : (total - 1) / page.limit * page.limit;
  add(0, "first");
  if (page.offset > 0)
    add(std::max<std::int64_t>(0, std::min(page.offset - page.limit, last)), "prev");
  if (page.offset < total - page.limit)
    add(page.offset + page.limit, "next");
  add(last, "last");
  return links;
}

} // namespace oq::http
