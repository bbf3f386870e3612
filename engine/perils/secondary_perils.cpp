// Perils by name.
#include "engine/perils/secondary_perils.hpp"

#include "engine/nrml/number.hpp"
#include "engine/perils/landslides.hpp"
#include "engine/perils/liquefaction.hpp"

#include <algorithm>
#include <iterator>

namespace oq::engine {
namespace {

using PerilResult = Result<std::unique_ptr<SecondaryPeril>>;

struct KnownPeril {
  std::string_view name;
  std::vector<std::string> gives;
  PerilResult (*make)(const SiteCollection& sites); // null: its measures can be read only
};

const std::vector<KnownPeril>& known_perils() {
  static const std::vector<KnownPeril> known{
    {"Jibson2007ALandslides",
     {"Disp"},
     [](const SiteCollection& sites) {
       return jibson_2007(sites, false);
     }},
    {"Jibson2007BLandslides",
     {"Disp"},
     [](const SiteCollection& sites) {
       return jibson_2007(sites, true);
     }},
    {"AllstadtEtAl2022Liquefaction",
     {"LiqProb", "LiqOccur", "LSE"},
     [](const SiteCollection& sites) {
       return allstadt_2022_liquefaction(sites);
     }},
    {"HazusLiquefaction", {"LiqProb"}, nullptr},
    {"HazusDeformation", {"PGDMax", "PGDGeomMean"}, nullptr},
  };
  return known;
}

std::vector<std::string_view> names_of_perils(const Job& job) {
  const auto* option = job.option("secondary_perils");
  return option == nullptr ? std::vector<std::string_view>{}
                           : split_list(option->value, ListSeparators::blanks_and_commas);
}

PerilResult make_peril(std::string_view name, const SiteCollection& sites) {
  const auto found = std::ranges::find(known_perils(), name, &KnownPeril::name);
  if (found != known_perils().end() && found->make != nullptr)
    return found->make(sites);
  std::string supported;
  for (const auto& peril : known_perils())
    if (peril.make != nullptr)
      supported += (supported.empty() ? "" : ", ") + std::string(peril.name);
  return invalid_input("secondary_perils: " + in_quotes(name)
                       + " is not computed yet; these are: " + supported);
}

} // namespace

std::vector<std::string> measures_of_perils(const Job& job) {
  std::vector<std::string> measures;
  for (const auto name : names_of_perils(job))
    for (const auto& peril : known_perils())
      if (peril.name == name)
        measures.insert(measures.end(), peril.gives.begin(), peril.gives.end());
  return measures;
}

Result<SecondaryPerils> make_secondary_perils(const Job& job, const SiteCollection& sites,
                                              const std::vector<Imt>& imts) {
  SecondaryPerils perils;
  for (const auto name : names_of_perils(job)) {
    auto peril = make_peril(name, sites);
    if (!peril)
      return invalid_input(peril.error().message, job.where("secondary_perils"));
    for (const Imt& imt : (*peril)->needs())
      if (std::ranges::find(imts, imt) == imts.end())
        return invalid_input("secondary_perils: " + std::string(name) + " needs " + imt.name()
                               + " among intensity_measure_types",
                             job.where("secondary_perils"));
    perils.push_back(*std::move(peril));
  }
  return perils;
}

} // namespace oq::engine
