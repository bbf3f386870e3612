// Notices over real sockets: what arrives, what counts as taken, and where none goes.
#include "app/notice_sender.hpp"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <future>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace oq::app {
namespace {

using actors::Notice;
using actors::NoticeOutcome;
using namespace std::chrono_literals;

// Answers one request with what it is given, and keeps the request.
class OneAnswer {
public:
  explicit OneAnswer(std::string answer) : answer_(std::move(answer)) {
    listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    EXPECT_EQ(::bind(listening_, reinterpret_cast<sockaddr*>(&address), length), 0);
    EXPECT_EQ(::listen(listening_, 4), 0);
    ::getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] {
      serve();
    });
  }
  ~OneAnswer() {
    ::shutdown(listening_, SHUT_RDWR);
    thread_.join();
    ::close(listening_);
  }
  std::string url(const std::string& host = "127.0.0.1") const {
    return "http://" + host + ":" + std::to_string(port_) + "/hook?x=1";
  }
  const std::string& request() const { return request_; }
  int clients() const { return clients_; }

private:
  void serve() {
    const int client = ::accept(listening_, nullptr, nullptr);
    if (client < 0)
      return;
    ++clients_;
    char block[4096];
    while (request_.find("the body") == std::string::npos) {
      const auto got = ::recv(client, block, sizeof block, 0);
      if (got <= 0)
        break;
      request_.append(block, static_cast<std::size_t>(got));
    }
    if (!answer_.empty())
      ::send(client, answer_.data(), answer_.size(), MSG_NOSIGNAL);
    else
      std::this_thread::sleep_for(500ms);
    ::close(client);
  }

  std::string answer_, request_;
  std::atomic<int> clients_{0};
  int listening_ = -1;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

std::string answer(const std::string& status) {
  return "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n";
}

struct Sent {
  NoticeOutcome outcome;
  std::string why;
};

Sent send(const std::string& url, NoticeSettings settings = {.private_addresses = true}) {
  settings.total_time = std::min(settings.total_time, std::chrono::milliseconds(5000));
  const auto sender = make_notice_sender(std::move(settings));
  std::promise<Sent> sent;
  sender->send({url, "application/json", "the body", "complete", 7, true},
               [&](NoticeOutcome outcome, std::string why) {
                 sent.set_value({outcome, std::move(why)});
               });
  return sent.get_future().get();
}

TEST(NoticeSignature, IsWhatOpensslSays) {
  // By `printf '%s' '1700000000.{}' | openssl dgst -sha256 -hmac Jefe`.
  EXPECT_EQ(notice_signature("Jefe", "1700000000", "{}"),
            "sha256=d3793e2b4103edfbd98cc19591832f5fad701d413db9fcae0ae7dab8184ed207");
}

TEST(NoticeSender, PostsTheBodyWithItsHeaders) {
  OneAnswer there(answer("200 OK"));
  EXPECT_EQ(
    send(there.url(), {.private_addresses = true, .secret = "key", .agent = "us/1"}).outcome,
    NoticeOutcome::delivered);
  const auto& request = there.request();
  EXPECT_TRUE(request.starts_with("POST /hook?x=1 HTTP/1.1\r\n"));
  for (const auto* line : {"\r\nContent-Type: application/json\r\n", "\r\nX-OQ-Event: complete\r\n",
                           "\r\nX-OQ-Calculation: 7\r\n", "\r\nUser-Agent: us/1\r\n",
                           "\r\nX-OQ-Signature: sha256=", "\r\nX-OQ-Timestamp: "})
    EXPECT_NE(request.find(line), std::string::npos) << line;
  EXPECT_TRUE(request.ends_with("\r\n\r\nthe body"));
}

TEST(NoticeSender, WithoutASecretItSignsNothing) {
  OneAnswer there(answer("204 No Content"));
  EXPECT_EQ(send(there.url()).outcome, NoticeOutcome::delivered);
  EXPECT_EQ(there.request().find("X-OQ-Signature"), std::string::npos);
}

TEST(NoticeSender, TellsWhatMayBeTakenLaterFromWhatWillNot) {
  for (const auto* status : {"500 No", "503 No", "429 No", "408 No", "302 Elsewhere"}) {
    OneAnswer there(answer(status));
    EXPECT_EQ(send(there.url()).outcome, NoticeOutcome::failed) << status;
  }
  for (const auto* status : {"400 No", "404 No", "410 No"}) {
    OneAnswer there(answer(status));
    EXPECT_EQ(send(there.url()).outcome, NoticeOutcome::refused) << status;
  }
}

TEST(NoticeSender, NobodyThereMayBeThereLater) {
  std::string url;
  {
    OneAnswer gone(answer("200 OK"));
    url = gone.url();
  }
  EXPECT_EQ(send(url).outcome, NoticeOutcome::failed);
}

TEST(NoticeSender, DoesNotWaitForEver) {
  OneAnswer silent("");
  EXPECT_EQ(send(silent.url(), {.private_addresses = true, .total_time = 200ms}).outcome,
            NoticeOutcome::failed);
}

TEST(NoticeSender, DoesNotFollowToAnotherPlace) {
  OneAnswer secret(answer("200 OK"));
  OneAnswer there("HTTP/1.1 302 Found\r\nLocation: " + secret.url()
                  + "\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(send(there.url()).outcome, NoticeOutcome::failed);
  EXPECT_EQ(secret.clients(), 0);
}

TEST(NoticeSender, GoesToNoAddressOfThisMachineUnlessAllowed) {
  for (const auto* host : {"127.0.0.1", "localhost", "2130706433", "0x7f.1", "0.0.0.0"}) {
    OneAnswer there(answer("200 OK"));
    const auto sent = send(there.url(host), {});
    EXPECT_EQ(sent.outcome, NoticeOutcome::refused) << host;
    EXPECT_EQ(there.clients(), 0) << host;
  }
}

TEST(NoticeSender, SpeaksNothingButHttp) {
  for (const auto* url : {"file:///etc/passwd", "gopher://127.0.0.1:6379/x", "nonsense://x"})
    EXPECT_EQ(send(url).outcome, NoticeOutcome::refused) << url;
}

} // namespace
} // namespace oq::app
