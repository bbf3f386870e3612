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

void RequestMeter::count(Action route, int status, std::chrono::nanoseconds time) noexcept {
  auto& counts = shard().routes[static_cast<std::size_t>(route)];
  counts.statuses[place_of(status)].add();
  counts.durations.add(time);
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

MeteredReply::MeteredReply(Reply reply, Action route, RequestMeter& meter,
                           ConditionalHeaders conditions)
  : reply_(std::move(reply)), conditions_(std::move(conditions)), meter_(&meter),
    begun_(std::chrono::steady_clock::now()), route_(route) {}

MeteredReply::~MeteredReply() {
  count(500);
}

MeteredReply::MeteredReply(MeteredReply&& other) noexcept
  : reply_(std::move(other.reply_)), conditions_(std::move(other.conditions_)),
    meter_(std::exchange(other.meter_, nullptr)), cors_(other.cors_), user_(std::move(other.user_)),
    address_(std::move(other.address_)), begun_(other.begun_), route_(other.route_) {}

void MeteredReply::complete(Response& response) {
  count(status_on_wire(response, conditions_));
  if (cors_ && response.prepared_lines())
    response.with_prepared_lines(cors_->answer, cors_->not_modified);
  if (user_ || address_)
    response.for_client(std::move(user_), std::move(address_));
}

void MeteredReply::send(Response response) {
  complete(response);
  reply_.send(std::move(response));
}

StreamWriter MeteredReply::stream(Response head) {
  complete(head);
  return reply_.stream(std::move(head));
}

void MeteredReply::count(int status) noexcept {
  if (auto* meter = std::exchange(meter_, nullptr))
    meter->count(route_, status, std::chrono::steady_clock::now() - begun_);
}

} // namespace oq::http
