// Calls of a SummaryCache as futures, for tests that wait for answers.
#pragma once

#include "cache/summary_cache.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <future>
#include <thread>

namespace oq::cache {

// Far beyond every deadline: a test that waits so long has failed.
inline constexpr std::chrono::seconds kTooLong{20};

template <class T>
T answer_of(std::future<T> answer, T when_none = {}) {
  if (answer.wait_for(kTooLong) != std::future_status::ready) {
    ADD_FAILURE() << "a call was never answered";
    return when_none;
  }
  return answer.get();
}

inline std::future<std::optional<Summary>> get_async(SummaryCache& cache, std::int64_t id) {
  auto promise = std::make_shared<std::promise<std::optional<Summary>>>();
  cache.get(id, [promise](std::optional<Summary> summary) {
    promise->set_value(std::move(summary));
  });
  return promise->get_future();
}

inline std::optional<Summary> get(SummaryCache& cache, std::int64_t id) {
  return answer_of(get_async(cache, id));
}

inline bool put(SummaryCache& cache, const Summary& summary) {
  auto promise = std::make_shared<std::promise<bool>>();
  cache.put(summary, [promise](bool stored) {
    promise->set_value(stored);
  });
  return answer_of(promise->get_future());
}

inline bool eventually(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + kTooLong;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end)
      return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

} // namespace oq::cache
