// The exposure as clients draw it: which values and tags there are, and the assets with them.
#include "engine/extract/asset_tags.hpp"
#include "engine/extract/extractors.hpp"
#include "engine/output/array_access.hpp"
#include "engine/risk/datastore_keys.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <memory>

namespace oq::engine {
namespace {

const std::string kGroup = std::string(keys::kAssets) + "/";

// What can be added up: "number", "area", "occupants_night", "value-structural".
std::vector<std::string> value_columns(const Datastore& datastore) {
  std::vector<std::string> columns;
  for (const auto& name : datastore.members(keys::kAssets))
    if (name == "number" || name == "area" || name.starts_with("occupants")
        || name.starts_with("value-"))
      columns.push_back(name);
  return columns;
}

boost::json::array list(const std::vector<std::string>& names) {
  return boost::json::array(names.begin(), names.end());
}

// The chosen rows of all columns, held ready: tags first, then the place, then the values.
struct AssetColumns {
  std::vector<AssetTag> tags;
  std::vector<std::size_t> widths;          // of the tags
  std::vector<std::vector<double>> numbers; // lon, lat and the values
  std::vector<std::size_t> assets;          // chosen ones
};

void append_asset(std::string& out, const AssetColumns& columns, std::size_t asset) {
  for (std::size_t i = 0; i < columns.tags.size(); ++i)
    append_bytes(out, columns.tags[i].values[asset], columns.widths[i]);
  for (const auto& numbers : columns.numbers)
    append_f4(out, numbers[asset]);
}

} // namespace

Result<Extraction> extract_exposure_metadata(const ExtractJob& job) {
  OQ_TRY(const auto tags, read_asset_tags(job.datastore));
  const auto names = value_columns(job.datastore);
  Extraction out;
  std::vector<std::string> tag_names;
  for (const auto& tag : tags) {
    tag_names.push_back(tag.name);
    out.about[tag.name] = list(tag.distinct());
  }
  out.about["tagnames"] = list(tag_names);
  out.about["names"] = list(names);
  out.about["multi_risk"] = boost::json::array();
  out.arrays.push_back(texts("array", names));
  return out;
}

Result<Extraction> extract_asset_risk(const ExtractJob& job) {
  auto columns = std::make_shared<AssetColumns>();
  OQ_TRY(columns->tags, read_asset_tags(job.datastore));
  OQ_TRY(const auto selection, select_by_tags(job.datastore, job.parameters));
  for (std::size_t asset = 0; asset < selection.rows.size(); ++asset)
    if (selection.rows[asset] != TagSelection::kNone)
      columns->assets.push_back(asset);
  std::vector<Field> fields;
  for (const auto& tag : columns->tags) {
    columns->widths.push_back(longest_bytes(tag.values));
    fields.push_back({tag.name, Dtype::bytes(columns->widths.back())});
  }
  auto names = value_columns(job.datastore);
  names.insert(names.begin(), {"lon", "lat"});
  for (const auto& name : names) {
    OQ_TRY(auto numbers, read_numbers(job.datastore, kGroup + name, 1));
    if (numbers.values.size() != selection.rows.size())
      return Error{Errc::internal, "columns of different lengths", keys::kAssets};
    columns->numbers.push_back(std::move(numbers.values));
    fields.push_back({name, Dtype::f4()});
  }
  ExtractedArray array{"array", Dtype::record(std::move(fields)), {columns->assets.size()}, {}};
  array.read = [columns](std::size_t first, std::size_t count, std::string& out) -> Result<void> {
    for (std::size_t i = first; i < first + count; ++i)
      append_asset(out, *columns, columns->assets[i]);
    return {};
  };
  Extraction out;
  out.about["multi_risk"] = boost::json::array();
  out.arrays.push_back(std::move(array));
  return out;
}

Result<Extraction> extract_asset_tags(const ExtractJob& job) {
  OQ_TRY(const auto tags, read_asset_tags(job.datastore));
  Extraction out;
  for (const auto& tag : tags) {
    auto labels = tag.distinct();
    for (auto& label : labels)
      label = tag.name + "=" + label;
    out.arrays.push_back(byte_texts(tag.name, labels));
  }
  return out;
}

} // namespace oq::engine
