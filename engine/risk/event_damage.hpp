// EventDamage: buildings by damage state, and their consequences, in one event.
#pragma once

#include "engine/random/philox.hpp"
#include "engine/risk/consequences.hpp"
#include "engine/risk/event_functions.hpp"

namespace oq::engine {

class EventDamage {
public:
  // Errc::invalid_input: a taxonomy without function, an asset without value, fields without the
  // intensity measure. `base` and `models` outlive this.
  static Result<EventDamage> make(const Job& job, const EventBase& base,
                                  const std::vector<FragilityModel>& models,
                                  const TaxonomyMapping& mapping,
                                  std::vector<ConsequenceTable> consequences);

  // Limit states, then consequences: the columns of a block.
  std::size_t state_count() const noexcept { return states_; }
  const std::vector<std::string>& consequences() const noexcept { return names_; }
  std::size_t width() const noexcept { return states_ + names_.size(); }
  const std::vector<std::string>& loss_types() const noexcept { return loss_types_; }
  // An asset has a block for each model and, when there are several perils, one for each loss type
  // with the damage of all of them.
  std::size_t block_count() const noexcept {
    return models_.size() + (has_perils() ? loss_types_.size() : 0);
  }
  std::size_t total_block(std::size_t loss_type) const noexcept {
    return has_perils() ? models_.size() + loss_type : loss_type;
  }
  // What the coefficients of a consequence multiply for an asset: its share at most.
  double base_of(std::size_t consequence, std::size_t loss_type, std::size_t position) const;

  // Of every asset: (position x block) x width. Thread-safe.
  void compute(std::size_t event, std::vector<double>& damage) const;

private:
  using Part = EventFunction<FragilityFunction>;
  struct Model {
    std::string peril;
    std::size_t loss_type; // index
  };
  bool has_perils() const noexcept { return models_.size() > loss_types_.size(); }
  explicit EventDamage(const EventBase& base) : base_(&base) {}
  Result<void> add_models(const std::vector<FragilityModel>& models,
                          const TaxonomyMapping& mapping);
  Result<void> set_consequences(std::vector<ConsequenceTable> tables);
  void shares(const std::vector<Part>& parts, std::size_t row, std::vector<double>& out) const;
  void add_consequences(std::size_t position, const Model& model, double number,
                        std::span<double> cells) const;
  void add_totals(std::size_t position, std::span<double> blocks) const;
  void draw(std::span<const double> shares, double number, Philox& generator,
            std::span<double> cells) const;

  const EventBase* base_;
  bool discrete_ = false; // whole buildings, drawn one by one
  std::size_t states_ = 0;
  std::vector<Model> models_;
  std::vector<std::string> loss_types_; // of all models
  std::vector<std::string> names_;      // of consequences
  std::vector<TaxonomyAssets> taxonomies_;
  FunctionTable<FragilityModel> parts_;
  std::vector<ConsequenceTable> tables_;
};

} // namespace oq::engine
