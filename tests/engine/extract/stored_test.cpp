// Keys of the datastore as they stand.
#include "extract_fixture.hpp"

namespace oq::engine {
namespace {

using boost::json::parse;
using testing::as_json;
using testing::code_of;

TEST(ExtractStored, AnArrayComesWithItsTypeShapeAndAttributes) {
  auto datastore = make_memory_datastore();
  ASSERT_TRUE(datastore->put("a/b", {{2, 2}, std::vector<std::int64_t>{1, 2, 3, 4}}));
  ASSERT_TRUE(datastore->put_attributes("a/b", {{"unit", "g"}, {"json", R"({"imt": ["PGA"]})"}}));
  EXPECT_EQ(as_json(*datastore, "a/b"),
            parse(R"({"array": [[1, 2], [3, 4]], "unit": "g", "imt": ["PGA"]})"));
  EXPECT_EQ(extract(*datastore, {"a/b", {}})->arrays[0].dtype.descr(), "'<i8'");
}

TEST(ExtractStored, EveryTypeOfNumberIsKept) {
  auto datastore = make_memory_datastore();
  ASSERT_TRUE(datastore->put("f4", {{1}, std::vector<float>{0.1f}}));
  ASSERT_TRUE(datastore->put("f8", {{}, std::vector<double>{0.1}}));
  ASSERT_TRUE(datastore->put("u1", {{1}, std::vector<std::uint8_t>{200}}));
  ASSERT_TRUE(datastore->put("i4", {{0}, std::vector<std::int32_t>{}}));
  EXPECT_EQ(as_json(*datastore, "f4").at("array"), parse("[0.1]"));
  EXPECT_EQ(as_json(*datastore, "f8").at("array"), 0.1);
  EXPECT_EQ(as_json(*datastore, "u1").at("array"), parse("[200]"));
  EXPECT_EQ(as_json(*datastore, "i4").at("array"), parse("[]"));
}

TEST(ExtractStored, TextsAreBytes) {
  auto datastore = make_memory_datastore();
  ASSERT_TRUE(datastore->put("names", {{2, 1}, std::vector<std::string>{"a", "bcd"}}));
  EXPECT_EQ(as_json(*datastore, "names").at("array"), parse(R"([["a"], ["bcd"]])"));
  EXPECT_EQ(extract(*datastore, {"names", {}})->arrays[0].dtype.descr(), "'|S3'");
}

TEST(ExtractStored, AGroupOfColumnsIsATable) {
  auto datastore = make_memory_datastore();
  ASSERT_TRUE(datastore->put("events/id", {{2}, std::vector<std::int32_t>{0, 1}}));
  ASSERT_TRUE(datastore->put("events/rlz_id", {{2}, std::vector<std::int32_t>{3, 4}}));
  EXPECT_EQ(as_json(*datastore, "events"),
            parse(R"({"array": [{"id": 0, "rlz_id": 3}, {"id": 1, "rlz_id": 4}]})"));
}

TEST(ExtractStored, AnotherGroupIsTheListOfItsMembers) {
  auto datastore = make_memory_datastore();
  ASSERT_TRUE(datastore->put("full_lt/gsim_lt/trt", {{1}, std::vector<std::string>{"A"}}));
  ASSERT_TRUE(datastore->put("full_lt/weights", {{1}, std::vector<double>{1}}));
  EXPECT_EQ(as_json(*datastore, "full_lt").at("array"), parse(R"(["gsim_lt", "weights"])"));
}

TEST(ExtractStored, AttributesAloneMayBeAsked) {
  auto datastore = make_memory_datastore();
  ASSERT_TRUE(datastore->put_attributes("group", {{"kinds", boost::json::array{"mean"}}}));
  EXPECT_EQ(as_json(*datastore, "group.attrs"), parse(R"({"kinds": ["mean"]})"));
}

TEST(ExtractStored, WhatIsNotThereIsNotFound) {
  const auto datastore = make_memory_datastore();
  for (const char* what : {"nosuchthing", "a/b", "../../etc/passwd", ".attrs", "/", "x.attrs"})
    EXPECT_EQ(code_of(*datastore, what), Errc::not_found) << what;
}

} // namespace
} // namespace oq::engine
