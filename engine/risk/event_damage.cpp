// Damage by event: engine notes 3.7.
#include "engine/risk/event_damage.hpp"

#include "engine/nrml/number.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {
namespace {

constexpr double kNegligible = 1e-7; // share of buildings

} // namespace

Result<void> EventDamage::add_models(const std::vector<FragilityModel>& models,
                                     const TaxonomyMapping& mapping) {
  for (const auto& model : models) {
    auto known = std::ranges::find(loss_types_, model.loss_type);
    if (known == loss_types_.end())
      known = loss_types_.insert(known, model.loss_type);
    models_.push_back({model.peril, static_cast<std::size_t>(known - loss_types_.begin())});
  }
  OQ_TRY(parts_, functions_of(*base_, taxonomies_, models, mapping, "fragility"));
  return {};
}

// Every tag value and every value that the tables need must be there.
Result<void> EventDamage::set_consequences(std::vector<ConsequenceTable> tables) {
  const auto& assets = base_->exposure.assets;
  for (const auto& table : tables) {
    if (table.tag != "taxonomy" && !assets.tags.contains(table.tag))
      return invalid_input("consequence_file: the exposure has no tag " + in_quotes(table.tag));
    if (std::ranges::find(names_, table.consequence) == names_.end())
      names_.push_back(table.consequence);
    const auto value = value_of_consequence(table.consequence, table.loss_type, base_->time_event);
    for (std::size_t i = 0; i < base_->asset_count(); ++i)
      if (!value.empty() && std::isnan(base_->value(value, i)))
        return missing_value(base_->exposure.assets, base_->assets.asset[i], value,
                             "the consequence " + table.consequence);
  }
  tables_ = std::move(tables);
  return {};
}

Result<EventDamage> EventDamage::make(const Job& job, const EventBase& base,
                                      const std::vector<FragilityModel>& models,
                                      const TaxonomyMapping& mapping,
                                      std::vector<ConsequenceTable> consequences) {
  EventDamage damage(base);
  damage.taxonomies_ = by_taxonomy(base);
  damage.states_ = models.front().limit_states.size();
  const auto* discrete = job.parameters.if_contains("discrete_damage_distribution");
  damage.discrete_ = discrete != nullptr && discrete->is_bool() && discrete->get_bool();
  OQ_CHECK(damage.add_models(models, mapping));
  OQ_CHECK(damage.set_consequences(std::move(consequences)));
  return damage;
}

double EventDamage::base_of(std::size_t consequence, std::size_t loss_type,
                            std::size_t position) const {
  for (const auto& table : tables_)
    if (table.consequence == names_[consequence] && table.loss_type == loss_types_[loss_type]) {
      const auto value =
        value_of_consequence(table.consequence, table.loss_type, base_->time_event);
      return value.empty() ? base_->exposure.assets.number[base_->assets.asset[position]]
                           : base_->value(value, position);
    }
  return 0;
}

// Shares of the limit states, "no_damage" first.
void EventDamage::shares(const std::vector<Part>& parts, std::size_t row,
                         std::vector<double>& out) const {
  out.assign(states_ + 1, 0.0);
  for (const auto& part : parts) {
    const double intensity =
      static_cast<double>(base_->fields.values[row * base_->fields.imts.size() + part.field]);
    double before = 1;
    for (std::size_t state = 0; state < states_; ++state) {
      const double poe = part.function->exceedance(state, intensity);
      out[state] += part.weight * (before - poe);
      before = poe;
    }
    out[states_] += part.weight * before;
  }
  for (double& share : out)
    if (share < kNegligible)
      share = 0;
}

void EventDamage::draw(std::span<const double> shares, double number, Philox& generator,
                       std::span<double> cells) const {
  double sum = 0;
  for (const double share : shares)
    sum += share;
  const auto buildings = static_cast<std::size_t>(number);
  for (std::size_t i = 0; i < buildings; ++i) {
    const double uniform = generator.next_double();
    double cumulated = 0;
    for (std::size_t state = 0; state < shares.size(); ++state) {
      cumulated += shares[state];
      if (uniform < cumulated / sum || state + 1 == shares.size()) {
        if (state > 0)
          cells[state - 1] += 1;
        break;
      }
    }
  }
}

void EventDamage::add_consequences(std::size_t position, const Model& model, double number,
                                   std::span<double> cells) const {
  const auto asset = base_->assets.asset[position];
  const auto& assets = base_->exposure.assets;
  for (const auto& table : tables_) {
    if (table.loss_type != loss_types_[model.loss_type] || table.peril != model.peril)
      continue;
    const auto& tag =
      table.tag == "taxonomy" ? assets.taxonomy[asset] : assets.tags.at(table.tag).at(asset);
    const auto row = table.by_value.find(tag);
    if (row == table.by_value.end() || number == 0)
      continue;
    const auto column =
      static_cast<std::size_t>(std::ranges::find(names_, table.consequence) - names_.begin());
    double share = 0;
    for (std::size_t state = 0; state < states_; ++state)
      share += cells[state] / number * row->second[state];
    cells[states_ + column] += share * base_of(column, model.loss_type, position);
  }
}

// A limit state is not reached when no peril makes a building reach it, each on its own; of the
// consequences the worst counts (a building is lost once).
void EventDamage::add_totals(std::size_t position, std::span<double> blocks) const {
  const double number = base_->exposure.assets.number[base_->assets.asset[position]];
  for (std::size_t loss_type = 0; number > 0 && loss_type < loss_types_.size(); ++loss_type) {
    const auto total = blocks.subspan(total_block(loss_type) * width(), width());
    std::vector<double> below(states_, 1.0); // share that does not reach a limit state
    for (std::size_t model = 0; model < models_.size(); ++model) {
      if (models_[model].loss_type != loss_type)
        continue;
      const auto cells = blocks.subspan(model * width(), width());
      double reached = 0;
      for (std::size_t state = states_; state-- > 0;) {
        reached += cells[state] / number;
        below[state] *= 1 - reached;
      }
      for (std::size_t column = states_; column < width(); ++column)
        total[column] = std::max(total[column], cells[column]);
    }
    for (std::size_t state = 0; state < states_; ++state)
      total[state] = ((state + 1 < states_ ? below[state + 1] : 1.0) - below[state]) * number;
  }
}

void EventDamage::compute(std::size_t event, std::vector<double>& damage) const {
  const std::size_t models = models_.size(), blocks = block_count() * width();
  damage.assign(base_->asset_count() * blocks, 0.0);
  std::vector<std::int64_t> row_of_site;
  rows_of_event(*base_, event, row_of_site);
  std::vector<double> at_site;
  // Every site starts the event's stream afresh; its taxonomies, loss types and assets share it.
  const std::size_t streams = discrete_ ? base_->sites : 0;
  std::vector<Philox> stream_of_site(streams, Philox(base_->master_seed + event));
  for (std::size_t t = 0; t < taxonomies_.size(); ++t)
    for (std::size_t model = 0; model < models; ++model)
      for (std::size_t s = 0; s < taxonomies_[t].sites.size(); ++s) {
        const auto row = row_of_site[taxonomies_[t].sites[s]];
        if (row < 0)
          continue;
        shares(parts_[t][model], static_cast<std::size_t>(row), at_site);
        for (const auto position : taxonomies_[t].positions[s]) {
          const double number = base_->exposure.assets.number[base_->assets.asset[position]];
          const std::span cells(&damage[position * blocks + model * width()], width());
          if (discrete_)
            draw(at_site, number, stream_of_site[taxonomies_[t].sites[s]], cells);
          else
            for (std::size_t state = 0; state < states_; ++state)
              cells[state] = at_site[state + 1] * number;
          add_consequences(position, models_[model], number, cells);
        }
      }
  if (has_perils())
    for (std::size_t position = 0; position < base_->asset_count(); ++position)
      add_totals(position, std::span(damage).subspan(position * blocks, blocks));
}

} // namespace oq::engine
