// Counting answers: by route, status and time, whoever answers and even when nobody does.
#include "http/routes/request_meter.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace oq::http {
namespace {

using namespace std::chrono_literals;

std::int64_t count_of(const RequestMeter& meter, Action route, int status) {
  const auto total = meter.total(route);
  for (std::size_t i = 0; i < kCountedStatuses.size(); ++i)
    if (kCountedStatuses[i] == status)
      return total.statuses[i];
  return -1;
}

class MeteredReplyTest : public ::testing::Test {
protected:
  MeteredReply reply(Action route = Action::status) { return {Reply{}, route, meter}; }
  RequestMeter meter;
};

TEST_F(MeteredReplyTest, CountsItsAnswerUnderRouteAndStatus) {
  reply(Action::detail).send(Response(404));

  EXPECT_EQ(count_of(meter, Action::detail, 404), 1);
  EXPECT_EQ(count_of(meter, Action::detail, 200), 0);
  EXPECT_EQ(count_of(meter, Action::status, 404), 0);
}

TEST_F(MeteredReplyTest, CountsAsAnErrorWhenNobodyAnswers) {
  { auto forgotten = reply(); }

  EXPECT_EQ(count_of(meter, Action::status, 500), 1);
}

TEST_F(MeteredReplyTest, CountsOnceWhenMoved) {
  auto first = reply();
  { auto second = std::move(first); }

  EXPECT_EQ(count_of(meter, Action::status, 500), 1);
}

TEST_F(MeteredReplyTest, CountsWhatTheClientHasAlreadyAsNotModified) {
  const auto validator = std::make_shared<const Validator>(Validator{"\"tag\"", "", ""});
  ConditionalHeaders conditions;
  conditions.if_none_match = "\"tag\"";
  Response response(200, MediaType::json, std::string("{}"));
  response.with_validator(validator);

  MeteredReply{Reply{}, Action::status, meter, conditions}.send(response);
  MeteredReply{Reply{}, Action::status, meter}.send(response);

  EXPECT_EQ(count_of(meter, Action::status, 304), 1);
  EXPECT_EQ(count_of(meter, Action::status, 200), 1);
}

TEST_F(MeteredReplyTest, CountsAPartOfAFileAsPartial) {
  const auto path = std::filesystem::temp_directory_path() / "oq-request-meter-test";
  std::ofstream(path) << "0123456789";
  const auto file = ServedFile::open(path);
  std::filesystem::remove(path);
  ASSERT_TRUE(file);
  const auto ask = [&](const char* range) {
    ConditionalHeaders conditions;
    conditions.range = range;
    MeteredReply{Reply{}, Action::download, meter, conditions}.send(
      Response::file(MediaType::text, *file));
  };

  ask("bytes=2-3");
  ask("bytes=20-");

  EXPECT_EQ(count_of(meter, Action::download, 206), 1);
  EXPECT_EQ(count_of(meter, Action::download, 416), 1);
}

TEST(RequestMeter, CountsAnUnknownStatusAsOther) {
  RequestMeter meter;
  meter.count(Action::status, 418, 1ms);

  EXPECT_EQ(count_of(meter, Action::status, 0), 1);
}

TEST(RequestMeter, AddsUpWhatThreadsCounted) {
  RequestMeter meter;
  std::vector<std::thread> threads;
  for (int i = 0; i < 12; ++i) // more than there are shards
    threads.emplace_back([&meter] {
      for (int j = 0; j < 1000; ++j) {
        meter.count(Action::status, 200, 30us);
      }
    });
  for (auto& thread : threads)
    thread.join();

  EXPECT_EQ(count_of(meter, Action::status, 200), 12'000);
  EXPECT_EQ(meter.total(Action::status).durations[0], 12'000);
  EXPECT_NEAR(meter.total(Action::status).seconds, 0.36, 1e-9);
}

} // namespace
} // namespace oq::http
