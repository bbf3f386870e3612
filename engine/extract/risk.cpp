// Average losses, loss maps and damage by asset, and what the risk model is about.
#include "engine/base/json.hpp"
#include "engine/extract/risk_result.hpp"
#include "engine/output/risk_tables.hpp"
#include "engine/risk/datastore_keys.hpp"

#include <boost/json/array.hpp>

#include <memory>

namespace oq::engine {
namespace {

// Of one loss type: a number, one a damage state, or a record of one a probability.
std::vector<Field> fields_of(const RiskResult& result, const std::string& loss_type) {
  std::vector<Field> fields;
  for (const auto& state : result.states)
    fields.push_back({loss_type + "-" + state, Dtype::f4()});
  if (!result.states.empty())
    return fields;
  for (const double poe : result.poes)
    fields.push_back({"poe-" + number_text(poe), Dtype::f4()});
  return {{loss_type, fields.empty() ? Dtype::f4() : Dtype::record(std::move(fields))}};
}

// The columns of a row after the asset: positions in what is stored of an asset and kind.
struct Columns {
  std::vector<Field> fields;
  std::vector<std::size_t> positions;
  std::size_t stored = 0;
};

Columns columns_of(const RiskResult& result, const std::vector<std::size_t>& loss_types) {
  Columns columns;
  const auto width = result.values_a_loss_type();
  columns.stored = result.loss_types.size() * width;
  for (const auto type : loss_types) {
    for (auto& field : fields_of(result, result.loss_types[type]))
      columns.fields.push_back(std::move(field));
    for (std::size_t i = 0; i < width; ++i)
      columns.positions.push_back(type * width + i);
  }
  return columns;
}

ExtractedArray table_of(const Datastore& datastore, const RiskResult& result, const Kind& kind,
                        const std::shared_ptr<const AssetTable>& assets, const Columns& columns) {
  const auto id = longest_bytes(assets->id), taxonomy = longest_bytes(assets->taxonomy);
  std::vector<Field> fields = {{"asset_id", Dtype::bytes(id)},
                               {"taxonomy", Dtype::bytes(taxonomy)},
                               {"lon", Dtype::f4()},
                               {"lat", Dtype::f4()}};
  fields.insert(fields.end(), columns.fields.begin(), columns.fields.end());
  ExtractedArray array{kind.name, Dtype::record(std::move(fields)), {assets->size()}, {}};
  array.read = [&datastore, key = result.key_of(kind), kind, assets, columns, id,
                taxonomy](std::size_t first, std::size_t rows, std::string& out) -> Result<void> {
    OQ_TRY(const auto values, read_number_part(datastore, key, {{first, rows}, {kind.index, 1}}));
    for (std::size_t row = 0; row < rows; ++row) {
      const auto asset = first + row;
      append_bytes(out, assets->id[asset], id);
      append_bytes(out, assets->taxonomy[asset], taxonomy);
      append_f4(out, assets->lon[asset]);
      append_f4(out, assets->lat[asset]);
      for (const auto position : columns.positions)
        append_f4(out, values[row * columns.stored + position]);
    }
    return {};
  };
  return array;
}

// A member a kind, a record an asset.
Result<Extraction> extract_tables(const ExtractJob& job, const RiskResult& result) {
  OQ_TRY(const auto kinds,
         chosen_kinds(result.statistics, result.realizations, values_of(job.parameters, "kind")));
  OQ_TRY(const auto loss_types,
         chosen(result.loss_types, values_of(job.parameters, "loss_type"), "loss_type"));
  OQ_TRY(auto assets, read_assets(job.datastore));
  const auto shared = std::make_shared<const AssetTable>(std::move(assets));
  const auto columns = columns_of(result, loss_types);
  Extraction out;
  for (const auto& kind : kinds) {
    OQ_TRY(const auto about, job.datastore.describe(result.key_of(kind)));
    if (about.shape.front() != shared->size())
      return Error{Errc::internal, "not one row an asset", result.key_of(kind)};
    out.arrays.push_back(table_of(job.datastore, result, kind, shared, columns));
  }
  return out;
}

boost::json::array list(const std::vector<std::string>& names) {
  return boost::json::array(names.begin(), names.end());
}

} // namespace

Result<Extraction> extract_average_losses(const ExtractJob& job) {
  OQ_TRY(const auto result,
         read_risk_result(job.datastore, keys::kAverageLosses, "losses_by_asset"));
  return extract_tables(job, result);
}

Result<Extraction> extract_loss_maps(const ExtractJob& job) {
  OQ_TRY(const auto result, read_risk_result(job.datastore, keys::kLossMaps, keys::kLossMaps));
  return extract_tables(job, result);
}

Result<Extraction> extract_damages_of_realizations(const ExtractJob& job) {
  OQ_TRY(auto result, read_risk_result(job.datastore, "damages", "damages-rlzs"));
  result.statistics.clear();
  return result.realizations.empty() ? Result<Extraction>(no_such_key("damages-rlzs"))
                                     : extract_tables(job, result);
}

Result<Extraction> extract_damage_statistics(const ExtractJob& job) {
  OQ_TRY(auto result, read_risk_result(job.datastore, "damages", "damages-stats"));
  result.realizations.clear();
  return result.statistics.empty() ? Result<Extraction>(no_such_key("damages-stats"))
                                   : extract_tables(job, result);
}

Result<Extraction> extract_risk_model(const ExtractJob& job) {
  constexpr char kName[] = "composite_risk_model.attrs";
  if (!job.datastore.contains(keys::kAssets))
    return no_such_key(kName);
  OQ_TRY(const auto attributes, job.datastore.attributes(keys::kAssets));
  std::vector<std::string> limit_states; // of a model of vulnerabilities none
  if (const auto damages = read_risk_result(job.datastore, "damages", kName))
    limit_states.assign(damages->states.begin() + (damages->states.empty() ? 0 : 1),
                        damages->states.end()); // all but the state of no damage
  Extraction out;
  out.about["loss_types"] = list(texts_attribute(attributes, "loss_types"));
  out.about["limit_states"] = list(limit_states);
  out.about["consequences"] = list(texts_attribute(attributes, "consequences"));
  return out;
}

} // namespace oq::engine
