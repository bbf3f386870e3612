// Stores fields that were read, reduced to the sites that have assets.
#include "engine/calculator/imported_fields.hpp"

#include "engine/calculator/calculation_head.hpp"
#include "engine/gmf/average_fields.hpp"
#include "engine/gmf/import_fields.hpp"
#include "engine/risk/region.hpp"
#include "engine/risk/risk_intensities.hpp"

#include <algorithm>
#include <numeric>

namespace oq::engine {
namespace {

class NoTasks : public Calculator {
public:
  std::size_t task_count() const final { return 0; }
  double task_weight(std::size_t) const final { return 1; }
  Result<TaskResult> run_task(std::size_t, const StopToken&) const final { return TaskResult{}; }
  Result<void> reduce(std::size_t, TaskResult) final { return {}; }
};

// One realization that no model makes.
FullLogicTree from_file() {
  FullLogicTree tree;
  tree.realizations.push_back({0, "[FromFile]", 1, 0, {}});
  return tree;
}

class SitesOnly final : public NoTasks {
public:
  SitesOnly(const Job& job, SiteCollection sites) : job_(job), sites_(std::move(sites)) {}
  Result<void> finish(Datastore& datastore) override {
    return store_calculation_head(job_, sites_, from_file(), datastore);
  }

private:
  Job job_;
  SiteCollection sites_;
};

class ImportedFields final : public NoTasks {
public:
  ImportedFields(const Job& job, ImportedTable imported, std::vector<std::size_t> kept)
    : job_(job), imported_(std::move(imported)), kept_(std::move(kept)) {}

  Result<void> finish(Datastore& datastore) override {
    const SiteCollection& sites = imported_.sites;
    OQ_CHECK(store_calculation_head(job_, sites.selected(kept_), from_file(), datastore));
    OQ_CHECK(store_events(imported_.events, false, datastore));
    FieldTable fields = imported_.fields;
    keep_rows(fields);
    OQ_CHECK(store_fields(fields, imported_.events.size(), datastore));
    // The reference engine writes no fields that were read for more sites than have assets.
    if (kept_.size() != sites.size())
      return datastore.put_attributes("gmf_data", {{"only_sites", true}});
    OQ_CHECK(keep_averaged(fields));
    return store_average(average_read_fields(fields, sites.size()), sites.size(), fields.imts,
                         datastore);
  }

private:
  // Of the measures of secondary perils only those that risk functions need are averaged.
  Result<void> keep_averaged(FieldTable& fields) const {
    if (fields.secondary == 0)
      return {};
    OQ_TRY(const auto files, RiskFiles::read(job_, nullptr));
    OQ_TRY(const auto needed, risk_measures(job_, files));
    const std::size_t all = fields.imts.size();
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < all; ++i)
      if (i + fields.secondary < all || needed.contains(fields.imts[i]))
        columns.push_back(i);
    FieldTable out;
    for (const std::size_t column : columns)
      out.imts.push_back(fields.imts[column]);
    for (std::size_t row = 0; row < fields.rows(); ++row)
      for (const std::size_t column : columns)
        out.values.push_back(fields.values[row * all + column]);
    out.event = std::move(fields.event);
    out.site = std::move(fields.site);
    fields = std::move(out);
    return {};
  }

  void keep_rows(FieldTable& fields) const {
    FieldTable out;
    out.imts = fields.imts;
    out.secondary = fields.secondary;
    const std::size_t imts = fields.imts.size();
    for (std::size_t row = 0; row < fields.rows(); ++row) {
      const auto site = std::ranges::lower_bound(kept_, static_cast<std::size_t>(fields.site[row]));
      if (site == kept_.end() || *site != static_cast<std::size_t>(fields.site[row]))
        continue;
      out.event.push_back(fields.event[row]);
      out.site.push_back(static_cast<std::int32_t>(site - kept_.begin()));
      for (std::size_t i = 0; i < imts; ++i)
        out.values.push_back(fields.values[row * imts + i]);
    }
    fields = std::move(out);
  }

  Job job_;
  ImportedTable imported_;
  std::vector<std::size_t> kept_; // sites, ascending
};

// The sites nearest to assets, or all.
Result<std::vector<std::size_t>> kept_sites(const Job& job, const SiteCollection& sites) {
  std::vector<std::size_t> kept(sites.size());
  std::iota(kept.begin(), kept.end(), std::size_t{0});
  if (!job.inputs.contains("exposure"))
    return kept;
  OQ_TRY(const auto exposure, read_exposure(job));
  OQ_TRY(const auto inside, assets_in_region(exposure.assets, job));
  OQ_TRY(const auto assets, nearest_sites(exposure.assets, inside, sites, job));
  kept = assets.site;
  std::ranges::sort(kept);
  kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
  return kept;
}

} // namespace

Result<std::unique_ptr<Calculator>> make_sites_only(const Job& job, SiteCollection sites) {
  return std::unique_ptr<Calculator>(std::make_unique<SitesOnly>(job, std::move(sites)));
}

Result<std::unique_ptr<Calculator>> make_imported_fields(const Job& job) {
  OQ_TRY(auto imported, import_fields(job));
  OQ_TRY(auto kept, kept_sites(job, imported.sites));
  return std::unique_ptr<Calculator>(
    std::make_unique<ImportedFields>(job, std::move(imported), std::move(kept)));
}

} // namespace oq::engine
