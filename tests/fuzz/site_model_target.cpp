// Site models: NRML or CSV.
#include "engine/geo/site_model.hpp"
#include "fuzz/input_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = oq::fuzz::text_of(data, size);
  const auto file =
    oq::fuzz::folder().write(oq::fuzz::is_xml(text) ? "site_model.xml" : "site_model.csv", text);
  const auto model = oq::engine::read_site_model({file});
  oq::fuzz::require_reason(model);
  return 0;
}
