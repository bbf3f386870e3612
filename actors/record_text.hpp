// A calculation's record as the text that nodes share through the cache.
#pragma once

#include "engine/base/result.hpp"
#include "store/calculation_store.hpp"

#include <string>
#include <string_view>

namespace oq::actors {

std::string record_text(const store::CalculationRecord& record);
// Errc::invalid_input: not one of ours, or of another version; the store has the truth.
Result<store::CalculationRecord> parse_record(std::string_view text);

} // namespace oq::actors
