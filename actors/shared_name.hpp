// Names of input files as machines tell them to each other; neither trusts the other's.
#pragma once

#include "store/calculation_store.hpp"

#include <string>

namespace oq::actors {

// "calc_3/calc_3.hdf5", below the data directory.
std::string datastore_name(std::int64_t id);

// Whether `name` can be an input of the calculation ("calc_5/inputs/models/area.xml"), or the
// datastore that it starts from, and nothing else.
bool is_shared_name(const store::CalculationRecord& record, const std::string& name);

} // namespace oq::actors
