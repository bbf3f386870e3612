// TagRequest: what a client wants of the words on calculations.
#pragma once

#include "actors/protocol.hpp"

#include <caf/typed_actor.hpp>

#include <string>

namespace oq::actors {

struct TagRequest {
  enum class Kind : std::uint8_t {
    list,   // {"tags": […]}
    create, // a word that is on nothing yet
    erase,  // takes it from all calculations that the viewer may change
    add,
    remove, // on, from the calculation `id`
    prefer, // the calculation `id`, and no other one of the word
    prefer_none,
    get_preferred, // {"job_id": N or null}
  };
  Kind kind = Kind::list;
  CalculationId id = 0;
  std::string tag = {};
  ViewerPtr viewer = {};  // null: may see and change everything
  std::string owner = {}; // of a word that is new
};

using tag_atom = caf::atom_constant<caf::atom("tag")>;

// {"success": …}; Errc::forbidden with body {"error": …}. Words of calculations that the viewer
// does not see are not theirs: the same word may be there for others, who do not notice.
using TagsPort = caf::typed_actor<caf::reacts_to<tag_atom, TagRequest, SinkPtr>>;

} // namespace oq::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::TagRequest)
