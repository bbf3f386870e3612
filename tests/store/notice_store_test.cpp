// Who is to be told, in both databases.
#include "store/sql_notice_store.hpp"
#include "store/store_contract.hpp"

namespace oq::store {
namespace {

class NoticeStoreTest : public ::testing::TestWithParam<std::string> {
protected:
  std::unique_ptr<NoticeStore> open() {
    auto opened = open_notice_store(database_.url());
    EXPECT_TRUE(opened) << opened.error().text();
    return opened ? std::move(*opened) : nullptr;
  }
  FreshDatabase database_{GetParam()};
  std::unique_ptr<CalculationStore> calculations_ = database_.open();
  std::unique_ptr<NoticeStore> notices_ = open();
};

TEST_P(NoticeStoreTest, KeepsWhomToTellInTheOrderGiven) {
  const auto id = *calculations_->create(hazard());
  ASSERT_TRUE(
    notices_->add(id, {{"webhook", "https://a/x?y=1", ""}, {"callback", "http://b", "42"}}));
  const auto rows = open()->of(id);
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 2u);
  EXPECT_EQ((*rows)[0].calculation_id, id);
  EXPECT_EQ((*rows)[0].target.url, "https://a/x?y=1");
  EXPECT_EQ((*rows)[1].target.form, "callback");
  EXPECT_EQ((*rows)[1].target.foreign_id, "42");
  EXPECT_TRUE(notices_->of(id + 1)->empty());
}

TEST_P(NoticeStoreTest, KnowsWhoWasNotToldOfAnEnd) {
  const auto id = *calculations_->create(hazard("here"));
  ASSERT_TRUE(notices_->add(id, {{"webhook", "https://a", ""}}));
  EXPECT_TRUE(notices_->untold("here")->empty()) << "it has not ended";
  ASSERT_TRUE(calculations_->apply({to("failed", id, 1)}));
  EXPECT_EQ(notices_->untold("here")->size(), 1u);
  EXPECT_TRUE(notices_->untold("there")->empty());
}

TEST_P(NoticeStoreTest, ForgetsWhoWasTold) {
  const auto id = *calculations_->create(hazard());
  ASSERT_TRUE(notices_->add(id, {{"webhook", "https://a", ""}, {"webhook", "https://b", ""}}));
  ASSERT_TRUE(notices_->remove((*notices_->of(id))[0].id));
  const auto rows = notices_->of(id);
  ASSERT_EQ(rows->size(), 1u);
  EXPECT_EQ((*rows)[0].target.url, "https://b");
}

INSTANTIATE_TEST_SUITE_P(Databases, NoticeStoreTest, ::testing::ValuesIn(databases()),
                         [](const auto& database) {
                           return database.param;
                         });

} // namespace
} // namespace oq::store
