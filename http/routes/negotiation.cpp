// Content negotiation of downloads and extractions (RFC 9110, 12).
#include "http/routes/negotiation.hpp"

#include "http/accept.hpp"
#include "http/target.hpp"

#include <string>

namespace oq::http {

bool prefers_json(std::string_view accept) {
  const double json = quality_of(accept, "application/json");
  return json > 0 && json >= quality_of(accept, "application/octet-stream")
         && json >= quality_of(accept, "application/x-npz");
}

actors::ContentCoding coding_for(const Preferences& preferences) {
  if (!preferences.range.empty())
    return actors::ContentCoding::identity;
  const double gzip = quality_of(preferences.accept_encoding, "gzip");
  const double zstd = quality_of(preferences.accept_encoding, "zstd");
  if (zstd > 0 && zstd >= gzip)
    return actors::ContentCoding::zstd;
  return gzip > 0 ? actors::ContentCoding::gzip : actors::ContentCoding::identity;
}

actors::Extract read_extract(const RouteMatch& route, std::string_view query,
                             const Preferences& preferences) {
  actors::Extract extract;
  extract.id = route.id;
  extract.what = std::string(route.rest);
  for (auto& parameter : parse_query(query))
    extract.parameters.emplace_back(std::move(parameter.name), std::move(parameter.value));
  if (prefers_json(preferences.accept))
    extract.form = actors::ExtractForm::json;
  extract.coding = coding_for(preferences);
  return extract;
}

} // namespace oq::http
