// The table of outputs: type, display name, formats, when it is there, who writes it.
#include "engine/output/export.hpp"

#include "engine/hazard/datastore_keys.hpp"
#include "engine/output/exporters.hpp"
#include "engine/output/hazard_results.hpp"

#include <algorithm>

namespace oq::engine {
namespace {

struct Format {
  const char* name;
  Result<Paths> (*write)(const ExportJob& job);
};

struct OutputType {
  const char* type;
  const char* display_name;
  bool (*exists)(const Datastore& datastore); // it can be exported
  bool (*listed)(const Datastore& datastore); // and users see it in the list
  std::vector<Format> formats;                // in order of preference
};

bool always(const Datastore&) {
  return true;
}
bool has_curves(const Datastore& datastore) {
  return has_exported(datastore, "hcurves");
}
bool has_maps(const Datastore& datastore) {
  return has_exported_map(datastore, "hazard_maps");
}
bool has_spectra(const Datastore& datastore) {
  return has_exported_map(datastore, "uniform_hazard_spectra");
}
bool has_realizations(const Datastore& datastore) {
  return datastore.contains(keys::kRealizationPaths);
}
bool has_site_model(const Datastore& datastore) {
  return datastore.contains(keys::kSiteModel);
}
bool has_rates_by_source(const Datastore& datastore) {
  return datastore.contains(keys::kRatesBySource);
}
bool has_several_realizations(const Datastore& datastore) {
  if (!has_realizations(datastore))
    return false;
  const auto array = datastore.get(keys::kRealizationPaths);
  return array && !array->shape.empty() && array->shape[0] > 1;
}

// Attribute `exported` of a key that is stored under its own name.
template <const char* key>
bool is_exported(const Datastore& datastore) {
  if (!datastore.contains(key))
    return false;
  const auto attributes = datastore.attributes(key);
  return attributes && flag_attribute(*attributes, "exported");
}
constexpr char kAverageStatistics[] = "avg_losses-stats",
               kAverageRealizations[] = "avg_losses-rlzs";
constexpr char kCurveStatistics[] = "loss_curves-stats", kCurveRealizations[] = "loss_curves-rlzs";
constexpr char kMapStatistics[] = "loss_maps-stats", kMapRealizations[] = "loss_maps-rlzs";

template <const char* key>
OutputType average_losses(const char* name) {
  return {key, name, is_exported<key>, is_exported<key>, {{"csv", export_average_losses_csv}}};
}
template <const char* key>
OutputType loss_curves(const char* name) {
  return {key,
          name,
          is_exported<key>,
          is_exported<key>,
          {{"csv", export_loss_curves_csv}, {"xml", export_loss_curves_nrml}}};
}
template <const char* key>
OutputType loss_maps(const char* name) {
  return {key,
          name,
          is_exported<key>,
          is_exported<key>,
          {{"csv", export_loss_maps_csv},
           {"xml", export_loss_maps_nrml},
           {"geojson", export_loss_maps_geojson}}};
}

constexpr char kDamageStatistics[] = "damages-stats", kDamageRealizations[] = "damages-rlzs";
constexpr char kBcrStatistics[] = "bcr-stats", kBcrRealizations[] = "bcr-rlzs";
constexpr char kAssetCollection[] = "assetcol", kAverageField[] = "avg_gmf";
constexpr char kAggregateRisk[] = "aggrisk", kRiskByEvent[] = "risk_by_event";
constexpr char kEvents[] = "events", kFields[] = "gmf_data";
constexpr char kLossFractions[] = "loss_fractions";
constexpr char kNetworkMeans[] = "infra-avg_loss", kNetworkNodes[] = "infra-node_el",
               kNetworkDemands[] = "infra-dem_cl", kNetworkZones[] = "infra-taz_cl",
               kNetworkEfficiency[] = "infra-event_efl", kNetworkPartial[] = "infra-event_pcl",
               kNetworkWeighted[] = "infra-event_wcl", kNetworkComplete[] = "infra-event_ccl";
constexpr char kReinsuredPolicies[] = "reinsurance-avg_policy",
               kReinsuredPortfolio[] = "reinsurance-avg_portfolio",
               kReinsuredEvents[] = "reinsurance-risk_by_event";

template <const char* key>
OutputType one_file(const char* name, Result<Paths> (*write)(const ExportJob&)) {
  return {key, name, is_exported<key>, is_exported<key>, {{"csv", write}}};
}

bool never(const Datastore&) {
  return false;
}

// Sorted by type.
const std::vector<OutputType>& output_types() {
  static const std::vector<OutputType> types = {
    one_file<kAggregateRisk>("Aggregate Risk", export_aggregate_risk_csv),
    {"assetcol",
     "Asset Collection",
     is_exported<kAssetCollection>,
     never,
     {{"csv", export_assets_csv}}},
    {"avg_gmf",
     "Average Ground Motion Field",
     is_exported<kAverageField>,
     never,
     {{"csv", export_average_field_csv}}},
    average_losses<kAverageRealizations>("Average Asset Losses"),
    average_losses<kAverageStatistics>("Average Asset Losses Statistics"),
    one_file<kBcrRealizations>("Benefit Cost Ratios", export_benefit_cost_csv),
    one_file<kBcrStatistics>("Benefit Cost Ratios Statistics", export_benefit_cost_csv),
    one_file<keys::kConditionalSpectra>("Conditional Spectra", export_conditional_spectra_csv),
    one_file<kDamageRealizations>("Asset Risk Distributions", export_damages_csv),
    one_file<kDamageStatistics>("Asset Risk Statistics", export_damages_csv),
    one_file<kEvents>("Events", export_events_csv),
    {"fullreport", "Full Report", always, always, {{"rst", export_full_report}}},
    {"gmf_data",
     "Ground Motion Fields",
     is_exported<kFields>,
     is_exported<kFields>,
     {{"csv", export_fields_csv}, {"hdf5", export_fields_hdf5}}},
    {"hcurves",
     "Hazard Curves",
     has_curves,
     has_curves,
     {{"csv", export_hazard_curves_csv},
      {"xml", export_hazard_curves_nrml},
      {"geojson", export_hazard_curves_geojson}}},
    {"hmaps",
     "Hazard Maps",
     has_maps,
     has_maps,
     {{"csv", export_hazard_maps_csv},
      {"xml", export_hazard_maps_nrml},
      {"geojson", export_hazard_maps_geojson}}},
    one_file<kNetworkMeans>("Average Infrastructure Loss", export_table_csv),
    one_file<kNetworkDemands>("Connectivity Loss Of Demand Nodes", export_table_csv),
    one_file<kNetworkComplete>("Complete Connectivity Loss By Event", export_table_csv),
    one_file<kNetworkEfficiency>("Efficiency Loss By Event", export_table_csv),
    one_file<kNetworkPartial>("Partial Connectivity Loss By Event", export_table_csv),
    one_file<kNetworkWeighted>("Weighted Connectivity Loss By Event", export_table_csv),
    one_file<kNetworkNodes>("Efficiency Loss Of Nodes", export_table_csv),
    one_file<kNetworkZones>("Connectivity Loss Of Taz Nodes", export_table_csv),
    loss_curves<kCurveRealizations>("Asset Loss Curves"),
    loss_curves<kCurveStatistics>("Asset Loss Curves Statistics"),
    one_file<kLossFractions>("Loss Fractions By Taxonomy", export_table_csv),
    loss_maps<kMapRealizations>("Asset Loss Maps"),
    loss_maps<kMapStatistics>("Asset Loss Maps Statistics"),
    one_file<keys::kMeansBySource>("Mag-Dist-Eps Disaggregation per Source",
                                   export_disaggregation_by_source_csv),
    one_file<keys::kMedianSpectra>("Median Spectra", export_median_spectra_csv),
    {"mean_rates_by_src",
     "Hazard Curves per Source",
     has_rates_by_source,
     has_rates_by_source,
     {{"csv", export_rates_by_source_csv}}},
    {"realizations",
     "Realizations",
     has_realizations,
     has_several_realizations,
     {{"csv", export_realizations_csv}}},
    one_file<kReinsuredPolicies>("Average Reinsurance By Policy", export_table_csv),
    one_file<kReinsuredPortfolio>("Average Reinsurance", export_table_csv),
    one_file<kReinsuredEvents>("Reinsurance By Event", export_table_csv),
    one_file<kRiskByEvent>("Aggregated Risk By Event", export_table_csv),
    {"site_model", "Site Model", has_site_model, has_site_model, {{"csv", export_site_model_csv}}},
    {"uhs",
     "Uniform Hazard Spectra",
     has_spectra,
     has_spectra,
     {{"csv", export_spectra_csv}, {"xml", export_spectra_nrml}}},
  };
  return types;
}

std::string format_names(const OutputType& output) {
  std::string names;
  for (const auto& format : output.formats)
    names += (names.empty() ? "" : ", ") + std::string(format.name);
  return names;
}

std::vector<OutputDescription> describe(const Datastore& datastore,
                                        bool (*OutputType::*chosen)(const Datastore&)) {
  std::vector<OutputDescription> outputs;
  for (const auto& output : output_types()) {
    if (!(output.*chosen)(datastore))
      continue;
    auto& description = outputs.emplace_back();
    description.type = output.type;
    description.name = output.display_name;
    for (const auto& format : output.formats)
      description.formats.emplace_back(format.name);
  }
  return outputs;
}

} // namespace

std::filesystem::path ExportJob::path(const std::string& stem) const {
  return request_.directory
         / (stem + "_" + std::to_string(request_.calculation_id) + "." + request_.format);
}

CsvComment ExportJob::comment() const {
  CsvComment comment;
  comment.text("generated_by", request_.generated_by).text("start_date", request_.start_date);
  if (const auto root = datastore_.attributes(""); root)
    if (const auto checksum = number_attribute(*root, "checksum32"); checksum)
      comment.integer("checksum", static_cast<std::int64_t>(*checksum));
  return comment;
}

std::vector<OutputDescription> outputs_of(const Datastore& datastore) {
  return describe(datastore, &OutputType::listed);
}

std::vector<OutputDescription> exports_of(const Datastore& datastore) {
  auto outputs = describe(datastore, &OutputType::exists);
  // The reference engine writes loss maps on request only, and does not have loss fractions.
  std::erase_if(outputs, [](const OutputDescription& output) {
    return output.type.starts_with("loss_maps-") || output.type == kLossFractions;
  });
  return outputs;
}

Result<std::vector<std::filesystem::path>> export_output(const Datastore& datastore,
                                                         const ExportRequest& request) {
  const auto& types = output_types();
  const auto output = std::ranges::find_if(types, [&](const auto& candidate) {
    return candidate.type == request.type;
  });
  if (output == types.end() || !output->exists(datastore))
    return Error{Errc::not_found, "the calculation has no output " + request.type, request.type};
  const auto format = std::ranges::find_if(output->formats, [&](const auto& candidate) {
    return candidate.name == request.format;
  });
  if (format == output->formats.end())
    return invalid_input("no " + request.format + " export of " + request.type + "; there is "
                           + format_names(*output),
                         request.type);
  OQ_TRY(auto paths, format->write(ExportJob(datastore, request)));
  std::ranges::sort(paths);
  return paths;
}

} // namespace oq::engine
