// Options to settings, checked before anything is started.
#include "app/network.hpp"

#include <spdlog/spdlog.h>

namespace oq::app {

Result<actors::NetworkSettings>
network_settings(const TlsSettings& tls, const std::optional<actors::NetworkAddress>& listen) {
  actors::NetworkSettings settings;
  if (!tls.certificate.empty() || !tls.key.empty() || !tls.authority.empty())
    settings.tls = actors::TlsFiles{tls.certificate, tls.key, tls.authority};
  OQ_CHECK(actors::check_network(settings, listen));
  return settings;
}

engine::LogSink program_log() {
  return [](engine::LogLevel level, const std::string& message) {
    switch (level) {
    case engine::LogLevel::debug:
      return spdlog::debug("{}", message);
    case engine::LogLevel::info:
      return spdlog::info("{}", message);
    case engine::LogLevel::warning:
      return spdlog::warn("{}", message);
    case engine::LogLevel::error:
    case engine::LogLevel::critical:
      return spdlog::error("{}", message);
    }
  };
}

} // namespace oq::app
