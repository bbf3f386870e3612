// RedisReply: reading replies whatever their type is.
#include "cache/redis_reply.hpp"

namespace oq::cache {
namespace {

constexpr int kLongestArray = 64;

// hiredis allocates what the header of an array claims before its elements have come.
const redisReplyObjectFunctions& limited_functions(const redisReplyObjectFunctions& usual) {
  static const redisReplyObjectFunctions original = usual;
  static redisReplyObjectFunctions limited = [] {
    auto functions = original;
    functions.createArray = [](const redisReadTask* task, int elements) -> void* {
      return elements > kLongestArray ? nullptr : original.createArray(task, elements);
    };
    return functions;
  }();
  return limited;
}

} // namespace

void limit_arrays(redisContext& context) {
  context.reader->fn =
    const_cast<redisReplyObjectFunctions*>(&limited_functions(*context.reader->fn));
}

std::vector<std::optional<std::string>> texts_of(const redisReply* reply) {
  std::vector<std::optional<std::string>> texts;
  if (!reply || reply->type != REDIS_REPLY_ARRAY)
    return texts;
  for (std::size_t i = 0; i < reply->elements; ++i) {
    const auto* element = reply->element[i];
    if (element && element->type == REDIS_REPLY_STRING)
      texts.emplace_back(std::string(element->str, element->len));
    else
      texts.emplace_back();
  }
  return texts;
}

std::optional<long long> integer_of(const redisReply* reply) {
  if (!reply || reply->type != REDIS_REPLY_INTEGER)
    return std::nullopt;
  return reply->integer;
}

bool is_error(const redisReply* reply) {
  return reply && reply->type == REDIS_REPLY_ERROR;
}

} // namespace oq::cache
