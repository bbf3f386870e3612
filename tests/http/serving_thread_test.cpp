// What a server asks of the system for itself: precedence of its threads, and enough descriptors.
#include "http/serving_thread.hpp"

#include "http/raw_client.hpp"
#include "http/test_server.hpp"

#include <gtest/gtest.h>

#include <sched.h>
#include <sys/resource.h>
#include <thread>

namespace oq::http::testing {
namespace {

int policy_of_this_thread() {
  return ::sched_getscheduler(0) & ~SCHED_RESET_ON_FORK;
}

bool real_time_is_permitted() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return false; // given up there, see serving_thread.cpp
#endif
  bool permitted = false;
  std::thread([&permitted] {
    sched_param parameters{};
    parameters.sched_priority = ::sched_get_priority_min(SCHED_RR);
    permitted = ::sched_setscheduler(0, SCHED_RR, &parameters) == 0;
  }).join();
  return permitted;
}

TEST(ServingThread, PrecedesOrdinaryOnesWhereThatIsPermitted) {
  const int wanted = real_time_is_permitted() ? SCHED_RR : SCHED_OTHER;

  std::thread([wanted] {
    become_serving_thread();
    become_serving_thread();
    EXPECT_EQ(policy_of_this_thread(), wanted);
  }).join();
}

TEST(ServingThread, StartsOrdinaryThreads) {
  std::thread([] {
    become_serving_thread();
    std::thread([] {
      EXPECT_EQ(policy_of_this_thread(), SCHED_OTHER);
    }).join();
  }).join();
}

TEST(ServingThread, HandlersRunOnOneUnlessTheServerIsToldOtherwise) {
  const int wanted = real_time_is_permitted() ? SCHED_RR : SCHED_OTHER;
  for (const bool precedence : {true, false}) {
    ServerOptions options;
    options.precedence = precedence;
    const auto server = start(
      [](std::shared_ptr<const Request>, Reply reply) {
        reply.send(Response::text(200, std::to_string(policy_of_this_thread())));
      },
      options);

    const auto answer = RawClient(server->port()).exchange(get("/"));

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, std::to_string(precedence ? wanted : SCHED_OTHER));
  }
}

TEST(ServingThread, ItsServerMayOpenWhatItsConnectionsNeed) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  if (before.rlim_max < 4096)
    GTEST_SKIP() << "the hard limit is " << before.rlim_max << " descriptors";
  rlimit few = before;
  few.rlim_cur = 512;
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  ServerOptions options;
  options.limits.max_connections = 1000;

  const auto server = start(
    [](std::shared_ptr<const Request>, Reply reply) {
      reply.send(Response{200});
    },
    options);

  rlimit after{};
  ::getrlimit(RLIMIT_NOFILE, &after);
  EXPECT_GE(after.rlim_cur, 1000u);
  EXPECT_EQ(after.rlim_max, before.rlim_max);
  ::setrlimit(RLIMIT_NOFILE, &before);
}

} // namespace
} // namespace oq::http::testing
