// Exposure: the assets at risk, where they stand and what they are worth.
#pragma once

#include "engine/base/result.hpp"
#include "engine/job/job.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace oq::engine {

// The values of one tag ("state", "occupancy"): few different words for many assets.
struct TagColumn {
  std::vector<std::string> words;     // in order of appearance
  std::vector<std::uint32_t> word_of; // index into words, one an asset

  const std::string& at(std::size_t asset) const { return words[word_of[asset]]; }
};

// One entry an asset, sorted by lon, then lat; assets of one point keep the order of the files.
struct Assets {
  std::vector<std::string> id, taxonomy;
  std::vector<double> lon, lat; // degrees, 5 decimals
  std::vector<float> number;
  // What may be lost, in total for the asset and in the exposure's unit: "structural", …, "area",
  // "number", "residents", "occupants_day", …, "occupants_avg". NaN where not given.
  std::map<std::string, std::vector<float>> values;
  std::vector<std::string> taxonomies; // different ones, in the order of the files
  std::vector<std::string> columns; // keys of values, in the order of the asset collection's file
  std::vector<float> deductible;    // the policy's, as an amount; 0 where not given
  std::vector<float> retrofitted;   // what strengthening costs; empty when no asset has it
  // Of a cost type's policy, as shares of the value; NaN where not given.
  std::map<std::string, std::vector<float>> deductibles, limits;
  std::map<std::string, TagColumn> tags; // "?" where not given

  std::vector<std::string> files;  // names of the files
  std::vector<std::uint32_t> file; // index into files
  std::vector<std::uint32_t> line;

  std::size_t size() const noexcept { return id.size(); }
  // "exposure_model.xml:12"
  std::string where(std::size_t asset) const;
  // Those of the given ones, in that order.
  Assets chosen(const std::vector<std::size_t>& assets) const;
};

// Which of the values a loss type is a part of: people are counted at the `time_event`.
std::string value_of_loss_type(const std::string& loss_type, const std::string& time_event);

enum class CostBasis : unsigned char { aggregated, per_asset, per_area };

// How the columns of an asset combine into its total values.
struct ExposureConversions {
  std::map<std::string, CostBasis> cost_types; // "structural" -> per_asset
  bool area_is_aggregated = false;             // else of one of the `number` units
  bool deductible_is_absolute = true;          // else a share of the cost
  bool limit_is_absolute = true;
  std::vector<std::string> occupancy_periods; // "day", "night", "transit"
  std::vector<std::string> tag_names;         // sorted
};

struct Exposure {
  ExposureConversions conversions;          // of the first file
  std::string category;                     // "buildings"
  std::map<std::string, std::string> units; // cost type -> "USD"
  Assets assets;
};

// Reads NRML 0.4 or 0.5, assets inline or in CSV files beside it. Several files make one exposure
// whose ids get prefixes E01_, E02_, …. Errors name file and line.
Result<Exposure> read_exposure(const Job& job);

// The different points of the assets within the job's region, sorted: the sites of a hazard
// calculation that has an exposure and no sites of its own.
Result<std::vector<SitePoint>> exposure_sites(const Job& job);

} // namespace oq::engine
