// Hazard curves in memory, and a calculator run from its tasks to its results.
#pragma once

#include "engine/hazard/datastore_keys.hpp"
#include "engine/output/array_access.hpp"
#include "engine/risk/classical_risk.hpp"

#include <boost/json/array.hpp>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace oq::engine::testing {

// Curves of one intensity measure type: sites x realizations x levels.
struct HazardCurves {
  std::string imt = "PGA";
  std::vector<double> lon, lat, levels;
  std::vector<double> weights;             // one a realization
  std::vector<std::vector<double>> curves; // site-major, then realization
  double investigation_time = 50;
};

inline std::string three_digits(std::size_t number) {
  const auto digits = std::to_string(number);
  return digits.size() < 3 ? std::string(3 - digits.size(), '0') + digits : digits;
}

inline std::shared_ptr<Datastore> hazard_datastore(const HazardCurves& hazard) {
  std::shared_ptr<Datastore> datastore = make_memory_datastore();
  const auto sites = hazard.lon.size(), realizations = hazard.weights.size();
  std::vector<double> values;
  for (const auto& curve : hazard.curves)
    values.insert(values.end(), curve.begin(), curve.end());
  boost::json::array kinds;
  std::vector<std::string> paths;
  for (std::size_t i = 0; i < realizations; ++i) {
    kinds.emplace_back("rlz-" + three_digits(i));
    paths.push_back("A~" + std::to_string(i));
  }
  boost::json::array levels;
  levels.emplace_back(boost::json::array(hazard.levels.begin(), hazard.levels.end()));
  boost::json::array imts;
  imts.emplace_back(hazard.imt);
  Attributes attributes;
  attributes["kinds"] = std::move(kinds);
  attributes["imts"] = std::move(imts);
  attributes["levels"] = std::move(levels);
  attributes["investigation_time"] = hazard.investigation_time;
  attributes["exported"] = false;
  EXPECT_TRUE(datastore->put(keys::kCurvesOfRealizations,
                             {{sites, realizations, 1, hazard.levels.size()}, values}));
  EXPECT_TRUE(datastore->put_attributes(keys::kCurvesOfRealizations, attributes));
  EXPECT_TRUE(datastore->put(keys::kRealizationPaths, {{realizations}, paths}));
  EXPECT_TRUE(datastore->put(keys::kRealizationWeights, {{realizations}, hazard.weights}));
  EXPECT_TRUE(datastore->put("sitecol/lon", {{sites}, hazard.lon}));
  EXPECT_TRUE(datastore->put("sitecol/lat", {{sites}, hazard.lat}));
  EXPECT_TRUE(datastore->put("sitecol/depth", {{sites}, std::vector<double>(sites)}));
  return datastore;
}

// Runs every task, the last first, and reduces in order.
inline Result<std::unique_ptr<Datastore>> run(const Job& job,
                                              std::shared_ptr<const Datastore> hazard) {
  OQ_TRY(const auto calculator, make_classical_risk_calculator({job, std::move(hazard), {}}));
  std::vector<TaskResult> results(calculator->task_count());
  for (std::size_t task = results.size(); task-- > 0;) {
    OQ_TRY(results[task], calculator->run_task(task, StopToken{}));
  }
  for (std::size_t task = 0; task < results.size(); ++task)
    OQ_CHECK(calculator->reduce(task, std::move(results[task])));
  auto datastore = make_memory_datastore();
  OQ_CHECK(calculator->finish(*datastore));
  return datastore;
}

inline std::vector<double> numbers(const Datastore& datastore, const std::string& key,
                                   std::size_t axes) {
  const auto array = read_numbers(datastore, key, axes);
  EXPECT_TRUE(array) << array.error().text();
  return array ? array->values : std::vector<double>();
}

// A CSV of the reference engine: header and cells, without the comment. The last line of a file
// that was cut short is left out.
struct ReferenceCsv {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;

  std::size_t column(const std::string& name) const {
    return static_cast<std::size_t>(std::ranges::find(header, name) - header.begin());
  }
  double number(std::size_t row, std::size_t column) const { return std::stod(rows[row][column]); }
};

inline ReferenceCsv read_reference_csv(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  ReferenceCsv csv;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#') || line.empty() || line.back() != '\r')
      continue;
    line.pop_back();
    std::vector<std::string> cells;
    std::istringstream stream(line);
    for (std::string cell; std::getline(stream, cell, ',');)
      cells.push_back(cell);
    if (csv.header.empty())
      csv.header = cells;
    else
      csv.rows.push_back(cells);
  }
  return csv;
}

} // namespace oq::engine::testing
