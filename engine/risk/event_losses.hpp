// EventLosses: the losses of all assets in one event, loss type by loss type.
#pragma once

#include "engine/risk/event_base.hpp"
#include "engine/risk/insurance.hpp"
#include "engine/risk/loss_models.hpp"
#include "engine/risk/loss_sampler.hpp"

namespace oq::engine {

// A loss type of the results: one with a vulnerability model, or a sum of several ("total_losses").
struct LossColumn {
  std::string name;               // "structural", "structural+contents"
  std::string value;              // of Assets::values; of a sum, those of its parts joined by '+'
  std::vector<std::size_t> parts; // of a sum: the columns that it adds up
  double minimum = 0;             // smaller losses of an asset count as none
  std::vector<Cover> covers = {}; // by position: what policies pay instead; empty: the losses
};

class EventLosses {
public:
  // Errc::invalid_input: a taxonomy without function, an asset without value, fields without the
  // intensity measure. `base` and `models` outlive this.
  static Result<EventLosses> make(const Job& job, const EventBase& base,
                                  const std::vector<VulnerabilityModel>& models,
                                  const TaxonomyMapping& mapping, const RiskFiles& files);

  const std::vector<LossColumn>& columns() const noexcept { return columns_; }
  // Loss of every asset for every column: column x asset. Thread-safe.
  void compute(std::size_t event, std::vector<double>& losses) const;
  // What an asset may lose at most: its value.
  double value(std::size_t column, std::size_t position) const { return values_[column][position]; }

private:
  struct Part { // of the buildings of a taxonomy
    const LossSampler* sampler = nullptr;
    std::size_t field = 0;
    double weight = 1;
  };
  explicit EventLosses(const EventBase& base) : base_(&base) {}
  Result<void> add_models(const std::vector<VulnerabilityModel>& models,
                          const TaxonomyMapping& mapping, SamplingOptions options);
  // Adds the ratios of the assets at these rows of the fields.
  void add_part(const Part& part, std::span<const std::size_t> rows,
                std::span<const std::size_t> counts, EventStream& stream,
                std::span<double> ratios) const;
  void add_column(LossColumn column);
  // A column that adds up others ("structural+contents"). Errc::invalid_input at `where`.
  Result<LossColumn> sum_of(const std::string& types, const std::string& where) const;

  const EventBase* base_;
  std::vector<TaxonomyAssets> taxonomies_;
  std::vector<std::vector<std::vector<Part>>> parts_; // taxonomy x model x function
  std::vector<std::unique_ptr<LossSampler>> samplers_;
  std::vector<LossColumn> columns_;
  std::vector<std::vector<double>> values_; // column x position
  std::size_t models_ = 0;
};

} // namespace oq::engine
