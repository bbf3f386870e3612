// The extractors behind extract(), one function a name.
#pragma once

#include "engine/extract/extraction.hpp"

namespace oq::engine {

// What an extractor is given. `rest` is what follows the first slash of the name.
struct ExtractJob {
  const Datastore& datastore;
  std::string rest;
  const Parameters& parameters;
};

Error no_such_key(const std::string& key);

// The job and the sites
Result<Extraction> extract_oqparam(const ExtractJob& job);
Result<Extraction> extract_sitecol(const ExtractJob& job);
Result<Extraction> extract_realizations(const ExtractJob& job);

// Hazard
Result<Extraction> extract_hazard_curves(const ExtractJob& job);
Result<Extraction> extract_hazard_maps(const ExtractJob& job);
Result<Extraction> extract_spectra(const ExtractJob& job);
Result<Extraction> extract_field(const ExtractJob& job);

// Risk
Result<Extraction> extract_average_losses(const ExtractJob& job);
Result<Extraction> extract_loss_maps(const ExtractJob& job);
Result<Extraction> extract_damages_of_realizations(const ExtractJob& job);
Result<Extraction> extract_damage_statistics(const ExtractJob& job);
Result<Extraction> extract_aggregate_losses(const ExtractJob& job);
Result<Extraction> extract_aggregate_damages(const ExtractJob& job);
Result<Extraction> extract_risk_model(const ExtractJob& job);

// Exposure
Result<Extraction> extract_exposure_metadata(const ExtractJob& job);
Result<Extraction> extract_asset_risk(const ExtractJob& job);
Result<Extraction> extract_asset_tags(const ExtractJob& job);

// What is stored under a key as it stands: an array, a group's columns, or the attributes of
// "KEY.attrs".
Result<Extraction> extract_stored(const Datastore& datastore, const std::string& key);
// The columns as one record array; those that are not there are left out.
Result<ExtractedArray> stored_columns(const Datastore& datastore, const std::string& group,
                                      const std::vector<std::string>& columns);

} // namespace oq::engine
