// Telemetry: everything that is counted at the edge and behind it, and its text for Prometheus.
#pragma once

#include "actors/gauges.hpp"
#include "http/routes/request_meter.hpp"
#include "http/server.hpp"

#include <atomic>
#include <functional>
#include <string>

namespace oq::http {

class Telemetry {
public:
  explicit Telemetry(actors::GaugesPtr gauges) : gauges_(std::move(gauges)) {}

  RequestMeter& requests() noexcept { return requests_; }
  actors::Gauges& gauges() const noexcept { return *gauges_; }
  // From now on the server's own counts are exposed too; it lives as long as anybody asks.
  void watch(const Server& server) noexcept { server_.store(&server); }
  // Called before the gauges are read, on the thread that asks. Set before anybody does.
  void refresh_by(std::function<void()> refresh) { refresh_ = std::move(refresh); }

  // The text exposition format, version 0.0.4. Reads some small files of /proc: about a
  // millisecond.
  std::string text() const;

private:
  RequestMeter requests_;
  actors::GaugesPtr gauges_;
  std::function<void()> refresh_;
  std::atomic<const Server*> server_{nullptr};
};

} // namespace oq::http
