// Words on calculations: everybody has their own, and nobody learns of those that are hidden.
#include "actors/tags.hpp"

#include "support/deterministic_actors.hpp"
#include "support/memory_tag_store.hpp"

namespace oq::actors {
namespace {

using Kind = TagRequest::Kind;

ViewerPtr viewer(const std::string& name, const std::vector<std::string>& colleagues = {}) {
  return std::make_shared<const Viewer>(Viewer{name, 0, false, colleagues});
}

class TagsTest : public oq::testing::DeterministicActors {
protected:
  // 1 of ann, 2 of bob, 3 of eve.
  TagsTest() {
    for (const auto* owner : {"ann", "bob", "eve"}) {
      store::CalculationRecord record;
      record.owner = owner;
      EXPECT_TRUE(store_.create(record));
    }
    TagObserver observer = owned(system().spawn([this]() -> TagObserver::behavior_type {
      return {[this](tags_atom, const TagTablePtr& table) {
        shown_ = table;
      }};
    }));
    tags_ = owned(system().spawn(
      tags,
      [tables = tables_, calculations = store_.tables()] {
        return Result<std::unique_ptr<store::TagStore>>(
          std::make_unique<oq::testing::MemoryTagStore>(tables, calculations));
      },
      observer, false));
    run();
  }

  std::string ask(Kind kind, const std::string& tag, const ViewerPtr& who, CalculationId id = 0) {
    const auto sink = new_sink();
    TagRequest request{kind, id, tag, who, who ? who->name : "anonymous"};
    tell(tags_, tag_atom::value, request, SinkPtr(sink));
    code_ = sink->code();
    return sink->body();
  }

  std::shared_ptr<oq::testing::MemoryTags> tables_ = std::make_shared<oq::testing::MemoryTags>();
  oq::testing::MemoryStore store_;
  Tags tags_;
  TagTablePtr shown_;
  Errc code_ = Errc::none;
  ViewerPtr ann_ = viewer("ann", {"ann", "bob"}), bob_ = viewer("bob", {"ann", "bob"}),
            eve_ = viewer("eve");
};

TEST_F(TagsTest, ATagIsPutOnAndTakenOffAndTheListsHearOfIt) {
  EXPECT_EQ(ask(Kind::add, "x", ann_, 1),
            R"({"success": "The tag \"x\" was added to calculation 1"})");
  ASSERT_TRUE(shown_);
  ASSERT_EQ(shown_->size(), 1u);

  ask(Kind::remove, "x", ann_, 1);

  EXPECT_EQ(code_, Errc::none);
  EXPECT_TRUE(shown_->empty());
  ask(Kind::remove, "x", ann_, 1);
  EXPECT_EQ(code_, Errc::forbidden);
}

TEST_F(TagsTest, TheWordsOfOthersAreNotListed) {
  ask(Kind::create, "plan", ann_);
  ask(Kind::add, "x", ann_, 1);
  ask(Kind::add, "secret", eve_, 3);

  EXPECT_EQ(ask(Kind::list, "", ann_), R"({"tags": ["plan", "x"]})");
  EXPECT_EQ(ask(Kind::list, "", bob_), R"({"tags": ["plan", "x"]})");
  EXPECT_EQ(ask(Kind::list, "", eve_), R"({"tags": ["secret"]})");
  EXPECT_EQ(ask(Kind::list, "", nullptr), R"({"tags": ["plan", "secret", "x"]})");
}

TEST_F(TagsTest, TheSameWordMayBeMadeByWhoDoesNotSeeIt) {
  ask(Kind::create, "x", ann_);
  ask(Kind::create, "x", eve_);
  EXPECT_EQ(code_, Errc::none);

  ask(Kind::create, "x", bob_);

  EXPECT_EQ(code_, Errc::forbidden) << "a colleague's is there";
}

TEST_F(TagsTest, OneCalculationIsPreferredForAWord) {
  ask(Kind::prefer, "x", ann_, 1);
  EXPECT_EQ(ask(Kind::get_preferred, "x", bob_), R"({"job_id": 1})");

  ask(Kind::prefer, "x", bob_, 2);

  EXPECT_EQ(ask(Kind::get_preferred, "x", ann_), R"({"job_id": 2})");
  ask(Kind::prefer_none, "x", ann_);
  EXPECT_EQ(ask(Kind::get_preferred, "x", bob_), R"({"job_id": null})");
}

TEST_F(TagsTest, APreferenceHoldsForThoseWhoSeeIt) {
  ask(Kind::prefer, "x", ann_, 1);
  ask(Kind::prefer, "x", eve_, 3);

  EXPECT_EQ(ask(Kind::get_preferred, "x", ann_), R"({"job_id": 1})");
  EXPECT_EQ(ask(Kind::get_preferred, "x", eve_), R"({"job_id": 3})");
}

TEST_F(TagsTest, DeletingAWordTakesItFromOnesOwnOnly) {
  ask(Kind::add, "x", ann_, 1);
  ask(Kind::add, "x", eve_, 3);
  ask(Kind::erase, "x", bob_);
  EXPECT_EQ(code_, Errc::none) << "a colleague's";

  EXPECT_EQ(ask(Kind::list, "", ann_), R"({"tags": []})");
  EXPECT_EQ(ask(Kind::list, "", eve_), R"({"tags": ["x"]})");
  ask(Kind::erase, "x", ann_);
  EXPECT_EQ(code_, Errc::forbidden);
}

TEST_F(TagsTest, BytesThatAreNoTextAreNoTag) {
  ask(Kind::add, "\xFF", ann_, 1);

  EXPECT_EQ(code_, Errc::invalid_input);
}

TEST_F(TagsTest, ACalculationThatIsGoneGetsNoTag) {
  ask(Kind::add, "x", nullptr, 99);

  EXPECT_EQ(code_, Errc::not_found);
}

} // namespace
} // namespace oq::actors
