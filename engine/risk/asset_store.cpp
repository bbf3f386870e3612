// Columns of assets to arrays and back.
#include "engine/risk/asset_store.hpp"

#include "engine/output/array_access.hpp"
#include "engine/risk/datastore_keys.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace oq::engine {
namespace {

const std::string kGroup = std::string(keys::kAssets) + "/";

template <class T>
Array column(std::vector<T> values) {
  const auto size = values.size();
  return {{size}, std::move(values)};
}

template <class Texts>
boost::json::array json_list(const Texts& list) {
  return boost::json::array(list.begin(), list.end());
}

std::string_view basis_word(CostBasis basis) {
  switch (basis) {
  case CostBasis::aggregated:
    return "aggregated";
  case CostBasis::per_asset:
    return "per_asset";
  case CostBasis::per_area:
    return "per_area";
  }
  return {};
}

Result<void> store_tags(const Assets& assets, Datastore& datastore) {
  for (const auto& [name, tag] : assets.tags) {
    OQ_CHECK(datastore.put(kGroup + "tags/" + name + "/words", column(tag.words)));
    OQ_CHECK(
      datastore.put(kGroup + "tags/" + name + "/word",
                    column(std::vector<std::int32_t>(tag.word_of.begin(), tag.word_of.end()))));
  }
  return {};
}

template <class T>
std::vector<T> narrowed(const std::vector<double>& values) {
  std::vector<T> out;
  out.reserve(values.size());
  for (const double value : values)
    out.push_back(static_cast<T>(value));
  return out;
}

class AssetReader {
public:
  explicit AssetReader(const Datastore& datastore) : datastore_(datastore) {}

  template <class T>
  Result<void> numbers(const std::string& key, std::vector<T>& out) {
    OQ_TRY(auto array, read_numbers(datastore_, kGroup + key, 1));
    out = narrowed<T>(array.values);
    return out.size() == count ? Result<void>{} : disagree(key);
  }
  static Error disagree(const std::string& key) {
    return {Errc::internal, "the arrays of the assets disagree", key};
  }

  std::size_t count = 0;

private:
  const Datastore& datastore_;
};

Result<TagColumn> read_tag(const Datastore& datastore, AssetReader& reader,
                           const std::string& name) {
  TagColumn tag;
  OQ_TRY(tag.words, read_texts(datastore, kGroup + "tags/" + name + "/words"));
  OQ_CHECK(reader.numbers("tags/" + name + "/word", tag.word_of));
  for (const auto word : tag.word_of)
    if (word >= tag.words.size())
      return AssetReader::disagree("tags/" + name);
  return tag;
}

} // namespace

Result<void> store_assets(const Exposure& exposure, const AssetSites& where,
                          const std::vector<std::string>& loss_types, bool exported,
                          Datastore& datastore) {
  const Assets assets = exposure.assets.chosen(where.asset);
  OQ_CHECK(datastore.put(kGroup + "id", column(assets.id)));
  OQ_CHECK(datastore.put(kGroup + "taxonomy", column(assets.taxonomy)));
  OQ_CHECK(datastore.put(kGroup + "taxonomies", column(assets.taxonomies)));
  OQ_CHECK(datastore.put(kGroup + "lon", column(assets.lon)));
  OQ_CHECK(datastore.put(kGroup + "lat", column(assets.lat)));
  OQ_CHECK(datastore.put(kGroup + "number", column(assets.number)));
  OQ_CHECK(datastore.put(kGroup + "ideductible", column(assets.deductible)));
  OQ_CHECK(datastore.put(kGroup + "site_id",
                         column(std::vector<std::int32_t>(where.site.begin(), where.site.end()))));
  if (!assets.retrofitted.empty())
    OQ_CHECK(datastore.put(kGroup + "retrofitted", column(assets.retrofitted)));
  for (const auto& [name, values] : assets.values)
    OQ_CHECK(datastore.put(kGroup + "value-" + name, column(values)));
  for (const auto& [name, shares] : assets.deductibles)
    OQ_CHECK(datastore.put(kGroup + "deductible-" + name, column(shares)));
  for (const auto& [name, shares] : assets.limits)
    OQ_CHECK(datastore.put(kGroup + "insurance_limit-" + name, column(shares)));
  OQ_CHECK(store_tags(assets, datastore));
  boost::json::object units, bases;
  for (const auto& [cost_type, unit] : exposure.units)
    units[cost_type] = unit;
  for (const auto& [cost_type, basis] : exposure.conversions.cost_types)
    bases[cost_type] = basis_word(basis);
  Attributes about;
  about["loss_types"] = json_list(loss_types);
  about["category"] = exposure.category;
  about["units"] = std::move(units);
  about["cost_types"] = std::move(bases);
  about["columns"] = json_list(assets.columns);
  about["tag_names"] = json_list(exposure.conversions.tag_names);
  about["exported"] = exported;
  return datastore.put_attributes(keys::kAssets, about);
}

bool has_assets(const Datastore& datastore) {
  return datastore.contains(kGroup + "id");
}

Result<bool> are_other_assets(const Exposure& exposure, const AssetSites& where,
                              const Datastore& hazard) {
  if (!has_assets(hazard))
    return true;
  OQ_TRY(const auto stored, read_texts(hazard, kGroup + "id"));
  if (stored.size() != where.asset.size())
    return true;
  for (std::size_t i = 0; i < stored.size(); ++i)
    if (stored[i] != exposure.assets.id[where.asset[i]])
      return true;
  return false;
}

Result<Exposure> read_stored_assets(const Datastore& datastore) {
  Exposure exposure;
  auto& assets = exposure.assets;
  AssetReader reader(datastore);
  OQ_TRY(assets.id, read_texts(datastore, kGroup + "id"));
  OQ_TRY(assets.taxonomy, read_texts(datastore, kGroup + "taxonomy"));
  OQ_TRY(assets.taxonomies, read_texts(datastore, kGroup + "taxonomies"));
  reader.count = assets.id.size();
  if (assets.taxonomy.size() != reader.count)
    return AssetReader::disagree("taxonomy");
  OQ_CHECK(reader.numbers("lon", assets.lon));
  OQ_CHECK(reader.numbers("lat", assets.lat));
  OQ_CHECK(reader.numbers("number", assets.number));
  OQ_CHECK(reader.numbers("ideductible", assets.deductible));
  if (datastore.contains(kGroup + "retrofitted"))
    OQ_CHECK(reader.numbers("retrofitted", assets.retrofitted));
  OQ_TRY(const auto about, datastore.attributes(keys::kAssets));
  exposure.category = text_attribute(about, "category");
  assets.columns = texts_attribute(about, "columns");
  for (const auto& name : assets.columns)
    OQ_CHECK(reader.numbers("value-" + name, assets.values[name]));
  if (const auto bases = about.find("cost_types");
      bases != about.end() && bases->second.is_object())
    for (const auto& entry : bases->second.get_object()) {
      const std::string name(entry.key());
      if (datastore.contains(kGroup + "deductible-" + name))
        OQ_CHECK(reader.numbers("deductible-" + name, assets.deductibles[name]));
      if (datastore.contains(kGroup + "insurance_limit-" + name))
        OQ_CHECK(reader.numbers("insurance_limit-" + name, assets.limits[name]));
    }
  exposure.conversions.tag_names = texts_attribute(about, "tag_names");
  for (const auto& name : exposure.conversions.tag_names) {
    OQ_TRY(assets.tags[name], read_tag(datastore, reader, name));
  }
  if (const auto units = about.find("units"); units != about.end() && units->second.is_object())
    for (const auto& [name, unit] : units->second.get_object())
      exposure.units[name] = unit.is_string() ? std::string(unit.get_string()) : "";
  if (const auto bases = about.find("cost_types");
      bases != about.end() && bases->second.is_object())
    for (const auto& [name, word] : bases->second.get_object())
      exposure.conversions.cost_types[name] = word == "per_asset"  ? CostBasis::per_asset
                                              : word == "per_area" ? CostBasis::per_area
                                                                   : CostBasis::aggregated;
  return exposure;
}

Result<Exposure> exposure_of(const Job& job, const Datastore* hazard) {
  if (job.inputs.contains("exposure") || hazard == nullptr || !has_assets(*hazard))
    return read_exposure(job);
  return read_stored_assets(*hazard);
}

} // namespace oq::engine
