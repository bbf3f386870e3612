// Terms added to the median of another model; its deviations stay.
#include "engine/gsim/added_terms.hpp"

#include "engine/gsim/basin_terms.hpp"
#include "engine/gsim/boore_atkinson_2008_site.hpp"
#include "engine/gsim/site_terms.hpp"
#include "engine/gsim/wrapped_model.hpp"

namespace oq::engine {

namespace {

std::uint64_t needs_of(const AddedTerms& terms) {
  std::uint64_t needs = 0;
  if (terms.cb14_basin || terms.m9_basin)
    needs |= need_z2pt5;
  if (terms.ba08_site)
    needs |= need_mag | need_rake | need_rjb | need_vs30;
  return needs;
}

class WithAddedTerms final : public WrappedModel {
public:
  WithAddedTerms(std::shared_ptr<const GroundMotionModel> inner, const AddedTerms& terms)
    : WrappedModel(inner->name(), inner, needs_of(terms)), terms_(terms) {}

  bool supports(const Imt& imt) const override {
    return inner().supports(imt) && (!terms_.cb14_basin || has_campbell_bozorgnia_basin_term(imt))
           && (!terms_.ba08_site || boore_atkinson_2008_soil_table().supports(imt));
  }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    inner().predict(imts, batch, out);
    for (std::size_t i = 0; i < imts.size(); ++i) {
      for (std::size_t p = 0; p < batch.pairs(); ++p)
        out[i].ln_mean[p] += basin_term(imts[i], batch, p);
      if (terms_.ba08_site)
        add_site_term(imts[i], batch, out[i]);
    }
  }

private:
  double basin_term(const Imt& imt, const PairBatch& batch, std::size_t p) const {
    if (terms_.m9_basin && has_m9_basin_term(imt) && batch.z2pt5[p] >= kM9BasinDepth)
      return kM9BasinTerm;
    return terms_.cb14_basin ? campbell_bozorgnia_basin_term(imt, batch.z2pt5[p]) : 0.0;
  }

  static void add_site_term(const Imt& imt, const PairBatch& batch, const GroundMotion& out) {
    const BooreAtkinsonSoilRow row = boore_atkinson_2008_soil_table().at(imt);
    for (std::size_t r = 0; r < batch.ruptures(); ++r)
      for (std::size_t p = batch.first_pair[r]; p < batch.first_pair[r + 1]; ++p)
        out.ln_mean[p] += boore_atkinson_2008_site_term(
          row, batch.vs30[p],
          boore_atkinson_2008_ln_rock_pga(batch.mag[r], batch.rake[r], batch.rjb[p]));
  }

  AddedTerms terms_;
};

} // namespace

AddedTerms read_added_basin_terms(Arguments& arguments) {
  return {.cb14_basin = arguments.flag("cb14_basin_term", false),
          .m9_basin = arguments.flag("m9_basin_term", false),
          .ba08_site = false};
}

std::shared_ptr<const GroundMotionModel>
with_added_terms(std::shared_ptr<const GroundMotionModel> model, const AddedTerms& terms) {
  if (needs_of(terms) == 0)
    return model;
  return std::make_shared<const WithAddedTerms>(std::move(model), terms);
}

} // namespace oq::engine
