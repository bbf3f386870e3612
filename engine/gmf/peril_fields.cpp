// Row by row: a site shaken by an event.
#include "engine/gmf/peril_fields.hpp"

#include <algorithm>

namespace oq::engine {
namespace {

// A peril with the places of what it needs among the measures of shaking.
struct Placed {
  const SecondaryPeril* peril;
  std::vector<std::size_t> needs;
  std::size_t gives;
};

} // namespace

void add_perils(const SecondaryPerils& perils, const std::vector<Imt>& imts,
                const std::vector<double>& magnitudes, FieldTable& table) {
  std::vector<Placed> placed;
  for (const auto& peril : perils) {
    const auto names = peril->gives();
    auto& last = placed.emplace_back(Placed{peril.get(), {}, names.size()});
    for (const Imt& imt : peril->needs())
      last.needs.push_back(static_cast<std::size_t>(std::ranges::find(imts, imt) - imts.begin()));
    table.imts.insert(table.imts.end(), names.begin(), names.end());
    table.secondary += names.size();
  }
  if (table.secondary == 0)
    return;
  std::vector<float> values;
  values.reserve(table.rows() * table.imts.size());
  std::vector<double> shaking, out;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto first = table.values.begin() + static_cast<std::ptrdiff_t>(row * imts.size());
    values.insert(values.end(), first, first + static_cast<std::ptrdiff_t>(imts.size()));
    for (const auto& [peril, needs, gives] : placed) {
      shaking.clear();
      for (const std::size_t imt : needs)
        shaking.push_back(static_cast<double>(*(first + static_cast<std::ptrdiff_t>(imt))));
      out.assign(gives, 0.0);
      peril->compute(static_cast<std::size_t>(table.site[row]),
                     magnitudes[static_cast<std::size_t>(table.event[row])], shaking, out);
      for (const double value : out)
        values.push_back(static_cast<float>(value));
    }
  }
  table.values = std::move(values);
}

} // namespace oq::engine
