// WrappedModel: a model that changes what another one predicts.
#pragma once

#include "engine/gsim/published_model.hpp"
#include "engine/gsim/registry.hpp"

#include <memory>
#include <vector>

namespace oq::engine {

class WrappedModel : public GroundMotionModel {
public:
  // `needs`: what the change reads beside what the inner model reads.
  WrappedModel(std::string name, std::shared_ptr<const GroundMotionModel> inner,
               std::uint64_t needs)
    : name_(std::move(name)), inner_(std::move(inner)), needs_(needs) {}

  std::string name() const override { return name_; }
  std::uint64_t needs() const override { return inner_->needs() | needs_; }
  StandardDeviations standard_deviations() const override { return inner_->standard_deviations(); }
  bool supports(const Imt& imt) const override { return inner_->supports(imt); }

  const GroundMotionModel& inner() const { return *inner_; }

private:
  std::string name_;
  std::shared_ptr<const GroundMotionModel> inner_;
  std::uint64_t needs_;
};

// A batch whose sites all have one vs30.
class UniformVs30 {
public:
  UniformVs30(const PairBatch& batch, double vs30) : vs30_(batch.pairs(), vs30), view_(batch) {
    view_.vs30 = vs30_;
  }
  const PairBatch& view() const { return view_; }

private:
  std::vector<double> vs30_;
  PairBatch view_;
};

struct InnerModel {
  std::string name;
  std::shared_ptr<const GroundMotionModel> model;
};
// The model that `gmpe_name` names; every other argument is its own.
Result<InnerModel> make_named_inner(const GsimSpec& spec);
// A model with arguments of its own inside a branch.
Result<InnerModel> make_inner(const GsimSpec& outer, std::string name,
                              const boost::json::value& arguments);
// Place of a branch in its file.
const std::string& where_of(const GsimSpec& spec);

} // namespace oq::engine
