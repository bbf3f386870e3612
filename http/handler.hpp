// Handler: what a server does with requests; the routes implement it.
#pragma once

#include "http/reply.hpp"
#include "http/request.hpp"

#include <cstdint>
#include <memory>

namespace oq::http {

// Called on worker threads, by several at once: must not block, and keeps no state of its own that
// is not thread-safe. What it throws becomes a 500 without details.
class Handler {
public:
  virtual ~Handler() = default;

  // A complete request. Answer by `reply`, now or later, from any thread.
  virtual void on_request(std::shared_ptr<const Request> request, Reply reply) = 0;

  // Shortcut for GET and HEAD without a body, before a Request is made: true when the request was
  // taken (`reply` was used, copied or moved). `head` is only valid during the call; the
  // path is not decoded. What is not recognised at once is left to on_request().
  virtual bool on_get(const RequestHead& head, Reply& reply) {
    (void)head, (void)reply;
    return false;
  }

  // The largest body to accept for this request; `general` is the server's limit. Called before
  // any of the body is read, so an oversized upload ends at its head.
  virtual std::uint64_t max_body(const RequestHead& head, std::uint64_t general) {
    (void)head;
    return general;
  }
};

} // namespace oq::http
