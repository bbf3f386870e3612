// Taxonomy mappings in CSV.
#include "engine/risk/taxonomy_mapping.hpp"
#include "fuzz/input_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  oq::engine::Job job;
  job.inputs["taxonomy_mapping"] = {
    oq::fuzz::folder().write("mapping.csv", oq::fuzz::text_of(data, size))};
  const auto files = oq::engine::RiskFiles::read(job, nullptr);
  oq::fuzz::require_reason(files);
  if (!files)
    return 0;
  const auto mapping = oq::engine::TaxonomyMapping::read(*files);
  oq::fuzz::require_reason(mapping);
  if (mapping)
    oq::fuzz::require_reason(mapping->of("W1"));
  return 0;
}
