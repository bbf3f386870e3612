// RiskFiles: the texts of a calculation's risk functions, its own or those of its hazard
// calculation.
#pragma once

#include "engine/job/job.hpp"
#include "engine/output/datastore.hpp"

namespace oq::engine {

struct RiskFile {
  std::string input; // "structural_fragility", "consequence", "taxonomy_mapping"
  std::string key;   // of a dictionary in the job: "taxonomy", "structural"; else empty
  std::string name;  // "fragility_model.xml", for messages
  std::string text;
};

class RiskFiles {
public:
  // Those that the job names; where it names none of a kind, those of the hazard calculation (may
  // be null). Kinds: vulnerability, fragility, consequence, taxonomy_mapping.
  static Result<RiskFiles> read(const Job& job, const Datastore* hazard);
  Result<void> store(Datastore& datastore) const;

  // Of an input whose name ends so ("_fragility"), in order of input.
  std::vector<const RiskFile*> ending_with(std::string_view ending) const;
  std::vector<const RiskFile*> of_input(std::string_view input) const;
  bool has_kind(std::string_view kind) const;

private:
  std::vector<RiskFile> files_;
};

} // namespace oq::engine
