// Perils by name.
#include "engine/perils/secondary_perils.hpp"

#include "engine/nrml/number.hpp"
#include "engine/perils/hazus.hpp"
#include "engine/perils/landslides.hpp"
#include "engine/perils/liquefaction.hpp"

#include <boost/json/value.hpp>

#include <algorithm>
#include <iterator>

namespace oq::engine {
namespace json = boost::json;
namespace {

// sec_peril_params: a dictionary, or a list of them.
struct PerilParameters {
  bool mapped_part = true;
  GroundDisplacement displacement = GroundDisplacement::greatest;
};

struct KnownPeril {
  std::string_view name;
  std::vector<std::string> gives; // or may give
  PerilResult (*make)(std::string_view name, const SiteCollection& sites,
                      const PerilParameters& parameters);
};

template <PerilResult (*make)(const SiteCollection&)>
PerilResult of_sites(std::string_view, const SiteCollection& sites, const PerilParameters&) {
  return make(sites);
}

PerilResult sliding(std::string_view name, const SiteCollection& sites, const PerilParameters&) {
  return landslides(name, sites);
}

PerilResult hazus_probability(std::string_view, const SiteCollection& sites,
                              const PerilParameters& parameters) {
  return hazus_liquefaction(sites, parameters.mapped_part);
}

PerilResult hazus_displacement(std::string_view, const SiteCollection& sites,
                               const PerilParameters& parameters) {
  return hazus_deformation(sites, parameters.displacement);
}

std::vector<KnownPeril> all_perils() {
  using Names = std::vector<std::string>;
  const Names occurrence{"LiqProb", "LiqOccur"}, area{"LiqProb", "LiqOccur", "LSE"};
  std::vector<KnownPeril> known;
  for (const auto name : landslide_names())
    known.push_back({name, {"Disp"}, sliding});
  known.insert(known.end(),
               {{"HazusLiquefaction", {"LiqProb"}, hazus_probability},
                {"HazusDeformation", {"PGDMax", "PGDGeomMean"}, hazus_displacement},
                {"ZhuEtAl2015LiquefactionGeneral", occurrence, of_sites<zhu_2015_liquefaction>},
                {"Bozzoni2021LiquefactionEurope", occurrence, of_sites<bozzoni_2021_liquefaction>},
                {"ZhuEtAl2017LiquefactionCoastal", area, of_sites<zhu_2017_coastal_liquefaction>},
                {"ZhuEtAl2017LiquefactionGeneral", area, of_sites<zhu_2017_general_liquefaction>},
                {"RashidianBaise2020Liquefaction", area, of_sites<rashidian_2020_liquefaction>},
                {"AllstadtEtAl2022Liquefaction", area, of_sites<allstadt_2022_liquefaction>}});
  return known;
}

const std::vector<KnownPeril>& known_perils() {
  static const std::vector<KnownPeril> known = all_perils();
  return known;
}

std::vector<std::string_view> names_of_perils(const Job& job) {
  const auto* option = job.option("secondary_perils");
  return option == nullptr ? std::vector<std::string_view>{}
                           : split_list(option->value, ListSeparators::blanks_and_commas);
}

PerilResult make_peril(std::string_view name, const SiteCollection& sites,
                       const PerilParameters& parameters) {
  const auto found = std::ranges::find(known_perils(), name, &KnownPeril::name);
  if (found != known_perils().end())
    return found->make(name, sites, parameters);
  std::string supported;
  for (const auto& peril : known_perils())
    supported += (supported.empty() ? "" : ", ") + std::string(peril.name);
  return invalid_input("secondary_perils: " + in_quotes(name)
                       + " is not computed; these are: " + supported);
}

Result<void> read_parameters(const json::object& given, PerilParameters& parameters) {
  if (const auto* flag = given.if_contains("map_proportion_flag")) {
    if (!flag->is_bool() && !flag->is_int64())
      return invalid_input("sec_peril_params: map_proportion_flag is True or False");
    parameters.mapped_part = flag->is_bool() ? flag->get_bool() : flag->get_int64() != 0;
  }
  const auto* component = given.if_contains("deformation_component");
  if (component == nullptr)
    return {};
  for (const auto displacement : {GroundDisplacement::greatest, GroundDisplacement::geometric_mean})
    if (component->is_string() && component->get_string() == name_of(displacement)) {
      parameters.displacement = displacement;
      return {};
    }
  return invalid_input("sec_peril_params: deformation_component is PGDMax or PGDGeomMean");
}

Result<PerilParameters> parameters_of(const Job& job) {
  PerilParameters parameters;
  const auto* given = job.parameters.if_contains("sec_peril_params");
  if (given == nullptr)
    return parameters;
  if (const auto* object = given->if_object())
    OQ_CHECK(read_parameters(*object, parameters));
  if (const auto* list = given->if_array())
    for (const auto& item : *list)
      if (const auto* object = item.if_object())
        OQ_CHECK(read_parameters(*object, parameters));
  return parameters;
}

// Two perils that give a measure would be told apart by nothing.
Result<void> check_distinct(const SecondaryPerils& perils, const SecondaryPeril& next,
                            std::string_view name) {
  for (const auto& peril : perils)
    for (const auto& measure : peril->gives())
      for (const auto& other : next.gives())
        if (measure == other)
          return invalid_input("secondary_perils: " + std::string(name) + " gives " + measure
                               + ", which a peril before it gives, too");
  return {};
}

} // namespace

std::vector<std::string> measures_of_perils(const Job& job) {
  const auto parameters = parameters_of(job);
  // Files may bring either displacement; one is computed.
  const bool computed = !job.inputs.contains("gmfs");
  const auto is_given = [&](const std::string& measure) {
    return !computed || !parameters || !measure.starts_with("PGD")
           || measure == name_of(parameters->displacement);
  };
  std::vector<std::string> measures;
  for (const auto name : names_of_perils(job))
    for (const auto& peril : known_perils())
      if (peril.name == name)
        std::ranges::copy_if(peril.gives, std::back_inserter(measures), is_given);
  return measures;
}

Result<SecondaryPerils> make_secondary_perils(const Job& job, const SiteCollection& sites,
                                              const std::vector<Imt>& imts) {
  const auto parameters = parameters_of(job);
  if (!parameters)
    return invalid_input(parameters.error().message, job.where("sec_peril_params"));
  SecondaryPerils perils;
  for (const auto name : names_of_perils(job)) {
    auto peril = make_peril(name, sites, *parameters);
    if (!peril)
      return invalid_input(peril.error().message, job.where("secondary_perils"));
    for (const Imt& imt : (*peril)->needs())
      if (std::ranges::find(imts, imt) == imts.end())
        return invalid_input("secondary_perils: " + std::string(name) + " needs " + imt.name()
                               + " among intensity_measure_types",
                             job.where("secondary_perils"));
    if (const auto distinct = check_distinct(perils, **peril, name); !distinct)
      return invalid_input(distinct.error().message, job.where("secondary_perils"));
    perils.push_back(*std::move(peril));
  }
  return perils;
}

} // namespace oq::engine
