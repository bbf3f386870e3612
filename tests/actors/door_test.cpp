// The door and who knocks: questions go in, answers and files come out, strangers get nothing.
#include "actors/door.hpp"

#include "actors/courier.hpp"
#include "actors/defaults.hpp"
#include "support/deterministic_actors.hpp"
#include "support/temporary_folder.hpp"

namespace oq::actors {
namespace {

// A directory that keeps the sinks it gets, so that a test answers when it likes.
struct Asked {
  std::vector<SinkPtr> sinks;
  std::vector<Question> questions;
  std::vector<Download> downloads;
  std::vector<Extract> extracts;
  std::vector<Command> commands;
};

PeerPort spawn_port(caf::actor_system& system, const std::shared_ptr<Asked>& asked) {
  return system.spawn([asked](PeerPort::pointer) -> PeerPort::behavior_type {
    return {[asked](ask_atom, const Question& question, const SinkPtr& sink) {
              asked->questions.push_back(question);
              asked->sinks.push_back(sink);
            },
            [asked](download_atom, const Download& download, const SinkPtr& sink) {
              asked->downloads.push_back(download);
              asked->sinks.push_back(sink);
            },
            [asked](extract_atom, const Extract& extract, const SinkPtr& sink) {
              asked->extracts.push_back(extract);
              asked->sinks.push_back(sink);
            },
            [](submit_atom, const SubmissionPtr&, const SinkPtr&) {},
            [](command_atom, CalculationId, Command, const SinkPtr&) {},
            [asked](peer_atom, CalculationId, Command command, const SinkPtr& sink) {
              asked->commands.push_back(command);
              asked->sinks.push_back(sink);
            }};
  });
}

class DoorTest : public oq::testing::DeterministicActors {
protected:
  void SetUp() override {
    door_ = owned(system().spawn(
      door, DoorPeers{"there", owned(spawn_port(system(), asked)), {}, Keeper(), Neighbours()}));
    neighbours_ = owned(system().spawn(neighbours));
    tell(neighbours_, joined_atom::value, std::string("there"), door_);
  }
  void TearDown() override {
    asked->sinks.clear();
    run();
    DeterministicActors::TearDown();
  }
  // Asks through the neighbours; the answer comes when the test gives it.
  auto question(QuestionKind kind = QuestionKind::status) {
    auto pending = self()->request(neighbours_, caf::infinite, ask_atom::value,
                                   std::string("there"), Question{kind, 7, base(), 0, 0, false});
    run();
    return pending;
  }
  template <class Pending>
  Result<AnswerPtr> got(Pending& pending) {
    Result<AnswerPtr> out = Error{};
    pending.receive(
      [&](const AnswerPtr& answer) {
        out = answer;
      },
      [&](const caf::error& error) {
        out = from_caf(error);
      });
    return out;
  }
  static Answer body(const std::string& text) {
    Answer answer;
    answer.body = std::make_shared<const std::string>(text);
    return answer;
  }
  Result<Answer> brought() {
    return brought(Question{QuestionKind::datastore, 7, base(), 0, 0, false});
  }
  Result<Answer> brought(Wish wish) {
    Result<Answer> out = Error{Errc::timeout, "nothing was brought", {}};
    owned(system().spawn(courier, CourierSettings{neighbours_, folder.path()},
                         Errand{"there", std::move(wish), [&out](Result<Answer> answer) {
                                  out = std::move(answer);
                                }}));
    run();
    if (!asked->sinks.empty())
      asked->sinks.back()->deliver(file_);
    run();
    return out;
  }
  bool folder_is_empty() const { return std::filesystem::is_empty(folder.path()); }

  std::shared_ptr<Asked> asked = std::make_shared<Asked>();
  oq::testing::TemporaryFolder folder, theirs;
  Answer file_;
  caf::actor door_;
  Neighbours neighbours_;
};

TEST_F(DoorTest, PassesAQuestionAndItsAnswer) {
  auto pending = question();
  ASSERT_EQ(asked->questions.size(), 1u);
  EXPECT_TRUE(asked->questions[0].from_peer);

  asked->sinks[0]->deliver(body("{}"));
  run();

  EXPECT_EQ(*(*got(pending))->body, "{}");
}

TEST_F(DoorTest, AnExtractionIsAskedForWithItsParametersAndBrought) {
  file_.media_type = MediaType::npz;
  file_.file = FileAnswer{theirs.write("x.npz", "PK"), "sitecol1.npz"};
  const auto answer =
    brought(Extract{7, "sitecol", {{"site_id", "1"}, {"site_id", "2"}}, ExtractForm::json});
  ASSERT_TRUE(answer) << answer.error().text();
  EXPECT_EQ(answer->media_type, MediaType::npz);
  EXPECT_EQ(answer->file->download_name, "sitecol1.npz");
  const auto& asked_for = asked->extracts.at(0);
  EXPECT_EQ(asked_for.what, "sitecol");
  EXPECT_EQ(asked_for.form, ExtractForm::json);
  EXPECT_EQ(asked_for.parameters.at(1).second, "2");
  EXPECT_TRUE(asked_for.from_peer);
}

TEST_F(DoorTest, AnswersThatComeInAnotherOrderReachTheirOwnQuestions) {
  auto first = question();
  auto second = question();

  asked->sinks[1]->deliver(body("second"));
  asked->sinks[0]->deliver(body("first"));
  run();

  EXPECT_EQ(*(*got(first))->body, "first");
  EXPECT_EQ(*(*got(second))->body, "second");
}

TEST_F(DoorTest, AQuestionThatNobodyAnswersEndsInTime) {
  auto pending = question();
  advance(kPeerTimeout + std::chrono::milliseconds(1));
  EXPECT_EQ(got(pending).error().code, Errc::timeout);
}

TEST_F(DoorTest, AnAnswerAfterThatHurtsNobody) {
  auto pending = question();
  advance(kPeerTimeout + std::chrono::milliseconds(1));
  EXPECT_FALSE(got(pending));
  asked->sinks[0]->deliver(body("late"));
  run();
  auto next = question();
  asked->sinks[1]->deliver(body("next"));
  run();
  EXPECT_EQ(*(*got(next))->body, "next");
}

TEST_F(DoorTest, SaysSoWhenTheAnswerIsDropped) {
  auto pending = question();
  asked->sinks.clear();
  run();
  EXPECT_EQ((*got(pending))->code, Errc::unavailable);
}

TEST_F(DoorTest, ANodeThatIsNotThereIsUnavailableAtOnce) {
  tell(neighbours_, lost_atom::value, std::string("there"), door_);
  auto pending = question();
  EXPECT_EQ(got(pending).error().code, Errc::unavailable);
}

TEST_F(DoorTest, TheLossOfAnOldConnectionDoesNotTakeTheNewOne) {
  const auto old = owned(system().spawn(
    door, DoorPeers{"there", owned(spawn_port(system(), asked)), {}, Keeper(), Neighbours()}));
  tell(neighbours_, lost_atom::value, std::string("there"), old); // overtaken by the joining

  auto pending = question();
  asked->sinks[0]->deliver(body("{}"));
  run();

  EXPECT_TRUE(got(pending));
}

TEST_F(DoorTest, ANodeThatHasFoundUsIsOurNeighbourToo) {
  const auto ours = owned(system().spawn(
    door, DoorPeers{"here", owned(spawn_port(system(), asked)), {}, Keeper(), neighbours_}));
  tell(neighbours_, lost_atom::value, std::string("there"), door_);

  tell(ours, joined_atom::value, std::string("there"), door_);
  auto pending = question();
  asked->sinks[0]->deliver(body("{}"));
  run();

  EXPECT_TRUE(got(pending));
}

TEST_F(DoorTest, ANodeWhoseDoorDiesIsNoNeighbourAnyMore) {
  kill(door_);
  auto pending = question();
  EXPECT_EQ(got(pending).error().code, Errc::unavailable);
}

TEST_F(DoorTest, AStrangeQuestionIsRefusedAndAsksNobody) {
  const auto answer = ask<WireAnswer>(door_, ask_atom::value, WireQuestion{99, 7, 0, 0, ""});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->code, static_cast<std::uint8_t>(Errc::invalid_input));
  EXPECT_TRUE(asked->questions.empty());
}

TEST_F(DoorTest, BringsAFileWholeAndInOrder) {
  std::string bytes(3 * kFilePiece + 17, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<char>(i * 2654435761u >> 13);
  file_.file = FileAnswer{theirs.write("calc.hdf5", bytes), "calc.hdf5"};

  const auto answer = brought();

  ASSERT_TRUE(answer);
  ASSERT_TRUE(answer->file);
  std::ifstream copy(answer->file->path, std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(copy), {}), bytes);
  EXPECT_EQ(answer->file->download_name, "calc.hdf5");
}

TEST_F(DoorTest, ANodeLostOnTheWayLeavesNoFileBehind) {
  Result<Answer> out = Error{Errc::timeout, "nothing was brought", {}};
  file_.file = FileAnswer{theirs.write("calc.hdf5", "x"), "calc.hdf5"};
  owned(system().spawn(courier, CourierSettings{neighbours_, folder.path()},
                       Errand{"there", Question{QuestionKind::datastore, 7, base(), 0, 0, false},
                              [&out](Result<Answer> answer) {
                                out = std::move(answer);
                              }}));
  run();

  kill(door_);

  EXPECT_EQ(out.error().code, Errc::unavailable);
  EXPECT_TRUE(folder_is_empty());
}

TEST_F(DoorTest, AFileThatIsGoneIsUnavailableNotUnknown) {
  file_.file = FileAnswer{theirs.path() / "never-there", "calc.hdf5"};
  const auto answer = brought();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->code, Errc::unavailable);
}

TEST_F(DoorTest, APieceOfAFileThatIsNotOfferedIsNotFound) {
  EXPECT_EQ(
    ask<std::string>(door_, fetch_atom::value, std::uint64_t{42}, std::uint64_t{0}).error().code,
    Errc::not_found);
}

} // namespace
} // namespace oq::actors
