// Taxonomies, then their functions' ids, loss types, sites: the order in which an event's random
// numbers are used.
#include "engine/risk/event_losses.hpp"

#include "engine/nrml/number.hpp"
#include "engine/risk/event_functions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
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
  OQ_TRY(const auto table, functions_of(*base_, taxonomies_, models, mapping, "vulnerability"));
  for (const auto& by_model : table) {
    auto& parts_of = parts_.emplace_back();
    for (const auto& functions : by_model) {
      auto& parts = parts_of.emplace_back();
      for (const auto& [function, field, weight] : functions) {
        auto& sampler = known[function];
        if (sampler == nullptr)
          sampler = samplers_.emplace_back(std::make_unique<LossSampler>(*function, options)).get();
        parts.push_back({sampler, field, weight});
      }
    }
  }
  return check_values(models);
}

Result<void> EventLosses::check_values(const std::vector<VulnerabilityModel>& models) const {
  for (const auto& model : models)
    for (std::size_t i = 0; i < base_->asset_count(); ++i)
      if (std::isnan(base_->value(model.value, i)))
        return missing_value(base_->exposure.assets, base_->assets.asset[i], model.value,
                             "the " + model.loss_type + " vulnerability model");
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
  losses.slots_.resize(base.asset_count());
  std::size_t slot = 0;
  for (const auto& taxonomy : losses.taxonomies_) {
    losses.first_slot_.push_back(slot);
    for (const auto& positions : taxonomy.positions)
      for (const auto position : positions)
        losses.slots_[position] = slot++;
  }
  losses.first_slot_.push_back(slot);
  SamplingOptions options;
  options.means_only = flag_option(job, "ignore_covs") || flag_option(job, "ignore_master_seed");
  if (job.asset_correlation != 0 && job.asset_correlation != 1)
    return invalid_input("asset_correlation is 0 or 1", job.where("asset_correlation"));
  options.one_epsilon = job.asset_correlation == 1;
  OQ_CHECK(losses.add_models(models, mapping, options));
  OQ_CHECK(losses.add_columns(job, models, files));
  return losses;
}

Result<void> EventLosses::add_columns(const Job& job, const std::vector<VulnerabilityModel>& models,
                                      const RiskFiles& files) {
  std::vector<std::string> loss_types;
  for (const auto& model : models) {
    loss_types.push_back(model.loss_type);
    add_column({model.loss_type, model.value, {}, minimum_loss(job, model.loss_type)});
  }
  std::optional<LossColumn> total_losses;
  if (const auto* total = job.option("total_losses"); total != nullptr && !total->value.empty()) {
    OQ_TRY(auto column, sum_of(total->value, job.where("total_losses")));
    add_column(column);
    total_losses = std::move(column);
  }
  OQ_TRY(const auto insured,
         read_insurance(job, files, base_->exposure.assets, base_->assets.asset, loss_types));
  for (const auto& type : insured) {
    OQ_TRY(auto column, sum_of(type.losses, job.where("insurance_csv")));
    column.name += "_ins";
    column.covers.resize(slots_.size());
    for (std::size_t i = 0; i < slots_.size(); ++i)
      column.covers[slots_[i]] = type.covers[i];
    add_column(std::move(column));
  }
  if (total_losses)
    add_claims(*total_losses);
  return {};
}

void EventLosses::add_claims(const LossColumn& total) {
  const auto& deductibles = base_->exposure.assets.deductible;
  LossColumn claims = total;
  claims.name = "claim";
  claims.by_event_only = true;
  claims.covers.resize(slots_.size(), {0, std::numeric_limits<double>::max()});
  bool any = false;
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    const double deductible = deductibles.empty() ? 0 : deductibles[base_->assets.asset[i]];
    double worth = 0;
    for (const auto part : total.parts)
      worth += value(part, i);
    any = any || deductible > 0;
    if (deductible > 0 && worth > 0)
      claims.covers[slots_[i]].deductible = deductible / worth;
  }
  if (any)
    add_column(std::move(claims));
}

void EventLosses::add_column(LossColumn column) {
  std::vector<double> values(base_->asset_count());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (column.parts.empty())
      values[slots_[i]] = base_->value(column.value, i);
    for (const auto part : column.parts)
      values[i] += values_[part][i];
  }
  values_.push_back(std::move(values));
  columns_.push_back(std::move(column));
}

void EventLosses::find_rows(const TaxonomyAssets& taxonomy, Scratch& scratch) const {
  scratch.rows.clear();
  scratch.counts.clear();
  scratch.chosen.clear();
  std::size_t slot = 0; // within the taxonomy
  for (std::size_t s = 0; s < taxonomy.sites.size(); ++s) {
    const std::size_t count = taxonomy.positions[s].size();
    if (const auto row = scratch.row_of_site[taxonomy.sites[s]]; row >= 0) {
      scratch.rows.push_back(static_cast<std::size_t>(row));
      scratch.counts.push_back(count);
      for (std::size_t k = 0; k < count; ++k)
        scratch.chosen.push_back(slot + k);
    }
    slot += count;
  }
}

void EventLosses::add_part(const Part& part, EventStream& stream, Scratch& scratch,
                           std::span<double> ratios) const {
  const std::size_t imts = base_->fields.imts.size();
  scratch.intensities.resize(scratch.rows.size());
  for (std::size_t i = 0; i < scratch.rows.size(); ++i)
    scratch.intensities[i] =
      static_cast<double>(base_->fields.values[scratch.rows[i] * imts + part.field]);
  part.sampler->add(scratch.intensities, scratch.counts, part.weight, stream, scratch.sampler,
                    ratios);
}

// Ratios of the slots that are shaken become losses of all `count` slots from `first` on.
void EventLosses::losses_of_models(std::size_t first, std::size_t count, Scratch& scratch) const {
  for (std::size_t model = 0; model < models_; ++model) {
    auto& losses = scratch.losses[model];
    losses.assign(count, 0.0);
    const double* const values = &values_[model][first];
    const double minimum = columns_[model].minimum;
    const auto& ratios = scratch.ratios[model];
    for (std::size_t i = 0; i < ratios.size(); ++i) {
      const std::size_t slot = scratch.chosen[i];
      const double loss = ratios[i] * values[slot];
      losses[slot] = loss > minimum ? loss : 0;
    }
  }
}

void EventLosses::losses_of_sums(std::size_t first, Scratch& scratch) const {
  for (std::size_t c = models_; c < columns_.size(); ++c) {
    auto& sums = scratch.losses[c];
    sums.assign(scratch.losses[0].size(), 0.0);
    for (const auto part : columns_[c].parts)
      for (std::size_t i = 0; i < sums.size(); ++i)
        sums[i] += scratch.losses[part][i];
    if (columns_[c].covers.empty())
      continue;
    for (std::size_t i = 0; i < sums.size(); ++i)
      sums[i] = claim(sums[i], values_[c][first + i], columns_[c].covers[first + i]);
  }
}

void EventLosses::compute(std::size_t event, Scratch& scratch, const Visit& visit) const {
  rows_of_event(*base_, event, scratch.row_of_site);
  EventStream stream(base_->master_seed + event);
  scratch.ratios.resize(models_);
  scratch.losses.resize(columns_.size());
  for (std::size_t t = 0; t < taxonomies_.size(); ++t) {
    find_rows(taxonomies_[t], scratch);
    if (scratch.rows.empty())
      continue;
    for (auto& of_model : scratch.ratios)
      of_model.assign(scratch.chosen.size(), 0.0);
    for (std::size_t choice = 0; choice < parts_[t].front().size(); ++choice)
      for (std::size_t model = 0; model < models_; ++model)
        add_part(parts_[t][model][choice], stream, scratch, scratch.ratios[model]);
    const std::size_t first = first_slot_[t];
    losses_of_models(first, first_slot_[t + 1] - first, scratch);
    losses_of_sums(first, scratch);
    for (std::size_t column = 0; column < columns_.size(); ++column)
      visit(column, first, scratch.losses[column]);
  }
}

} // namespace oq::engine
