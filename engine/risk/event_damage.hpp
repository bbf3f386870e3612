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

  // Limit states, then consequences: the columns of a model.
  std::size_t state_count() const noexcept { return states_; }
  const std::vector<std::string>& consequences() const noexcept { return names_; }
  std::size_t width() const noexcept { return states_ + names_.size(); }
  // What the coefficients of a consequence multiply for an asset: its share at most.
  double base_of(std::size_t consequence, std::size_t model, std::size_t position) const;

  // Of every asset and model: (position x model) x width. Thread-safe.
  void compute(std::size_t event, std::vector<double>& damage) const;

private:
  using Part = EventFunction<FragilityFunction>;
  explicit EventDamage(const EventBase& base) : base_(&base) {}
  Result<void> add_models(const std::vector<FragilityModel>& models,
                          const TaxonomyMapping& mapping);
  Result<void> set_consequences(std::vector<ConsequenceTable> tables);
  void shares(const std::vector<Part>& parts, std::size_t row, std::vector<double>& out) const;
  void add_consequences(std::size_t position, std::size_t model, double number,
                        std::span<double> cells) const;
  void draw(std::span<const double> shares, double number, Philox& generator,
            std::span<double> cells) const;

  const EventBase* base_;
  bool discrete_ = false; // whole buildings, drawn one by one
  std::size_t states_ = 0;
  std::vector<std::string> loss_types_; // of the models
  std::vector<std::string> names_;      // of consequences
  std::vector<TaxonomyAssets> taxonomies_;
  FunctionTable<FragilityModel> parts_;
  std::vector<ConsequenceTable> tables_;
};

} // namespace oq::engine
