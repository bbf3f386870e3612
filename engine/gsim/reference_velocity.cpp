// Which site conditions models refer to, as the papers say it or their OpenQuake classes declare
// it.
#include "engine/gsim/site_terms.hpp"

#include <algorithm>
#include <iterator>

namespace oq::engine {

namespace {

struct Velocity {
  std::string_view names; // all that begin so
  double vs30;            // m/s
};
constexpr Velocity kVelocities[] = {
  {"AbrahamsonEtAl2014", 1180},
  {"AbrahamsonEtAl2015", 1000},
  {"AbrahamsonGulerce2020", 1000},
  {"AkkarBommer2010", 760},
  {"AkkarEtAl2013", 800},
  {"AkkarEtAlR", 800},
  {"Atkinson2008prime", 760},
  {"AtkinsonBoore2003", 800},
  {"BCHydroESHM20", 1000},
  {"BooreAtkinson20", 760},
  {"Campbell2003MblgAB1987NSHMP2008", 760},
  {"Campbell2003MblgJ1996NSHMP2008", 760},
  {"Campbell2003MwNSHMP2008", 760},
  {"Campbell2003SHARE", 800},
  {"CauzziEtAl2014", 800},
  {"CauzziFaccioli2008", 1000},
  {"ChiouYoungs20", 1130},
  {"ESHM20Craton", 3000},
  {"ESHM20SInter", 1000},
  {"ESHM20SSlab", 1000},
  {"FaccioliEtAl2010", 1000},
  {"FrankelEtAl1996", 760},
  {"Idriss2014", 2000},
  {"KuehnEtAl2020", 1100},
  {"LinLee2008", 800},
  {"MontalvaEtAl2017", 1000},
  {"OceanicCan15", 760},
  {"PezeshkEtAl2011NEHRPBC", 760},
  {"SilvaEtAl2002", 760},
  {"SomervilleEtAl2001", 760},
  {"TavakoliPezeshk2005MblgAB1987NSHMP2008", 760},
  {"TavakoliPezeshk2005MblgJ1996NSHMP2008", 760},
  {"TavakoliPezeshk2005MwNSHMP2008", 760},
  {"ToroEtAl2002SHARE", 800},
  {"YoungsEtAl1997", 800},
  {"ZhaoEtAl2006", 800},
};

} // namespace

std::optional<double> reference_velocity(std::string_view model) {
  const auto* found = std::ranges::find_if(kVelocities, [&](const Velocity& known) {
    return model.starts_with(known.names);
  });
  if (found == std::end(kVelocities))
    return std::nullopt;
  return found->vs30;
}

} // namespace oq::engine
