// RequestMeter: how many requests of each route were answered how, and how quickly.
#pragma once

#include "actors/gauges.hpp"
#include "http/conditional_headers.hpp"
#include "http/reply.hpp"
#include "http/routes/cors.hpp"
#include "http/routes/route_table.hpp"
#include "http/stream.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <vector>

namespace oq::http {

// Statuses that the API gives; any other is counted under 0.
inline constexpr std::array kCountedStatuses{0,   200, 204, 206, 301, 302, 303, 304,
                                             400, 401, 403, 404, 405, 409, 410, 413,
                                             416, 422, 429, 431, 500, 503, 504};

// Any thread may count. No lock and no search by text: a request costs two readings of the clock
// and three relaxed additions, in a shard that few threads share.
class RequestMeter {
public:
  // Of one route: as many of each of kCountedStatuses, and the durations of all.
  struct Route {
    std::array<actors::Gauge, kCountedStatuses.size()> statuses;
    actors::Durations durations;
  };
  struct Total {
    std::array<std::int64_t, kCountedStatuses.size()> statuses{};
    std::array<std::int64_t, actors::Durations::kBounds.size() + 1> durations{};
    double seconds = 0;
  };

  void count(Action route, int status, std::chrono::nanoseconds time) noexcept;

  Total total(Action route) const noexcept;

private:
  struct alignas(64) Shard {
    std::array<Route, kActionCount> routes;
  };
  static constexpr std::size_t kShards = 8;

  Shard& shard() noexcept;

  std::array<Shard, kShards> shards_;
};

// What the routes answer by: a Reply that counts.
class MeteredReply {
public:
  // The meter outlives it. `conditions` of the request decide which status a 200 gets on the wire.
  MeteredReply(Reply reply, Action route, RequestMeter& meter, ConditionalHeaders conditions = {});
  ~MeteredReply(); // unanswered: the client is told 500
  MeteredReply(MeteredReply&& other) noexcept;
  MeteredReply& operator=(MeteredReply&&) = delete;

  // The lines that answers get instead of those that let any origin read them; null: those stay.
  void narrow(const CorsLines* lines) noexcept { cors_ = lines; }
  // For the access log: who asks, and from where when that is not the peer.
  void for_client(SharedBytes user) noexcept { user_ = std::move(user); }
  void from_address(SharedBytes address) noexcept { address_ = std::move(address); }

  // Once.
  void send(Response response);
  // Instead: what is counted is the time to its head.
  StreamWriter stream(Response head);

private:
  // Counts it and gives it the lines that depend on who asks.
  void complete(Response& response);
  void count(int status) noexcept;

  Reply reply_;
  ConditionalHeaders conditions_;
  RequestMeter* meter_;             // null: counted
  const CorsLines* cors_ = nullptr; // outlives it
  SharedBytes user_, address_;
  std::chrono::steady_clock::time_point begun_;
  Action route_;
};

} // namespace oq::http
