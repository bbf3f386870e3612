// Requests and answers over real sockets: the ordinary life of a connection.
#include "http/raw_client.hpp"
#include "http/test_server.hpp"

#include <gtest/gtest.h>

namespace oq::http::testing {
namespace {

// Answers with the decoded path and, after a blank, the body.
void echo(std::shared_ptr<const Request> request, Reply reply) {
  reply.send(Response::text(200, request->path() + " " + std::string{request->body().bytes()}));
}

TEST(Server, AnswersAGet) {
  auto server = start(echo);
  RawClient client(server->port());

  const auto answer = client.exchange(get("/a"));

  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "/a ");
  EXPECT_EQ(answer->header("Content-Type"), "text/plain; charset=utf-8");
  EXPECT_EQ(answer->header("Content-Length"), "3");
  EXPECT_FALSE(answer->header("Date").empty());
  EXPECT_EQ(answer->header("Connection"), "");
}

} // namespace
} // namespace oq::http::testing
