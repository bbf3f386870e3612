// AssetList: checks assets as readers find them, and puts them in order.
#pragma once

#include "engine/risk/exposure.hpp"

#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace oq::engine {

// An asset as the file has it: nothing multiplied yet.
struct AssetRow {
  std::string id, taxonomy;
  double lon = 0, lat = 0;
  double number = 1;
  std::optional<double> area;
  std::vector<std::pair<std::string, double>> costs;     // by cost type
  std::vector<std::pair<std::string, double>> occupants; // by period
  std::vector<std::pair<std::string, std::string>> tags;
  std::optional<double> residents, retrofitted;
  // By cost type, as the file has them.
  std::vector<std::pair<std::string, double>> deductibles, limits;
  double deductible = 0;
};

class AssetList {
public:
  // The following rows come from this file.
  void start_file(std::string name, std::string id_prefix);
  // The order of the values in the asset collection's file, as far as it is not known yet.
  void declare_columns(const std::vector<std::string>& names);
  // Errc::invalid_input: a duplicate id, an unknown cost type, a coordinate or value out of range.
  Result<void> add(const AssetRow& row, const ExposureConversions& conversions, std::uint32_t line);
  // Errc::invalid_input when there is no asset.
  Result<Assets> finish() &&;

private:
  std::string here(std::uint32_t line) const;
  Result<void> check(const AssetRow& row, std::uint32_t line) const;
  Result<void> set_costs(const AssetRow& row, const ExposureConversions& conversions,
                         std::uint32_t line);
  Result<void> set_covers(const AssetRow& row, const ExposureConversions& conversions,
                          std::uint32_t line);
  void set_value(const std::string& name, float value);
  void set_occupants(const AssetRow& row);
  void set_tags(const AssetRow& row, const ExposureConversions& conversions);

  Assets assets_;
  std::string id_prefix_;
  std::unordered_map<std::string, std::size_t> positions_;                      // of ids
  std::map<std::string, std::unordered_map<std::string, std::uint32_t>> words_; // of tags
  std::unordered_set<std::string> taxonomies_;
};

} // namespace oq::engine
