// Request heads: whole or byte by byte they read alike, and nothing points outside of them.
#include "fuzz/fuzz.hpp"
#include "http/conditional_headers.hpp"
#include "http/head_parser.hpp"
#include "http/routes/route_table.hpp"
#include "http/target.hpp"

#include <algorithm>
#include <string>
#include <tuple>

using namespace oq::http;
using oq::fuzz::require;

namespace {

bool inside(std::string_view part, std::string_view whole) {
  return part.empty()
         || (part.data() >= whole.data()
             && part.data() + part.size() <= whole.data() + whole.size());
}

void check_views(const RequestHead& head, std::string_view bytes) {
  for (const auto view : {head.method_text, head.target, head.raw_query})
    require(inside(view, bytes), "views lie in the head");
  require(inside(head.raw_path, bytes) || head.raw_path == "/", "a path lies in the head");
  for (const auto& field : head.fields) {
    require(inside(field.name, bytes) && inside(field.value, bytes), "fields lie in the head");
    require(!field.name.empty(), "a field has a name");
    require(field.value.find_first_of("\r\n") == std::string_view::npos, "a value is one line");
  }
}

// As a connection that receives a byte at a time.
HeadOutcome read_slowly(std::string_view bytes, const Limits& limits, RequestHead& head) {
  std::size_t searched = 0;
  for (std::size_t size = 1; size <= bytes.size(); ++size) {
    head.clear();
    const auto outcome = parse_head(bytes.substr(0, size), searched, limits, head);
    if (outcome.kind != HeadOutcome::Kind::incomplete)
      return outcome;
    searched = size;
  }
  return {};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Limits limits;
  limits.max_head = 4096;
  limits.max_target = 1024;
  const auto bytes = oq::fuzz::text_of(data, std::min<std::size_t>(size, 8192));
  RequestHead head, slow;
  const auto outcome = parse_head(bytes, 0, limits, head);
  if (bytes.size() <= 512) { // quadratic
    const auto slowly = read_slowly(bytes, limits, slow);
    require(outcome.kind != HeadOutcome::Kind::complete
              || (slowly.kind == outcome.kind && slowly.length == outcome.length),
            "a complete head is complete however it comes");
  }
  if (outcome.kind != HeadOutcome::Kind::complete)
    return 0;
  require(outcome.length <= bytes.size(), "a head ends where its bytes do");
  check_views(head, bytes);
  require(!(head.chunked && head.content_length), "one length at most");
  if (const auto path = decode_path(head.raw_path)) {
    require(path->find('\0') == std::string::npos, "no path holds a NUL");
    const auto route = match(head.method_text, *path);
    require(route.id >= 0 && route.first >= 0 && route.last >= 0, "ids are not negative");
  }
  std::ignore = conditions_of(head);
  return 0;
}
