// Hazard curves, maps and spectra as NRML 0.5, one file a curve set, map or spectrum.
#include "engine/base/json.hpp"
#include "engine/hazard/datastore_keys.hpp"
#include "engine/output/exporters.hpp"
#include "engine/output/hazard_results.hpp"
#include "engine/output/nrml_file.hpp"

namespace oq::engine {
namespace {

// What the three exports need besides the table.
struct Context {
  const ExportJob& job;
  HazardExport hazard;
  std::vector<std::string> branch_paths;
};

Result<Context> read_context(const ExportJob& job, const std::string& name) {
  OQ_TRY(auto hazard,
         read_hazard_export(job.datastore(), name, job.request().single_site_realizations));
  std::vector<std::string> branch_paths;
  if (job.datastore().contains(keys::kRealizationPaths)) {
    OQ_TRY(branch_paths, read_texts(job.datastore(), keys::kRealizationPaths));
  }
  return Context{job, std::move(hazard), std::move(branch_paths)};
}

XmlAttributes common(const Context& context, const ExportTable& table, std::size_t kind) {
  return kind_attributes(table.kinds[kind], context.branch_paths)
         + XmlAttributes{{"investigationTime", number_text(table.investigation_time)}};
}

Result<std::filesystem::path> write_curves(const Context& context, const ExportTable& table,
                                           std::size_t kind, std::size_t imt) {
  const auto stem = hazard_stem("curve", table.kinds[kind]) + "-" + table.imts[imt];
  OQ_TRY(auto file,
         NrmlFile::create(context.job.path(stem), "hazardCurves",
                          common(context, table, kind) + imt_attributes(table.imts[imt])));
  file.numbers("IMLs", table.levels[imt]);
  for (std::size_t site = 0; site < table.sites; ++site) {
    file.open("hazardCurve");
    file.point(context.hazard.sites.lon[site], context.hazard.sites.lat[site]);
    OQ_TRY(const auto row, table.row(site, kind));
    file.numbers("poEs", row.subspan(imt * table.last_axis, table.last_axis));
    file.close("hazardCurve");
  }
  return file.commit();
}

Result<std::filesystem::path> write_map(const Context& context, const ExportTable& table,
                                        std::size_t kind, std::size_t imt, std::size_t poe) {
  const auto poe_text = number_text(table.poes[poe]);
  const auto stem = hazard_stem("map", table.kinds[kind]) + "-" + table.imts[imt] + "-" + poe_text;
  OQ_TRY(auto file, NrmlFile::create(context.job.path(stem), "hazardMap",
                                     common(context, table, kind) + imt_attributes(table.imts[imt])
                                       + XmlAttributes{{"poE", poe_text}}));
  for (std::size_t site = 0; site < table.sites; ++site) {
    OQ_TRY(const auto row, table.row(site, kind));
    file.empty("node", {{"lon", degrees_text(context.hazard.sites.lon[site])},
                        {"lat", degrees_text(context.hazard.sites.lat[site])},
                        {"iml", value_text(row[imt * table.last_axis + poe])}});
  }
  return file.commit();
}

double period(const std::string& imt) {
  for (const auto& [name, value] : imt_attributes(imt))
    if (name == "saPeriod")
      return std::strtod(value.c_str(), nullptr);
  return 0; // PGA
}

Result<std::filesystem::path> write_spectrum(const Context& context, const ExportTable& table,
                                             std::size_t kind, std::size_t poe) {
  const auto poe_text = number_text(table.poes[poe]);
  OQ_TRY(auto file,
         NrmlFile::create(context.job.path(hazard_stem("uhs", table.kinds[kind]) + "-" + poe_text),
                          "uniformHazardSpectra",
                          common(context, table, kind) + XmlAttributes{{"poE", poe_text}}));
  std::vector<double> periods;
  for (const auto& imt : table.spectrum_imts)
    periods.push_back(period(imt));
  file.numbers("periods", periods);
  for (std::size_t site = 0; site < table.sites; ++site) {
    OQ_TRY(const auto row, table.row(site, kind));
    std::vector<double> levels;
    for (const auto& imt : table.spectrum_imts)
      levels.push_back(row[table.imt_index(imt) * table.last_axis + poe]);
    file.open("uhs");
    file.point(context.hazard.sites.lon[site], context.hazard.sites.lat[site]);
    file.numbers("IMLs", levels);
    file.close("uhs");
  }
  return file.commit();
}

} // namespace

Result<Paths> export_hazard_curves_nrml(const ExportJob& job) {
  OQ_TRY(const auto context, read_context(job, "hcurves"));
  Paths paths;
  OQ_CHECK(
    context.hazard.for_each_kind([&](const ExportTable& table, std::size_t kind) -> Result<void> {
      for (std::size_t imt = 0; imt < table.imts.size(); ++imt) {
        OQ_TRY(paths.emplace_back(), write_curves(context, table, kind, imt));
      }
      return {};
    }));
  return paths;
}

Result<Paths> export_hazard_maps_nrml(const ExportJob& job) {
  OQ_TRY(const auto context, read_context(job, "hmaps"));
  Paths paths;
  OQ_CHECK(
    context.hazard.for_each_kind([&](const ExportTable& table, std::size_t kind) -> Result<void> {
      for (std::size_t imt = 0; imt < table.imts.size(); ++imt)
        for (std::size_t poe = 0; poe < table.poes.size(); ++poe) {
          OQ_TRY(paths.emplace_back(), write_map(context, table, kind, imt, poe));
        }
      return {};
    }));
  return paths;
}

Result<Paths> export_spectra_nrml(const ExportJob& job) {
  OQ_TRY(const auto context, read_context(job, "hmaps"));
  Paths paths;
  OQ_CHECK(
    context.hazard.for_each_kind([&](const ExportTable& table, std::size_t kind) -> Result<void> {
      for (std::size_t poe = 0; poe < table.poes.size(); ++poe) {
        OQ_TRY(paths.emplace_back(), write_spectrum(context, table, kind, poe));
      }
      return {};
    }));
  return paths;
}

} // namespace oq::engine
