// The names of published models without confirmed coefficients, or without an input that they need.
#include "engine/gsim/refused_models.hpp"

#include <algorithm>

namespace oq::engine {

namespace {

constexpr std::string_view kUnconfirmed =
  "its coefficients or terms have not been confirmed with numbers of another program";
constexpr std::string_view kNoDirectivity =
  "the directivity parameter rcdpp that it needs is not computed";

// First words of the names of families of which no model is known.
constexpr std::string_view kFamilies[] = {
  "Atkinson2022",       "Bradley2013bChchMaps", "CanadaSHM6_",
  "ClimentEtAl1994",    "DowrickRhoades2005",   "Eurocode8Amplification",
  "FaccioliCauzzi2006", "LanzanoEtAl2016",      "LanzanoEtAl2019",
  "ManeaEtAl2021",      "McVerry2006Chch",      "MontalvaEtAl2016",
  "NZNSHM2022_",        "PitilakisEtAl2018",    "SandikkayaDinsever2018",
  "Stafford2022",       "WesternCan15",         "YenierAtkinson2015",
};

constexpr std::string_view kModels[] = {
  "Ameri2014Rjb",
  "AmeriEtAl2017Repi",
  "AmeriEtAl2017RepiStressDrop",
  "AmeriEtAl2017RjbStressDrop",
  "AtkinsonBoore2003SSlabJapan",
  "AtkinsonBoore2003SSlabJapanNSHMP2008",
  "AtkinsonMacias2009NSHMP2014",
  "CauzziEtAl2014RhypoGermany",
  "DrouetBrazil2015",
  "SiMidorikawa1999SInterNorthEastCorrection",
  "SiMidorikawa1999SInterSouthWestCorrection",
  "SiMidorikawa1999SSlabNorthEastCorrection",
  "SiMidorikawa1999SSlabSouthWestCorrection",
  "TusaLanger2016Repi",
};

} // namespace

std::string_view refused_model(std::string_view name) {
  if (name == "ChiouYoungs2014NearFaultEffect")
    return kNoDirectivity;
  const bool is_known = std::ranges::find(kModels, name) != std::end(kModels)
                        || std::ranges::any_of(kFamilies, [&](std::string_view family) {
                             return name.starts_with(family);
                           });
  return is_known ? kUnconfirmed : "";
}

} // namespace oq::engine
