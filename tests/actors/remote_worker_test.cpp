// The node's side: every order answered once, and nothing believed that cannot be.
#include "actors/defaults.hpp"
#include "actors/plan_identity.hpp"
#include "actors/recruiter.hpp"
#include "support/deterministic_actors.hpp"
#include "support/fake_engine.hpp"

#include <gmock/gmock.h>

#include <numeric>

namespace oq::actors {
namespace {

using ::testing::HasSubstr;

class RemoteWorkerTest : public oq::testing::DeterministicActors {
protected:
  void SetUp() override {
    force = owned(system().spawn(workforce, WorkerFactory{}, gauges));
    room_parts->shared_files = [this](const store::CalculationRecord& asked) {
      asked_for.push_back(asked.id);
      return std::vector<SharedFile>{{"calc_5/inputs/job.ini", 3}};
    };
    room_parts->read_shared = [](const store::CalculationRecord&, const std::string& name,
                                 std::uint64_t offset, std::size_t) {
      return name + "@" + std::to_string(offset);
    };
    desk = owned(system().spawn(input_desk, EngineRoomPtr(room_parts)));
    crew = owned(system().spawn([this](CrewPort::pointer self) -> CrewPort::behavior_type {
      return {[this](order_atom, const TaskCall& call) {
                calls.push_back(call);
              },
              [this](drop_atom, std::uint64_t ticket) {
                dropped.push_back(ticket);
              },
              [this](cancel_atom, CalculationId id) {
                forgotten.push_back(id);
              },
              [this, self](ping_atom, std::uint64_t number) {
                if (answers_pings)
                  caf::anon_send(caf::actor_cast<Foreman>(self->current_sender()), pong_atom::value,
                                 number);
              }};
    }));
  }
  void join(std::uint32_t threads = 2) {
    foreman = owned(system().spawn(
      remote_worker, RemoteWorkerSetup{crew,
                                       {kTaskProtocol, "oq", "w1", threads},
                                       force,
                                       desk,
                                       [this](engine::LogLevel, const std::string& message) {
                                         logged.push_back(message);
                                       }}));
    run();
    tell(foreman, pong_atom::value, std::uint64_t{0});
  }
  void enqueue(std::size_t tasks, const std::string& ini = "job.ini", CalculationId id = 5) {
    script->tasks = tasks;
    record.id = id;
    record.ini = ini;
    auto sink = owned(system().spawn([this](OutcomeSink::pointer) -> OutcomeSink::behavior_type {
      return {[this](result_atom, std::size_t task, const TaskOutcome& outcome) {
        done.push_back(task);
        outcomes.push_back(outcome);
      }};
    }));
    std::vector<std::size_t> all(tasks);
    std::iota(all.begin(), all.end(), std::size_t{0});
    tell(force, enqueue_atom::value,
         WorkOrder{id, plan, all, sink, std::make_shared<store::CalculationRecord>(record)});
  }
  // What an honest crew would send; 300,000 values are three pieces.
  std::vector<ResultPiece> pieces(std::uint64_t ticket, std::size_t values = 2) {
    const engine::TaskResult result{std::vector<double>(values, 1.5), {}};
    const ResultCutter cutter(ticket, result, 30'000);
    std::vector<ResultPiece> out;
    for (std::size_t i = 0; i < cutter.pieces(); ++i)
      out.push_back(cutter.piece(i));
    return out;
  }
  void send(const ResultPiece& piece) { tell(foreman, piece_atom::value, piece); }
  void answer(std::uint64_t ticket) { send(pieces(ticket).front()); }
  bool is_member() const { return gauges->remote_workers.get() == 1; }
  void add_local_worker() {
    tell(force, enlist_atom::value, Worker(owned(system().spawn(polite_worker))));
  }

  oq::testing::EngineScriptPtr script = std::make_shared<oq::testing::EngineScript>();
  PlanPtr plan = std::make_shared<oq::testing::FakeCalculator>(script);
  std::shared_ptr<EngineRoom> room_parts = std::make_shared<EngineRoom>();
  GaugesPtr gauges = std::make_shared<Gauges>();
  store::CalculationRecord record;
  Workforce force;
  InputDesk desk;
  CrewPort crew;
  RemoteWorker foreman;
  bool answers_pings = true;
  std::vector<TaskCall> calls;
  std::vector<std::uint64_t> dropped;
  std::vector<CalculationId> forgotten, asked_for;
  std::vector<std::size_t> done;
  std::vector<TaskOutcome> outcomes;
  std::vector<std::string> logged;
};

using Tasks = std::vector<std::size_t>;

TEST_F(RemoteWorkerTest, PassesOrdersOnWithWhatTheCrewNeedsToMakeThePlan) {
  join(2);
  enqueue(9);
  ASSERT_EQ(calls.size(), 3u); // a slot each, and one to go on with
  EXPECT_EQ(calls[1].calculation, 5);
  EXPECT_EQ(calls[1].task, 1u);
  EXPECT_EQ(calls[1].tasks, 9u);
  EXPECT_EQ(calls[1].ini, "job.ini");
  EXPECT_EQ(calls[1].fingerprint, plan_fingerprint(record, *plan));
}

TEST_F(RemoteWorkerTest, ACrewGetsNothingBeforeItSaysThatItIsReady) {
  foreman = owned(system().spawn(
    remote_worker, RemoteWorkerSetup{crew, {kTaskProtocol, "oq", "w1", 1}, force, desk, {}}));
  enqueue(1);
  EXPECT_FALSE(is_member());
  tell(foreman, pong_atom::value, std::uint64_t{0});
  EXPECT_EQ(calls.size(), 1u);
}

TEST_F(RemoteWorkerTest, AResultBecomesAnOutcomeAndMakesRoomForTheNextTask) {
  join(1);
  enqueue(9);
  const auto before = calls.size();
  answer(calls[0].ticket);
  ASSERT_EQ(done, Tasks{0});
  EXPECT_EQ(outcomes[0].result->values, (std::vector<double>{1.5, 1.5}));
  EXPECT_GT(calls.size() + 1, before);
}

TEST_F(RemoteWorkerTest, PiecesMayBeReorderedAndDuplicated) {
  join(1);
  enqueue(1);
  const auto all = pieces(calls[0].ticket, 300'000);
  ASSERT_EQ(all.size(), 3u);
  for (const auto index : {2, 2, 0, 2, 1, 0, 1})
    send(all[static_cast<std::size_t>(index)]);
  ASSERT_EQ(done, Tasks{0});
  EXPECT_EQ(outcomes[0].result->values.size(), 300'000u);
  EXPECT_TRUE(is_member()); // what came after the whole was late, not wrong
}

TEST_F(RemoteWorkerTest, ACrewThatDiesInTheMiddleOfPiecesCostsOnlyItsTasks) {
  join(1);
  enqueue(2);
  send(pieces(calls[0].ticket, 300'000)[1]);
  kill(crew);
  EXPECT_FALSE(is_member());
  add_local_worker();
  EXPECT_EQ(done, (Tasks{0, 1}));
}

TEST_F(RemoteWorkerTest, ASilentCrewIsGivenUp) {
  answers_pings = false;
  join(2);
  enqueue(2);
  add_local_worker();
  for (int i = 0; i < 8; ++i)
    advance(kCrewPing);
  EXPECT_TRUE(is_member());
  for (int i = 0; i < 4; ++i)
    advance(kCrewPing);
  EXPECT_FALSE(is_member());
  EXPECT_EQ(done.size(), 2u);
  EXPECT_THAT(logged.back(), HasSubstr("silent"));
}

TEST_F(RemoteWorkerTest, ACrewThatAnswersPingsButNeverATaskLosesTheRace) {
  join(1);
  enqueue(3);
  const auto stuck = calls[0].ticket;
  answer(calls[1].ticket);
  answer(calls[2].ticket);
  ASSERT_EQ(done, (Tasks{1, 2}));
  add_local_worker();
  for (int i = 0; i < 10; ++i)
    advance(kSlowTaskCheck);
  EXPECT_EQ(done, (Tasks{1, 2, 0}));
  EXPECT_EQ(dropped, std::vector<std::uint64_t>{stuck});
  answer(stuck); // after all
  EXPECT_EQ(done.size(), 3u);
  EXPECT_TRUE(is_member());
}

TEST_F(RemoteWorkerTest, CancelReachesTheCrewAndLateResultsAreDropped) {
  join(1);
  enqueue(3);
  const auto ticket = calls[0].ticket;
  tell(force, cancel_atom::value, CalculationId{5});
  EXPECT_EQ(forgotten, std::vector<CalculationId>{5});
  answer(ticket);
  EXPECT_TRUE(done.empty());
  EXPECT_TRUE(is_member());
  enqueue(1, "job.ini", 6); // its room is free again
  EXPECT_EQ(calls.back().calculation, 6);
}

TEST_F(RemoteWorkerTest, AnAnswerThatNobodyAskedForEndsTheMembership) {
  join(1);
  enqueue(1);
  answer(calls[0].ticket + 1000);
  EXPECT_FALSE(is_member());
  EXPECT_THAT(logged.back(), HasSubstr("nobody asked"));
}

TEST_F(RemoteWorkerTest, ABadPieceEndsTheMembership) {
  join(1);
  enqueue(1);
  auto piece = pieces(calls[0].ticket).front();
  piece.bytes[3] ^= 1;
  send(piece);
  EXPECT_FALSE(is_member());
  EXPECT_THAT(logged.back(), HasSubstr("checksum"));
}

TEST_F(RemoteWorkerTest, AFailureThatMakesNoSenseEndsTheMembership) {
  join(1);
  enqueue(1);
  tell(foreman, failed_atom::value, TaskFailure{calls[0].ticket, 99, "?", "", false});
  EXPECT_FALSE(is_member());
}

TEST_F(RemoteWorkerTest, AnErrorOfTheTaskIsTheCalculations) {
  join(1);
  enqueue(1);
  const Error error{Errc::numeric_failure, "NaN", "source 1"};
  tell(foreman, failed_atom::value, failure_of(calls[0].ticket, error, false));
  ASSERT_EQ(outcomes.size(), 1u);
  EXPECT_EQ(*outcomes[0].error, error);
}

TEST_F(RemoteWorkerTest, WhatACrewDeclinesIsDoneElsewhere) {
  join(1);
  enqueue(2);
  const auto first = calls.size();
  for (std::size_t i = 0; i < first; ++i)
    tell(foreman, failed_atom::value,
         failure_of(calls[i].ticket, {Errc::unavailable, "no room", {}}, true));
  EXPECT_EQ(calls.size(), first);
  EXPECT_TRUE(outcomes.empty());
  add_local_worker();
  EXPECT_EQ(done, (Tasks{0, 1}));
  EXPECT_TRUE(is_member());
}

TEST_F(RemoteWorkerTest, AJobThatIsSpreadOverTheNodesDiskStaysThere) {
  join(1);
  enqueue(1, "/home/me/job.ini");
  EXPECT_TRUE(calls.empty());
  add_local_worker();
  EXPECT_EQ(done, Tasks{0});
}

TEST_F(RemoteWorkerTest, ACrewThatLeavesGivesItsTasksBackAtOnce) {
  join(1);
  enqueue(1);
  EXPECT_TRUE(*ask<bool>(foreman, leave_atom::value));
  EXPECT_FALSE(is_member());
  add_local_worker();
  EXPECT_EQ(done, Tasks{0});
}

TEST_F(RemoteWorkerTest, InputsAreOnlyForTheCalculationsOfItsTasks) {
  join(1);
  const auto stranger = ask<InputList>(foreman, inputs_atom::value, CalculationId{5});
  EXPECT_EQ(stranger.error().code, Errc::forbidden);
  enqueue(1);
  const auto list = ask<InputList>(foreman, inputs_atom::value, CalculationId{5});
  ASSERT_TRUE(list);
  EXPECT_EQ(list->names, std::vector<std::string>{"calc_5/inputs/job.ini"});
  const auto piece = ask<FilePiece>(foreman, fetch_atom::value, CalculationId{5},
                                    std::string("calc_5/inputs/job.ini"), std::uint64_t{7});
  ASSERT_TRUE(piece);
  EXPECT_EQ(piece->bytes, "calc_5/inputs/job.ini@7");
  EXPECT_EQ(
    ask<FilePiece>(foreman, fetch_atom::value, CalculationId{6}, std::string("x"), std::uint64_t{0})
      .error()
      .code,
    Errc::forbidden);
}

TEST_F(RemoteWorkerTest, TheRecruiterTakesOnlyTheSameProgram) {
  const auto office =
    owned(system().spawn(recruiter, RecruiterSetup{"oq 1", force, desk, engine::LogSink()}));
  const auto refused =
    ask<caf::actor>(office, join_atom::value, CrewOffer{kTaskProtocol, "oq 2", "w", 1});
  EXPECT_EQ(refused.error().code, Errc::conflict);
  EXPECT_FALSE(is_member());
}

} // namespace
} // namespace oq::actors
