// A server on a free loopback port with a handler made of lambdas, and a thread that answers later.
#pragma once

#include "http/server.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace oq::http::testing {

// Runs what it is given on a thread of its own, in order: the actor of these tests.
class OtherThread {
public:
  OtherThread()
    : thread_([this] {
        run();
      }) {}
  ~OtherThread() {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }
  OtherThread(const OtherThread&) = delete;
  OtherThread& operator=(const OtherThread&) = delete;

  void post(std::function<void()> task) {
    {
      const std::lock_guard lock(mutex_);
      tasks_.push_back(std::move(task));
    }
    changed_.notify_one();
  }

private:
  void run() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] {
        return ended_ || !tasks_.empty();
      });
      if (tasks_.empty())
        return;
      std::deque<std::function<void()>> tasks;
      tasks.swap(tasks_);
      lock.unlock();
      for (auto& task : tasks)
        task();
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;
  bool ended_ = false;
  std::thread thread_;
};

using RequestFunction = std::function<void(std::shared_ptr<const Request>, Reply)>;

class FunctionHandler : public Handler {
public:
  explicit FunctionHandler(RequestFunction function) : function_(std::move(function)) {}
  void on_request(std::shared_ptr<const Request> request, Reply reply) override {
    function_(std::move(request), std::move(reply));
  }

private:
  RequestFunction function_;
};

inline std::unique_ptr<Server> start(std::shared_ptr<Handler> handler,
                                     const ServerOptions& options = {}) {
  auto server = Server::start(options, std::move(handler));
  if (!server) {
    ADD_FAILURE() << server.error().text();
    return nullptr;
  }
  return *std::move(server);
}

inline std::unique_ptr<Server> start(RequestFunction function, const ServerOptions& options = {}) {
  return start(std::make_shared<FunctionHandler>(std::move(function)), options);
}

} // namespace oq::http::testing
