// Reply: the one answer a request is owed. Copyable, usable from any thread, harmless when late.
#pragma once

#include "http/response.hpp"

#include <memory>

namespace oq::http {

class ReplyQueue;
struct ReplyAddress;
class StreamWriter;

class Reply {
public:
  Reply() = default; // answers nobody
  Reply(std::shared_ptr<ReplyQueue> queue, const ReplyAddress& address);

  // Queues the answer for the worker that owns the connection. The first call of all copies counts;
  // later ones, and those whose client is gone or was told 504 meanwhile, are dropped. When the
  // last copy dies unanswered the client is told 500.
  void send(Response response) const;

  // As send(), with a body that is written piece by piece, and ends the connection with its end.
  // What is returned is of no stream when the request had been answered.
  StreamWriter stream(Response head) const;

  explicit operator bool() const noexcept { return ticket_ != nullptr; }

private:
  class Ticket;
  std::shared_ptr<Ticket> ticket_;
};

} // namespace oq::http
