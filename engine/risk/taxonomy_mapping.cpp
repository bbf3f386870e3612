// Reads `taxonomy, risk_id (or conversion), weight, peril`.
#include "engine/risk/taxonomy_mapping.hpp"

#include "engine/nrml/csv_reader.hpp"
#include "engine/nrml/number.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace oq::engine {
namespace {

constexpr double kWeightTolerance = 1e-6;

} // namespace

Result<TaxonomyMapping> TaxonomyMapping::read(const RiskFiles& files) {
  TaxonomyMapping mapping;
  const auto given = files.of_input("taxonomy_mapping");
  if (given.empty())
    return mapping;
  mapping.file_ = given.front()->name;
  OQ_TRY(auto reader, CsvReader::parse(given.front()->text, mapping.file_));
  OQ_TRY(const auto taxonomy, reader.require_column("taxonomy"));
  const auto older = reader.column("conversion");
  OQ_TRY(const auto risk_id,
         older ? Result<std::size_t>(*older) : reader.require_column("risk_id"));
  const auto weight = reader.column("weight");
  const auto peril = reader.column("peril");
  while (true) {
    OQ_TRY(const bool more, reader.next());
    if (!more)
      break;
    std::string of_peril(peril ? reader.cell(*peril) : "");
    if (of_peril == "*")
      of_peril.clear();
    if (!of_peril.empty() && std::ranges::find(kPerils, of_peril) == std::end(kPerils))
      return reader.error("unknown peril " + in_quotes(of_peril));
    RiskChoice choice{std::string(reader.cell(risk_id)), 1};
    if (weight) {
      OQ_TRY(choice.weight, reader.number(*weight));
    }
    if (choice.function.empty() || reader.cell(taxonomy).empty() || !(choice.weight >= 0))
      return reader.error("a taxonomy, a risk_id and a weight of 0 or more are needed");
    mapping.choices_[{of_peril, std::string(reader.cell(taxonomy))}].push_back(std::move(choice));
  }
  for (const auto& [key, choices] : mapping.choices_) {
    double sum = 0;
    for (const auto& choice : choices)
      sum += choice.weight;
    if (std::abs(sum - 1) > kWeightTolerance)
      return invalid_input(
        "the weights of taxonomy " + in_quotes(key.second) + " do not add up to 1", mapping.file_);
  }
  if (mapping.choices_.empty())
    return invalid_input("the taxonomy mapping is empty", mapping.file_);
  return mapping;
}

Result<std::vector<RiskChoice>> TaxonomyMapping::of(const std::string& taxonomy,
                                                    const std::string& peril) const {
  if (is_identity())
    return std::vector<RiskChoice>{{taxonomy, 1}};
  for (const auto& of_peril : {peril, std::string()})
    if (const auto found = choices_.find({of_peril, taxonomy}); found != choices_.end())
      return found->second;
  return invalid_input("taxonomy " + in_quotes(taxonomy)
                         + " of the exposure is not in the taxonomy mapping"
                         + (peril == kGroundShaking ? "" : " for " + peril),
                       file_);
}

} // namespace oq::engine
