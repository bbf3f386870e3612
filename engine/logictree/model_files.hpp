// ModelFiles: the source model files of a logic tree, each read once, with what a job leaves out.
#pragma once

#include "engine/job/job.hpp"
#include "engine/logictree/branch_set.hpp"
#include "engine/logictree/fault_sections.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace oq::engine {

// True for the sets whose branches name files.
bool names_models(const BranchSet& set) noexcept;

class ModelFiles {
public:
  // Reads every file that a branch of the sets names. Errors name the branch, or file:line.
  static Result<ModelFiles> read(const Job& job, const std::vector<BranchSet>& sets);

  // The sources that `discard_trts` and `source_id` leave, in the groups of the file; empty groups
  // are left out. REQUIRES: read.
  const std::vector<SourceGroup>& groups(const std::string& file) const;
  // Of the sources left; when `source_id` names several, of all.
  const std::set<std::string>& tectonic_regions() const noexcept { return regions_; }
  // Whether any file has it, left or not.
  bool has_source(const std::string& id) const { return ids_.contains(id); }

private:
  Result<void> add(const Job& job, const std::string& file, const std::string& where);
  void keep(const Job& job, const std::string& file, SourceModel model);

  std::map<std::string, std::vector<SourceGroup>> groups_;
  std::set<std::string> regions_, ids_;
  FaultSections sections_;
};

// The files that a branch names, separated by blanks.
std::vector<std::string> files_of(const Branch& branch);

// With a single `source_id`, branches keep the files that have it; with `smlt_branch`, only that
// branch keeps its files. The branches of a set that lose all become one, with their weights.
void leave_out_branches(const Job& job, const ModelFiles& files, std::vector<BranchSet>& sets);

} // namespace oq::engine
