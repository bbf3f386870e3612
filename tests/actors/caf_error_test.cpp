// Errors keep their meaning across the actor boundary.
#include "actors/caf_error.hpp"

#include <caf/exit_reason.hpp>
#include <caf/sec.hpp>
#include <gtest/gtest.h>

namespace oq::actors {
namespace {

TEST(CafError, OurOwnComeBackAsTheyWere) {
  const Error error{Errc::invalid_input, "no such option", "job.ini:12"};
  EXPECT_EQ(from_caf(to_caf(error)), error);
}

TEST(CafError, AnUnansweredRequestIsATimeout) {
  EXPECT_EQ(from_caf(caf::make_error(caf::sec::request_timeout)).code, Errc::timeout);
}

TEST(CafError, AReceiverThatIsGoneIsUnavailable) {
  EXPECT_EQ(from_caf(caf::make_error(caf::sec::request_receiver_down)).code, Errc::unavailable);
  EXPECT_EQ(from_caf(caf::make_error(caf::exit_reason::kill)).code, Errc::unavailable);
}

TEST(CafError, AnythingElseIsADefectOfOurs) {
  EXPECT_EQ(from_caf(caf::make_error(caf::sec::unexpected_message)).code, Errc::internal);
}

} // namespace
} // namespace oq::actors
