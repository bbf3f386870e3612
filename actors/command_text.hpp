// The sentences with which commands are answered, word for word as clients have known them.
#pragma once

#include "actors/protocol.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace oq::actors {

// {"success": "Killing job 3"} and the two errors of abort, which are no errors on the wire.
Answer killing(CalculationId id);
Answer not_running(CalculationId id);
Answer unknown_job(CalculationId id);

// {"success": "3", "hdf5path": "…"}.
Answer removed(CalculationId id, const std::string& datastore);
// Errc::forbidden, {"error": "Cannot delete calculation 3: …"}.
Answer cannot_remove(CalculationId id, const std::string& why);
inline constexpr const char* kStillRunning = "it is still running"; // one such reason

// The status was changed, was so already, or (Errc::forbidden) cannot be.
Answer shared_changed(CalculationId id, std::string_view from, std::string_view to);
Answer shared_already(CalculationId id, std::string_view status);
Answer cannot_share(CalculationId id, Command command, std::string_view status);

// Errc::forbidden, {"error": "Calculation 3 has no tag \"x\""}.
Answer has_no_tag(CalculationId id, std::string_view tag);

// {"status": "created", "job_id": 3}.
Answer created(CalculationId id);
// {"traceback": ["…"], "job_id": 3} with the error's code.
Answer submission_failed(CalculationId id, const Error& error);

} // namespace oq::actors
