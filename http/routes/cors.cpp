// The four headers of the API, with `*` or with the one origin that asks.
#include "http/routes/cors.hpp"

namespace oq::http {
namespace {

constexpr std::string_view kForPreflight = "Access-Control-Allow-Methods: GET, POST, OPTIONS\r\n"
                                           "Access-Control-Max-Age: 1000\r\n";
constexpr std::string_view kAnyHeader = "Access-Control-Allow-Headers: *\r\n";
// The wildcard does not cover Authorization.
constexpr std::string_view kNamedHeaders = "Access-Control-Allow-Headers: Authorization, *\r\n";
// Of the answers' headers, those that a page of another origin may read.
constexpr std::string_view kExposed =
  "Access-Control-Expose-Headers: ETag, Link, Location, Content-Disposition, X-Revision, "
  "X-Total-Count\r\n";
constexpr std::string_view kVary = "Vary: Origin\r\n"; // or a cache gives one origin's to another

SharedBytes shared(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

std::string allow(std::string_view origin) {
  return "Access-Control-Allow-Origin: " + std::string(origin) + "\r\n" + std::string(kExposed);
}

} // namespace

const CorsLines& any_origin() {
  static const CorsLines lines{
    shared(allow("*") + std::string(kForPreflight) + std::string(kAnyHeader)), shared(allow("*"))};
  return lines;
}

CorsPolicy::CorsPolicy(const std::vector<std::string>& origins) {
  refused_ = {shared(std::string(kVary)), shared(std::string(kVary))};
  for (const auto& origin : origins) {
    const auto begin = allow(origin) + std::string(kVary);
    named_[origin] = {shared(begin + std::string(kForPreflight) + std::string(kNamedHeaders)),
                      shared(begin)};
  }
}

const CorsLines* CorsPolicy::lines_for(std::string_view origin) const {
  if (named_.empty())
    return nullptr;
  const auto found = named_.find(origin);
  return found == named_.end() ? &refused_ : &found->second;
}

} // namespace oq::http
