// FaultSections: the sections of all geometry models of a logic tree, and the sources made of them.
#pragma once

#include "engine/base/result.hpp"
#include "engine/source/source.hpp"

#include <map>
#include <string>

namespace oq::engine {

class FaultSections {
public:
  // Errc::invalid_input when an id is there already.
  Result<void> add(const SourceModel& model);

  // Gives the multi-fault sources of a group their sections. One whose faults have tags becomes a
  // source a tag, ID@TAG, with the ruptures that touch the fault and no fault before it; those
  // that touch none stay with the id. Errors name the source.
  Result<void> attach(SourceGroup& group) const;

private:
  Result<void> attach(MultiFaultGeometry& geometry) const;

  std::map<std::string, std::shared_ptr<const FaultSection>> by_id_;
};

} // namespace oq::engine
