// LossModel: the vulnerability functions of one loss type, made ready for classical risk.
#pragma once

#include "engine/job/job.hpp"
#include "engine/risk/vulnerability.hpp"

#include <string_view>

namespace oq::engine {

struct LossModel {
  std::string loss_type;                        // "structural"
  std::vector<VulnerabilityFunction> functions; // with distinct means, sorted by id
  std::vector<std::vector<double>> ratios;      // one list a function, all of one length

  std::size_t ratio_count() const { return ratios.front().size(); }
  // Index into functions.
  std::optional<std::size_t> find(std::string_view taxonomy) const;
};

// One model for every input TYPE_vulnerability_file, alphabetically. Errors name file and line.
Result<std::vector<LossModel>> read_loss_models(const Job& job);

} // namespace oq::engine
