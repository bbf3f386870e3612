// The queue of answers: one wake-up a batch, none for the owner, nothing after the end.
#include "http/reply_queue.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <thread>
#include <unistd.h>

namespace oq::http {
namespace {

// How often the queue was woken since the last call.
std::uint64_t wakes(const ReplyQueue& queue) {
  std::uint64_t count = 0;
  return ::read(queue.event_fd(), &count, sizeof count) == sizeof count ? count : 0;
}

Delivery delivery(int fd) {
  return {{fd, 1, 1}, Response{200}};
}

TEST(ReplyQueue, WakesOnceForABatch) {
  ReplyQueue queue;
  queue.post(delivery(1));
  queue.post(delivery(2));
  queue.post(delivery(3));

  EXPECT_EQ(wakes(queue), 1u);
  std::vector<Delivery> taken;
  queue.take(taken);
  EXPECT_EQ(taken.size(), 3u);
}

TEST(ReplyQueue, WakesAgainAfterTheBatchWasTaken) {
  ReplyQueue queue;
  queue.post(delivery(1));
  std::vector<Delivery> taken;
  queue.take(taken);
  wakes(queue);

  queue.post(delivery(2));

  EXPECT_EQ(wakes(queue), 1u);
}

TEST(ReplyQueue, DoesNotWakeItsOwner) {
  ReplyQueue queue;
  queue.own();

  queue.post(delivery(1));

  EXPECT_EQ(wakes(queue), 0u);
}

TEST(ReplyQueue, KeepsTheOrderOfPosts) {
  ReplyQueue queue;
  for (int fd = 0; fd < 10; ++fd)
    queue.post(delivery(fd));
  std::vector<Delivery> taken;

  queue.take(taken);

  for (int fd = 0; fd < 10; ++fd)
    EXPECT_EQ(taken[static_cast<std::size_t>(fd)].to.fd, fd);
}

TEST(ReplyQueue, DropsWhatComesAfterItsEnd) {
  ReplyQueue queue;
  queue.post(delivery(1));
  queue.close();
  queue.post(delivery(2));
  std::vector<Delivery> taken;

  queue.take(taken);

  EXPECT_TRUE(taken.empty());
}

// A wake-up is never lost: whoever sleeps on the event alone gets all that is posted.
TEST(ReplyQueue, LosesNoWakeUpAmongManyThreads) {
  constexpr int kThreads = 4;
  constexpr int kPosts = 20'000;
  ReplyQueue queue;
  std::vector<std::thread> producers;
  for (int i = 0; i < kThreads; ++i)
    producers.emplace_back([&] {
      for (int n = 0; n < kPosts; ++n)
        queue.post(delivery(n));
    });

  std::size_t got = 0;
  std::vector<Delivery> taken;
  while (got < std::size_t{kThreads} * kPosts) {
    if (wakes(queue) == 0) { // the descriptor does not block; a poll would sleep here
      std::this_thread::yield();
      continue;
    }
    queue.take(taken);
    got += taken.size();
    taken.clear();
  }

  for (std::thread& producer : producers)
    producer.join();
  EXPECT_EQ(got, std::size_t{kThreads} * kPosts);
}

} // namespace
} // namespace oq::http
