// The text by which outputs name a model: its class in brackets, then its arguments, one a line.
#pragma once

#include <string>

namespace oq::engine {

struct GsimSpec;

// Names that stand for a class with arguments are written as that class with them.
std::string model_text(const GsimSpec& spec);

} // namespace oq::engine
