// Reads extractions back: packed elements to numbers and texts, and a small risk calculation.
#pragma once

#include "engine/extract/extraction.hpp"
#include "engine/extract/json_file.hpp"
#include "support/temporary_folder.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace oq::engine::testing {

inline std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

// What a client that wants JSON gets; null after a failure, which is reported.
inline boost::json::value as_json(const Datastore& datastore, const std::string& what,
                                  const Parameters& parameters = {}) {
  const oq::testing::TemporaryFolder folder;
  const auto extraction = extract(datastore, {what, parameters});
  if (!extraction) {
    ADD_FAILURE() << extraction.error().text();
    return nullptr;
  }
  const auto written = write_json_file(*extraction, folder / "out.json");
  EXPECT_TRUE(written) << written.error().text();
  return boost::json::parse(text_of(folder / "out.json"));
}

inline Errc code_of(const Datastore& datastore, const std::string& what,
                    const Parameters& parameters = {}) {
  const auto extraction = extract(datastore, {what, parameters});
  return extraction ? Errc::none : extraction.error().code;
}

inline const ExtractedArray* array_of(const Extraction& extraction, const std::string& name) {
  for (const auto& array : extraction.arrays)
    if (array.name == name)
      return &array;
  return nullptr;
}

// Three assets of two taxonomies and two states, mean losses of two loss types.
inline std::unique_ptr<Datastore> small_risk() {
  auto datastore = make_memory_datastore();
  using Texts = std::vector<std::string>;
  using Doubles = std::vector<double>;
  const auto put = [&](const std::string& key, const Array& array) {
    EXPECT_TRUE(datastore->put(key, array));
  };
  put("assetcol/id", {{3}, Texts{"a1", "a2", "a3"}});
  put("assetcol/taxonomy", {{3}, Texts{"Wood", "Adobe", "Wood"}});
  put("assetcol/lon", {{3}, Doubles{10, 11, 12}});
  put("assetcol/lat", {{3}, Doubles{45, 46, 47}});
  put("assetcol/number", {{3}, std::vector<float>{1, 2, 4}});
  put("assetcol/value-structural", {{3}, std::vector<float>{100, 200, 400}});
  put("assetcol/tags/state/words", {{2}, Texts{"East", "West"}});
  put("assetcol/tags/state/word", {{3}, std::vector<std::int32_t>{1, 0, 0}});
  EXPECT_TRUE(datastore->put_attributes(
    "assetcol", {{"loss_types", boost::json::array{"contents", "structural"}},
                 {"tag_names", boost::json::array{"state"}}}));
  put("avg_losses-stats", {{3, 2, 2}, Doubles{1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60}});
  EXPECT_TRUE(datastore->put_attributes(
    "avg_losses-stats", {{"kinds", boost::json::array{"mean", "quantile-0.5"}},
                         {"loss_types", boost::json::array{"contents", "structural"}}}));
  return datastore;
}

} // namespace oq::engine::testing
