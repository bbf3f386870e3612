// Fixture for message-level actor tests: one thread, a virtual clock, every message in its turn.
#pragma once

#include "actors/caf_error.hpp"
#include "actors/protocol.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scheduler/test_coordinator.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <vector>

namespace oq::testing {

// Keeps the answers it gets, in order.
class RecordingSink : public actors::ReplySink {
public:
  void deliver(actors::Answer answer) override { answers.push_back(std::move(answer)); }
  bool answered() const { return !answers.empty(); }
  // REQUIRES: answered once.
  const actors::Answer& answer() const {
    EXPECT_EQ(answers.size(), 1u);
    return answers.front();
  }
  std::string body() const {
    return answered() && answer().body ? *answer().body : std::string("(no body)");
  }
  Errc code() const { return answered() ? answer().code : Errc::timeout; }

  std::vector<actors::Answer> answers;
};
using RecordingSinkPtr = std::shared_ptr<RecordingSink>;

struct DeterministicConfig : caf::actor_system_config {
  DeterministicConfig() {
    set("scheduler.policy", caf::atom("testing"));
    set("logger.file-verbosity", caf::atom("quiet"));
    set("logger.console-verbosity", caf::atom("quiet"));
  }
};

class DeterministicActors : public ::testing::Test {
protected:
  // Delivers messages until none is left; the clock stands still.
  void run() { scheduler_.run(); }
  // One message; false: there is none.
  bool step() { return scheduler_.try_run_once(); }
  // Whether a timer or a delayed message waits beyond this time from now; lets it pass.
  bool waits_longer_than(std::chrono::milliseconds time) {
    advance(time);
    return scheduler_.clock().has_pending_timeout();
  }
  // Lets virtual time pass, then delivers what it brought.
  void advance(std::chrono::milliseconds time) {
    scheduler_.advance_time(time);
    scheduler_.run();
  }

  // Sends a request, runs, and returns what came back.
  template <class T, class Handle, class... Arguments>
  Result<T> ask(const Handle& handle, Arguments&&... arguments) {
    auto pending = self_->request(handle, caf::infinite, std::forward<Arguments>(arguments)...);
    run();
    std::optional<Result<T>> got;
    pending.receive(
      [&](T& value) {
        got = std::move(value);
      },
      [&](caf::error& error) {
        got = actors::from_caf(error);
      });
    return *std::move(got);
  }

  template <class Handle, class... Arguments>
  void tell(const Handle& handle, Arguments&&... arguments) {
    caf::anon_send(handle, std::forward<Arguments>(arguments)...);
    run();
  }

  template <class Handle>
  void kill(const Handle& handle) {
    caf::anon_send_exit(handle, caf::exit_reason::kill);
    run();
  }

  static RecordingSinkPtr new_sink() { return std::make_shared<RecordingSink>(); }
  static actors::BaseUrl base(const std::string& text = "http://localhost:8000") {
    return std::make_shared<const std::string>(text);
  }

  // Actors that must end with the test; the system waits for all of them.
  template <class Handle>
  Handle owned(Handle handle) {
    owned_.push_back(caf::actor_cast<caf::strong_actor_ptr>(handle));
    return handle;
  }

  void TearDown() override {
    run();
    for (const auto& actor : owned_)
      caf::anon_send_exit(caf::actor_cast<caf::actor>(actor), caf::exit_reason::kill);
    owned_.clear();
    while (scheduler_.run() > 0 || scheduler_.trigger_timeouts() > 0) {
    }
  }

  caf::actor_system& system() { return system_; }
  caf::scoped_actor& self() { return self_; }

private:
  DeterministicConfig config_;
  caf::actor_system system_{config_};
  caf::scheduler::test_coordinator& scheduler_{
    dynamic_cast<caf::scheduler::test_coordinator&>(system_.scheduler())};
  caf::scoped_actor self_{system_, true};
  std::vector<caf::strong_actor_ptr> owned_;
};

} // namespace oq::testing
