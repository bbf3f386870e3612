// Stream: a body that has no end yet: any thread adds pieces, the worker of the connection writes
// them.
#pragma once

#include "http/reply_queue.hpp"

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace oq::http {

// What writer and reader share. Bounded: a client that does not read gets no more than this.
class Stream {
public:
  static constexpr std::size_t kMostWaiting = 256 * 1024; // bytes that wait to be written
  static constexpr std::size_t kRoomy = 64 * 1024; // with no more waiting, further ones are welcome

  Stream(std::shared_ptr<ReplyQueue> queue, const ReplyAddress& address);
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  // Any thread
  // False: nobody takes it any more. A piece that finds too much waiting ends the stream: what
  // waits is dropped and `too_slow` is the last that the client reads.
  bool push(const SharedBytes& piece);
  void end(const SharedBytes& last = {});
  // What a stream ends with whose client does not read.
  void say_when_slow(SharedBytes too_slow);
  bool is_open() const;
  // Little is waiting.
  bool is_roomy() const;

  // The worker
  struct Taken {
    std::vector<SharedBytes> pieces;
    bool ended = false;
  };
  Taken take();
  // Nobody writes them any more.
  void close();

private:
  void wake(std::unique_lock<std::mutex>& lock);

  const std::shared_ptr<ReplyQueue> queue_;
  const ReplyAddress address_;
  mutable std::mutex mutex_;
  std::vector<SharedBytes> pieces_;
  std::size_t waiting_ = 0; // bytes of pieces_
  SharedBytes too_slow_;
  bool ended_ = false;  // no more pieces
  bool closed_ = false; // nobody reads
  bool wake_posted_ = false;
};

// The end that is read from: with it the stream is closed, wherever an answer gets lost.
class StreamReader {
public:
  explicit StreamReader(std::shared_ptr<Stream> stream) : stream_(std::move(stream)) {}
  ~StreamReader() { stream_->close(); }
  StreamReader(const StreamReader&) = delete;
  StreamReader& operator=(const StreamReader&) = delete;

  Stream& stream() const noexcept { return *stream_; }

private:
  std::shared_ptr<Stream> stream_;
};

// The end that is written to: with its last copy the stream ends.
class StreamWriter {
public:
  StreamWriter() = default; // of no stream
  explicit StreamWriter(std::shared_ptr<Stream> stream);

  bool push(const SharedBytes& piece) const { return guard_ && guard_->stream->push(piece); }
  void end(const SharedBytes& last = {}) const {
    if (guard_)
      guard_->stream->end(last);
  }
  void say_when_slow(SharedBytes too_slow) const {
    if (guard_)
      guard_->stream->say_when_slow(std::move(too_slow));
  }
  bool is_open() const { return guard_ && guard_->stream->is_open(); }
  bool is_roomy() const { return guard_ && guard_->stream->is_roomy(); }

private:
  struct Guard {
    explicit Guard(std::shared_ptr<Stream> of) : stream(std::move(of)) {}
    ~Guard() { stream->end(); }
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;
    std::shared_ptr<Stream> stream;
  };
  std::shared_ptr<Guard> guard_;
};

} // namespace oq::http
