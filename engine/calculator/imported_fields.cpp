// Copies the imported datastore, reduced to the sites that have assets.
#include "engine/calculator/imported_fields.hpp"

#include "engine/base/json.hpp"
#include "engine/calculator/calculation_head.hpp"
#include "engine/gmf/import_fields.hpp"
#include "engine/hazard/datastore_keys.hpp"
#include "engine/output/hazard_results.hpp"
#include "engine/risk/region.hpp"

#include <algorithm>
#include <numeric>

namespace oq::engine {
namespace {

template <class T>
Array column(std::vector<T> values) {
  const std::size_t size = values.size();
  return {{size}, std::move(values)};
}

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
  ImportedFields(const Job& job, std::shared_ptr<const Datastore> imported,
                 std::vector<std::size_t> kept)
    : job_(job), imported_(std::move(imported)), kept_(std::move(kept)) {}

  Result<void> finish(Datastore& datastore) override {
    Attributes about;
    about["calculation_mode"] = std::string(to_string(job_.mode));
    about["description"] = job_.description;
    OQ_CHECK(datastore.put_attributes("", about));
    OQ_CHECK(
      datastore.put(keys::kOqparam, {{1}, std::vector<std::string>{json_text(oqparam(job_))}}));
    OQ_TRY(const auto sites, read_sites(*imported_));
    OQ_TRY(auto fields, read_fields(*imported_));
    OQ_TRY(const auto events, read_events(*imported_));
    for (const char* key : {keys::kRealizationIds, keys::kRealizationPaths,
                            keys::kRealizationWeights, keys::kWeights}) {
      OQ_TRY(const auto array, imported_->get(key));
      OQ_CHECK(datastore.put(key, array));
    }
    OQ_CHECK(store_sites(sites, datastore));
    OQ_CHECK(store_events(events, false, datastore));
    const bool all = kept_.size() == sites.lon.size();
    keep_rows(fields);
    OQ_CHECK(store_fields(fields, datastore));
    // The reference engine writes no fields that were read for more sites than have assets.
    if (!all)
      return datastore.put_attributes("gmf_data", {{"only_sites", true}});
    OQ_TRY(const auto average, imported_->get("avg_gmf"));
    OQ_CHECK(datastore.put("avg_gmf", average));
    OQ_TRY(const auto attributes, imported_->attributes("avg_gmf"));
    return datastore.put_attributes("avg_gmf", attributes);
  }

private:
  Result<void> store_sites(const ExportSites& sites, Datastore& datastore) const {
    std::vector<std::int32_t> ids(kept_.size());
    std::iota(ids.begin(), ids.end(), 0);
    std::vector<double> lon, lat, depth;
    std::vector<std::string> names;
    for (const auto site : kept_) {
      lon.push_back(sites.lon[site]);
      lat.push_back(sites.lat[site]);
      depth.push_back(sites.depth[site]);
      names.push_back(sites.custom_ids[site]);
    }
    const std::string folder = keys::kSitecol;
    OQ_CHECK(datastore.put(folder + "sids", column(std::move(ids))));
    OQ_CHECK(datastore.put(folder + "lon", column(std::move(lon))));
    OQ_CHECK(datastore.put(folder + "lat", column(std::move(lat))));
    OQ_CHECK(datastore.put(folder + "depth", column(std::move(depth))));
    return datastore.put(folder + "custom_site_id", column(std::move(names)));
  }

  void keep_rows(FieldTable& fields) const {
    FieldTable out;
    out.imts = fields.imts;
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
  std::shared_ptr<const Datastore> imported_;
  std::vector<std::size_t> kept_; // sites, ascending
};

// The sites nearest to assets, or all.
Result<std::vector<std::size_t>> kept_sites(const Job& job, const Datastore& imported) {
  OQ_TRY(auto points, read_sites(imported));
  std::vector<std::size_t> kept(points.lon.size());
  std::iota(kept.begin(), kept.end(), std::size_t{0});
  if (!job.inputs.contains("exposure"))
    return kept;
  SiteCollection sites;
  sites.lon = std::move(points.lon);
  sites.lat = std::move(points.lat);
  sites.depth = std::move(points.depth);
  OQ_TRY(const auto exposure, read_exposure(job));
  OQ_TRY(const auto inside, assets_in_region(exposure.assets, job));
  OQ_TRY(const auto assets, nearest_sites(exposure.assets, inside, sites, job));
  kept = assets.site;
  std::ranges::sort(kept);
  const auto repeated = std::ranges::unique(kept);
  kept.erase(repeated.begin(), repeated.end());
  return kept;
}

} // namespace

Result<std::unique_ptr<Calculator>> make_sites_only(const Job& job, SiteCollection sites) {
  return std::unique_ptr<Calculator>(std::make_unique<SitesOnly>(job, std::move(sites)));
}

Result<std::unique_ptr<Calculator>> make_imported_fields(const Job& job) {
  OQ_TRY(auto imported, import_fields(job));
  OQ_TRY(auto kept, kept_sites(job, *imported));
  return std::unique_ptr<Calculator>(
    std::make_unique<ImportedFields>(job, std::move(imported), std::move(kept)));
}

} // namespace oq::engine
