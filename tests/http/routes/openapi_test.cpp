// The contract names every route of the table, and no other.
#include "http/routes/embedded.hpp"
#include "http/routes/route_table.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>

namespace oq::http {
namespace {

using Routes = std::set<std::string>;

// "/v1/calc/:id/log/:range" -> "/v1/calc/{}/log/{}"
std::string shape(const std::string& path) {
  const auto no_range = std::regex_replace(path, std::regex("\\{first\\}:\\{last\\}"), ":range");
  return std::regex_replace(no_range, std::regex("(:[a-z]+|\\{[a-z_]+\\})"), "{}");
}

Routes of_the_table() {
  Routes out;
  for (const auto& route : routes())
    out.insert(std::string(route.method) + " " + shape(std::string(route.pattern)));
  return out;
}

Routes of_the_contract() {
  Routes out;
  const auto contract = boost::json::parse(embedded::openapi);
  for (const auto& path : contract.at("paths").as_object())
    for (const auto& operation : path.value().as_object()) {
      std::string method(operation.key());
      std::ranges::transform(method, method.begin(), [](char c) {
        return static_cast<char>(std::toupper(c));
      });
      if (method != "PARAMETERS")
        out.insert(method + " " + shape(path.key()));
    }
  return out;
}

Routes missing(const Routes& of, const Routes& in) {
  Routes out;
  std::ranges::set_difference(of, in, std::inserter(out, out.end()));
  return out;
}

TEST(OpenApi, NamesEveryRoute) {
  EXPECT_EQ(missing(of_the_table(), of_the_contract()), Routes());
}

TEST(OpenApi, NamesNoRouteThatIsNotThere) {
  EXPECT_EQ(missing(of_the_contract(), of_the_table()), Routes());
}

} // namespace
} // namespace oq::http
