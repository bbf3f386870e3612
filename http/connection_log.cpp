// What a connection tells the access log.
#include "http/access_log.hpp"
#include "http/connection.hpp"

#include <algorithm>

namespace oq::http {
namespace {

// Of a head that was just written: the answer's own may have become 206, 304 or 416.
int status_of(std::string_view head) {
  constexpr std::string_view kBegin = "HTTP/1.1 ";
  int status = 0;
  for (const char digit : head.substr(std::min(kBegin.size(), head.size()), 3))
    status = status * 10 + (digit - '0');
  return status;
}

} // namespace

void Connection::begin_log(const RequestHead& head) {
  begun_ = Clock::now();
  logged_method_ = head.method_text;
  logged_path_ = head.raw_path;
}

void Connection::log_answer(const Response& response, std::string_view head) {
  const auto text = [](const SharedBytes& bytes) {
    return bytes ? std::string_view(*bytes) : std::string_view{};
  };
  const bool begun = begun_ != Clock::time_point{};
  worker_.access_log->add({response.address() ? text(response.address()) : client_,
                           text(response.user()), logged_method_, logged_path_, status_of(head),
                           begun ? Clock::now() - begun_ : Clock::duration::zero()});
  begun_ = {};
  logged_method_.clear();
  logged_path_.clear();
}

} // namespace oq::http
