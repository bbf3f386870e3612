// A column of the site model, or a parameter that the job's options give.
#include "engine/perils/site_values.hpp"

#include "engine/nrml/number.hpp"

namespace oq::engine {

Result<std::vector<double>> site_values(const SiteCollection& sites, std::string_view column,
                                        std::string_view peril) {
  if (const auto* shown = sites.column(column);
      shown != nullptr && shown->numbers.size() == sites.size())
    return shown->numbers;
  if (const auto* values = sites.parameter(column);
      values != nullptr && values->size() == sites.size())
    return *values;
  return invalid_input("secondary_perils: " + std::string(peril) + " needs the column "
                       + in_quotes(column) + " of the site model");
}

} // namespace oq::engine
