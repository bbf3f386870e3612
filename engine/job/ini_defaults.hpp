// What every option of a job file is when the file does not say.
#pragma once

#include <boost/json/object.hpp>

namespace oq::engine {

// Option -> default, null where there is none, sorted by name; old names are listed too, so that a
// form made by an old tool finds its fields.
boost::json::object ini_defaults();

} // namespace oq::engine
