// Perils by name.
#include "engine/perils/secondary_perils.hpp"

#include "engine/nrml/number.hpp"
#include "engine/perils/landslides.hpp"
#include "engine/perils/liquefaction.hpp"

#include <algorithm>

namespace oq::engine {
namespace {

Result<std::unique_ptr<SecondaryPeril>> make_peril(std::string_view name,
                                                   const SiteCollection& sites) {
  if (name == "Jibson2007ALandslides")
    return jibson_2007(sites, false);
  if (name == "Jibson2007BLandslides")
    return jibson_2007(sites, true);
  if (name == "AllstadtEtAl2022Liquefaction")
    return allstadt_2022_liquefaction(sites);
  return invalid_input("secondary_perils: " + in_quotes(name)
                       + " is not supported yet; Jibson2007ALandslides, Jibson2007BLandslides and "
                         "AllstadtEtAl2022Liquefaction are");
}

} // namespace

Result<SecondaryPerils> make_secondary_perils(const Job& job, const SiteCollection& sites,
                                              const std::vector<Imt>& imts) {
  SecondaryPerils perils;
  const auto* option = job.option("secondary_perils");
  const std::string_view text = option == nullptr ? "" : std::string_view(option->value);
  constexpr std::string_view kBetween = ", \t\n\r";
  for (std::size_t at = text.find_first_not_of(kBetween); at != std::string_view::npos;) {
    const auto end = std::min(text.find_first_of(kBetween, at), text.size());
    const auto name = text.substr(at, end - at);
    auto peril = make_peril(name, sites);
    if (!peril)
      return invalid_input(peril.error().message, job.where("secondary_perils"));
    for (const Imt& imt : (*peril)->needs())
      if (std::ranges::find(imts, imt) == imts.end())
        return invalid_input("secondary_perils: " + std::string(name) + " needs " + imt.name()
                               + " among intensity_measure_types",
                             job.where("secondary_perils"));
    perils.push_back(*std::move(peril));
    at = text.find_first_not_of(kBetween, end);
  }
  return perils;
}

} // namespace oq::engine
