// Logic trees: branch sets with their weights, uncertainties and ground-motion models.
#include "engine/logictree/branch_set.hpp"
#include "engine/logictree/gsim_branches.hpp"
#include "fuzz/input_file.hpp"

#include <cmath>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = oq::fuzz::folder().write("tree.xml", oq::fuzz::text_of(data, size));
  const auto sets = oq::engine::read_branch_sets(file, oq::engine::BranchIds::unique);
  oq::fuzz::require_reason(sets);
  if (sets)
    for (const auto& set : *sets) {
      double sum = 0;
      for (const auto& branch : set.branches)
        sum += branch.weight;
      oq::fuzz::require(std::abs(sum - 1) < 1e-3, "weights of a set sum to 1");
    }
  oq::engine::Job job;
  job.inputs["gsim_logic_tree"] = {file};
  oq::fuzz::require_reason(oq::engine::read_gsim_branches(job, {"Active Shallow Crust"}));
  return 0;
}
