// The names that can be extracted.
#include "engine/extract/extractors.hpp"

#include <algorithm>

namespace oq::engine {
namespace {

struct Extractor {
  const char* name;
  Result<Extraction> (*extract)(const ExtractJob& job);
  bool has_rest = false; // NAME/REST
};

constexpr Extractor kExtractors[] = {
  {"agg_damages", extract_aggregate_damages, true},
  {"agg_losses", extract_aggregate_losses, true},
  {"asset_risk", extract_asset_risk},
  {"asset_tags", extract_asset_tags},
  {"avg_losses", extract_average_losses},
  {"composite_risk_model.attrs", extract_risk_model},
  {"damages-rlzs", extract_damages_of_realizations},
  {"damages-stats", extract_damage_statistics},
  {"exposure_metadata", extract_exposure_metadata},
  {"gmf_data", extract_field},
  {"hcurves", extract_hazard_curves},
  {"hmaps", extract_hazard_maps},
  {"loss_maps", extract_loss_maps},
  {"losses_by_asset", extract_average_losses},
  {"oqparam", extract_oqparam},
  {"realizations", extract_realizations},
  {"sitecol", extract_sitecol},
  {"uhs", extract_spectra},
};

} // namespace

Error no_such_key(const std::string& key) {
  return {Errc::not_found, "there is no " + key, {}};
}

Result<Extraction> extract(const Datastore& datastore, const ExtractRequest& request) {
  const auto slash = std::min(request.what.find('/'), request.what.size());
  const auto name = request.what.substr(0, slash);
  const bool has_rest = slash + 1 < request.what.size();
  const auto rest = has_rest ? request.what.substr(slash + 1) : std::string();
  for (const auto& extractor : kExtractors)
    if (extractor.name == name && extractor.has_rest == has_rest
        && (has_rest || slash == request.what.size()))
      return extractor.extract({datastore, rest, request.parameters});
  return extract_stored(datastore, request.what);
}

} // namespace oq::engine
