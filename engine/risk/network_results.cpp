// Tables as the reference engine has them: means are over all events.
#include "engine/risk/network_results.hpp"

#include "engine/risk/aggregate_table.hpp"

#include <algorithm>

namespace oq::engine {
namespace {

// Of an event, in this order; the last but one need served nodes, the last needs demands.
struct Measure {
  const char* name;
  const char* column;
};
constexpr Measure kMeasures[] = {{"efl", "EL"}, {"pcl", "PCL"}, {"wcl", "WCL"}, {"ccl", "CCL"}};

void add_all(const std::vector<double>& values, std::span<double> sums, std::size_t& at) {
  for (const double value : values)
    sums[at++] += value;
}

std::size_t measure_count(const Connectivity& connectivity) {
  return connectivity.served().empty() ? 1 : connectivity.has_demand() ? 4 : 3;
}

} // namespace

std::size_t NetworkResults::sum_count() const {
  return connectivity_.graph().nodes().size() + 3 * connectivity_.served().size();
}

void NetworkResults::add(const std::vector<char>& broken, std::span<double> sums,
                         std::span<double> totals) const {
  if (std::ranges::find(broken, 1) == broken.end())
    return; // nothing is lost
  const auto losses = connectivity_.losses(broken);
  std::size_t at = 0;
  add_all(losses.of_nodes, sums, at);
  add_all(losses.isolated_of, sums, at);
  add_all(losses.partial_of, sums, at);
  add_all(losses.weighted_of, sums, at);
  totals[0] += losses.efficiency;
  totals[1] += losses.partial;
  totals[2] += losses.weighted;
  totals[3] += losses.isolated;
}

Result<void> NetworkResults::store_events(const EventBase& base, const Numbers& total,
                                          Datastore& datastore) const {
  TextTable means{"infra-avg_loss", {}, {}, {}, {}, false};
  for (std::size_t i = 0; i < measure_count(connectivity_); ++i) {
    TextTable table{std::string("infra-event_") + kMeasures[i].name,
                    {"event_id"},
                    {kMeasures[i].column},
                    {{}},
                    {},
                    false};
    double sum = 0;
    for (std::size_t e = 0; e < base.event_count(); ++e) {
      table.texts[0].push_back(std::to_string(e));
      table.numbers.push_back(total(e, i));
      sum += total(e, i);
    }
    OQ_CHECK(store_table(table.stem, table, datastore));
    const double mean = sum / static_cast<double>(std::max<std::size_t>(1, base.event_count()));
    means.number_columns.emplace_back(kMeasures[i].name);
    means.numbers.push_back(mean);
  }
  return store_table(means.stem, means, datastore);
}

Result<void> NetworkResults::store_nodes(const std::function<double(std::size_t)>& mean,
                                         Datastore& datastore) const {
  const auto& nodes = connectivity_.graph().nodes();
  const auto& served = connectivity_.served();
  TextTable all{"infra-node_el", {"id"}, {"EL"}, {{}}, {}, false};
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    all.texts[0].push_back(nodes[i].id);
    all.numbers.push_back(mean(i));
  }
  OQ_CHECK(store_table(all.stem, all, datastore));
  if (served.empty())
    return {};
  const bool has_demand = connectivity_.has_demand();
  TextTable table{has_demand ? "infra-dem_cl" : "infra-taz_cl", {"id"}, {}, {{}}, {}, false};
  if (has_demand)
    table.number_columns.emplace_back("Isolation_node");
  table.number_columns.insert(table.number_columns.end(), {"PCL_node", "WCL_node"});
  for (std::size_t i = 0; i < served.size(); ++i) {
    table.texts[0].push_back(nodes[served[i]].id);
    for (std::size_t measure = has_demand ? 0 : 1; measure < 3; ++measure)
      table.numbers.push_back(mean(nodes.size() + measure * served.size() + i));
  }
  return store_table(table.stem, table, datastore);
}

Result<void> NetworkResults::store(const EventBase& base, const Numbers& mean, const Numbers& total,
                                   Datastore& datastore) const {
  OQ_CHECK(store_events(base, total, datastore));
  const auto over_all = [&](std::size_t sum) {
    double mean_of_all = 0;
    for (std::size_t r = 0; r < base.weights.size(); ++r)
      mean_of_all += mean(r, sum) * base.events_of[r];
    return mean_of_all / static_cast<double>(std::max<std::size_t>(1, base.event_count()));
  };
  return store_nodes(over_all, datastore);
}

} // namespace oq::engine
