// The exporters behind export_output, one function an output and format.
#pragma once

#include "engine/output/csv_writer.hpp"
#include "engine/output/export.hpp"

namespace oq::engine {

// What every exporter is given: where from, where to, and how files are named.
class ExportJob {
public:
  ExportJob(const Datastore& datastore, const ExportRequest& request)
    : datastore_(datastore), request_(request) {}

  const Datastore& datastore() const noexcept { return datastore_; }
  const ExportRequest& request() const noexcept { return request_; }

  // "hazard_curve-mean-PGA" -> DIRECTORY/hazard_curve-mean-PGA_12.csv
  std::filesystem::path path(const std::string& stem) const;
  // generated_by, start_date, and the checksum of the inputs where the datastore's root has its
  // checksum32.
  CsvComment comment() const;

private:
  const Datastore& datastore_;
  const ExportRequest& request_;
};

using Paths = std::vector<std::filesystem::path>;

// "hazard_curve-mean", "quantile_map-0.15": what = "curve", "map", "uhs".
std::string hazard_stem(const std::string& what, const std::string& kind);

Result<Paths> export_full_report(const ExportJob& job);
Result<Paths> export_realizations_csv(const ExportJob& job);
Result<Paths> export_site_model_csv(const ExportJob& job);
Result<Paths> export_rates_by_source_csv(const ExportJob& job);
Result<Paths> export_conditional_spectra_csv(const ExportJob& job);
Result<Paths> export_median_spectra_csv(const ExportJob& job);
Result<Paths> export_disaggregation_by_source_csv(const ExportJob& job);

Result<Paths> export_hazard_curves_csv(const ExportJob& job);
Result<Paths> export_hazard_maps_csv(const ExportJob& job);
Result<Paths> export_spectra_csv(const ExportJob& job);

Result<Paths> export_hazard_curves_nrml(const ExportJob& job);
Result<Paths> export_hazard_maps_nrml(const ExportJob& job);
Result<Paths> export_spectra_nrml(const ExportJob& job);

Result<Paths> export_hazard_curves_geojson(const ExportJob& job);
Result<Paths> export_hazard_maps_geojson(const ExportJob& job);

// The request's type says which: "avg_losses-stats" or "avg_losses-rlzs", and so on.
Result<Paths> export_average_losses_csv(const ExportJob& job);
Result<Paths> export_fields_csv(const ExportJob& job);
Result<Paths> export_fields_hdf5(const ExportJob& job);
Result<Paths> export_events_csv(const ExportJob& job);
Result<Paths> export_average_field_csv(const ExportJob& job);

Result<Paths> export_aggregate_risk_csv(const ExportJob& job);
// Of the table that the request's type names: "risk_by_event", "reinsurance-avg_policy".
Result<Paths> export_table_csv(const ExportJob& job);
Result<Paths> export_damages_csv(const ExportJob& job);
Result<Paths> export_benefit_cost_csv(const ExportJob& job);
Result<Paths> export_assets_csv(const ExportJob& job);
Result<Paths> export_loss_curves_csv(const ExportJob& job);
Result<Paths> export_loss_curves_nrml(const ExportJob& job);
Result<Paths> export_loss_maps_csv(const ExportJob& job);
Result<Paths> export_loss_maps_nrml(const ExportJob& job);
Result<Paths> export_loss_maps_geojson(const ExportJob& job);

} // namespace oq::engine
