// Matches paths against patterns, segment by segment.
#include "http/routes/route_table.hpp"

#include <algorithm>
#include <charconv>

namespace oq::http {
namespace {

constexpr Route kRoutes[] = {
  {"GET", "/v1/calc/:id/status", Action::status}, // polled: first
  {"GET", "/v1/calc/hazard/:id", Action::seed_hazard_detail},
  {"GET", "/v1/calc/risk/:id", Action::seed_risk_detail},
  {"GET", "/v1/calc/list", Action::list},
  {"GET", "/v1/calc/hazard", Action::seed_hazard_list},
  {"GET", "/v1/calc/risk", Action::seed_risk_list},
  {"GET", "/v1/calc/:id", Action::detail},
  {"GET", "/v1/calc/:id/results", Action::results},
  {"GET", "/v1/calc/:id/result/list", Action::results},
  {"GET", "/v1/calc/result/:id", Action::download, Right::see_output},
  {"GET", "/v1/calc/:calc/result/:id", Action::download, Right::see_output},
  {"GET", "/v1/calc/:id/datastore", Action::datastore},
  {"GET", "/v1/calc/:id/extract/:what", Action::extract},
  {"GET", "/v1/calc/:id/log/size", Action::log_size},
  {"GET", "/v1/calc/:id/log/:range", Action::log},
  {"GET", "/v1/calc/:id/traceback", Action::traceback},
  {"GET", "/v1/calc/:id/progress", Action::progress},
  {"GET", "/v1/calc/:id/oqparam", Action::oqparam},
  {"GET", "/v1/calc/:id/events", Action::events},
  {"GET", "/v1/calc/:id/log/events", Action::log_events},
  {"GET", "/v1/calc/events", Action::list_events},
  {"GET", "/v1/calc/list_tags", Action::list_tags},
  {"GET", "/v1/calc/get_preferred_job_for_tag/:tag", Action::preferred_for_tag},
  {"POST", "/v1/calc/create_tag/:tag", Action::create_tag},
  {"POST", "/v1/calc/delete_tag/:tag", Action::delete_tag},
  {"POST", "/v1/calc/unset_preferred_job_for_tag/:tag", Action::prefer_none_for_tag},
  {"POST", "/v1/calc/:id/add_tag/:tag", Action::add_tag},
  {"POST", "/v1/calc/:id/remove_tag/:tag", Action::remove_tag},
  {"POST", "/v1/calc/:id/set_preferred_job_for_tag/:tag", Action::prefer_for_tag},
  {"GET", "/v1/calc/:id/job_zip", Action::job_zip},
  {"GET", "/v1/calc/:id/download_png/:path", Action::download_png},
  {"GET", "/v1/calc/:id/aggrisk_tags", Action::aggrisk_tags},
  {"POST", "/v1/calc/run", Action::run, Right::submit},
  {"POST", "/v1/calc/run_ini", Action::run_ini, Right::submit},
  {"POST", "/v1/calc/validate_zip", Action::validate_zip, Right::submit},
  {"POST", "/v1/calc/validate_ini", Action::validate_ini, Right::submit},
  {"POST", "/v1/valid/", Action::valid},
  {"POST", "/v1/valid", Action::valid},
  {"POST", "/v1/valid/:path", Action::valid},
  {"POST", "/v1/on_same_fs", Action::on_same_fs},
  {"POST", "/v1/calc/:id/abort", Action::abort, Right::abort},
  {"POST", "/v1/calc/:id/remove", Action::remove, Right::remove},
  {"POST", "/v1/calc/:id/share", Action::share, Right::share},
  {"POST", "/v1/calc/:id/unshare", Action::unshare, Right::share},
  {"GET", "/v1/calc/hazard/:id/results", Action::seed_hazard_results},
  {"GET", "/v1/calc/risk/:id/results", Action::seed_risk_results},
  {"GET", "/v1/calc/hazard/result/:id", Action::seed_hazard_download, Right::see_output},
  {"GET", "/v1/calc/risk/result/:id", Action::seed_risk_download, Right::see_output},
  {"POST", "/v1/calc/hazard/run", Action::seed_hazard_run, Right::submit},
  {"POST", "/v1/calc/risk/run", Action::seed_risk_run, Right::submit},
  {"GET", "/v1/calc/hazard/run", Action::seed_hazard_form, Right::submit},
  {"GET", "/v1/calc/risk/run", Action::seed_risk_form, Right::submit},
  {"GET", "/v1/engine_version", Action::engine_version},
  {"GET", "/engine_version", Action::engine_version}, // of 2014
  {"GET", "/v1/engine_latest_version", Action::engine_latest_version},
  {"GET", "/engine_latest_version", Action::engine_latest_version},
  {"GET", "/v1/ini_defaults", Action::ini_defaults},
  {"GET", "/v1/available_gsims", Action::available_gsims},
  {"GET", "/v1/cluster", Action::cluster, Right::superuser},
  {"GET", "/openapi.json", Action::openapi, Right::everybody},
  {"GET", "/docs", Action::docs, Right::everybody},
  {"GET", "/", Action::root},
  {"GET", "/engine/", Action::engine_page},
  {"GET", "/engine", Action::engine_page},
  {"GET", "/engine/:id/outputs", Action::outputs_page, Right::member},
  {"GET", "/engine/license", Action::license_page},
  {"GET", "/engine/style.css", Action::style, Right::everybody},
  {"GET", "/healthz", Action::healthz, Right::everybody},
  {"GET", "/readyz", Action::readyz, Right::everybody},
  {"GET", "/metrics", Action::metrics, Right::superuser},
  {"POST", "/accounts/ajax_login/", Action::log_in, Right::everybody},
  {"POST", "/accounts/ajax_login", Action::log_in, Right::everybody},
  {"POST", "/accounts/ajax_logout/", Action::log_out, Right::everybody},
  {"POST", "/accounts/ajax_logout", Action::log_out, Right::everybody},
  {"GET", "/accounts/login/", Action::log_in_page, Right::everybody},
  {"POST", "/accounts/login/", Action::log_in_form, Right::everybody},
  {"GET", "/v1/authentication/status", Action::authentication_status, Right::everybody},
};

constexpr std::size_t kMostDigits = 18; // fits std::int64_t

// Empty text is a zero: an open end of a range.
bool parse_number(std::string_view text, std::int64_t& out) {
  out = 0;
  if (text.empty())
    return true;
  if (text.size() > kMostDigits)
    return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size() && text.front() != '-';
}

bool is_name(std::string_view text, bool parentheses) {
  const std::string_view punctuation = parentheses ? "-/_.()" : "-/_.";
  return !text.empty() && std::ranges::all_of(text, [punctuation](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
           || punctuation.find(c) != std::string_view::npos;
  });
}

// Bytes of UTF-8 are letters to it; whether they are any is seen where the word is used.
bool is_word(std::string_view text) {
  constexpr std::size_t kLongest = 100;
  return !text.empty() && text.size() <= kLongest && std::ranges::all_of(text, [](unsigned char c) {
    return c >= 0x20 && c != 0x7F;
  });
}

bool match_segment(std::string_view pattern, std::string_view segment, RouteMatch& match) {
  if (pattern == ":calc") {
    std::int64_t ignored = 0;
    return !segment.empty() && parse_number(segment, ignored);
  }
  if (pattern == ":tag") {
    match.rest = segment;
    return is_word(segment);
  }
  if (pattern == ":id")
    return !segment.empty() && parse_number(segment, match.id);
  if (pattern == ":range") {
    const auto colon = segment.find(':');
    return colon != std::string_view::npos && parse_number(segment.substr(0, colon), match.first)
           && parse_number(segment.substr(colon + 1), match.last);
  }
  return pattern == segment;
}

std::string_view take_segment(std::string_view& path) {
  path.remove_prefix(1); // the '/'
  const auto end = path.find('/');
  const auto segment = path.substr(0, end);
  path = end == std::string_view::npos ? std::string_view{} : path.substr(end);
  return segment;
}

bool match_path(std::string_view pattern, std::string_view path, RouteMatch& match) {
  while (!pattern.empty() && !path.empty()) {
    const auto wanted = take_segment(pattern);
    if (wanted == ":path" || wanted == ":what") {
      match.rest = path.substr(1);
      return is_name(match.rest, wanted == ":path");
    }
    if (!match_segment(wanted, take_segment(path), match))
      return false;
  }
  return pattern.empty() && path.empty();
}

// What goes into Allow, given what was there and one method more.
std::string_view allowing(std::string_view allowed, std::string_view method) {
  return allowed.empty() || allowed == method ? method : "GET, POST";
}

} // namespace

std::span<const Route> routes() {
  return kRoutes;
}

Right right_of(const Route& route) {
  if (route.right != Right::by_path)
    return route.right;
  if (route.pattern.find(":id") == std::string_view::npos)
    return Right::member;
  return route.method == "GET" ? Right::see : Right::change;
}

RouteMatch match(std::string_view method, std::string_view path) {
  RouteMatch wrong_method;
  if (path.empty() || path.front() != '/')
    return wrong_method;
  const std::string_view wanted = method == "HEAD" ? "GET" : method;
  for (const auto& route : kRoutes) {
    RouteMatch found;
    if (!match_path(route.pattern, path, found))
      continue;
    if (route.method != wanted) {
      wrong_method.kind = RouteMatch::Kind::wrong_method;
      wrong_method.allow = allowing(wrong_method.allow, route.method);
      continue;
    }
    found.kind = RouteMatch::Kind::found;
    found.action = route.action;
    found.right = right_of(route);
    return found;
  }
  return wrong_method;
}

} // namespace oq::http
