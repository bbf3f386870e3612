// Requests and answers over real sockets: the ordinary life of a connection.
#include "http/raw_client.hpp"
#include "http/test_server.hpp"

#include <gtest/gtest.h>

namespace oq::http::testing {
namespace {

// Answers with the decoded path and, after a blank, the body.
void echo(const std::shared_ptr<const Request>& request, const Reply& reply) {
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
  EXPECT_EQ(answer->header("Server"), "oq-engine-server");
  EXPECT_FALSE(answer->header("Date").empty());
  EXPECT_EQ(answer->header("Connection"), "");
}

TEST(Server, AnswersManyRequestsOfOneConnection) {
  auto server = start(echo);
  RawClient client(server->port());

  for (int i = 0; i < 100; ++i) {
    const auto answer = client.exchange(post("/" + std::to_string(i), "body"));
    ASSERT_TRUE(answer);
    ASSERT_EQ(answer->body, "/" + std::to_string(i) + " body");
  }
  EXPECT_EQ(server->statistics().connections_accepted, 1u);
  EXPECT_EQ(server->statistics().requests, 100u);
}

TEST(Server, AnswersRequestsThatArriveByteByByte) {
  auto server = start(echo);
  RawClient client(server->port());

  for (const char byte : post("/slow", "abc"))
    ASSERT_TRUE(client.send({&byte, 1}));

  const auto answer = client.receive();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "/slow abc");
}

TEST(Server, ShowsTheHandlerTheWholeRequest) {
  std::shared_ptr<const Request> seen;
  auto server = start([&](std::shared_ptr<const Request> request, Reply reply) {
    seen = std::move(request);
    reply.send(Response{204});
  });
  RawClient client(server->port());

  client.exchange("PATCH /a%20b/c%2fd?x=1&y=%26&x=2 HTTP/1.1\r\nHost: h\r\nCookie: a\r\n"
                  "X-Thing:  two  \r\n\r\n");

  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->method(), Method::patch);
  EXPECT_EQ(seen->method_text(), "PATCH");
  EXPECT_EQ(seen->path(), "/a b/c/d");
  EXPECT_EQ(seen->target(), "/a%20b/c%2fd?x=1&y=%26&x=2");
  EXPECT_EQ(seen->raw_path(), "/a%20b/c%2fd");
  EXPECT_EQ(seen->query(), (std::vector<QueryParameter>{{"x", "1"}, {"y", "&"}, {"x", "2"}}));
  EXPECT_EQ(seen->query("x"), "1");
  EXPECT_EQ(seen->query("z"), std::nullopt);
  EXPECT_EQ(seen->header("cookie"), "a");
  EXPECT_EQ(seen->header("x-thing"), "two");
  EXPECT_EQ(seen->version(), Version::http11);
  EXPECT_TRUE(seen->keep_alive());
}

TEST(Server, RefusesAMalformedEscapeInThePath) {
  auto server = start(echo);
  RawClient client(server->port());

  EXPECT_EQ(client.exchange(get("/a%2"))->status, 400);
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  OtherThread actor;
  // Every even request is answered at once, every odd one by another thread, later.
  auto server = start([&](std::shared_ptr<const Request> request, Reply reply) {
    const auto answer = [request, reply] {
      reply.send(Response::text(200, request->path()));
    };
    if (request->path().back() % 2 == 0)
      answer();
    else
      actor.post(answer);
  });
  RawClient client(server->port());
  std::string requests;
  for (int i = 0; i < 200; ++i)
    requests += i % 3 == 0 ? post("/" + std::to_string(i), "body") : get("/" + std::to_string(i));

  ASSERT_TRUE(client.send(requests));

  for (int i = 0; i < 200; ++i) {
    const auto answer = client.receive();
    ASSERT_TRUE(answer) << i;
    ASSERT_EQ(answer->body, "/" + std::to_string(i));
  }
}

TEST(Server, HeadIsAGetWithoutTheBody) {
  auto server = start(echo);
  RawClient client(server->port());

  ASSERT_TRUE(client.send("HEAD /abc HTTP/1.1\r\nHost: h\r\n\r\n"));
  const auto head = client.receive(true);
  const auto next = client.exchange(get("/x"));

  ASSERT_TRUE(head && next);
  EXPECT_EQ(head->header("Content-Length"), "5");
  EXPECT_EQ(next->body, "/x ");
}

TEST(Server, ClosesWhenTheClientAsksForIt) {
  auto server = start(echo);
  RawClient client(server->port());

  const auto answer = client.exchange(get("/", "Connection: close\r\n"));

  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->header("Connection"), "close");
  EXPECT_TRUE(client.closed_by_server());
}

TEST(Server, ClosesAfterAnHttp10RequestUnlessAskedNotTo) {
  auto server = start(echo);
  RawClient closing(server->port());
  RawClient keeping(server->port());

  const auto last = closing.exchange("GET /a HTTP/1.0\r\n\r\n");
  const auto kept = keeping.exchange("GET /b HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");

  ASSERT_TRUE(last && kept);
  EXPECT_EQ(last->header("Connection"), "close");
  EXPECT_TRUE(closing.closed_by_server());
  EXPECT_EQ(kept->header("Connection"), "keep-alive");
  EXPECT_EQ(keeping.exchange("GET /c HTTP/1.0\r\n\r\n")->body, "/c ");
}

TEST(Server, AHandlerMayCloseTheConnection) {
  auto server = start([](std::shared_ptr<const Request>, Reply reply) {
    reply.send(Response{401}.close_connection());
  });
  RawClient client(server->port());

  EXPECT_EQ(client.exchange(get("/"))->header("Connection"), "close");
  EXPECT_TRUE(client.closed_by_server());
}

TEST(Server, AHalfClosingClientGetsItsAnswers) {
  OtherThread actor;
  auto server = start([&](std::shared_ptr<const Request> request, Reply reply) {
    actor.post([request, reply] {
      reply.send(Response::text(200, request->path()));
    });
  });
  RawClient client(server->port());

  ASSERT_TRUE(client.send(get("/1") + get("/2")));
  client.shutdown_sending();

  EXPECT_EQ(client.receive()->body, "/1");
  EXPECT_EQ(client.receive()->body, "/2");
  EXPECT_TRUE(client.closed_by_server());
}

TEST(Server, TakesGetsByTheShortcut) {
  struct Shortcut : Handler {
    bool on_get(const RequestHead& head, Reply& reply) override {
      if (head.raw_path != "/status")
        return false;
      reply.send(Response::text(200, "short " + std::string{head.header("X-A")}));
      return true;
    }
    void on_request(std::shared_ptr<const Request> request, Reply reply) override {
      reply.send(Response::text(200, "long " + request->path()));
    }
  };
  auto server = start(std::make_shared<Shortcut>());
  RawClient client(server->port());

  EXPECT_EQ(client.exchange(get("/status", "X-A: b\r\n"))->body, "short b");
  EXPECT_EQ(client.exchange(get("/other"))->body, "long /other");
  EXPECT_EQ(client.exchange(post("/status", "x"))->body, "long /status");
  EXPECT_EQ(client.exchange(get("/status"))->body, "short ");
}

TEST(Server, IgnoresEmptyLinesBeforeARequest) {
  auto server = start(echo);
  RawClient client(server->port());

  EXPECT_EQ(client.exchange("\r\n\r\n" + get("/a"))->body, "/a ");
}

TEST(Server, SendsALargeAnswerWhole) {
  const std::string large(20'000'000, 'x');
  auto server = start([&](std::shared_ptr<const Request>, Reply reply) {
    reply.send(Response::text(200, large));
  });
  RawClient client(server->port());

  const auto answer = client.exchange(get("/"));

  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->body == large);
}

TEST(Server, CannotTakeAPortThatIsTaken) {
  auto server = start(echo);
  ServerOptions same;
  same.port = server->port();

  const auto second = Server::start(same, std::make_shared<FunctionHandler>(echo));

  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::unavailable);
}

TEST(Server, ListensOnIpv6) {
  ServerOptions options;
  options.address = "::1";
  const auto server = Server::start(options, std::make_shared<FunctionHandler>(echo));
  if (!server)
    GTEST_SKIP() << "no IPv6 loopback here: " << server.error().text();

  EXPECT_NE((*server)->port(), 0);
}

} // namespace
} // namespace oq::http::testing
