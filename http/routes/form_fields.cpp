// Looks among the parts, else in the body.
#include "http/routes/form_fields.hpp"

#include <algorithm>

namespace oq::http {
namespace {

constexpr std::uint64_t kMostBytes = std::uint64_t{64} << 20; // a document to be looked at

} // namespace

Result<std::optional<std::string>> form_field(const Request& request, std::string_view name) {
  if (const auto* part = request.part(name)) {
    OQ_TRY(auto text, part->body.read_all(kMostBytes));
    return std::optional(std::move(text));
  }
  OQ_TRY(const auto body, request.body().read_all(kMostBytes));
  auto fields = parse_query(body);
  const auto found = std::ranges::find(fields, name, &QueryParameter::name);
  if (found == fields.end())
    return std::optional<std::string>();
  return std::optional(std::move(found->value));
}

} // namespace oq::http
