// RedisReply: one answer of a Redis server, with limits on what a server may make us hold.
#pragma once

#include <hiredis/hiredis.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace oq::cache {

struct FreeReply {
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using RedisReply = std::unique_ptr<redisReply, FreeReply>;

// No reply of ours is larger; a server that sends more is cut off.
inline constexpr std::size_t kLargestReplyBytes = 8 << 20;

// Makes the reader refuse arrays longer than ours can be. Call once after the context was made.
void limit_arrays(redisContext& context);

// The texts of an array reply; an element that is no text is nothing. Empty for any other reply.
std::vector<std::optional<std::string>> texts_of(const redisReply* reply);

std::optional<long long> integer_of(const redisReply* reply);
bool is_error(const redisReply* reply);

} // namespace oq::cache
