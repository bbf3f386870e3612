// `cluster`: asks one node about all of them and prints a table.
#include "app/commands.hpp"
#include "app/http_get.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

namespace oq::app {
namespace {

constexpr std::chrono::seconds kPatience{5};
constexpr const char* kRow = "{:<24} {:<9} {:>7} {:>8} {:>8} {:>8} {:>7}  {}\n";
constexpr std::size_t kMostNamed = 12; // calculations in a row

const boost::json::value* member(const boost::json::value& node, std::string_view name) {
  return node.is_object() ? node.get_object().if_contains(name) : nullptr;
}

std::string text_of(const boost::json::value& node, std::string_view name) {
  const auto* value = member(node, name);
  return value && value->is_string() ? std::string(value->get_string()) : "?";
}

// "-" for what the node does not know.
std::string number_of(const boost::json::value& node, std::string_view name, int decimals,
                      const char* unit = "") {
  const auto* value = member(node, name);
  if (!value || !value->is_number())
    return "-";
  return fmt::format("{:.{}f}{}", value->to_number<double>(), decimals, unit);
}

std::string calculations_of(const boost::json::value& node) {
  const auto* ids = member(node, "calculations");
  if (!ids || !ids->is_array())
    return "";
  std::string text;
  for (std::size_t i = 0; i < ids->get_array().size() && i < kMostNamed; ++i)
    text += fmt::format("{}{}", i > 0 ? " " : "", boost::json::serialize(ids->get_array()[i]));
  return ids->get_array().size() > kMostNamed ? text + " …" : text;
}

std::string workers_of(const boost::json::value& node) {
  const auto remote = number_of(node, "remote_workers", 0);
  const auto all = number_of(node, "workers", 0);
  return remote == "-" || remote == "0" ? all : fmt::format("{} ({}r)", all, remote);
}

void print_node(const boost::json::value& node) {
  const auto* self = member(node, "self");
  const bool asked = self && self->is_bool() && self->get_bool();
  const auto name = text_of(node, "name") + (asked ? " *" : "");
  if (text_of(node, "state") == "ended") // what it said last is no longer so
    return fmt::print(kRow, name, "ended", "-", "-", "-", "-", "-", "");
  fmt::print(kRow, name, text_of(node, "state"), number_of(node, "lease_seconds", 1, " s"),
             number_of(node, "running", 0), number_of(node, "waiting", 0), workers_of(node),
             number_of(node, "lag_ms", 0, " ms"), calculations_of(node));
}

int fail(const Error& error, int exit_code) {
  fmt::print(stderr, "error: {}\n", error.text());
  return exit_code;
}

} // namespace

int cluster(const ClusterSettings& settings) {
  const auto url = parse_http_url(settings.url);
  if (!url)
    return fail(url.error(), 2);
  const char* key = std::getenv("OQ_API_KEY"); // of a superuser, where users log in
  const auto body = http_get(*url, "/v1/cluster", kPatience, key ? key : "");
  if (!body)
    return fail(body.error(), 1);
  boost::json::error_code error;
  const auto answer = boost::json::parse(*body, error);
  const auto* nodes = error ? nullptr : member(answer, "nodes");
  if (!nodes || !nodes->is_array())
    return fail({Errc::unavailable, "the answer is no list of nodes", settings.url}, 1);

  fmt::print(kRow, "node (* was asked)", "state", "lease", "running", "waiting", "workers", "lag",
             "calculations");
  int down = 0;
  for (const auto& node : nodes->get_array()) {
    print_node(node);
    const auto state = text_of(node, "state");
    down += state != "up" && state != "draining";
  }
  if (down > 0)
    fmt::print("{} of {} nodes {} down\n", down, nodes->get_array().size(),
               down == 1 ? "is" : "are");
  return down > 0 ? 1 : 0;
}

} // namespace oq::app
