// TagTable: every word on a calculation, as the lists show them.
#pragma once

#include "store/tag_store.hpp"

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/atom.hpp>
#include <caf/typed_actor.hpp>

#include <memory>
#include <vector>

namespace oq::actors {

using TagTable = std::vector<store::TagRecord>;
using TagTablePtr = std::shared_ptr<const TagTable>;
using tags_atom = caf::atom_constant<caf::atom("tags")>;

// Who shows them: all there are, by calculation.
using TagObserver = caf::typed_actor<caf::reacts_to<tags_atom, TagTablePtr>>;

} // namespace oq::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::TagTablePtr)
