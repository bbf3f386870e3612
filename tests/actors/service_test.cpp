// The whole node on real threads: a calculation end to end, and again after a stop in the middle.
#include "actors/service.hpp"

#include "support/fake_engine.hpp"
#include "support/fake_summary_cache.hpp"
#include "support/memory_store.hpp"

#include <gtest/gtest.h>

#include <future>

namespace oq::actors {
namespace {

class PromisedSink : public ReplySink {
public:
  void deliver(Answer answer) override { promise.set_value(std::move(answer)); }
  std::promise<Answer> promise;
};

class ServiceTest : public ::testing::Test {
protected:
  static constexpr std::chrono::seconds kPatience{20};

  std::unique_ptr<Service> start() {
    ServiceOptions options;
    options.node = "node-1";
    options.open_store = [tables = store.tables(),
                          closed = closed]() -> Result<std::unique_ptr<store::CalculationStore>> {
      if (closed)
        return Error{Errc::unavailable, "no store", {}};
      return std::unique_ptr<store::CalculationStore>(
        std::make_unique<oq::testing::MemoryStore>(tables));
    };
    options.is_gone = [gone = gone](const std::string& node) {
      return node == gone;
    };
    options.room = oq::testing::fake_engine_room(script);
    options.cache = std::make_shared<oq::testing::FakeSummaryCache>();
    options.workers = 2;
    auto service = Service::start(std::move(options));
    return service ? *std::move(service) : nullptr;
  }
  template <class... Message>
  Answer answered(const Message&... message) {
    auto sink = std::make_shared<PromisedSink>();
    auto future = sink->promise.get_future();
    caf::anon_send(message..., SinkPtr(sink));
    if (future.wait_for(kPatience) == std::future_status::ready)
      return future.get();
    ADD_FAILURE() << "no answer";
    return {};
  }
  Answer asked(const Service& service, QuestionKind kind) {
    return answered(service.handles().calculations, ask_atom::value,
                    Question{kind, 1, std::make_shared<const std::string>("http://h")});
  }
  Answer submitted(const Service& service) {
    return answered(service.handles().calculations, submit_atom::value,
                    SubmissionPtr(std::make_shared<const Submission>()));
  }
  // Polls until the body says so.
  bool becomes(const Service& service, const std::string& status) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (std::chrono::steady_clock::now() < deadline)
      if (asked(service, QuestionKind::status).body->find("\"" + status + "\"")
          != std::string::npos)
        return true;
    return false;
  }

  oq::testing::MemoryStore store;
  oq::testing::EngineScriptPtr script = std::make_shared<oq::testing::EngineScript>();
  bool closed = false;
  std::string gone; // a node
};

TEST_F(ServiceTest, RunsACalculationEndToEnd) {
  script->tasks = 50;
  const auto service = start();
  ASSERT_TRUE(service);
  EXPECT_EQ(submitted(*service).calculation_id, 1);
  EXPECT_TRUE(becomes(*service, "complete"));
  EXPECT_EQ(asked(*service, QuestionKind::results).code, Errc::none);
  EXPECT_EQ(script->reduced.size(), 50u);
  EXPECT_TRUE(std::ranges::is_sorted(script->reduced));
}

TEST_F(ServiceTest, ListsWhatTheStoreKnewBefore) {
  std::ignore = store.create({});
  store.tables()->calculations[0].status = "complete";
  const auto service = start();
  ListQuestion question;
  const auto answer = answered(service->handles().catalog, list_atom::value, question);
  EXPECT_EQ(answer.total, 1);
}

TEST_F(ServiceTest, RunsAgainWhatItFindsUnfinished) {
  store::CalculationRecord record;
  record.node = "node-1";
  std::ignore = store.create(record);
  store.tables()->calculations[0].status = "executing";
  const auto service = start();
  EXPECT_TRUE(becomes(*service, "complete"));
}

TEST_F(ServiceTest, LeavesTheCalculationsOfOtherNodesAlone) {
  store::CalculationRecord record;
  record.node = "node-2";
  std::ignore = store.create(record);
  store.tables()->calculations[0].status = "executing";
  const auto service = start();
  EXPECT_NE(asked(*service, QuestionKind::status).body->find("executing"), std::string::npos);
  EXPECT_EQ(store.tables()->calculations[0].revision, 1);
}

TEST_F(ServiceTest, MarksWhatAGoneProcessLeftAsFailed) {
  store::CalculationRecord record;
  record.node = "node-2";
  std::ignore = store.create(record);
  store.tables()->calculations[0].status = "executing";
  gone = "node-2";
  const auto service = start();
  EXPECT_TRUE(becomes(*service, "failed"));
}

TEST_F(ServiceTest, AStoreThatDoesNotOpenIsAnErrorAtTheStart) {
  closed = true;
  EXPECT_EQ(start(), nullptr);
}

TEST_F(ServiceTest, StopsTwiceWithoutHarm) {
  const auto service = start();
  service->stop();
  service->stop();
}

} // namespace
} // namespace oq::actors
