// TabulatedModel: a model that reads of an IMT nothing but its row of one table.
#pragma once

#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"

namespace oq::engine {

template <class Row>
class TabulatedModel : public PublishedModel {
public:
  TabulatedModel(std::string name, const CoefficientTable<Row>& table, std::uint64_t needs,
                 StandardDeviations deviations)
    : PublishedModel(std::move(name), needs, deviations), table_(table) {}

  bool supports(const Imt& imt) const override { return table_.supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i)
      predict_row(table_.at(imts[i]), batch, out[i]);
  }

private:
  virtual void predict_row(const Row& c, const PairBatch& batch, const GroundMotion& out) const = 0;

  const CoefficientTable<Row>& table_;
};

} // namespace oq::engine
