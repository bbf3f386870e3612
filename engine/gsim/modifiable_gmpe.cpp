// ModifiableGMPE: a model and a list of changes, applied in the order in which they are written;
// and the models that make one such change to the model they name.
#include "engine/gsim/model_families.hpp"
#include "engine/gsim/modification.hpp"
#include "engine/gsim/site_terms.hpp"
#include "engine/gsim/wrapped_model.hpp"

#include <algorithm>
#include <array>

namespace oq::engine {

namespace {

std::uint64_t needs_of(const std::vector<Modification>& changes) {
  std::uint64_t needs = 0;
  for (const Modification& change : changes)
    needs |= change.needs;
  return needs;
}

class Modifiable final : public WrappedModel {
public:
  Modifiable(std::string name, std::shared_ptr<const GroundMotionModel> inner,
             std::vector<Modification> changes, std::optional<double> at_vs30)
    : WrappedModel(std::move(name), std::move(inner), needs_of(changes)),
      changes_(std::move(changes)), at_vs30_(at_vs30) {}

  StandardDeviations standard_deviations() const override {
    const bool given = std::ranges::any_of(changes_, &Modification::gives_parts);
    return given ? StandardDeviations::total_between_within : inner().standard_deviations();
  }

  bool supports(const Imt& imt) const override {
    return inner().supports(imt) && std::ranges::all_of(changes_, [&](const Modification& change) {
             return !change.supports || change.supports(imt);
           });
  }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    std::vector<double> scratch;
    const std::vector<GroundMotion> motions = with_parts(out, batch.pairs(), scratch);
    if (at_vs30_)
      inner().predict(imts, UniformVs30(batch, *at_vs30_).view(), motions);
    else
      inner().predict(imts, batch, motions);
    for (const Modification& change : changes_)
      for (std::size_t i = 0; i < imts.size(); ++i)
        change.apply(imts[i], batch, motions[i]);
  }

private:
  // The deviations' parts count here even when the caller does not read them.
  static std::vector<GroundMotion> with_parts(std::span<const GroundMotion> out, std::size_t pairs,
                                              std::vector<double>& scratch) {
    std::vector<GroundMotion> motions(out.begin(), out.end());
    scratch.resize(2 * pairs * motions.size());
    for (std::size_t i = 0; i < motions.size(); ++i) {
      const auto own = std::span(scratch).subspan(2 * pairs * i, 2 * pairs);
      if (motions[i].tau.empty())
        motions[i].tau = own.first(pairs);
      if (motions[i].phi.empty())
        motions[i].phi = own.last(pairs);
    }
    return motions;
  }

  std::vector<Modification> changes_;
  std::optional<double> at_vs30_;
};

// The vs30 of the first of these changes that is made, whatever the order of the text.
std::optional<double> inner_vs30(const std::vector<std::string>& keys,
                                 const std::vector<Modification>& changes) {
  for (const char* key : {"nrcan15_site_term", "cy14_site_term", "ba08_site_term"})
    if (const auto found = std::ranges::find(keys, key); found != keys.end())
      return changes[static_cast<std::size_t>(found - keys.begin())].at_vs30;
  return std::nullopt;
}

Error refusal(const GsimSpec& spec, const std::string& reason) {
  return invalid_input(spec.name + ": " + reason, spec.where);
}

Result<std::shared_ptr<const GroundMotionModel>>
make_changed(const GsimSpec& spec, const InnerModel& inner, const boost::json::object& wanted) {
  std::vector<std::string> keys;
  std::vector<Modification> changes;
  for (const auto& [key, value] : wanted) {
    if (!value.is_object())
      return refusal(spec, "the arguments of " + std::string(key) + " must be key = value");
    auto change = make_modification(std::string(key), value.get_object());
    if (!change)
      return refusal(spec, change.error().message);
    const bool has_parts =
      inner.model->standard_deviations() == StandardDeviations::total_between_within
      || std::ranges::any_of(changes, &Modification::gives_parts);
    if (change->needs_parts && !has_parts)
      return refusal(spec, std::string(key) + " needs a between-event deviation, which "
                             + inner.name + " has not");
    keys.emplace_back(key);
    changes.push_back(*std::move(change));
  }
  const auto vs30 = inner_vs30(keys, changes);
  return std::shared_ptr<const GroundMotionModel>(
    std::make_shared<const Modifiable>(spec.name, inner.model, std::move(changes), vs30));
}

Result<std::shared_ptr<const GroundMotionModel>> make(const GsimSpec& spec) {
  const auto* gmpe = spec.arguments.if_contains("gmpe");
  if (!gmpe || !gmpe->is_object() || gmpe->get_object().size() != 1)
    return refusal(spec, "gmpe must name one model, as gmpe.ChiouYoungs2014 = {}");
  const auto& named = *gmpe->get_object().begin();
  OQ_TRY(const InnerModel inner, make_inner(spec, std::string(named.key()), named.value()));
  boost::json::object wanted;
  for (const auto& [key, value] : spec.arguments)
    if (key != "gmpe")
      wanted[key] = value;
  return make_changed(spec, inner, wanted);
}

// One change under a name of its own: `gmpe_name` says of what.
template <const char* kKey>
Result<std::shared_ptr<const GroundMotionModel>> make_single(const GsimSpec& spec) {
  OQ_TRY(const InnerModel inner, make_named_inner(spec));
  constexpr double kRockFrom = 1100.0, kRockTo = 1160.0; // m/s
  if (std::string_view(kKey) == "cy14_site_term") {
    const double vs30 = reference_velocity(inner.name).value_or(0.0);
    if (vs30 < kRockFrom || vs30 > kRockTo)
      return refusal(spec, inner.name + " does not refer to 1100 to 1160 m/s");
  }
  return make_changed(spec, inner, {{kKey, boost::json::object()}});
}
constexpr char kChiouYoungsSite[] = "cy14_site_term", kBooreAtkinsonSite[] = "ba08_site_term",
               kCampbellBozorgniaBasin[] = "cb14_basin_term", kM9Basin[] = "m9_basin_term";

} // namespace

ModelFamily modifiable_gmpe() {
  static constexpr ModelEntry kModels[] = {
    {"ModifiableGMPE", make},
    {"CY14SiteTerm", make_single<kChiouYoungsSite>},
    {"BA08SiteTerm", make_single<kBooreAtkinsonSite>},
    {"CB14BasinTerm", make_single<kCampbellBozorgniaBasin>},
    {"M9BasinTerm", make_single<kM9Basin>},
  };
  return kModels;
}

} // namespace oq::engine
