// Ground-motion fields in memory, one exposure, and a calculator by event run from its tasks.
#pragma once

#include "engine/calculator/calculator.hpp"
#include "engine/gmf/field_table.hpp"
#include "engine/hazard/datastore_keys.hpp"
#include "engine/job/job.hpp"
#include "risk_fixture.hpp"
#include "support/temporary_folder.hpp"

namespace oq::engine::testing {

// PGA at one site (9, 45), an event each.
inline std::shared_ptr<Datastore> field_datastore(const std::vector<float>& intensities) {
  std::shared_ptr<Datastore> datastore = make_memory_datastore();
  FieldTable table;
  FieldEvents events;
  table.imts = {"PGA"};
  for (std::size_t e = 0; e < intensities.size(); ++e) {
    table.event.push_back(static_cast<std::int32_t>(e));
    table.site.push_back(0);
    table.values.push_back(intensities[e]);
    events.rupture.push_back(0);
    events.realization.push_back(0);
  }
  EXPECT_TRUE(store_fields(table, events.size(), *datastore));
  EXPECT_TRUE(store_events(events, false, *datastore));
  EXPECT_TRUE(datastore->put(keys::kRealizationPaths, {{1}, std::vector<std::string>{"A~A"}}));
  EXPECT_TRUE(datastore->put(keys::kRealizationWeights, {{1}, std::vector<double>{1}}));
  EXPECT_TRUE(datastore->put("sitecol/lon", {{1}, std::vector<double>{9}}));
  EXPECT_TRUE(datastore->put("sitecol/lat", {{1}, std::vector<double>{45}}));
  EXPECT_TRUE(datastore->put("sitecol/depth", {{1}, std::vector<double>{0}}));
  return datastore;
}

using MakeEventCalculator = Result<std::unique_ptr<Calculator>> (*)(CalculatorInputs);

// Runs every task, the last first, and reduces in order.
inline Result<std::unique_ptr<Datastore>> run_events(MakeEventCalculator make, const Job& job,
                                                     std::shared_ptr<const Datastore> hazard) {
  OQ_TRY(const auto calculator, make({job, std::move(hazard), {}}));
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

// Assets "a" and "b" of taxonomy W at the site, with costs of three types each.
inline std::string three_costs(double structural) {
  const auto asset = [&](const char* id, double factor) {
    const auto cost = [&](const char* type, double value) {
      return std::string("<cost type=\"") + type + "\" value=\"" + std::to_string(value * factor)
             + "\"/>";
    };
    return std::string("<asset id=\"") + id
           + "\" number=\"2\" taxonomy=\"W\"><location lon=\"9\" lat=\"45\"/><costs>"
           + cost("contents", 10) + cost("nonstructural", 20) + cost("structural", structural)
           + "</costs></asset>";
  };
  return "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\"><exposureModel category=\"b\">"
         "<conversions><costTypes><costType name=\"contents\" type=\"aggregated\"/>"
         "<costType name=\"nonstructural\" type=\"aggregated\"/>"
         "<costType name=\"structural\" type=\"aggregated\"/></costTypes></conversions><assets>"
         + asset("a", 1) + asset("b", 3) + "</assets></exposureModel></nrml>";
}

// A ratio that is the intensity, without spread, between 0.001 and 1.
inline std::string identity_vulnerability(const std::string& variations = "0 0") {
  return "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\"><vulnerabilityModel>"
         "<vulnerabilityFunction id=\"W\" dist=\"LN\"><imls imt=\"PGA\">0.001 1</imls>"
         "<meanLRs>0.001 1</meanLRs><covLRs>"
         + variations + "</covLRs></vulnerabilityFunction></vulnerabilityModel></nrml>";
}

} // namespace oq::engine::testing
