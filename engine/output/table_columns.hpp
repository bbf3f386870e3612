// The columns of a table in the datastore: a dataset each, named as in the exported file.
#pragma once

#include <string>
#include <vector>

namespace oq::engine {

// "risk_by_event", {"event_id", "loss"} -> {"risk_by_event/event_id", "risk_by_event/loss"}. Names
// that are no keys, or are there twice, get one that is (users choose those of tags).
std::vector<std::string> column_keys(const std::string& table,
                                     const std::vector<std::string>& columns);

} // namespace oq::engine
