// SourceVariants: groups of sources as the branches of a path change them, shared by the paths that
// change them alike.
#pragma once

#include "engine/logictree/branch_tree.hpp"

#include <map>
#include <vector>

namespace oq::engine {

class SourceVariants {
public:
  // The group after the steps of a path, in their order. Sources that nothing changes, or that an
  // earlier path has changed by the same branches, are the same objects. Errors name the branch and
  // the source. REQUIRES: groups and branches live as long as this.
  Result<SourceGroup> of(const SourceGroup& group, const std::vector<BranchStep>& steps);

private:
  using Steps = std::vector<BranchStep>;
  using Branches = std::vector<const Branch*>;

  bool applies(const BranchSet& set, const SourceGroup& group);
  Result<SourceGroup> changed(const SourceGroup& group, const Steps& steps);
  Result<SourceList::Pointer> changed(const SourceList::Pointer& source, const Steps& steps);

  std::map<std::pair<const BranchSet*, const SourceGroup*>, bool> applies_;
  std::map<std::pair<const SourceGroup*, Branches>, SourceGroup> groups_;
  std::map<std::pair<const Source*, Branches>, SourceList::Pointer> sources_;
};

} // namespace oq::engine
