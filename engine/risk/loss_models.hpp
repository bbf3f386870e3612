// LossModel: the vulnerability functions of one loss type, made ready for classical risk.
#pragma once

#include "engine/job/job.hpp"
#include "engine/risk/risk_files.hpp"
#include "engine/risk/vulnerability.hpp"

#include <string_view>

namespace oq::engine {

struct LossModel {
  std::string loss_type;                        // "structural"
  std::string value;                            // what of the asset is lost: Assets::values
  std::vector<VulnerabilityFunction> functions; // with distinct means, sorted by id
  std::vector<std::vector<double>> ratios;      // one list a function, all of one length

  std::size_t ratio_count() const { return ratios.front().size(); }
  // Index into functions.
  std::optional<std::size_t> find(std::string_view taxonomy) const;
};

// The functions of a loss type as the file has them: for losses by event.
struct VulnerabilityModel {
  std::string loss_type;
  std::string value;                            // what of the asset is lost: Assets::values
  std::string file;                             // for messages
  std::vector<VulnerabilityFunction> functions; // sorted by id

  const VulnerabilityFunction* find(std::string_view id) const;
};
// One for every input TYPE_vulnerability_file, alphabetically; not those of retrofitted buildings.
Result<std::vector<VulnerabilityModel>> read_vulnerability_models(const Job& job,
                                                                  const RiskFiles& files);

// "avg", "day", "night", "transit".
std::string time_event_of(const Job& job);

// One model for every input TYPE_vulnerability_file, alphabetically. Errors name file and line.
Result<std::vector<LossModel>> read_loss_models(const Job& job, const RiskFiles& files);

// The functions of the retrofitted buildings.
Result<LossModel> read_retrofitted_model(const Job& job, const RiskFiles& files);

} // namespace oq::engine
