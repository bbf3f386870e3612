// The options of `user` and its subcommands.
#pragma once

#include "app/options.hpp"

namespace oq::app {

void declare_user(CLI::App& command, Settings& settings);

} // namespace oq::app
