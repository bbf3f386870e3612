// What comes from other nodes: believed only where it makes sense, and never fatal.
#include "actors/wire.hpp"

#include <caf/actor_system.hpp>
#include <caf/binary_deserializer.hpp>
#include <caf/binary_serializer.hpp>
#include <gtest/gtest.h>

#include <random>

namespace oq::actors {
namespace {

Question some_question() {
  return {QuestionKind::log, 7, std::make_shared<const std::string>("http://h"), 3, 9, false};
}

TEST(Wire, CarriesAQuestionAndMarksItAsAPeers) {
  const auto got = from_wire(to_wire(some_question()));

  ASSERT_TRUE(got);
  EXPECT_EQ(got->kind, QuestionKind::log);
  EXPECT_EQ(got->id, 7);
  EXPECT_EQ(got->first, 3);
  EXPECT_EQ(got->last, 9);
  EXPECT_EQ(*got->base, "http://h");
  EXPECT_TRUE(got->from_peer);
}

TEST(Wire, CarriesAnErrorWithItsBody) {
  Answer answer = error_answer({Errc::forbidden, "no", "there"});
  answer.body = std::make_shared<const std::string>("{}");
  answer.revision = 5;

  const auto got = from_wire(to_wire(answer));

  ASSERT_TRUE(got);
  EXPECT_EQ(got->code, Errc::forbidden);
  EXPECT_EQ(got->message, "no");
  EXPECT_EQ(got->where, "there");
  EXPECT_EQ(*got->body, "{}");
  EXPECT_EQ(got->revision, 5u);
}

TEST(Wire, RefusesWhatIsNoEnumerator) {
  auto question = to_wire(some_question());
  question.kind = 200;
  EXPECT_FALSE(from_wire(question));
  question = to_wire(some_question());
  question.id = -1;
  EXPECT_FALSE(from_wire(question));
  WireAnswer answer;
  answer.code = 77;
  EXPECT_FALSE(from_wire(answer));
  answer.code = 0;
  answer.media_type = 77;
  EXPECT_FALSE(from_wire(answer));
  EXPECT_FALSE(command_from_wire(9));
  EXPECT_FALSE(view_from_wire(9));
}

TEST(Wire, RefusesQuestionsAboutNodes) {
  auto question = to_wire(some_question());
  question.kind = static_cast<std::uint8_t>(QuestionKind::ready);
  EXPECT_FALSE(from_wire(question)); // only of calculations: nothing to loop on
}

TEST(Wire, SurvivesDamagedBytes) {
  caf::actor_system_config config;
  caf::actor_system system(config);
  WireAnswer answer = to_wire(error_answer({Errc::forbidden, std::string(50, 'x'), "there"}));
  std::vector<char> bytes;
  caf::binary_serializer sink(system, bytes);
  ASSERT_FALSE(sink(answer));
  std::mt19937 random(20261123);
  int refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    auto damaged = bytes;
    for (int n = 0; n < 3; ++n)
      damaged[random() % damaged.size()] = static_cast<char>(random());
    damaged.resize(random() % (damaged.size() + 1));
    WireAnswer got;
    caf::binary_deserializer source(system, damaged);
    if (source(got) || !from_wire(got))
      ++refused;
  }
  EXPECT_GT(refused, 10'000);
}

} // namespace
} // namespace oq::actors
