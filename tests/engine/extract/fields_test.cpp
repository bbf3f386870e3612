// Fields as clients draw them: one event on all sites.
#include "extract_fixture.hpp"

namespace oq::engine {
namespace {

using boost::json::parse;
using testing::as_json;
using testing::code_of;

// Two sites and two events of two realizations; the second event shakes the second site only.
std::unique_ptr<Datastore> two_events() {
  auto datastore = make_memory_datastore();
  using Integers = std::vector<std::int32_t>;
  const auto put = [&](const std::string& key, const Array& array) {
    EXPECT_TRUE(datastore->put(key, array));
  };
  put("sitecol/lon", {{2}, std::vector<double>{10, 11}});
  put("sitecol/lat", {{2}, std::vector<double>{45, 46}});
  put("sitecol/depth", {{2}, std::vector<double>{0, 0}});
  put("events/rlz_id", {{2}, Integers{0, 1}});
  put("gmf_data/eid", {{3}, Integers{0, 0, 1}});
  put("gmf_data/sid", {{3}, Integers{0, 1, 1}});
  put("gmf_data/gmv_0", {{3}, std::vector<float>{0.5f, 0.25f, 0.125f}});
  put("gmf_data/gmv_1", {{3}, std::vector<float>{1, 2, 4}});
  EXPECT_TRUE(datastore->put_attributes("gmf_data", {{"imts", "PGA SA(0.3)"}}));
  return datastore;
}

TEST(ExtractField, IsOfTheFirstEventWhenNoneIsNamed) {
  EXPECT_EQ(as_json(*two_events(), "gmf_data"), parse(R"json({"rlz-000": [
    {"lon": 10.0, "lat": 45.0, "PGA": 0.5, "SA(0.3)": 1.0},
    {"lon": 11.0, "lat": 46.0, "PGA": 0.25, "SA(0.3)": 2.0}]
})json"));
}

TEST(ExtractField, HasZerosWhereTheEventDoesNotShake) {
  EXPECT_EQ(as_json(*two_events(), "gmf_data", {{"event_id", "1"}}), parse(R"json({"rlz-001": [
    {"lon": 10.0, "lat": 45.0, "PGA": 0.0, "SA(0.3)": 0.0},
    {"lon": 11.0, "lat": 46.0, "PGA": 0.125, "SA(0.3)": 4.0}]
})json"));
}

TEST(ExtractField, OfAnEventThatIsNotThereIsRefused) {
  const auto datastore = two_events();
  EXPECT_EQ(code_of(*datastore, "gmf_data", {{"event_id", "2"}}), Errc::invalid_input);
  EXPECT_EQ(code_of(*datastore, "gmf_data", {{"event_id", "x"}}), Errc::invalid_input);
}

TEST(ExtractField, WithoutFieldsIsNotFound) {
  EXPECT_EQ(code_of(*testing::small_risk(), "gmf_data"), Errc::not_found);
}

} // namespace
} // namespace oq::engine
