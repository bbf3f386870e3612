// MultiGMPE: another model for each intensity measure type.
#include "engine/gsim/model_families.hpp"
#include "engine/gsim/wrapped_model.hpp"

#include <algorithm>

namespace oq::engine {

namespace {

struct Member {
  Imt imt;
  std::shared_ptr<const GroundMotionModel> model;
};

class MultiGmpe final : public GroundMotionModel {
public:
  MultiGmpe(std::string name, std::vector<Member> members)
    : name_(std::move(name)), members_(std::move(members)) {}

  std::string name() const override { return name_; }
  std::uint64_t needs() const override {
    std::uint64_t needs = 0;
    for (const Member& member : members_)
      needs |= member.model->needs();
    return needs;
  }
  StandardDeviations standard_deviations() const override {
    const bool all = std::ranges::all_of(members_, [](const Member& member) {
      return member.model->standard_deviations() == StandardDeviations::total_between_within;
    });
    return all ? StandardDeviations::total_between_within : StandardDeviations::total_only;
  }
  bool supports(const Imt& imt) const override {
    const auto found = std::ranges::find(members_, imt, &Member::imt);
    return found != members_.end() && found->model->supports(imt);
  }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i)
      std::ranges::find(members_, imts[i], &Member::imt)
        ->model->predict(imts.subspan(i, 1), batch, out.subspan(i, 1));
  }

private:
  std::string name_;
  std::vector<Member> members_;
};

// `[MultiGMPE."PGA".AkkarBommer2010]`, with the model's own arguments below it.
Result<std::shared_ptr<const GroundMotionModel>> make(const GsimSpec& spec) {
  std::vector<Member> members;
  for (const auto& [key, named] : spec.arguments) {
    auto imt = Imt::parse(key);
    if (!imt)
      return invalid_input(spec.name + ": " + imt.error().message, spec.where);
    if (!named.is_object() || named.get_object().size() != 1)
      return invalid_input(spec.name + ": " + imt->name() + " must name one model", spec.where);
    const auto& model = *named.get_object().begin();
    OQ_TRY(InnerModel inner, make_inner(spec, std::string(model.key()), model.value()));
    members.push_back({*imt, std::move(inner.model)});
  }
  if (members.empty())
    return invalid_input(spec.name + " needs a model for each intensity measure type", spec.where);
  return std::shared_ptr<const GroundMotionModel>(
    std::make_shared<const MultiGmpe>(spec.name, std::move(members)));
}

} // namespace

ModelFamily multi_gmpe() {
  static constexpr ModelEntry kModels[] = {{"MultiGMPE", make}};
  return kModels;
}

} // namespace oq::engine
