// The worker's side: joins, fetches, computes, hands back, and joins again.
#include "actors/crew.hpp"

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

// Dies of its first task, which it never answers.
Worker::behavior_type mortal_worker(Worker::pointer self) {
  return {
    [self](run_atom, const TaskOrder&) -> caf::result<TaskOutcome> {
      auto promise = self->make_response_promise<TaskOutcome>();
      self->quit(caf::exit_reason::kill);
      return promise;
    },
    [](drop_atom, std::uint64_t) {},
    [](cancel_atom, CalculationId) {},
  };
}

// A node with a real workforce and recruiter, and a crew, in one system: every message between
// them in turn.
class CrewTest : public oq::testing::DeterministicActors {
protected:
  void SetUp() override {
    force = owned(system().spawn(workforce, WorkerFactory{}, gauges));
    auto node_room = std::make_shared<EngineRoom>();
    node_room->shared_files = [this](const store::CalculationRecord&) {
      return files;
    };
    node_room->read_shared = [this](const store::CalculationRecord&, const std::string& name,
                                    std::uint64_t offset, std::size_t size) {
      return name.ends_with("empty.csv") ? std::string() : content.substr(offset, size);
    };
    desk = owned(system().spawn(input_desk, EngineRoomPtr(node_room)));
    office = owned(system().spawn(recruiter, RecruiterSetup{"oq", force, desk, {}}));
  }
  EngineRoomPtr crew_room() {
    auto room = std::make_shared<EngineRoom>(*oq::testing::fake_engine_room(script));
    room->write_shared = [this](const store::CalculationRecord&, const std::string& name,
                                std::uint64_t offset, const std::string& bytes) -> Result<void> {
      if (disk_error)
        return *disk_error;
      written[name].resize(offset);
      written[name] += bytes;
      return {};
    };
    return room;
  }
  void spawn_crew(std::uint32_t threads = 2, const std::string& program = "oq") {
    CrewSetup setup;
    setup.offer = {kTaskProtocol, program, "w1", threads};
    setup.dialer = owned(system().spawn(dialer, Dial([this](caf::actor_system&) {
                                          ++dials;
                                          return answer_to_dial();
                                        })));
    setup.new_worker = [this](caf::actor_system& where) {
      return owned(std::exchange(first_dies_at_work, false) ? where.spawn(mortal_worker)
                                                            : where.spawn(polite_worker));
    };
    setup.new_fetch = [this](caf::actor_system& where, const Foreman& foreman,
                             const EngineRoomPtr& room) {
      ++fetches;
      return owned(where.spawn(inputs_fetch, foreman, room));
    };
    setup.new_workshop = [this]() -> Result<Workshop> {
      return Workshop{crew_room(), std::make_shared<int>(0)};
    };
    setup.log = [this](engine::LogLevel, const std::string& message) {
      logged.push_back(message);
    };
    crew_ = owned(system().spawn(crew, std::move(setup)));
    run();
  }
  Result<caf::actor> answer_to_dial() const {
    if (node_is_up)
      return caf::actor_cast<caf::actor>(office);
    return Error{Errc::unavailable, "nobody listens there", "host:1"};
  }
  void enqueue(std::size_t tasks, CalculationId id = 5) {
    script->tasks = tasks;
    store::CalculationRecord record;
    record.id = id;
    record.ini = "job.ini";
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
  std::int64_t members() const { return gauges->remote_workers.get(); }

  oq::testing::EngineScriptPtr script = std::make_shared<oq::testing::EngineScript>();
  PlanPtr plan = std::make_shared<oq::testing::FakeCalculator>(script);
  GaugesPtr gauges = std::make_shared<Gauges>();
  Workforce force;
  InputDesk desk;
  Recruiter office;
  Crew crew_;
  bool node_is_up = true;
  bool first_dies_at_work = false; // of the workers
  int dials = 0, fetches = 0;
  std::string content = std::string(2 * kPieceSize + 5, 'x');
  std::vector<SharedFile> files{{"calc_5/inputs/empty.csv", 0},
                                {"calc_5/inputs/job.ini", 2 * kPieceSize + 5}};
  std::optional<Error> disk_error;
  std::map<std::string, std::string> written;
  std::vector<std::size_t> done;
  std::vector<TaskOutcome> outcomes;
  std::vector<std::string> logged;
};

using Tasks = std::vector<std::size_t>;

TEST_F(CrewTest, JoinsFetchesTheInputsOnceAndRunsEveryTask) {
  spawn_crew();
  EXPECT_EQ(members(), 1);
  enqueue(7);
  std::ranges::sort(done);
  EXPECT_EQ(done, (Tasks{0, 1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(fetches, 1);
  EXPECT_EQ(written.at("calc_5/inputs/job.ini"), content);
  EXPECT_EQ(written.at("calc_5/inputs/empty.csv"), "");
}

TEST_F(CrewTest, ResultsAreTheEngines) {
  spawn_crew(1);
  enqueue(3);
  ASSERT_EQ(done.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_EQ(outcomes[i].result->values, std::vector<double>{static_cast<double>(done[i])});
}

TEST_F(CrewTest, ATaskWhoseThreadDiesIsGivenBackAtOnce) {
  first_dies_at_work = true;
  spawn_crew(1);
  enqueue(3);
  tell(force, enlist_atom::value, Worker(owned(system().spawn(polite_worker)))); // of the node
  std::ranges::sort(done);
  EXPECT_EQ(done, (Tasks{0, 1, 2}));
}

TEST_F(CrewTest, LooksForItsNodeAgainAndAgain) {
  node_is_up = false;
  spawn_crew();
  EXPECT_EQ(dials, 1);
  for (int i = 0; i < 10; ++i)
    advance(kFirstRejoin);
  EXPECT_GT(dials, 3);
  node_is_up = true;
  advance(kLastRejoin);
  EXPECT_EQ(members(), 1);
  EXPECT_EQ(std::ranges::count_if(logged,
                                  [](const auto& line) {
                                    return line.find("not joined") != std::string::npos;
                                  }),
            1);
}

TEST_F(CrewTest, ARefusedProgramIsToldSoInWords) {
  spawn_crew(2, "another");
  EXPECT_EQ(members(), 0);
  ASSERT_FALSE(logged.empty());
  EXPECT_THAT(logged.back(), HasSubstr("another one than the node's, oq"));
}

TEST_F(CrewTest, ANodeThatIsLostIsJoinedAgainWithNothingKept) {
  spawn_crew();
  enqueue(2);
  caf::anon_send_exit(office, caf::exit_reason::user_shutdown); // takes the foremen with it
  run();
  EXPECT_EQ(members(), 0);
  office = owned(system().spawn(recruiter, RecruiterSetup{"oq", force, desk, {}}));
  advance(kFirstRejoin);
  EXPECT_EQ(members(), 1);
  enqueue(2);
  EXPECT_EQ(done.size(), 4u);
  EXPECT_EQ(fetches, 2);
}

TEST_F(CrewTest, AFinishedCalculationIsForgotten) {
  spawn_crew();
  enqueue(2);
  enqueue(2); // the same number, sent again: fetched again
  EXPECT_EQ(done.size(), 4u);
  EXPECT_EQ(fetches, 2);
}

TEST_F(CrewTest, AFullDiskDeclinesTheTasks) {
  disk_error = Error{Errc::unavailable, "No space left on device", "job.ini"};
  spawn_crew();
  enqueue(2);
  EXPECT_TRUE(done.empty());
  EXPECT_EQ(members(), 1);
  tell(force, enlist_atom::value, Worker(owned(system().spawn(polite_worker))));
  EXPECT_EQ(done, (Tasks{0, 1}));
}

TEST_F(CrewTest, AnotherPlanThanTheNodesIsDeclined) {
  spawn_crew();
  plan = std::make_shared<oq::testing::FakeCalculator>(
    std::make_shared<oq::testing::EngineScript>()); // of four tasks
  enqueue(2);                                       // here it has two
  EXPECT_TRUE(done.empty());
  EXPECT_THAT(logged.back(), HasSubstr("another plan"));
}

TEST_F(CrewTest, ANodeCannotNameAFileOutsideTheInputs) {
  for (const std::string name :
       {"/etc/passwd", "calc_5/inputs/../../x", "calc_5/inputs/a//b", "calc_6/inputs/job.ini",
        "calc_5/calc_5.hdf5", "../calc_5/inputs/job.ini", "calc_5/inputs/", ""}) {
    files = {{name, 5}};
    spawn_crew();
    enqueue(1);
    EXPECT_TRUE(written.empty()) << name;
    EXPECT_TRUE(done.empty()) << name;
    kill(crew_);
  }
}

TEST_F(CrewTest, AnErrorOfATaskReachesTheCalculation) {
  script->task_error = Error{Errc::numeric_failure, "NaN", "source 1"};
  spawn_crew(1);
  enqueue(1);
  ASSERT_EQ(outcomes.size(), 1u);
  EXPECT_EQ(*outcomes[0].error, *script->task_error);
}

TEST_F(CrewTest, OneThatLeavesHandsItsTasksBack) {
  spawn_crew();
  EXPECT_TRUE(*ask<bool>(crew_, leave_atom::value));
  EXPECT_EQ(members(), 0);
  enqueue(1);
  EXPECT_TRUE(done.empty());
  advance(kLastRejoin);
  EXPECT_EQ(members(), 0); // and does not come back
}

TEST_F(CrewTest, OrdersOfOthersThanItsNodeAreIgnored) {
  spawn_crew();
  TaskCall call;
  call.calculation = 9;
  tell(crew_, order_atom::value, call);
  EXPECT_EQ(fetches, 0);
}

} // namespace
} // namespace oq::actors
