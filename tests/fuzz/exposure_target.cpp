// Exposures: NRML with its assets, or a CSV file of assets that an exposure names.
#include "engine/risk/exposure.hpp"
#include "fuzz/input_file.hpp"

namespace {

constexpr std::string_view kOfCsv = R"(<nrml xmlns="http://openquake.org/xmlns/nrml/0.5">
<exposureModel id="e" category="buildings">
<conversions><costTypes>
<costType name="structural" type="per_asset" unit="EUR"/>
<costType name="contents" type="per_area" unit="EUR"/>
</costTypes><area type="aggregated" unit="m2"/></conversions>
<occupancyPeriods>day night</occupancyPeriods><tagNames>state use</tagNames>
<assets>assets.csv</assets>
</exposureModel></nrml>)";

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = oq::fuzz::text_of(data, size);
  const bool is_xml = oq::fuzz::is_xml(text);
  oq::fuzz::folder().write("assets.csv", is_xml ? "id,lon,lat,taxonomy,number\n" : text);
  oq::engine::Job job;
  job.inputs["exposure"] = {oq::fuzz::folder().write("exposure_model.xml", is_xml ? text : kOfCsv)};
  const auto exposure = oq::engine::read_exposure(job);
  oq::fuzz::require_reason(exposure);
  if (!exposure)
    return 0;
  const auto& assets = exposure->assets;
  oq::fuzz::require(assets.lon.size() == assets.size() && assets.taxonomy.size() == assets.size(),
                    "every asset has a place and a taxonomy");
  for (const auto& [name, values] : assets.values)
    oq::fuzz::require(values.size() == assets.size(), "a value is given for every asset");
  return 0;
}
