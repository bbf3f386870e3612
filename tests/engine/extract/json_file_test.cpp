// Extractions as JSON.
#include "engine/extract/json_file.hpp"

#include "extract_fixture.hpp"

#include <cmath>
#include <limits>

namespace oq::engine {
namespace {

using testing::text_of;

std::string written(const Extraction& extraction) {
  const oq::testing::TemporaryFolder folder;
  const auto path = write_json_file(extraction, folder / "out.json");
  EXPECT_TRUE(path);
  return text_of(folder / "out.json");
}

TEST(JsonFile, NestsAxesAndRecords) {
  std::string bytes;
  for (const double value : {1.0, 0.1, 2.0, 0.2}) // two records of a double and a float
    bytes.size() % 12 == 0 ? append_f8(bytes, value) : append_f4(bytes, value);
  Extraction extraction;
  extraction.arrays.push_back(packed_array(
    "array", Dtype::record({{"lon", Dtype::f8()}, {"mean", Dtype::record({{"PGA", Dtype::f4()}})}}),
    {2}, bytes));
  EXPECT_EQ(
    written(extraction),
    R"({"array": [{"lon": 1.0, "mean": {"PGA": 0.1}}, {"lon": 2.0, "mean": {"PGA": 0.2}}]})");
}

TEST(JsonFile, SeveralAxesAreListsInLists) {
  std::string bytes;
  for (std::uint32_t value = 0; value < 6; ++value)
    append_u4(bytes, value);
  Extraction extraction;
  extraction.arrays.push_back(packed_array("array", Dtype::u4(), {2, 3}, bytes));
  EXPECT_EQ(written(extraction), R"({"array": [[0, 1, 2], [3, 4, 5]]})");
}

TEST(JsonFile, WhatIsNoNumberIsNull) {
  std::string bytes;
  append_f4(bytes, std::nan(""));
  append_f4(bytes, std::numeric_limits<double>::infinity());
  Extraction extraction;
  extraction.arrays.push_back(packed_array("array", Dtype::f4(), {2}, bytes));
  EXPECT_EQ(written(extraction), R"({"array": [null, null]})");
}

TEST(JsonFile, MergesWhatIsSaidAboutTheArrays) {
  Extraction extraction;
  extraction.about["units"] = "USD";
  extraction.about["tags"] = "hidden by the array";
  extraction.arrays.push_back(byte_texts("tags", {"a=\"1\"", "b"}));
  EXPECT_EQ(written(extraction), R"({"tags": ["a=\"1\"", "b"], "units": "USD"})");
}

TEST(JsonFile, TextsOfCodePointsAreUtf8Again) {
  Extraction extraction;
  extraction.arrays.push_back(texts("array", {"caf\xc3\xa9", "\xf0\x9f\x8c\x8d"}));
  EXPECT_EQ(boost::json::parse(written(extraction)),
            boost::json::parse("{\"array\": [\"caf\xc3\xa9\", \"\xf0\x9f\x8c\x8d\"]}"));
}

TEST(JsonFile, NothingIsAnEmptyObject) {
  EXPECT_EQ(written({}), "{}");
}

} // namespace
} // namespace oq::engine
