// Consequences in CSV.
#include "engine/risk/consequences.hpp"
#include "fuzz/input_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  oq::engine::Job job;
  job.inputs["consequence"] = {
    oq::fuzz::folder().write("consequence.csv", oq::fuzz::text_of(data, size))};
  const auto files = oq::engine::RiskFiles::read(job, nullptr);
  oq::fuzz::require_reason(files);
  if (files)
    oq::fuzz::require_reason(
      oq::engine::read_consequences(*files, {"slight", "moderate", "complete"}));
  return 0;
}
