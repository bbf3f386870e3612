// Tags of assets, and the assets that a query chooses by them.
#pragma once

#include "engine/extract/extraction.hpp"

#include <limits>
#include <string>
#include <vector>

namespace oq::engine {

// One tag of all assets.
struct AssetTag {
  std::string name;                          // "taxonomy"
  std::vector<std::string> values;           // an asset's
  std::vector<std::string> distinct() const; // sorted
};
Result<std::vector<AssetTag>> read_asset_tags(const Datastore& datastore);

// The row of the answer that each asset counts in.
struct TagSelection {
  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  std::vector<std::size_t> rows; // an asset's; kNone: it is not chosen
  std::vector<std::string> tags; // "taxonomy=Wood", a row's, with TAG=*; otherwise empty: one row
  std::size_t row_count() const { return tags.empty() ? 1 : tags.size(); }
  bool is_empty() const; // nobody is chosen
};
// Parameters that name a tag choose: an asset needs one of the values of every tag that is named.
// Others are not looked at. Errc::invalid_input: "*" for more than one tag.
Result<TagSelection> select_by_tags(const Datastore& datastore, const Parameters& parameters);

} // namespace oq::engine
