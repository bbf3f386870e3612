// BaseUrls: the start of every link, one shared text for each host that clients call us by.
#pragma once

#include "actors/protocol.hpp"

#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace oq::http {

// Thread-safe. A fixed base wins over the request's Host; a Host that could not stand in a URL
// counts as none.
class BaseUrls {
public:
  explicit BaseUrls(std::string fixed);

  // "http://HOST", for the value of a Host header.
  actors::BaseUrl of_host(std::string_view host);

private:
  actors::BaseUrl shared(std::string_view host);

  actors::BaseUrl fixed_;
  std::mutex mutex_;
  std::map<std::string, actors::BaseUrl, std::less<>> known_;
};

} // namespace oq::http
