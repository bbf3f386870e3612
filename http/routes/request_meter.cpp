// Threads are given shards in turn; a scrape adds the shards up.
#include "http/routes/request_meter.hpp"

#include <algorithm>
#include <atomic>
#include <utility>

namespace oq::http {
namespace {

std::size_t place_of(int status) noexcept {
  if (status == 200) // nearly always
    return 1;
  const auto* found = std::find(kCountedStatuses.begin(), kCountedStatuses.end(), status);
  return found == kCountedStatuses.end()
           ? 0
           : static_cast<std::size_t>(found - kCountedStatuses.begin());
}

} // namespace

RequestMeter::Shard& RequestMeter::shard() noexcept {
  static std::atomic<std::size_t> next{0};
  static thread_local const std::size_t mine = next.fetch_add(1) % kShards;
  return shards_[mine];
}

void RequestMeter::end(Action route, int status, std::chrono::nanoseconds time) noexcept {
  auto& mine = shard();
  auto& counts = mine.routes[static_cast<std::size_t>(route)];
  counts.statuses[place_of(status)].add();
  counts.durations.add(time);
  mine.in_flight.add(-1);
}

RequestMeter::Total RequestMeter::total(Action route) const noexcept {
  Total sum;
  for (const auto& shard : shards_) {
    const auto& counts = shard.routes[static_cast<std::size_t>(route)];
    for (std::size_t i = 0; i < sum.statuses.size(); ++i)
      sum.statuses[i] += counts.statuses[i].get();
    for (std::size_t i = 0; i < sum.durations.size(); ++i)
      sum.durations[i] += counts.durations.count(i);
    sum.seconds += counts.durations.seconds();
  }
  return sum;
}

std::int64_t RequestMeter::in_flight() const noexcept {
  std::int64_t sum = 0;
  for (const auto& shard : shards_)
    sum += shard.in_flight.get();
  return std::max<std::int64_t>(sum, 0);
}

MeteredReply::MeteredReply(Reply reply, Action route, RequestMeter& meter,
                           const actors::Gauges& gauges)
  : reply_(std::move(reply)), meter_(&meter), gauges_(&gauges),
    begun_(std::chrono::steady_clock::now()), route_(route) {
  meter.begin();
}

MeteredReply::~MeteredReply() {
  count(500);
}

MeteredReply::MeteredReply(MeteredReply&& other) noexcept
  : reply_(std::move(other.reply_)), meter_(std::exchange(other.meter_, nullptr)),
    gauges_(other.gauges_), begun_(other.begun_), route_(other.route_) {}

void MeteredReply::send(Response response) {
  count(response.status());
  if (gauges_->phase.load(std::memory_order_relaxed) == actors::NodePhase::draining)
    response.close_connection();
  reply_.send(std::move(response));
}

void MeteredReply::count(int status) noexcept {
  if (auto* meter = std::exchange(meter_, nullptr))
    meter->end(route_, status, std::chrono::steady_clock::now() - begun_);
}

} // namespace oq::http
