// LogIn routes: the session cookie, how one gets it and loses it, and a page for people.
#pragma once

#include "http/routes/guard.hpp"

#include <atomic>
#include <memory>

namespace oq::http {

// Outlives every answer that is still to come. Any thread.
class LogInRoutes {
public:
  LogInRoutes(actors::Handles handles, Guard& guard)
    : handles_(std::move(handles)), guard_(guard) {}

  // Of programs (ajax_login): a text and a cookie. Of the page's form: the way to where one came
  // from, or the page again.
  enum class Form : std::uint8_t { program, page };
  void log_in(const RequestPtr& request, Form form, MeteredReply reply);
  void log_out(const RequestPtr& request, MeteredReply reply);
  static Response page(const Request& request);
  // {"required", "authenticated", "user", "level", "superuser"}, for everybody.
  void status(const RequestPtr& request, MeteredReply reply);

private:
  class LogInWaiter;
  class LogOutWaiter;

  actors::Handles handles_;
  Guard& guard_;
  std::atomic<int> under_way_{0}; // tries
};

} // namespace oq::http
