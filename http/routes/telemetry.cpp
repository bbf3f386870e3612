// Atomics become metric families only when somebody asks.
#include "http/routes/telemetry.hpp"

#include "http/routes/process_numbers.hpp"

#include <algorithm>
#include <limits>
#include <prometheus/text_serializer.h>
#include <utility>

namespace oq::http {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

// The families in the order in which they are added.
class Families {
public:
  void family(MetricType type, const char* name, const char* help) {
    families_.push_back({name, help, type, {}});
  }
  void sample(double value, Labels labels = {}) {
    auto& family = families_.back();
    ClientMetric metric;
    metric.label = std::move(labels);
    if (family.type == MetricType::Counter)
      metric.counter.value = value;
    else
      metric.gauge.value = value;
    family.metric.push_back(std::move(metric));
  }
  void counter(const char* name, const char* help, double value) {
    family(MetricType::Counter, name, help);
    sample(value);
  }
  void gauge(const char* name, const char* help, double value) {
    family(MetricType::Gauge, name, help);
    sample(value);
  }
  // Not at all when the node has no such thing.
  void gauge_if_any(const char* name, const char* help, const actors::Gauge& value) {
    if (value.get() != actors::Gauges::kNone)
      gauge(name, help, static_cast<double>(value.get()));
  }
  template <class CountOf>
  void histogram(double seconds, CountOf count_of, Labels labels = {}) {
    ClientMetric metric;
    metric.label = std::move(labels);
    auto& histogram = metric.histogram;
    const auto& bounds = actors::Durations::kBounds;
    for (std::size_t i = 0; i <= bounds.size(); ++i) {
      histogram.sample_count += static_cast<std::uint64_t>(count_of(i));
      histogram.bucket.push_back(
        {histogram.sample_count,
         i < bounds.size() ? bounds[i] : std::numeric_limits<double>::infinity()});
    }
    histogram.sample_sum = seconds;
    families_.back().metric.push_back(std::move(metric));
  }
  std::string text() const { return prometheus::TextSerializer().Serialize(families_); }

private:
  std::vector<MetricFamily> families_;
};

double number(const actors::Gauge& gauge) {
  return static_cast<double>(gauge.get());
}

std::string pattern_of(Action action) {
  for (const auto& route : routes())
    if (route.action == action)
      return std::string(route.pattern);
  return "none";
}

std::string status_text(int status) {
  return status == 0 ? "other" : std::to_string(status);
}

// Routes that nobody asked for are left out: thirty routes with sixteen buckets each are long.
void add_requests(Families& out, const RequestMeter& meter) {
  std::vector<std::pair<std::string, RequestMeter::Total>> asked;
  for (std::size_t i = 0; i < kActionCount; ++i) {
    const auto action = static_cast<Action>(i);
    const auto total = meter.total(action);
    if (std::ranges::any_of(total.statuses, [](auto count) {
          return count > 0;
        }))
      asked.emplace_back(pattern_of(action), total);
  }
  out.family(MetricType::Counter, "oq_http_requests_total",
             "Answered requests by route and status.");
  for (const auto& [route, total] : asked)
    for (std::size_t i = 0; i < kCountedStatuses.size(); ++i)
      if (total.statuses[i] > 0)
        out.sample(static_cast<double>(total.statuses[i]),
                   {{"route", route}, {"status", status_text(kCountedStatuses[i])}});
  out.family(MetricType::Histogram, "oq_http_request_seconds",
             "From a request's last byte to its answer, by route.");
  for (const auto& [route, total] : asked)
    out.histogram(total.seconds,
                  [&counts = total.durations](std::size_t i) {
                    return counts[i];
                  },
                  {{"route", route}});
}

void add_server(Families& out, const ServerStatistics& server) {
  out.gauge("oq_http_connections", "Clients connected.",
            static_cast<double>(server.connections_open));
  out.gauge("oq_http_requests_in_flight", "Requests that wait for their answer.",
            static_cast<double>(server.requests_in_flight));
  out.counter("oq_http_connections_accepted_total", "Clients that ever connected.",
              static_cast<double>(server.connections_accepted));
  out.family(MetricType::Counter, "oq_http_refused_total",
             "Requests refused before any route saw them: malformed or too large (request), or "
             "too many in flight (overload).");
  out.sample(static_cast<double>(server.requests_refused), {{"reason", "request"}});
  out.sample(static_cast<double>(server.requests_turned_away), {{"reason", "overload"}});
  out.counter("oq_http_timed_out_total", "Requests that had no answer in time (504).",
              static_cast<double>(server.requests_timed_out));
  out.counter("oq_http_accept_pauses_total", "Times that no descriptor was left for a new client.",
              static_cast<double>(server.accept_pauses));
}

void add_calculations(Families& out, const actors::Gauges& of) {
  out.family(MetricType::Gauge, "oq_calculations", "Calculations that live on this node.");
  out.sample(number(of.created), {{"state", "created"}});
  out.sample(number(of.submitted), {{"state", "submitted"}});
  out.sample(number(of.executing), {{"state", "executing"}});
  out.family(MetricType::Counter, "oq_calculations_ended_total",
             "Calculations that ended on this node, by how.");
  out.sample(number(of.completed), {{"state", "complete"}});
  out.sample(number(of.failed), {{"state", "failed"}});
  out.sample(number(of.aborted), {{"state", "aborted"}});
  out.gauge("oq_queue_waiting", "Calculations that wait for their turn.", number(of.queue_waiting));
  out.gauge("oq_queue_limit", "How many may wait; one more is refused with 503.",
            number(of.queue_limit));
  out.gauge("oq_tasks_running", "Tasks that workers compute.", number(of.tasks_running));
  out.gauge("oq_tasks_waiting", "Tasks that wait for a worker.", number(of.tasks_waiting));
  out.counter("oq_tasks_done_total", "Tasks whose result was taken.", number(of.tasks_done));
  out.gauge("oq_workers", "Worker slots, local and remote.", number(of.workers));
  out.gauge("oq_remote_workers", "Of these, slots of other machines.", number(of.remote_workers));
}

void add_neighbours(Families& out, const actors::Gauges& of) {
  out.family(MetricType::Counter, "oq_cache_requests_total",
             "Summaries asked of Redis, by what came of it.");
  out.sample(number(of.cache_hits), {{"result", "hit"}});
  out.sample(number(of.cache_misses), {{"result", "miss"}});
  out.sample(number(of.cache_failures), {{"result", "failure"}});
  out.gauge_if_any("oq_cache_up", "Whether Redis answers (1) or not (0).", of.cache_up);
  out.gauge("oq_store_up", "Whether the database answered the last time it was needed.",
            number(of.store_up));
  out.family(MetricType::Histogram, "oq_store_write_seconds",
             "Batches of changes and log rows written to the database.");
  out.histogram(of.store_writes.seconds(), [&of](std::size_t i) {
    return of.store_writes.count(i);
  });
  out.gauge_if_any("oq_data_free_bytes", "Room left where the calculations' files are.",
                   of.disk_free);
  out.gauge_if_any("oq_data_size_bytes", "Room altogether where the calculations' files are.",
                   of.disk_size);
  out.gauge("oq_cluster_nodes", "Nodes whose lease holds, this one included.",
            number(of.cluster_nodes));
  out.gauge_if_any("oq_cluster_lease_valid", "Whether this node's lease holds.", of.lease_valid);
  out.counter("oq_cluster_takeovers_total", "Calculations taken over from lost nodes.",
              number(of.takeovers));
  out.gauge_if_any("oq_cluster_change_lag_ms",
                   "From the last change on another node to its arrival here.", of.change_lag_ms);
  out.gauge("oq_node_serving", "1 while the node serves; 0 while it starts or drains.",
            of.phase.load() == actors::NodePhase::serving ? 1 : 0);
}

void add_process(Families& out) {
  const auto process = process_numbers();
  out.gauge("process_resident_memory_bytes", "Resident memory.", process.resident_bytes);
  out.counter("process_cpu_seconds_total", "User and system time.", process.cpu_seconds);
  out.gauge("process_open_fds", "Open file descriptors.", process.open_fds);
  out.gauge("process_max_fds", "Most file descriptors that may be open.", process.max_fds);
  out.gauge("process_start_time_seconds", "Start of the process since the epoch.",
            process.start_time);
}

} // namespace

std::string Telemetry::text() const {
  if (refresh_)
    refresh_();
  Families out;
  add_requests(out, requests_);
  if (const Server* server = server_.load())
    add_server(out, server->statistics());
  add_calculations(out, *gauges_);
  add_neighbours(out, *gauges_);
  add_process(out);
  return out.text();
}

} // namespace oq::http
