// Bodies: chunked, announced, multipart, large, and given up half-way.
#include "http/raw_client.hpp"
#include "http/resident_memory.hpp"
#include "http/temporary_folder.hpp"
#include "http/test_server.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace oq::http::testing {
namespace {

class UploadTest : public ::testing::Test {
protected:
  UploadTest() {
    options_.limits.spool_threshold = 1000;
    options_.limits.max_body = 200'000'000;
    options_.spool_folder = folder_.path();
  }

  // Keeps the last request.
  void start_server() {
    server_ = start(
      [this](std::shared_ptr<const Request> request, Reply reply) {
        {
          const std::lock_guard lock(mutex_);
          last_ = std::move(request);
        }
        reply.send(Response{200});
      },
      options_);
  }
  std::shared_ptr<const Request> last() {
    const std::lock_guard lock(mutex_);
    return last_;
  }
  std::size_t open_descriptors() const {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd"))
      ++count;
    return count;
  }

  TemporaryFolder folder_;
  ServerOptions options_;
  std::mutex mutex_;
  std::shared_ptr<const Request> last_;
  std::unique_ptr<Server> server_;
};

std::string multipart(const std::vector<std::pair<std::string, std::string>>& parts) {
  std::string body;
  for (const auto& [name, content] : parts)
    body +=
      "--sep\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
  return body + "--sep--\r\n";
}

const std::string kMultipart = "Content-Type: multipart/form-data; boundary=sep\r\n";

TEST_F(UploadTest, AChunkedBodyIsDecoded) {
  start_server();
  RawClient client(server_->port());

  const auto answer =
    client.exchange("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                    "5\r\nhello\r\n1;x=y\r\n \r\n5\r\nworld\r\n0\r\nTrailer: t\r\n\r\n"
                    + get("/next"));

  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(client.receive()->status, 200);
  EXPECT_EQ(last()->path(), "/next");
}

TEST_F(UploadTest, ChunksMakeOneBody) {
  start_server();
  RawClient client(server_->port());

  client.exchange("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "5\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n0\r\n\r\n");

  EXPECT_EQ(last()->body().bytes(), "hello world");
}

TEST_F(UploadTest, AClientThatAsksIsToldToContinue) {
  start_server();
  RawClient client(server_->port());

  ASSERT_TRUE(client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n"
                          "Expect: 100-continue\r\n\r\n"));
  EXPECT_EQ(client.receive()->status, 100);
  ASSERT_TRUE(client.send("body"));

  EXPECT_EQ(client.receive()->status, 200);
  EXPECT_EQ(last()->body().bytes(), "body");
}

TEST_F(UploadTest, AClientThatDoesNotWaitIsNotToldToContinue) {
  start_server();
  RawClient client(server_->port());

  EXPECT_EQ(client.exchange(post("/", "body", "Expect: 100-continue\r\n"))->status, 200);
}

TEST_F(UploadTest, ARefusedUploadIsNotToldToContinue) {
  options_.limits.max_body = 3;
  start_server();
  RawClient client(server_->port());

  EXPECT_EQ(client
              .exchange("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n"
                        "Expect: 100-continue\r\n\r\n")
              ->status,
            413);
}

TEST_F(UploadTest, ALargeBodyIsSpooledAndGoneWithItsRequest) {
  start_server();
  RawClient client(server_->port());
  std::string body;
  for (int i = 0; i < 100'000; ++i)
    body += std::to_string(i) + "\n";

  client.exchange(post("/", body));

  ASSERT_FALSE(last()->body().in_memory());
  EXPECT_TRUE(*last()->body().read_all(1 << 20) == body);
  const std::size_t with_file = open_descriptors();
  client.exchange(post("/", "small"));
  EXPECT_EQ(open_descriptors(), with_file - 1);
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(UploadTest, PartsAreSplitAndSpooledOneByOne) {
  start_server();
  RawClient client(server_->port());
  const std::string large(50'000, 'L');

  client.exchange(
    post("/", multipart({{"job", "ini"}, {"model", large}, {"empty", ""}}), kMultipart));

  ASSERT_EQ(last()->parts().size(), 3u);
  EXPECT_EQ(last()->part("job")->body.bytes(), "ini");
  EXPECT_FALSE(last()->part("model")->body.in_memory());
  EXPECT_TRUE(*last()->part("model")->body.read_all(1 << 20) == large);
  EXPECT_TRUE(last()->part("empty")->body.empty());
  EXPECT_EQ(last()->part("other"), nullptr);
  EXPECT_TRUE(last()->body().empty());
}

TEST_F(UploadTest, AMalformedMultipartIsRefused) {
  start_server();
  RawClient truncated(server_->port());
  RawClient without_boundary(server_->port());

  EXPECT_EQ(truncated.exchange(post("/", "--sep\r\n", kMultipart))->status, 400);
  EXPECT_EQ(
    without_boundary.exchange(post("/", "x", "Content-Type: multipart/form-data\r\n"))->status,
    400);
}

TEST_F(UploadTest, TooManyPartsAreRefused) {
  options_.limits.max_parts = 3;
  start_server();
  RawClient client(server_->port());
  const std::string body = multipart({{"a", "1"}, {"b", "2"}, {"c", "3"}, {"d", "4"}});

  EXPECT_EQ(client.exchange(post("/", body, kMultipart))->status, 413);
}

TEST_F(UploadTest, ManyPartsNeitherFillMemoryNorUseUpDescriptors) {
  start_server();
  RawClient client(server_->port());
  const std::vector<std::pair<std::string, std::string>> parts(500, {"p", std::string(900, 'x')});

  EXPECT_EQ(client.exchange(post("/", multipart(parts), kMultipart))->status, 413);
}

TEST_F(UploadTest, NoRoomToSpoolIsA507) {
  options_.spool_folder = "/no/such/folder";
  start_server();
  RawClient client(server_->port());

  EXPECT_EQ(client.exchange(post("/", std::string(5000, 'x')))->status, 507);
}

TEST_F(UploadTest, AnUploadGivenUpLeavesNothingOpen) {
  start_server();
  const std::size_t before = open_descriptors();
  {
    RawClient client(server_->port());
    ASSERT_TRUE(client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n"
                            + std::string(50'000, 'x')));
  }

  while (server_->statistics().connections_accepted == 0
         || server_->statistics().connections_open > 0)
    std::this_thread::yield();
  EXPECT_EQ(open_descriptors(), before);
  EXPECT_EQ(last(), nullptr);
}

TEST_F(UploadTest, AHandlerMayAllowLessForSomePaths) {
  struct Careful : Handler {
    void on_request(std::shared_ptr<const Request>, Reply reply) override {
      reply.send(Response{200});
    }
    std::uint64_t max_body(const RequestHead& head, std::uint64_t general) override {
      return head.raw_path == "/small" ? 10 : general;
    }
  };
  auto server = start(std::make_shared<Careful>(), options_);
  RawClient client(server->port());

  EXPECT_EQ(client.exchange(post("/large", std::string(11, 'x')))->status, 200);
  EXPECT_EQ(client.exchange(post("/small", std::string(10, 'x')))->status, 200);
  EXPECT_EQ(client.exchange(post("/small", std::string(11, 'x')))->status, 413);
}

TEST_F(UploadTest, AHundredMegabytesDoNotFillMemory) {
  options_.limits.spool_threshold = 1 << 20;
  start_server();
  RawClient client(server_->port());
  const std::string block(1'000'000, 'x');
  const std::string head = "--sep\r\nContent-Disposition: form-data; name=\"z\"\r\n\r\n";
  const std::string tail = "\r\n--sep--\r\n";
  const ResidentPeak memory;

  ASSERT_TRUE(client.send("POST / HTTP/1.1\r\nHost: h\r\n" + kMultipart + "Content-Length: "
                          + std::to_string(head.size() + 100 * block.size() + tail.size())
                          + "\r\n\r\n" + head));
  for (int i = 0; i < 100; ++i)
    ASSERT_TRUE(client.send(block));
  ASSERT_TRUE(client.send(tail));
  const auto answer = client.receive();

  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(last()->part("z")->body.size(), 100'000'000u);
  if (kMemoryIsTelling) {
    EXPECT_LT(memory.growth_mib(), 10);
  }
}

} // namespace
} // namespace oq::http::testing
