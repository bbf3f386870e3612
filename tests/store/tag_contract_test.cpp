// What a TagStore promises, in memory, in SQLite and in PostgreSQL.
#include "store/store_contract.hpp"
#include "store/tag_store.hpp"
#include "support/memory_tag_store.hpp"

namespace oq::store {
namespace {

class TagContract : public StoreContract {
protected:
  void SetUp() override {
    StoreContract::SetUp();
    if (!database_) {
      auto* memory = dynamic_cast<oq::testing::MemoryStore*>(store_.get());
      tags_ = std::make_unique<oq::testing::MemoryTagStore>(
        std::make_shared<oq::testing::MemoryTags>(), memory->tables());
      return;
    }
    auto opened = open_tag_store(database_->url());
    ASSERT_TRUE(opened) << opened.error().text();
    tags_ = *std::move(opened);
  }
  CalculationId create_of(const std::string& owner) {
    auto record = hazard();
    record.owner = owner;
    return create(record);
  }
  std::string all() {
    std::string text;
    const auto tags = tags_->tags();
    if (!tags)
      return tags.error().text();
    for (const auto& tag : *tags)
      text += std::to_string(tag.calculation_id) + tag.tag + (tag.preferred ? "*" : "") + tag.owner
              + (tag.shared ? "!" : "") + " ";
    return text;
  }

  std::unique_ptr<TagStore> tags_;
};
INSTANTIATE_TEST_SUITE_P(Databases, TagContract, ::testing::ValuesIn(stores()),
                         [](const auto& kind) {
                           return kind.param;
                         });

TEST_P(TagContract, TagsComeByCalculationAndWordWithWhoOwnsThem) {
  const auto first = create_of("ann");
  const auto second = create_of("bob");
  ASSERT_TRUE(tags_->put({{second, "x"}, {first, "y", true}, {first, "x"}}));

  EXPECT_EQ(all(), "1xann 1y*ann 2xbob ");
}

TEST_P(TagContract, AWordIsOnACalculationOnce) {
  const auto id = create_of("ann");
  ASSERT_TRUE(tags_->put({{id, "x", true}}));
  ASSERT_TRUE(tags_->put({{id, "x", false}}));

  EXPECT_EQ(all(), "1xann ");
}

TEST_P(TagContract, NothingIsPutWhereNothingIs) {
  const auto id = create_of("ann");

  EXPECT_EQ(tags_->put({{id, "x"}, {id + 99, "x"}}).error().code, Errc::not_found);
  EXPECT_EQ(all(), "");
}

TEST_P(TagContract, DeletedCalculationsHaveNone) {
  const auto id = create_of("ann");
  ASSERT_TRUE(tags_->put({{id, "x"}}));
  ASSERT_TRUE(store_->apply({to("deleted", id, 1)}));

  EXPECT_EQ(all(), "");
  EXPECT_EQ(tags_->put({{id, "y"}}).error().code, Errc::not_found);
}

TEST_P(TagContract, SharedOnesSaySo) {
  const auto id = create_in("shared");
  ASSERT_TRUE(tags_->put({{id, "x"}}));

  EXPECT_TRUE(tags_->tags()->front().shared);
}

TEST_P(TagContract, TagsAreTakenOff) {
  const auto id = create_of("ann");
  ASSERT_TRUE(tags_->put({{id, "x"}, {id, "y"}}));
  ASSERT_TRUE(tags_->remove({{id, "x"}, {id, "z"}}));

  EXPECT_EQ(all(), "1yann ");
}

TEST_P(TagContract, NamesBelongToWhoMadeThem) {
  ASSERT_TRUE(tags_->add_name("x", "bob"));
  ASSERT_TRUE(tags_->add_name("x", "ann"));
  ASSERT_TRUE(tags_->add_name("x", "ann"));
  ASSERT_EQ(tags_->names()->size(), 2u);
  EXPECT_EQ(tags_->names()->front().owner, "ann");

  ASSERT_TRUE(tags_->remove_name("x", "ann"));

  ASSERT_EQ(tags_->names()->size(), 1u);
  EXPECT_EQ(tags_->names()->front().owner, "bob");
}

} // namespace
} // namespace oq::store
