// NoticeSender over HTTP: one thread of libcurl, many notices at once, no way into our own network.
#pragma once

#include "actors/notice.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace oq::app {

struct NoticeSettings {
  bool private_addresses = false; // loopback and private addresses may be told too
  std::string secret = {};        // empty: notices are not signed
  std::string agent = {};         // User-Agent
  std::chrono::milliseconds connect_time{5'000};
  std::chrono::milliseconds total_time{15'000};
};

// The value of X-OQ-Signature: "sha256=" and the hexadecimal HMAC-SHA256 (RFC 2104), keyed with the
// secret, of the timestamp's digits, a dot, and the body.
std::string notice_signature(std::string_view secret, std::string_view timestamp,
                             std::string_view body);

// A POST each. The address is judged where the connection is opened, so that a name which leads
// elsewhere at its second look does not help; redirects and proxies are not followed. 2xx delivers;
// other 4xx than 408, 425 and 429 refuse; the rest fails. Notices that are under way when it goes
// are not answered.
actors::NoticeSenderPtr make_notice_sender(NoticeSettings settings);

} // namespace oq::app
