// Reads exposure models: NRML 0.4 and 0.5.
#include "engine/risk/exposure.hpp"

#include "engine/geo/planar_geometry.hpp"
#include "engine/job/input_path.hpp"
#include "engine/nrml/xml.hpp"
#include "engine/risk/asset_list.hpp"
#include "engine/risk/exposure_csv.hpp"
#include "engine/risk/region.hpp"

#include <algorithm>
#include <set>

namespace oq::engine {
namespace {

constexpr std::size_t kMostCostTypes = 100;

Result<CostBasis> parse_basis(const XmlElement& element) {
  OQ_TRY(const auto word, element.require_attribute("type"));
  if (word == "aggregated")
    return CostBasis::aggregated;
  if (word == "per_asset")
    return CostBasis::per_asset;
  if (word == "per_area")
    return CostBasis::per_area;
  return element.error(in_quotes(word) + " is not one of aggregated, per_asset, per_area");
}

Result<void> read_conversions(const XmlElement& model, Exposure& exposure) {
  const auto conversions = model.child("conversions");
  if (!conversions)
    return {};
  if (const auto area = conversions->child("area"); area) {
    OQ_TRY(const auto basis, parse_basis(*area));
    exposure.conversions.area_is_aggregated = basis == CostBasis::aggregated;
  }
  const auto is_absolute = [&](const char* name) {
    const auto element = conversions->child(name);
    return !element || element->attribute("isAbsolute").value_or("true") != "false";
  };
  exposure.conversions.deductible_is_absolute = is_absolute("deductible");
  exposure.conversions.limit_is_absolute = is_absolute("insuranceLimit");
  const auto types = conversions->child("costTypes");
  if (!types)
    return {};
  for (const auto& type : types->children("costType")) {
    OQ_TRY(const auto name, type.require_attribute("name"));
    OQ_TRY(const auto basis, parse_basis(type));
    if (!exposure.conversions.cost_types.try_emplace(name, basis).second)
      return type.error("cost type " + in_quotes(name) + " is there already");
    if (exposure.conversions.cost_types.size() > kMostCostTypes)
      return type.error("more than 100 cost types");
    exposure.units[name] = std::string(type.attribute("unit").value_or(""));
  }
  return {};
}

Result<ExposureFields> read_fields(const XmlElement& model) {
  ExposureFields fields;
  if (const auto list = model.child("exposureFields"); list)
    for (const auto& field : list->children("field")) {
      OQ_TRY(const auto ours, field.require_attribute("oq"));
      OQ_TRY(fields[ours], field.require_attribute("input"));
    }
  return fields;
}

// The names of tags and periods, whatever separates them.
Result<void> read_names(const XmlElement& model, ExposureConversions& conversions) {
  const auto words = [&](const char* name) {
    std::vector<std::string> out;
    if (const auto list = model.child(name); list) {
      const auto text = list->text();
      for (const auto word : split_list(text, ListSeparators::blanks_and_commas))
        out.emplace_back(word);
    }
    return out;
  };
  conversions.occupancy_periods = words("occupancyPeriods");
  conversions.tag_names = words("tagNames");
  std::ranges::sort(conversions.tag_names);
  const auto twice = std::ranges::adjacent_find(conversions.tag_names);
  if (twice != conversions.tag_names.end())
    return model.error("tag " + in_quotes(*twice) + " is there already");
  if (conversions.tag_names.size() > kMostCostTypes
      || conversions.occupancy_periods.size() > kMostCostTypes)
    return model.error("more than 100 tags or occupancy periods");
  std::erase(conversions.tag_names, "taxonomy"); // every asset has it
  return {};
}

Result<void> read_costs(const XmlElement& asset, AssetRow& row) {
  if (const auto costs = asset.child("costs"); costs)
    for (const auto& cost : costs->children("cost")) {
      OQ_TRY(auto type, cost.require_attribute("type"));
      OQ_TRY(const double value, cost.number_attribute("value"));
      if (cost.attribute("retrofitted")) {
        OQ_TRY(row.retrofitted, cost.number_attribute("retrofitted"));
      }
      if (cost.attribute("deductible")) {
        OQ_TRY(const double deductible, cost.number_attribute("deductible"));
        row.deductibles.emplace_back(type, deductible);
      }
      if (cost.attribute("insuranceLimit")) {
        OQ_TRY(const double limit, cost.number_attribute("insuranceLimit"));
        row.limits.emplace_back(type, limit);
      }
      row.costs.emplace_back(std::move(type), value);
    }
  if (const auto occupancies = asset.child("occupancies"); occupancies)
    for (const auto& occupancy : occupancies->children("occupancy")) {
      OQ_TRY(auto period, occupancy.require_attribute("period"));
      OQ_TRY(const double people, occupancy.number_attribute("occupants"));
      row.occupants.emplace_back(std::move(period), people);
    }
  return {};
}

Result<void> read_tags(const XmlElement& asset, const ExposureConversions& conversions,
                       AssetRow& row) {
  const auto tags = asset.child("tags");
  if (!tags)
    return {};
  for (const auto& [name, value] : tags->attributes()) {
    if (!std::ranges::binary_search(conversions.tag_names, name))
      return tags->error("tag " + in_quotes(name) + " is not among the exposure's tagNames");
    row.tags.emplace_back(name, value);
  }
  return {};
}

Result<AssetRow> read_asset(const XmlElement& asset, const ExposureConversions& conversions) {
  AssetRow row;
  OQ_TRY(row.id, asset.require_attribute("id"));
  OQ_TRY(row.taxonomy, asset.require_attribute("taxonomy"));
  OQ_TRY(row.number, asset.number_attribute("number", 1));
  if (asset.attribute("area")) {
    OQ_TRY(row.area, asset.number_attribute("area"));
  }
  OQ_TRY(const auto location, asset.require_child("location"));
  OQ_TRY(row.lon, location.number_attribute("lon"));
  OQ_TRY(row.lat, location.number_attribute("lat"));
  OQ_CHECK(read_costs(asset, row));
  OQ_CHECK(read_tags(asset, conversions, row));
  return row;
}

// The order of the reference engine: by name when the periods are declared, else costs by name and
// then people in the order of the file.
void declare_columns(const std::vector<AssetRow>& rows, const ExposureConversions& conversions,
                     AssetList& assets) {
  std::set<std::string> values{"number"};
  std::vector<std::string> people;
  for (const auto& row : rows) {
    if (row.area)
      values.insert("area");
    for (const auto& [type, cost] : row.costs)
      values.insert(type);
    for (const auto& [period, count] : row.occupants)
      if (std::ranges::find(people, "occupants_" + period) == people.end())
        people.push_back("occupants_" + period);
  }
  if (!conversions.occupancy_periods.empty())
    std::ranges::sort(people);
  std::vector<std::string> names(values.begin(), values.end());
  // "occupants_" comes before "value-", as the reference engine's file names the others.
  names.insert(conversions.occupancy_periods.empty() ? names.end() : names.begin(), people.begin(),
               people.end());
  assets.declare_columns(names);
}

Result<void> read_inline_assets(const std::vector<XmlElement>& elements,
                                const ExposureConversions& conversions, AssetList& assets) {
  std::vector<AssetRow> rows;
  rows.reserve(elements.size());
  for (const auto& element : elements) {
    OQ_TRY(rows.emplace_back(), read_asset(element, conversions));
  }
  declare_columns(rows, conversions, assets);
  for (std::size_t i = 0; i < rows.size(); ++i)
    OQ_CHECK(assets.add(rows[i], conversions, static_cast<std::uint32_t>(elements[i].line())));
  return {};
}

Result<void> read_file(const std::filesystem::path& file, const Job& job,
                       const std::string& id_prefix, Exposure& exposure, AssetList& assets) {
  OQ_TRY(const auto document, load_xml(file));
  OQ_TRY(const auto model, nrml_content(document, {"exposureModel"}));
  exposure = {};
  exposure.category = std::string(model.attribute("category").value_or(""));
  OQ_CHECK(read_conversions(model, exposure));
  OQ_CHECK(read_names(model, exposure.conversions));
  OQ_TRY(const auto list, model.require_child("assets"));
  const auto elements = list.children("asset");
  if (!elements.empty()) {
    assets.start_file(document.file(), id_prefix);
    return read_inline_assets(elements, exposure.conversions, assets);
  }
  OQ_TRY(const auto fields, read_fields(model));
  const auto text = list.text();
  for (const auto name : split_list(text, ListSeparators::blanks)) {
    const auto csv = resolve_input(file.parent_path(), name, job.confine_to);
    if (!csv)
      return list.error(csv.error().message);
    assets.start_file(csv->filename().string(), id_prefix);
    OQ_CHECK(read_assets_csv(*csv, exposure.conversions, fields, assets));
  }
  return {};
}

std::string file_prefix(std::size_t index) {
  const auto digits = std::to_string(index + 1);
  return "E" + (digits.size() < 2 ? "0" + digits : digits) + "_";
}

} // namespace

Result<Exposure> read_exposure(const Job& job) {
  const auto input = job.inputs.find("exposure");
  if (input == job.inputs.end() || input->second.empty())
    return invalid_input("exposure_file is missing: a risk calculation needs assets",
                         job.where("exposure_file"));
  const auto& files = input->second;
  AssetList assets;
  Exposure first, current;
  for (std::size_t i = 0; i < files.size(); ++i) {
    OQ_CHECK(read_file(files[i], job, files.size() > 1 ? file_prefix(i) : "", current, assets));
    if (i == 0) {
      first = std::move(current);
      continue;
    }
    auto& tags = first.conversions.tag_names;
    tags.insert(tags.end(), current.conversions.tag_names.begin(),
                current.conversions.tag_names.end());
    std::ranges::sort(tags);
    tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
  }
  auto finished = std::move(assets).finish();
  if (!finished)
    return invalid_input(finished.error().message, finished.error().where.empty()
                                                     ? files.front().filename().string()
                                                     : finished.error().where);
  first.assets = *std::move(finished);
  return first;
}

Result<std::vector<SitePoint>> exposure_sites(const Job& job) {
  OQ_TRY(const auto exposure, read_exposure(job));
  OQ_TRY(const auto inside, assets_in_region(exposure.assets, job));
  std::vector<SitePoint> sites;
  for (auto asset : inside) { // sorted, so that equal points follow each other
    const SitePoint site{exposure.assets.lon[asset], exposure.assets.lat[asset], 0};
    if (sites.empty() || sites.back().lon != site.lon || sites.back().lat != site.lat)
      sites.push_back(site);
  }
  return sites;
}

} // namespace oq::engine
