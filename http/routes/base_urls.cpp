// Keeps one text a host, so that the actors can compare pointers instead of texts.
#include "http/routes/base_urls.hpp"

#include <algorithm>

namespace oq::http {
namespace {

constexpr std::size_t kMostHosts = 256; // the Host header is the client's to choose
constexpr std::size_t kLongestHost = 255;
constexpr std::string_view kNoHost = "localhost";

bool is_host(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.'
           || c == ':' || c == '-' || c == '_' || c == '[' || c == ']';
  };
  return !text.empty() && text.size() <= kLongestHost
         && std::all_of(text.begin(), text.end(), allowed);
}

// The last host that a worker met: nearly always the next one too.
struct LastHost {
  const void* owner = nullptr;
  std::string host;
  actors::BaseUrl base;
};

} // namespace

BaseUrls::BaseUrls(std::string fixed) {
  while (!fixed.empty() && fixed.back() == '/')
    fixed.pop_back();
  if (!fixed.empty())
    fixed_ = std::make_shared<const std::string>(std::move(fixed));
}

actors::BaseUrl BaseUrls::of_host(std::string_view host) {
  if (fixed_)
    return fixed_;
  static thread_local LastHost last;
  if (last.owner != this || last.host != host)
    last = {this, std::string(host), shared(is_host(host) ? host : kNoHost)};
  return last.base;
}

actors::BaseUrl BaseUrls::shared(std::string_view host) {
  const std::lock_guard lock(mutex_);
  const auto found = known_.find(host);
  if (found != known_.end())
    return found->second;
  if (known_.size() >= kMostHosts)
    known_.clear();
  auto base = std::make_shared<const std::string>("http://" + std::string(host));
  known_.emplace(host, base);
  return base;
}

} // namespace oq::http
