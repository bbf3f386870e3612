// NRML: source models that anybody may have written.
#include "engine/nrml/source_model.hpp"
#include "engine/nrml/xml.hpp"
#include "fuzz/fuzz.hpp"

#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document =
    oq::engine::parse_xml(std::string(oq::fuzz::text_of(data, size)), "fuzz.xml");
  if (!document)
    return 0;
  const auto model = oq::engine::read_source_model(*document);
  oq::fuzz::require(model || !model.error().message.empty(), "an error says why");
  return 0;
}
