// check_assets: mistakes between exposure and risk functions, found before any hazard is computed.
#pragma once

#include "engine/risk/exposure.hpp"
#include "engine/risk/risk_files.hpp"

#include <vector>

namespace oq::engine {

// The functions that the job's mode needs, read and checked, and each of the chosen assets has one
// of every loss type and what may be lost. Errc::invalid_input names the asset and its line.
Result<void> check_assets(const Job& job, const RiskFiles& files, const Assets& assets,
                          const std::vector<std::size_t>& chosen);

// What such a message says. `kind`: "vulnerability", "fragility".
Error missing_function(const Assets& assets, std::size_t asset, const std::string& loss_type,
                       const std::string& kind, const std::string& function);
Error missing_value(const Assets& assets, std::size_t asset, const std::string& value,
                    const std::string& needed_by);

} // namespace oq::engine
