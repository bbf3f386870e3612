// EventLosses: the losses of all assets in one event, loss type by loss type.
#pragma once

#include "engine/risk/event_base.hpp"
#include "engine/risk/insurance.hpp"
#include "engine/risk/loss_models.hpp"
#include "engine/risk/loss_sampler.hpp"

#include <functional>

namespace oq::engine {

// A loss type of the results: one with a vulnerability model, or a sum of several ("total_losses").
struct LossColumn {
  std::string name;               // "structural", "structural+contents"
  std::string value;              // of Assets::values; of a sum, those of its parts joined by '+'
  std::vector<std::size_t> parts; // of a sum: the columns that it adds up
  double minimum = 0;             // smaller losses of an asset count as none
  std::vector<Cover> covers = {}; // by slot: what policies pay instead; empty: the losses
  bool by_event_only = false;     // "claim": total losses less the deductibles of the assets
};

class EventLosses {
public:
  // Errc::invalid_input: a taxonomy without function, an asset without value, fields without the
  // intensity measure. `base` and `models` outlive this.
  static Result<EventLosses> make(const Job& job, const EventBase& base,
                                  const std::vector<VulnerabilityModel>& models,
                                  const TaxonomyMapping& mapping, const RiskFiles& files);

  const std::vector<LossColumn>& columns() const noexcept { return columns_; }
  // Losses come in slots: the assets by taxonomy, then by site. Of an asset's position:
  std::size_t slot(std::size_t position) const { return slots_[position]; }
  // What an asset may lose at most: its value.
  double value(std::size_t column, std::size_t position) const {
    return values_[column][slots_[position]];
  }

  // Losses of a column in the slots from `first` on.
  using Visit =
    std::function<void(std::size_t column, std::size_t first, std::span<const double> losses)>;
  // Room for one event at a time; use one a thread.
  struct Scratch {
    std::vector<std::int64_t> row_of_site;
    std::vector<std::size_t> rows, counts, chosen; // shaken sites of a taxonomy; slots there
    std::vector<double> intensities;
    SamplerScratch sampler;
    std::vector<std::vector<double>> ratios; // by model
    std::vector<std::vector<double>> losses; // by column
  };
  // Shows the losses of one event, taxonomy by taxonomy; those that it does not shake are left out.
  // Thread-safe.
  void compute(std::size_t event, Scratch& scratch, const Visit& visit) const;

private:
  struct Part { // of the buildings of a taxonomy
    const LossSampler* sampler = nullptr;
    std::size_t field = 0;
    double weight = 1;
  };
  explicit EventLosses(const EventBase& base) : base_(&base) {}
  Result<void> add_models(const std::vector<VulnerabilityModel>& models,
                          const TaxonomyMapping& mapping, SamplingOptions options);
  Result<void> check_values(const std::vector<VulnerabilityModel>& models) const;
  // Insured loss types and sums. Errc::invalid_input.
  Result<void> add_columns(const Job& job, const std::vector<VulnerabilityModel>& models,
                           const RiskFiles& files);
  void add_column(LossColumn column);
  // The total losses less the deductibles of the assets, when there are some.
  void add_claims(const LossColumn& total);
  // A column that adds up others ("structural+contents"). Errc::invalid_input at `where`.
  Result<LossColumn> sum_of(const std::string& types, const std::string& where) const;

  // Rows of the fields and slots of a taxonomy in an event.
  void find_rows(const TaxonomyAssets& taxonomy, Scratch& scratch) const;
  void add_part(const Part& part, EventStream& stream, Scratch& scratch,
                std::span<double> ratios) const;
  void losses_of_models(std::size_t first, std::size_t count, Scratch& scratch) const;
  void losses_of_sums(std::size_t first, Scratch& scratch) const;

  const EventBase* base_;
  std::vector<TaxonomyAssets> taxonomies_;
  std::vector<std::size_t> first_slot_;               // of a taxonomy; one more at the end
  std::vector<std::size_t> slots_;                    // of positions
  std::vector<std::vector<std::vector<Part>>> parts_; // taxonomy x model x function
  std::vector<std::unique_ptr<LossSampler>> samplers_;
  std::vector<LossColumn> columns_;
  std::vector<std::vector<double>> values_; // column x slot
  std::size_t models_ = 0;
};

} // namespace oq::engine
