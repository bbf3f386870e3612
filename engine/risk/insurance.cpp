// Reads policies and applies them.
#include "engine/risk/insurance.hpp"

#include "engine/nrml/csv_reader.hpp"
#include "engine/nrml/number.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace oq::engine {
namespace {

// Probability of exceeding a ratio, linear between the points of a curve.
double exceedance(std::span<const double> ratios, std::span<const double> poes, double ratio) {
  const auto above = std::ranges::lower_bound(ratios, ratio);
  if (above == ratios.end())
    return poes.back();
  const auto i = static_cast<std::size_t>(above - ratios.begin());
  if (*above == ratio || i == 0)
    return poes[i];
  return poes[i - 1]
         + (poes[i] - poes[i - 1]) * (ratio - ratios[i - 1]) / (ratios[i] - ratios[i - 1]);
}

// People and numbers of buildings have no policy.
bool is_cost(const std::string& loss_type) {
  return value_of_loss_type(loss_type, "avg") == loss_type && loss_type != "residents"
         && loss_type != "number" && loss_type != "area";
}

struct Policies {
  std::string tag;
  std::map<std::string, Cover> by_value;
};

Result<Policies> read_policies(const RiskFile& file, const Assets& assets) {
  OQ_TRY(auto reader, CsvReader::parse(file.text, file.name));
  Policies policies;
  for (const auto& [tag, words] : assets.tags)
    if (reader.column(tag))
      policies.tag = tag;
  if (policies.tag.empty())
    return reader.error("no column is a tag of the exposure");
  OQ_TRY(const auto tag, reader.require_column(policies.tag));
  OQ_TRY(const auto limit, reader.require_column("insurance_limit"));
  OQ_TRY(const auto deductible, reader.require_column("deductible"));
  while (true) {
    OQ_TRY(const bool more, reader.next());
    if (!more)
      return policies;
    Cover cover;
    OQ_TRY(cover.limit, reader.number(limit));
    OQ_TRY(cover.deductible, reader.number(deductible));
    const std::string value(reader.cell(tag));
    if (!(cover.deductible >= 0 && cover.deductible <= cover.limit && cover.limit <= 1))
      return reader.error("policy " + in_quotes(value)
                          + ": 0 <= deductible <= insurance_limit <= 1 does not hold");
    if (!policies.by_value.try_emplace(value, cover).second)
      return reader.error("policy " + in_quotes(value) + " is there already");
  }
}

Result<InsuredType> from_policies(const RiskFile& file, const Assets& assets,
                                  const std::vector<std::size_t>& chosen) {
  OQ_TRY(const auto policies, read_policies(file, assets));
  InsuredType insured{file.key, {}};
  for (const auto asset : chosen) {
    const auto& value = assets.tags.at(policies.tag).at(asset);
    const auto found = policies.by_value.find(value);
    if (found == policies.by_value.end())
      return invalid_input("asset " + in_quotes(assets.id[asset]) + ": " + policies.tag + " "
                             + in_quotes(value) + " is not in " + file.name,
                           assets.where(asset));
    insured.covers.push_back(found->second);
  }
  return insured;
}

Result<InsuredType> from_exposure(const std::string& loss_type, const Assets& assets,
                                  const std::vector<std::size_t>& chosen) {
  InsuredType insured{loss_type, {}};
  const auto deductibles = assets.deductibles.find(loss_type);
  const auto limits = assets.limits.find(loss_type);
  for (const auto asset : chosen) {
    Cover cover{NAN, NAN};
    if (deductibles != assets.deductibles.end() && limits != assets.limits.end())
      cover = {deductibles->second[asset], limits->second[asset]};
    if (std::isnan(cover.deductible) || std::isnan(cover.limit))
      return invalid_input("asset " + in_quotes(assets.id[asset]) + ": insured_losses needs a "
                             + "deductible and an insuranceLimit of its " + loss_type + " cost",
                           assets.where(asset));
    insured.covers.push_back(cover);
  }
  return insured;
}

} // namespace

double claim(double loss, double value, const Cover& cover) {
  const double deductible = cover.deductible * value;
  return loss <= deductible ? 0 : std::min(loss, cover.limit * value) - deductible;
}

void insure_curve(const Cover& cover, std::vector<double>& ratios, std::vector<double>& poes) {
  const auto losses = ratios, exceeded = poes;
  for (std::size_t i = 0; i < ratios.size(); ++i) {
    const double loss = std::clamp(losses[i], cover.deductible, cover.limit);
    ratios[i] = loss - cover.deductible;
    poes[i] = exceedance(losses, exceeded, loss);
  }
}

Result<std::vector<InsuredType>> read_insurance(const Job& job, const RiskFiles& files,
                                                const Assets& assets,
                                                const std::vector<std::size_t>& chosen,
                                                const std::vector<std::string>& loss_types) {
  std::vector<InsuredType> insured;
  for (const auto* file : files.of_input("insurance")) {
    if (file->key.empty())
      return invalid_input("insurance_csv is a dictionary {loss type: file}",
                           job.where("insurance_csv"));
    OQ_TRY(insured.emplace_back(), from_policies(*file, assets, chosen));
  }
  if (job.insured_losses)
    for (const auto& loss_type : loss_types)
      if (is_cost(loss_type)) {
        OQ_TRY(insured.emplace_back(), from_exposure(loss_type, assets, chosen));
      }
  return insured;
}

} // namespace oq::engine
