// Viewer: on whose behalf something is asked, and what that lets them see.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace oq::actors {

// What a viewer is to a calculation.
enum class Standing : std::uint8_t {
  unknown,   // there is no such calculation here
  hidden,    // there is one, and the viewer must not learn that
  onlooker,  // sees it because it is shared with everybody
  colleague, // is in a group of its owner, or superuser
  owner,
};

struct Viewer {
  std::string name;
  std::int64_t level = 0; // 2 and more may share
  bool superuser = false;
  std::vector<std::string> colleagues; // sorted: who shares a group with them, themselves included

  Standing standing(std::string_view owner, bool shared) const {
    if (owner == name)
      return Standing::owner;
    if (superuser || std::binary_search(colleagues.begin(), colleagues.end(), owner))
      return Standing::colleague;
    return shared ? Standing::onlooker : Standing::hidden;
  }
  bool sees(std::string_view owner, bool shared) const {
    return standing(owner, shared) > Standing::hidden;
  }
};
// Null: nobody asks who it is, so everything is seen.
using ViewerPtr = std::shared_ptr<const Viewer>;

// Whether there may be calculations whose existence must not show.
inline bool is_restricted(const ViewerPtr& viewer) {
  return viewer && !viewer->superuser;
}

// Whether two viewers are shown the same.
inline bool same_view(const ViewerPtr& a, const ViewerPtr& b) {
  if (a == b || !a || !b)
    return a == b;
  if (a->superuser || b->superuser)
    return a->superuser == b->superuser;
  return a->name == b->name && a->colleagues == b->colleagues;
}

} // namespace oq::actors
