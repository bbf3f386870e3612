// What the options of the network mean to the actors.
#pragma once

#include "actors/network.hpp"
#include "app/options.hpp"
#include "engine/calculator/calculator.hpp"

namespace oq::app {

// Errc::invalid_input when files of TLS are missing, or `listen` needs them.
Result<actors::NetworkSettings>
network_settings(const TlsSettings& tls, const std::optional<actors::NetworkAddress>& listen);

// Into the program's log.
engine::LogSink program_log();

} // namespace oq::app
