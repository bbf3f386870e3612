// JSON text: numbers print as Python prints them, whatever the library underneath does.
#include "engine/base/json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <gtest/gtest.h>

namespace oq {
namespace {

TEST(NumberText, PrintsAsPythonRepr) {
  EXPECT_EQ(number_text(10.0), "10.0");
  EXPECT_EQ(number_text(0.1), "0.1");
  EXPECT_EQ(number_text(-78.182), "-78.182");
  EXPECT_EQ(number_text(1e-5), "1e-05");
  EXPECT_EQ(number_text(0.0001), "0.0001");
  EXPECT_EQ(number_text(1e16), "1e+16");
  EXPECT_EQ(number_text(123456789012345680.0), "1.2345678901234568e+17");
  EXPECT_EQ(number_text(1e15), "1000000000000000.0");
  EXPECT_EQ(number_text(0.0), "0.0");
  EXPECT_EQ(number_text(-0.0), "-0.0");
  EXPECT_EQ(number_text(1.5e-7), "1.5e-07");
}

TEST(NumberText, NotANumberIsNull) {
  EXPECT_EQ(number_text(0.0 / 0.0), "null");
}

TEST(JsonText, KeepsOrderAndEscapes) {
  const boost::json::object object{{"b", 3600}, {"a", {1.0, "x\"y\n", nullptr, true}}};

  EXPECT_EQ(json_text(object), R"({"b": 3600, "a": [1.0, "x\"y\n", null, true]})");
  EXPECT_EQ(json_text(object, JsonStyle::compact), R"({"b":3600,"a":[1.0,"x\"y\n",null,true]})");
}

TEST(JsonText, EmptyContainersStayEmpty) {
  EXPECT_EQ(json_text(boost::json::array{}), "[]");
  EXPECT_EQ(json_text(boost::json::object{}), "{}");
}

} // namespace
} // namespace oq
