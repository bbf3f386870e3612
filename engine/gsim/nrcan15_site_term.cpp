// The site term of the 2015 national building code of Canada around models for rock: Atkinson and
// Adams (2013), Can. J. Civ. Eng. 40, 988-998; soil as Boore and Atkinson (2008), rock as Atkinson
// and Boore (2006).
#include "engine/gsim/arguments.hpp"
#include "engine/gsim/boore_atkinson_2008_site.hpp"
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/model_families.hpp"
#include "engine/gsim/site_terms.hpp"
#include "engine/gsim/wrapped_model.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

struct RockRow {
  double c; // amplification from 2000 to 760 m/s
};
constexpr TableEntry<RockRow> kRockRows[] = {
  {kPga, {0.891}},    {kPgv, {1.23}},    {sa(0.05), {0.891}}, {sa(0.1), {1.072}},
  {sa(0.2), {1.318}}, {sa(0.3), {1.38}}, {sa(0.5), {1.38}},   {sa(1), {1.288}},
  {sa(2), {1.23}},    {sa(5), {1.148}},  {sa(10), {1.072}},
};
constexpr CoefficientTable<RockRow> kRock(kRockRows);

constexpr double kReferenceVs30 = 760.0, kHardRockVs30 = 2000.0, kCappedVs30 = 1999.0; // m/s

class CanadianSite final : public WrappedModel {
public:
  CanadianSite(std::string name, std::shared_ptr<const GroundMotionModel> inner, CanadianSoil soil)
    : WrappedModel(std::move(name), std::move(inner), need_vs30), soil_(soil) {}

  bool supports(const Imt& imt) const override {
    return inner().supports(imt) && has_canadian_soil(imt);
  }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    inner().predict(imts, UniformVs30(batch, kReferenceVs30).view(), out);
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const CanadianSoilTerm term(imts[i], soil_);
      for (std::size_t p = 0; p < batch.pairs(); ++p)
        out[i].ln_mean[p] += term.at(batch.vs30[p], out[i].ln_mean[p]);
    }
  }

private:
  CanadianSoil soil_;
};

template <CanadianSoil kSoil>
Result<std::shared_ptr<const GroundMotionModel>> make(const GsimSpec& spec) {
  OQ_TRY(const InnerModel inner, make_named_inner(spec));
  const auto velocity = reference_velocity(inner.name);
  if (velocity ? *velocity < 760.0 || *velocity > 820.0 : !(inner.model->needs() & need_vs30))
    return invalid_input(model_name(spec) + ": " + inner.name
                           + " is not for 760 m/s: its motion cannot be brought to other sites",
                         where_of(spec));
  return std::shared_ptr<const GroundMotionModel>(
    std::make_shared<const CanadianSite>(model_name(spec), inner.model, kSoil));
}

} // namespace

bool has_canadian_soil(const Imt& imt) {
  return boore_atkinson_2008_soil_table().supports(imt) && kRock.supports(imt);
}

CanadianSoilTerm::CanadianSoilTerm(const Imt& imt, CanadianSoil soil) : soil_(soil) {
  const BooreAtkinsonSoilRow row = boore_atkinson_2008_soil_table().at(imt);
  blin_ = row.blin;
  b1_ = row.b1;
  b2_ = row.b2;
  rock_factor_ = kRock.at(imt).c;
}

double CanadianSoilTerm::at(double vs30, double ln_rock) const {
  if (vs30 == kReferenceVs30)
    return 0.0;
  if (soil_ == CanadianSoil::linear && vs30 > kReferenceVs30) {
    const double share = (std::log10(std::min(vs30, kHardRockVs30)) - std::log10(kReferenceVs30))
                         / (std::log10(kHardRockVs30) - std::log10(kReferenceVs30));
    return -std::log(rock_factor_) * share;
  }
  const double v = vs30 < kHardRockVs30 ? vs30 : kCappedVs30;
  return boore_atkinson_2008_site_term({blin_, b1_, b2_}, v, ln_rock);
}

ModelFamily nrcan15_site_term() {
  static constexpr ModelEntry kModels[] = {
    {"NRCan15SiteTerm", make<CanadianSoil::base>},
    {"NRCan15SiteTermLinear", make<CanadianSoil::linear>},
  };
  return kModels;
}

} // namespace oq::engine
