// A small calculation in memory and a folder to export it to.
#pragma once

#include "engine/hazard/datastore_keys.hpp"
#include "engine/output/export.hpp"
#include "support/temporary_folder.hpp"

#include <boost/json/array.hpp>
#include <gtest/gtest.h>

#include <string>

namespace oq::engine::testing {

using oq::testing::file_text;
using oq::testing::TemporaryFolder;

inline void put_sites(Datastore& datastore, std::vector<double> lon, std::vector<double> lat,
                      std::vector<double> depth) {
  const auto count = lon.size();
  ASSERT_TRUE(datastore.put("sitecol/lon", {{count}, std::move(lon)}));
  ASSERT_TRUE(datastore.put("sitecol/lat", {{count}, std::move(lat)}));
  ASSERT_TRUE(datastore.put("sitecol/depth", {{count}, std::move(depth)}));
}

inline void put_realizations(Datastore& datastore, std::vector<std::string> paths,
                             std::vector<double> weights) {
  const auto count = paths.size();
  ASSERT_TRUE(datastore.put(keys::kRealizationPaths, {{count}, std::move(paths)}));
  ASSERT_TRUE(datastore.put(keys::kRealizationWeights, {{count}, std::move(weights)}));
}

// Attributes of a hazard array as engine/hazard/datastore_keys.hpp lists them.
inline Attributes hazard_attributes(boost::json::array kinds, boost::json::array imts) {
  return {{"kinds", std::move(kinds)},
          {"imts", std::move(imts)},
          {"investigation_time", 50.0},
          {"exported", true}};
}

// One site, PGA and SA(0.1) at two levels, a mean and a map with its spectrum; two realizations.
inline std::unique_ptr<Datastore> small_hazard() {
  auto datastore = make_memory_datastore();
  put_sites(*datastore, {9.15}, {45.16667}, {0.0});
  put_realizations(*datastore, {"A~AA", "A~AB"}, {0.25, 0.75});
  auto curves = hazard_attributes({"mean"}, {"PGA", "SA(0.1)"});
  curves["levels"] = boost::json::array{boost::json::array{0.1, 0.2}, boost::json::array{0.3, 0.4}};
  EXPECT_TRUE(
    datastore->put("hcurves-stats", {{1, 1, 2, 2}, std::vector<double>{0.5, 0.25, 0.125, 0.0625}}));
  EXPECT_TRUE(datastore->put_attributes("hcurves-stats", curves));
  auto maps = hazard_attributes({"mean"}, {"PGA", "SA(0.1)"});
  maps["poes"] = boost::json::array{0.1};
  maps["hazard_maps"] = true;
  maps["uniform_hazard_spectra"] = true;
  maps["uhs_imts"] = boost::json::array{"PGA", "SA(0.1)"};
  EXPECT_TRUE(datastore->put("hmaps-stats", {{1, 1, 2, 1}, std::vector<double>{0.15, 0.35}}));
  EXPECT_TRUE(datastore->put_attributes("hmaps-stats", maps));
  return datastore;
}

inline ExportRequest request(const TemporaryFolder& directory, const std::string& type,
                             const std::string& format) {
  return {type, format, directory.path(), 12, "oq-engine-server 0.1.0", "2026-11-23T00:52:37"};
}

} // namespace oq::engine::testing
