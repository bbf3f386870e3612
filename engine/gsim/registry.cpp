// The registry: every known ground-motion model, found by name.
#include "engine/gsim/registry.hpp"

#include "engine/gsim/model_families.hpp"
#include "engine/gsim/refused_models.hpp"
#include "engine/gsim/sigma_mixture.hpp"

#include <algorithm>
#include <numeric>
#include <string_view>

namespace oq::engine {

namespace {

constexpr ModelFamily (*kFamilies[])() = {
  abrahamson_2014,
  abrahamson_2015,
  abrahamson_gulerce_2020,
  abrahamson_silva_1997,
  abrahamson_silva_2008,
  akkar_2014,
  akkar_bommer_2010,
  akkar_cagnan_2010,
  allen_2012,
  ameri_2017,
  atkinson_2015,
  atkinson_adams_2013,
  atkinson_boore_2003,
  atkinson_boore_2006,
  atkinson_macias_2009,
  avg_gmpe,
  bchydro_eshm20,
  bindi_2011,
  bindi_2014,
  boore_1997,
  boore_2014,
  boore_atkinson_2008,
  bradley_2013,
  campbell_1997,
  campbell_2003,
  campbell_bozorgnia_2003,
  campbell_bozorgnia_2008,
  campbell_bozorgnia_2014,
  cauzzi_2014,
  cauzzi_faccioli_2008,
  chiou_youngs_2008,
  chiou_youngs_2014,
  drouet_2015_brazil,
  eshm20_craton,
  frankel_1996,
  generic_avg_sa,
  gmpe_table,
  idini_2017,
  idriss_2014,
  kale_2015,
  kotha_2020,
  kuehn_2020,
  lin_lee_2008,
  mcverry_2006,
  modifiable_gmpe,
  montalva_2017,
  multi_gmpe,
  munson_thurber_1997,
  nrcan15_site_term,
  parker_2020,
  pezeshk_2011,
  sadigh_1997,
  si_midorikawa_1999,
  silva_2002,
  somerville_2001,
  tavakoli_pezeshk_2005,
  toro_2002,
  tusa_langer_2016,
  youngs_1997,
  yu_2013,
  zhao_2006,
};

const std::vector<ModelEntry>& sorted_entries() {
  static const std::vector<ModelEntry> entries = [] {
    std::vector<ModelEntry> all;
    for (const auto family : kFamilies)
      for (const ModelEntry& entry : family())
        all.push_back(entry);
    std::ranges::sort(all, {}, &ModelEntry::name);
    return all;
  }();
  return entries;
}

// Number of single-character edits that turn one name into the other (Levenshtein).
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({substituted, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

Error unknown_model(const GsimSpec& spec) {
  const std::string name = spec.name.substr(0, 80);
  if (const std::string_view reason = refused_model(spec.name); !reason.empty())
    return invalid_input("the ground-motion model '" + name
                           + "' is not available: " + std::string(reason),
                         spec.where);
  const auto nearest = std::ranges::min_element(sorted_entries(), {}, [&](const ModelEntry& entry) {
    return edit_distance(name, entry.name);
  });
  return invalid_input("unknown ground-motion model '" + name + "'; the nearest known name is '"
                         + std::string(nearest->name) + "'",
                       spec.where);
}

} // namespace

Result<std::shared_ptr<const GroundMotionModel>> make_ground_motion_model(const GsimSpec& spec) {
  const auto& entries = sorted_entries();
  const auto found = std::ranges::lower_bound(entries, spec.name, {}, &ModelEntry::name);
  if (found == entries.end() || found->name != spec.name)
    return unknown_model(spec);
  if (spec.arguments.contains(kMixtureArgument))
    return make_sigma_mixture(spec);
  return found->make(spec);
}

std::vector<std::string> available_ground_motion_models() {
  std::vector<std::string> names;
  names.reserve(sorted_entries().size());
  for (const ModelEntry& entry : sorted_entries())
    names.emplace_back(entry.name);
  return names;
}

} // namespace oq::engine
