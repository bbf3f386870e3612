// A calculator that computes nothing: it stores fields that were read from a file.
#pragma once

#include "engine/calculator/calculator.hpp"
#include "engine/geo/site_collection.hpp"

namespace oq::engine {

// With an exposure only the sites that have assets are kept.
Result<std::unique_ptr<Calculator>> make_imported_fields(const Job& job);

// Neither rupture nor fields: only the sites and the assets on them are stored.
Result<std::unique_ptr<Calculator>> make_sites_only(const Job& job, SiteCollection sites);

} // namespace oq::engine
