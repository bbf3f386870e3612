// Files sent by sendfile: whole, in ranges, large, and shrinking under way.
#include "http/http_date.hpp"
#include "http/raw_client.hpp"
#include "http/resident_memory.hpp"
#include "http/temporary_folder.hpp"
#include "http/test_server.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sys/socket.h>

namespace oq::http::testing {
namespace {

class DownloadTest : public ::testing::Test {
protected:
  DownloadTest() {
    std::ofstream(path_, std::ios::binary) << "0123456789";
    server_ = start([this](std::shared_ptr<const Request>, Reply reply) {
      auto file = ServedFile::open(path_);
      reply.send(file ? Response::file(MediaType::csv, *file).attachment("a.csv") : Response{404});
    });
  }

  Answer ask(const std::string& more_lines) {
    RawClient client(server_->port());
    const auto answer = client.exchange(get("/", more_lines));
    return answer.value_or(Answer{});
  }

  TemporaryFolder folder_;
  const std::filesystem::path path_ = folder_.path() / "file";
  std::unique_ptr<Server> server_;
};

TEST_F(DownloadTest, AFileIsSentWhole) {
  const Answer answer = ask("");

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "0123456789");
  EXPECT_EQ(answer.header("Content-Type"), "text/csv; charset=utf-8");
  EXPECT_EQ(answer.header("Content-Disposition"), "attachment; filename=\"a.csv\"");
  EXPECT_EQ(answer.header("Accept-Ranges"), "bytes");
  EXPECT_EQ(answer.header("Last-Modified"), http_date((*ServedFile::open(path_))->modified()));
}

TEST_F(DownloadTest, ARangeIsSentAlone) {
  const Answer answer = ask("Range: bytes=2-4\r\n");

  EXPECT_EQ(answer.status, 206);
  EXPECT_EQ(answer.body, "234");
  EXPECT_EQ(answer.header("Content-Range"), "bytes 2-4/10");
  EXPECT_EQ(ask("Range: bytes=-3\r\n").body, "789");
}

TEST_F(DownloadTest, ARangeBeyondTheEndIsA416) {
  const Answer answer = ask("Range: bytes=10-\r\n");

  EXPECT_EQ(answer.status, 416);
  EXPECT_EQ(answer.header("Content-Range"), "bytes */10");
  EXPECT_EQ(answer.body, "");
}

TEST_F(DownloadTest, ARangeOfAnotherVersionIsSentWhole) {
  const std::string tag = ask("").header("ETag");

  EXPECT_EQ(ask("Range: bytes=2-4\r\nIf-Range: " + tag + "\r\n").status, 206);
  EXPECT_EQ(ask("Range: bytes=2-4\r\nIf-Range: \"other\"\r\n").status, 200);
}

TEST_F(DownloadTest, HeadNamesTheLengthOnly) {
  RawClient client(server_->port());

  ASSERT_TRUE(client.send("HEAD / HTTP/1.1\r\nHost: h\r\nRange: bytes=1-2\r\n\r\n"));
  const auto head = client.receive(true);
  const auto next = client.exchange(get("/"));

  EXPECT_EQ(head->status, 200);
  EXPECT_EQ(head->header("Content-Length"), "10");
  EXPECT_EQ(next->body, "0123456789");
}

TEST_F(DownloadTest, AnEmptyFileIsSent) {
  std::ofstream(path_, std::ios::trunc).flush();

  EXPECT_EQ(ask("").status, 200);
  EXPECT_EQ(ask("").header("Content-Length"), "0");
}

TEST_F(DownloadTest, HundredsOfMegabytesDoNotFillMemory) {
  constexpr std::uint64_t kSize = 300'000'000;
  std::filesystem::resize_file(path_, kSize); // sparse: the rest reads as zeros
  RawClient client(server_->port());
  std::vector<char> block(1 << 20);
  const ResidentPeak memory;

  ASSERT_TRUE(client.send(get("/", "Connection: close\r\n")));
  std::uint64_t received = 0;
  for (ssize_t got = 1; got > 0; received += static_cast<std::uint64_t>(got))
    got = std::max<ssize_t>(0, ::recv(client.fd(), block.data(), block.size(), 0));

  EXPECT_GT(received, kSize);
  EXPECT_LT(received, kSize + 1000);
  if (kMemoryIsTelling) {
    EXPECT_LT(memory.growth_mib(), 10);
  }
}

TEST_F(DownloadTest, AFileThatShrinksEndsTheConnection) {
  std::filesystem::resize_file(path_, 50'000'000);
  RawClient client(server_->port());

  ASSERT_TRUE(client.send(get("/"))); // more than the socket buffers take
  const auto head = client.receive(true);
  std::filesystem::resize_file(path_, 10);

  EXPECT_EQ(head->header("Content-Length"), "50000000");
  const auto rest = client.receive_to_end();
  ASSERT_TRUE(rest);
  EXPECT_LT(rest->size(), 50'000'000u);
}

} // namespace
} // namespace oq::http::testing
