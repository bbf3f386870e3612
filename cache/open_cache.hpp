// open_cache: the SummaryCache that a setting names.
#pragma once

#include "cache/summary_cache.hpp"
#include "engine/base/result.hpp"

namespace oq::cache {

// "none", "redis://host:port/database" or "unix:///path". Errc::invalid_input for anything else; a
// server that does not answer is no error.
Result<std::unique_ptr<SummaryCache>> open_cache(const std::string& url);

} // namespace oq::cache
