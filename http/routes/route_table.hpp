// The one list of routes: from method and path to what is asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace oq::http {

enum class Action : std::uint8_t {
  // Calculations, the modern API
  status,
  detail,
  results,
  download,
  datastore,
  log,
  log_size,
  traceback,
  progress,
  oqparam,
  list,
  run,
  abort,
  remove,
  share,
  unshare,
  // The founding API's two halves
  seed_hazard_list,
  seed_hazard_detail,
  seed_hazard_results,
  seed_hazard_download,
  seed_hazard_run,
  seed_risk_list,
  seed_risk_detail,
  seed_risk_results,
  seed_risk_download,
  seed_risk_run,
  // About the service
  engine_version,
  engine_latest_version,
  available_gsims,
  cluster,
  // For whoever runs the service
  healthz,
  readyz,
  metrics,
  none, // what matches no route
};
inline constexpr std::size_t kActionCount = static_cast<std::size_t>(Action::none) + 1;

struct Route {
  std::string_view method; // GET (serves HEAD too) or POST
  std::string_view
    pattern; // ":id" is a decimal number, ":range" is A:B with either number left out
  Action action;
};

std::span<const Route> routes();

struct RouteMatch {
  enum class Kind : std::uint8_t { found, unknown_path, wrong_method } kind = Kind::unknown_path;
  Action action = Action::status;
  std::int64_t id = 0;
  std::int64_t first = 0, last = 0; // of ":range"; 0 where left out
  std::string_view allow;           // wrong_method: the method that the path has
};

// `path` is percent-decoded and begins with '/'. A number of more than 18 digits matches nothing.
RouteMatch match(std::string_view method, std::string_view path);

} // namespace oq::http
