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
  extract,
  log,
  log_size,
  traceback,
  progress,
  events,
  log_events,
  list_events,
  oqparam,
  list,
  run,
  abort,
  remove,
  share,
  unshare,
  job_zip,
  download_png,
  aggrisk_tags,
  run_ini,
  // Words on calculations
  list_tags,
  create_tag,
  delete_tag,
  add_tag,
  remove_tag,
  prefer_for_tag,
  prefer_none_for_tag,
  preferred_for_tag,
  // Looked at and not kept
  validate_zip,
  validate_ini,
  valid,
  on_same_fs,
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
  seed_hazard_form,
  seed_risk_form,
  // About the service
  engine_version,
  engine_latest_version,
  available_gsims,
  ini_defaults,
  cluster,
  openapi,
  // Pages
  root,
  engine_page,
  outputs_page,
  license_page,
  style,
  docs,
  // For whoever runs the service
  healthz,
  readyz,
  metrics,
  // Who asks
  log_in,
  log_out,
  log_in_page,
  log_in_form,
  authentication_status,
  none, // what matches no route
};
inline constexpr std::size_t kActionCount = static_cast<std::size_t>(Action::none) + 1;

// What a client must be allowed to, where clients have to say who they are.
enum class Right : std::uint8_t {
  // Of a route that names none: `see` (POST: `change`) where the pattern has ":id", else `member`.
  by_path,
  everybody,  // no question asked
  member,     // any user
  submit,     // any user, unless the service is read-only
  superuser,  // tells of everybody's calculations
  see,        // the calculation :id: own, of a colleague, or shared
  see_output, // the calculation of output :id
  change,     // own, or of a colleague
  abort,      // as `change`, unless the service is read-only
  remove,     // own, unless the service is read-only
  share,      // as `change`, and of level 2
};

struct Route {
  std::string_view method;  // GET (serves HEAD too) or POST
  std::string_view pattern; // ":id" is a decimal number, ":calc" one that is not looked at,
                            // ":range" is A:B with either number left out, ":what" all that
                            // follows, of [-/_.A-Za-z0-9], ":path" the same with parentheses,
                            // ":tag" a word of any characters
  Action action;
  Right right = Right::by_path;
};

std::span<const Route> routes();

// What the route asks for; never by_path.
Right right_of(const Route& route);

struct RouteMatch {
  enum class Kind : std::uint8_t { found, unknown_path, wrong_method } kind = Kind::unknown_path;
  Action action = Action::status;
  Right right = Right::member; // never by_path
  std::int64_t id = 0;
  std::int64_t first = 0, last = 0; // of ":range"; 0 where left out
  std::string_view rest;  // of ":what", ":path" and ":tag", into the path that was matched
  std::string_view allow; // wrong_method: the methods that the path has
};

// `path` is percent-decoded and begins with '/'. A number of more than 18 digits matches nothing.
RouteMatch match(std::string_view method, std::string_view path);

} // namespace oq::http
