// Damage of assets by event, its means and its sums.
#include "engine/risk/scenario_damage.hpp"

#include "engine/risk/datastore_keys.hpp"
#include "engine/risk/event_calculator.hpp"
#include "engine/risk/event_damage.hpp"
#include "engine/risk/network.hpp"
#include "engine/risk/network_results.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace oq::engine {
namespace {

constexpr char kNonOperational[] = "non_operational";

class ScenarioDamageCalculator final : public EventCalculator {
public:
  ScenarioDamageCalculator(CalculatorInputs inputs, std::unique_ptr<EventBase> base,
                           std::unique_ptr<std::vector<FragilityModel>> models, EventDamage damage,
                           std::optional<NetworkResults> network, Widths widths)
    : EventCalculator(std::move(inputs), std::move(base), widths), models_(std::move(models)),
      damage_(std::move(damage)), network_(std::move(network)), width_(damage_.width()) {}

private:
  std::size_t asset_width() const { return damage_.block_count() * width_; }
  std::size_t damage_sums() const { return base().asset_count() * asset_width(); }
  std::size_t damage_totals() const { return damage_.loss_types().size() * width_; }

  AddEvent event_adder() const override {
    const auto damage = std::make_shared<std::vector<double>>();
    return [this, damage](std::size_t event, std::span<double> sums, std::span<double> totals) {
      damage_.compute(event, *damage);
      const std::size_t width = asset_width(), first = damage_.total_block(0) * width_;
      for (std::size_t i = 0; i < damage->size(); i += width) {
        for (std::size_t k = 0; k < width; ++k)
          sums[i + k] += (*damage)[i + k];
        for (std::size_t k = 0; k < damage_totals(); ++k)
          totals[k] += (*damage)[i + first + k];
      }
      if (network_)
        network_->add(broken_assets(*damage), sums.subspan(damage_sums()),
                      totals.subspan(damage_totals()));
    };
  }
  // Those that are not operational for any loss type.
  std::vector<char> broken_assets(const std::vector<double>& damage) const {
    const auto& names = damage_.consequences();
    const auto column =
      damage_.state_count()
      + static_cast<std::size_t>(std::ranges::find(names, kNonOperational) - names.begin());
    std::vector<char> broken(base().asset_count(), 0);
    for (std::size_t i = 0; i < broken.size(); ++i)
      for (std::size_t block = 0; block < damage_.block_count(); ++block)
        if (damage[i * asset_width() + block * width_ + column] > 0)
          broken[i] = 1;
    return broken;
  }
  std::vector<std::string> loss_types() const override { return damage_.loss_types(); }
  std::vector<std::string> model_names() const {
    std::vector<std::string> names;
    for (const auto& model : *models_)
      names.push_back(loss_type_of_peril(model.peril, model.loss_type));
    return names;
  }
  double number(std::size_t position) const {
    return base().exposure.assets.number[base().assets.asset[position]];
  }
  // Over the events of a realization: "no_damage", limit states, consequences.
  std::vector<double> means(std::size_t realization, std::size_t block,
                            std::size_t position) const {
    std::vector<double> out{number(position)};
    for (std::size_t i = 0; i < width_; ++i) {
      out.push_back(mean(realization, position * asset_width() + block * width_ + i));
      if (i < damage_.state_count())
        out.front() -= out.back();
    }
    return out;
  }

  Result<void> write_averages(Datastore& datastore) const override {
    std::vector<double> values;
    const auto names = kind_names(base());
    for (std::size_t i = 0; i < base().asset_count(); ++i) {
      std::vector<double> by_realization;
      for (std::size_t r = 0; r < base().weights.size(); ++r)
        for (std::size_t model = 0; model < models_->size(); ++model) {
          const auto cells_of = means(r, model, i);
          by_realization.insert(by_realization.end(), cells_of.begin(), cells_of.end());
        }
      const auto kinds = kinds_of(base(), by_realization, models_->size() * (width_ + 1));
      values.insert(values.end(), kinds.begin(), kinds.end());
    }
    const auto key = keys::kDamages + kind_suffix(base());
    OQ_CHECK(datastore.put(
      key, {{base().asset_count(), names.size(), models_->size(), width_ + 1}, std::move(values)}));
    auto about = event_attributes(names, model_names());
    boost::json::array columns{"no_damage"};
    for (const auto& name : column_names())
      columns.emplace_back(name);
    about["damage_states"] = std::move(columns);
    about["stem"] = "avg_damages";
    const auto* modal = job().parameters.if_contains("modal_damage_state");
    about["modal"] = modal != nullptr && modal->is_bool() && modal->get_bool()
                       ? static_cast<std::int64_t>(damage_.state_count() + 1)
                       : std::int64_t{0};
    return datastore.put_attributes(key, about);
  }

  std::vector<std::string> column_names() const {
    std::vector<std::string> names = models_->front().limit_states;
    names.insert(names.end(), damage_.consequences().begin(), damage_.consequences().end());
    return names;
  }

  // By loss type, then event; events that shake no asset are left out.
  TextTable table_by_event() const {
    TextTable table{"risk_by_event", {"event_id", "loss_type"}, column_names(), {{}, {}}, {}, true};
    for (std::size_t loss_type = 0; loss_type < damage_.loss_types().size(); ++loss_type)
      for (std::size_t event = 0; event < base().event_count(); ++event) {
        if (!shakes_assets(base(), event))
          continue;
        table.texts[0].push_back(std::to_string(event));
        table.texts[1].push_back(damage_.loss_types()[loss_type]);
        for (std::size_t i = 0; i < width_; ++i)
          table.numbers.push_back(total(event, loss_type * width_ + i));
      }
    return table;
  }

  std::vector<std::string> aggregate_columns() const override {
    std::vector<std::string> names{"no_damage"};
    for (const auto& state : models_->front().limit_states)
      names.push_back(state);
    for (const auto& name : damage_.consequences()) {
      names.push_back(name + "_value");
      names.push_back(name + "_ratio");
    }
    return names;
  }

  void add_rows(const AssetGroup& group, TextTable& table) const override {
    for (std::size_t loss_type = 0; loss_type < damage_.loss_types().size(); ++loss_type)
      for (std::size_t r = 0; r < base().weights.size(); ++r)
        add_row(group, loss_type, r, table);
  }

  void add_row(const AssetGroup& group, std::size_t loss_type, std::size_t realization,
               TextTable& table) const {
    std::vector<double> sums(width_ + 1, 0.0), bases(damage_.consequences().size(), 0.0);
    double numbers = 0;
    for (const auto position : group.positions) {
      const auto cells_of = means(realization, damage_.total_block(loss_type), position);
      for (std::size_t i = 0; i < sums.size(); ++i)
        sums[i] += cells_of[i];
      for (std::size_t c = 0; c < bases.size(); ++c)
        bases[c] += damage_.base_of(c, loss_type, position);
      numbers += number(position);
    }
    // As the reference engine has it: all loss types share what is not damaged.
    double damaged = 0;
    for (std::size_t i = 1; i <= damage_.state_count(); ++i)
      damaged += sums[i];
    sums.front() = numbers - damaged / static_cast<double>(damage_.loss_types().size());
    add_texts(group, damage_.loss_types()[loss_type], realization, table);
    const std::size_t states = damage_.state_count() + 1;
    table.numbers.insert(table.numbers.end(), sums.begin(),
                         sums.begin() + static_cast<std::ptrdiff_t>(states));
    for (std::size_t c = 0; c < bases.size(); ++c) {
      table.numbers.push_back(sums[states + c]);
      table.numbers.push_back(bases[c] == 0 ? 0 : sums[states + c] / bases[c]);
    }
  }

  Result<void> write_more(Datastore& datastore) const override {
    if (!network_)
      return {};
    return network_->store(
      base(),
      [this](std::size_t realization, std::size_t sum) {
        return mean(realization, damage_sums() + sum);
      },
      [this](std::size_t event, std::size_t number) {
        return total(event, damage_totals() + number);
      },
      datastore);
  }

  std::unique_ptr<std::vector<FragilityModel>> models_; // damage_ refers to them
  EventDamage damage_;
  std::optional<NetworkResults> network_;
  std::size_t width_; // limit states and consequences
};

Result<NetworkResults> make_network(const Job& job, const EventBase& base,
                                    const EventDamage& damage) {
  OQ_CHECK(check_network(base.exposure.assets, base.assets.asset));
  const auto& names = damage.consequences();
  if (std::ranges::find(names, kNonOperational) == names.end())
    return invalid_input("infrastructure_connectivity_analysis needs the consequence "
                         "non_operational: give consequence_file",
                         job.where("infrastructure_connectivity_analysis"));
  OQ_TRY(auto graph, NetworkGraph::make(base.exposure.assets, base.assets.asset));
  return NetworkResults(std::move(graph));
}

} // namespace

Result<std::unique_ptr<Calculator>> make_scenario_damage_calculator(CalculatorInputs inputs) {
  if (!inputs.hazard)
    return invalid_input("scenario_damage starts from ground-motion fields: give a rupture, "
                         "gmfs_file, or a calculation with hazard_calculation_id or --hc",
                         inputs.job.ini.filename().string());
  OQ_TRY(auto base, read_event_base(inputs.job, *inputs.hazard));
  OQ_TRY(const auto files, RiskFiles::read(inputs.job, inputs.hazard.get()));
  OQ_TRY(auto models, read_fragility_models(files, inputs.job.ini.filename().string()));
  OQ_TRY(const auto mapping, TaxonomyMapping::read(files));
  OQ_TRY(auto consequences, read_consequences(files, models.front().limit_states));
  auto kept_base = std::make_unique<EventBase>(std::move(base));
  auto kept_models = std::make_unique<std::vector<FragilityModel>>(std::move(models));
  OQ_TRY(auto damage,
         EventDamage::make(inputs.job, *kept_base, *kept_models, mapping, std::move(consequences)));
  EventCalculator::Widths widths;
  widths.totals = damage.loss_types().size() * damage.width();
  widths.sums = damage.block_count() * damage.width() * kept_base->asset_count();
  std::optional<NetworkResults> network;
  if (has_network(inputs.job)) {
    OQ_TRY(network, make_network(inputs.job, *kept_base, damage));
    widths.sums += network->sum_count();
    widths.totals += network->total_count();
  }
  return std::unique_ptr<Calculator>(std::make_unique<ScenarioDamageCalculator>(
    std::move(inputs), std::move(kept_base), std::move(kept_models), std::move(damage),
    std::move(network), widths));
}

} // namespace oq::engine
