// ClassicalProducts: hazard curves of realizations, their statistics and maps, into the datastore.
#pragma once

#include "engine/calculator/classical_model.hpp"
#include "engine/calculator/soil_curves.hpp"
#include "engine/hazard/statistics.hpp"
#include "engine/output/datastore.hpp"

#include <utility>
#include <vector>

namespace oq::engine {

// The statistics a job asks for, in OpenQuake's order.
std::vector<Statistic> statistics_of(const Job& job);

// Curves and maps of datastore_keys.hpp, and rates by source. With `soil` they are those on soil.
// Errors are the datastore's.
class ClassicalProducts {
public:
  // What is referred to must outlive it. Products of so many sites are made at a time.
  ClassicalProducts(const Job& job, const FullLogicTree& tree, const ClassicalModel& model,
                    const SoilCurves* soil, std::size_t part_sites);

  // The arrays of all sites, without values.
  Result<void> create(Datastore& datastore) const;
  // Their values at the sites of the rates.
  Result<void> store(const TileRates& rates, Datastore& datastore) const;

private:
  bool has_maps() const;
  std::size_t levels() const { return soil_ ? soil_->levels().size() : model_.levels(); }
  Result<void> store_part(const TileRates& rates, SiteRange sites, Datastore& datastore) const;

  Job job_; // with the levels of soil
  const FullLogicTree& tree_;
  const ClassicalModel& model_;
  const SoilCurves* soil_;
  std::size_t part_sites_;
  std::vector<Statistic> statistics_;
  // A realization: its groups, and where its model's values begin among those of a site.
  std::vector<std::vector<std::pair<std::size_t, std::size_t>>> terms_;
};

} // namespace oq::engine
