// Where a password comes from: a prompt, standard input or the environment, never the command line,
// which every user of the machine can read.
#pragma once

#include "engine/base/result.hpp"

#include <string>

namespace oq::app {

// OQ_PASSWORD when it is set; asked for twice when somebody types; else the first line of standard
// input. Errc::invalid_input: empty, or the two differ.
Result<std::string> read_new_password(const std::string& user);

} // namespace oq::app
