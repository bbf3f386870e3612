// Taxonomies, then their functions' ids, loss types, sites: the order in which an event's random
// numbers are used.
#include "engine/risk/event_losses.hpp"

#include "engine/nrml/number.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace oq::engine {
namespace {

bool flag_option(const Job& job, const char* name) {
  const auto* value = job.parameters.if_contains(name);
  return value != nullptr && value->is_bool() && value->get_bool();
}

double minimum_loss(const Job& job, const std::string& loss_type) {
  const auto* given = job.parameters.if_contains("minimum_asset_loss");
  if (given == nullptr)
    return 0;
  if (given->is_number())
    return given->to_number<double>();
  if (const auto* table = given->if_object())
    for (const auto& key : {loss_type, std::string("default")})
      if (const auto* value = table->if_contains(key); value != nullptr && value->is_number())
        return value->to_number<double>();
  return 0;
}

} // namespace

Result<void> EventLosses::add_models(const std::vector<VulnerabilityModel>& models,
                                     const TaxonomyMapping& mapping, SamplingOptions options) {
  std::map<const VulnerabilityFunction*, const LossSampler*> known;
  const auto& assets = base_->exposure.assets;
  for (const auto& taxonomy : taxonomies_) {
    const auto first = base_->assets.asset[taxonomy.positions.front().front()];
    OQ_TRY(const auto choices, mapping.of(taxonomy.taxonomy));
    auto& by_model = parts_.emplace_back();
    for (const auto& model : models) {
      auto& parts = by_model.emplace_back();
      for (const auto& choice : choices) {
        const auto* function = model.find(choice.function);
        if (function == nullptr)
          return invalid_input("asset " + in_quotes(assets.id[first]) + ": the " + model.loss_type
                                 + " vulnerability model has no function for taxonomy "
                                 + in_quotes(choice.function),
                               assets.where(first));
        OQ_TRY(const auto field,
               field_of(*base_, function->imt.name(), function->id, function->where));
        auto& sampler = known[function];
        if (sampler == nullptr)
          sampler = samplers_.emplace_back(std::make_unique<LossSampler>(*function, options)).get();
        parts.push_back({sampler, field, choice.weight});
      }
    }
  }
  for (const auto& model : models)
    for (std::size_t i = 0; i < base_->asset_count(); ++i)
      if (std::isnan(base_->value(model.value, i))) {
        const auto asset = base_->assets.asset[i];
        return invalid_input("asset " + in_quotes(assets.id[asset]) + ": no value of " + model.value
                               + ", for which there is a vulnerability model",
                             assets.where(asset));
      }
  return {};
}

Result<LossColumn> EventLosses::sum_of(const std::string& types, const std::string& where) const {
  LossColumn sum;
  sum.name = types;
  for (std::size_t at = 0; at <= types.size();) {
    const auto end = std::min(types.find('+', at), types.size());
    const auto name = trimmed(std::string_view(types).substr(at, end - at));
    const auto found = std::ranges::find(columns_, name, &LossColumn::name);
    if (found == columns_.end())
      return invalid_input("there is no vulnerability model of " + in_quotes(name), where);
    sum.parts.push_back(static_cast<std::size_t>(found - columns_.begin()));
    sum.value += (sum.value.empty() ? "" : "+") + found->value;
    at = end + 1;
  }
  return sum;
}

Result<EventLosses> EventLosses::make(const Job& job, const EventBase& base,
                                      const std::vector<VulnerabilityModel>& models,
                                      const TaxonomyMapping& mapping, const RiskFiles& files) {
  EventLosses losses(base);
  losses.taxonomies_ = by_taxonomy(base);
  losses.models_ = models.size();
  SamplingOptions options;
  options.means_only = flag_option(job, "ignore_covs") || flag_option(job, "ignore_master_seed");
  if (job.asset_correlation != 0 && job.asset_correlation != 1)
    return invalid_input("asset_correlation is 0 or 1", job.where("asset_correlation"));
  options.one_epsilon = job.asset_correlation == 1;
  OQ_CHECK(losses.add_models(models, mapping, options));
  for (const auto& model : models)
    losses.add_column({model.loss_type, model.value, {}, minimum_loss(job, model.loss_type)});
  if (const auto* total = job.option("total_losses"); total != nullptr && !total->value.empty()) {
    OQ_TRY(auto column, losses.sum_of(total->value, job.where("total_losses")));
    losses.add_column(std::move(column));
  }
  std::vector<std::string> loss_types;
  for (const auto& model : models)
    loss_types.push_back(model.loss_type);
  OQ_TRY(auto insured,
         read_insurance(job, files, base.exposure.assets, base.assets.asset, loss_types));
  for (auto& type : insured) {
    OQ_TRY(auto column, losses.sum_of(type.losses, job.where("insurance_csv")));
    column.name += "_ins";
    column.covers = std::move(type.covers);
    losses.add_column(std::move(column));
  }
  return losses;
}

void EventLosses::add_column(LossColumn column) {
  std::vector<double> values(base_->asset_count());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (column.parts.empty())
      values[i] = base_->value(column.value, i);
    for (const auto part : column.parts)
      values[i] += values_[part][i];
  }
  values_.push_back(std::move(values));
  columns_.push_back(std::move(column));
}

void EventLosses::add_part(const Part& part, std::span<const std::size_t> rows,
                           std::span<const std::size_t> counts, EventStream& stream,
                           std::span<double> ratios) const {
  std::vector<double> intensities;
  intensities.reserve(rows.size());
  for (const auto row : rows)
    intensities.push_back(
      static_cast<double>(base_->fields.values[row * base_->fields.imts.size() + part.field]));
  part.sampler->add(intensities, counts, part.weight, stream, ratios);
}

void EventLosses::compute(std::size_t event, std::vector<double>& losses) const {
  const std::size_t assets = base_->asset_count();
  losses.assign(columns_.size() * assets, 0.0);
  std::vector<std::int64_t> row_of_site;
  rows_of_event(*base_, event, row_of_site);
  EventStream stream(base_->master_seed + event);
  std::vector<std::vector<double>> ratios(models_); // by position, for each model
  std::vector<std::size_t> counts, rows, positions;
  for (std::size_t t = 0; t < taxonomies_.size(); ++t) {
    const auto& taxonomy = taxonomies_[t];
    rows.clear();
    counts.clear();
    positions.clear();
    for (std::size_t s = 0; s < taxonomy.sites.size(); ++s)
      if (const auto row = row_of_site[taxonomy.sites[s]]; row >= 0) {
        rows.push_back(static_cast<std::size_t>(row));
        counts.push_back(taxonomy.positions[s].size());
        for (const auto position : taxonomy.positions[s])
          positions.push_back(position);
      }
    if (rows.empty())
      continue;
    for (auto& of_model : ratios)
      of_model.assign(positions.size(), 0.0);
    for (std::size_t choice = 0; choice < parts_[t].front().size(); ++choice)
      for (std::size_t model = 0; model < models_; ++model)
        add_part(parts_[t][model][choice], rows, counts, stream, ratios[model]);
    for (std::size_t model = 0; model < models_; ++model)
      for (std::size_t i = 0; i < positions.size(); ++i) {
        const double loss = ratios[model][i] * value(model, positions[i]);
        if (loss > columns_[model].minimum)
          losses[model * assets + positions[i]] = loss;
      }
  }
  for (std::size_t c = models_; c < columns_.size(); ++c) {
    double* const sums = &losses[c * assets];
    for (const auto part : columns_[c].parts)
      for (std::size_t i = 0; i < assets; ++i)
        sums[i] += losses[part * assets + i];
    for (std::size_t i = 0; i < columns_[c].covers.size(); ++i)
      sums[i] = claim(sums[i], value(c, i), columns_[c].covers[i]);
  }
}

} // namespace oq::engine
