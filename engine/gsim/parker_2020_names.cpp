// The names and arguments of the models of Parker et al. (2022).
#include "engine/gsim/arguments.hpp"
#include "engine/gsim/model_families.hpp"
#include "engine/gsim/parker_2020.hpp"

#include <algorithm>

namespace oq::engine {

namespace {

using namespace parker_2020_form;

Result<std::shared_ptr<const GroundMotionModel>> make_form(const GsimSpec& spec, Form form) {
  Arguments arguments(spec);
  form.region = arguments.one_of("region", form.region, kRegionNames);
  const std::string region(kRegionNames[static_cast<int>(form.region)]);
  const std::string saturation = arguments.choice(
    "saturation_region",
    form.saturation == Saturation::none ? region
                                        : kSaturationNames[static_cast<int>(form.saturation)],
    kSaturationNames);
  const auto index = std::ranges::find(kSaturationNames, saturation) - kSaturationNames;
  form.saturation = static_cast<Saturation>(
    std::min<std::ptrdiff_t>(index, static_cast<int>(Saturation::unlisted)));
  static constexpr std::string_view kBasins[] = {"", "out", "Seattle"};
  form.basin = arguments.one_of("basin", form.basin, kBasins);
  form.m9 = arguments.flag("m9_basin_term", false);
  form.usgs = arguments.flag("usgs_basin_scaling", false);
  form.epsilon = arguments.number("sigma_mu_epsilon", 0.0);
  if ((form.m9 || form.usgs) && (form.region != Region::cascadia || !form.reads_basin))
    arguments.refuse("m9_basin_term and usgs_basin_scaling need region Cascadia and a model that "
                     "reads z2pt5");
  if (!form.has_constant())
    arguments.refuse("there is no constant for region '" + region + "' with saturation_region '"
                     + saturation + "'");
  OQ_CHECK(arguments.check());
  return make_model(model_name(spec), form);
}

template <bool kIsSlab, bool kReadsBasin, Region kRegion = Region::none,
          Saturation kSaturation = Saturation::none, Basin kBasin = Basin::none>
Result<std::shared_ptr<const GroundMotionModel>> make(const GsimSpec& spec) {
  return make_form(spec, {.is_slab = kIsSlab,
                          .reads_basin = kReadsBasin,
                          .region = kRegion,
                          .saturation = kSaturation,
                          .basin = kBasin});
}

} // namespace

ModelFamily parker_2020() {
  static constexpr ModelEntry kModels[] = {
    {"ParkerEtAl2020SInter", make<false, false>},
    {"ParkerEtAl2020SInterAleutian", make<false, false, Region::alaska, Saturation::aleutian>},
    {"ParkerEtAl2020SInterAlaska", make<false, false, Region::alaska, Saturation::alaska>},
    {"ParkerEtAl2020SInterCAMN", make<false, false, Region::central_america, Saturation::cam_n>},
    {"ParkerEtAl2020SInterCAMS", make<false, false, Region::central_america, Saturation::cam_s>},
    {"ParkerEtAl2020SInterSAN", make<false, false, Region::south_america, Saturation::sa_n>},
    {"ParkerEtAl2020SInterSAS", make<false, false, Region::south_america, Saturation::sa_s>},
    {"ParkerEtAl2020SInterTaiwanE", make<false, false, Region::taiwan, Saturation::tw_e>},
    {"ParkerEtAl2020SInterTaiwanW", make<false, false, Region::taiwan, Saturation::tw_w>},
    {"ParkerEtAl2020SInterB", make<false, true>},
    {"ParkerEtAl2020SInterCascadia", make<false, true, Region::cascadia, Saturation::cascadia>},
    {"ParkerEtAl2020SInterCascadiaOut",
     make<false, true, Region::cascadia, Saturation::cascadia, Basin::outside>},
    {"ParkerEtAl2020SInterCascadiaSeattle",
     make<false, true, Region::cascadia, Saturation::cascadia, Basin::seattle>},
    {"ParkerEtAl2020SInterJapanPac", make<false, true, Region::japan, Saturation::jp_pac>},
    {"ParkerEtAl2020SInterJapanPhi", make<false, true, Region::japan, Saturation::jp_phi>},
    {"ParkerEtAl2020SSlab", make<true, false>},
    {"ParkerEtAl2020SSlabAleutian", make<true, false, Region::alaska, Saturation::aleutian>},
    {"ParkerEtAl2020SSlabAlaska", make<true, false, Region::alaska, Saturation::alaska>},
    {"ParkerEtAl2020SSlabCAMN", make<true, false, Region::central_america, Saturation::cam_n>},
    {"ParkerEtAl2020SSlabCAMS", make<true, false, Region::central_america, Saturation::cam_s>},
    {"ParkerEtAl2020SSlabSAN", make<true, false, Region::south_america, Saturation::sa_n>},
    {"ParkerEtAl2020SSlabSAS", make<true, false, Region::south_america, Saturation::sa_s>},
    {"ParkerEtAl2020SSlabTaiwanE", make<true, false, Region::taiwan, Saturation::tw_e>},
    {"ParkerEtAl2020SSlabTaiwanW", make<true, false, Region::taiwan, Saturation::tw_w>},
    {"ParkerEtAl2020SSlabB", make<true, true>},
    {"ParkerEtAl2020SSlabCascadia", make<true, true, Region::cascadia, Saturation::cascadia>},
    {"ParkerEtAl2020SSlabCascadiaOut",
     make<true, true, Region::cascadia, Saturation::cascadia, Basin::outside>},
    {"ParkerEtAl2020SSlabCascadiaSeattle",
     make<true, true, Region::cascadia, Saturation::cascadia, Basin::seattle>},
    {"ParkerEtAl2020SSlabJapanPac", make<true, true, Region::japan, Saturation::jp_pac>},
    {"ParkerEtAl2020SSlabJapanPhi", make<true, true, Region::japan, Saturation::jp_phi>},
  };
  return kModels;
}

} // namespace oq::engine
