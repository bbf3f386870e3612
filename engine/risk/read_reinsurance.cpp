// Reads <reinsuranceModel> and the CSV file of its policies.
#include "engine/job/input_path.hpp"
#include "engine/nrml/csv_reader.hpp"
#include "engine/nrml/xml.hpp"
#include "engine/risk/reinsurance.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace oq::engine {
namespace {

constexpr std::size_t kMostTreaties = 100;
constexpr std::size_t kMostPolicies = 1'000'000;
constexpr double kRounding = 1e-9; // of shares that add up to 1
constexpr char kPolicy[] = "policy", kDeductible[] = "deductible", kLiability[] = "liability";

// Columns of the policies that the treaties do not name: ours -> the file's.
using Columns = std::map<std::string, std::string>;

std::optional<TreatyType> parse_type(std::string_view word) {
  if (word == "prop")
    return TreatyType::proportional;
  if (word == "wxlr")
    return TreatyType::per_risk;
  if (word == "catxl")
    return TreatyType::catastrophe;
  return std::nullopt;
}

Result<Treaty> read_treaty(const XmlElement& field) {
  Treaty treaty;
  OQ_TRY(treaty.name, field.require_attribute("input"));
  const auto word = field.attribute("type").value_or("prop");
  const auto type = parse_type(word);
  if (!type)
    return field.error("treaty " + in_quotes(treaty.name) + " has the unknown type "
                       + in_quotes(word) + "; known: prop, wxlr, catxl");
  treaty.type = *type;
  if (treaty.type == TreatyType::proportional) {
    OQ_TRY(treaty.limit, field.number_attribute("max_cession_event", treaty.limit));
  } else {
    OQ_TRY(treaty.deductible, field.number_attribute("deductible"));
    OQ_TRY(treaty.limit, field.number_attribute("limit"));
  }
  if (!(treaty.deductible >= 0 && treaty.deductible <= treaty.limit))
    return field.error("treaty " + in_quotes(treaty.name)
                       + ": 0 <= deductible <= limit does not "
                         "hold");
  return treaty;
}

Result<void> read_fields(const XmlElement& element, Columns& columns, ReinsuranceModel& model) {
  const auto map = element.child("fieldMap");
  if (!map)
    return {};
  for (const auto& field : map->children("field")) {
    const std::string ours(field.attribute("oq").value_or(""));
    if (const auto column = columns.find(ours); column != columns.end()) {
      OQ_TRY(column->second, field.require_attribute("input"));
      continue;
    }
    OQ_TRY(auto treaty, read_treaty(field));
    if (std::ranges::find(model.treaties, treaty.name, &Treaty::name) != model.treaties.end())
      return field.error("treaty " + in_quotes(treaty.name) + " is there already");
    if (model.treaties.size() == kMostTreaties)
      return field.error("more than 100 treaties");
    model.treaties.push_back(std::move(treaty));
  }
  std::ranges::stable_sort(model.treaties, {}, &Treaty::type);
  return {};
}

Result<Policy> read_policy(const CsvReader& csv, const std::vector<std::size_t>& columns,
                           const std::vector<Treaty>& treaties) {
  Policy policy;
  policy.id = csv.cell(columns[0]);
  OQ_TRY(policy.deductible, csv.number(columns[1]));
  OQ_TRY(policy.liability, csv.number(columns[2]));
  const auto refuse = [&](const std::string& message) {
    return csv.error("policy " + in_quotes(policy.id) + ": " + message);
  };
  if (policy.id.empty())
    return csv.error("a policy without a name");
  if (!(policy.deductible >= 0 && policy.deductible <= policy.liability))
    return refuse("0 <= deductible <= liability does not hold");
  double ceded = 0;
  for (std::size_t t = 0; t < treaties.size(); ++t) {
    OQ_TRY(const double share, csv.number(columns[3 + t]));
    const bool is_part = treaties[t].type == TreatyType::proportional;
    if (is_part ? !(share >= 0 && share <= 1) : share != 0 && share != 1)
      return refuse("treaty " + in_quotes(treaties[t].name)
                    + (is_part ? " takes a share from 0 to 1" : " takes 0 or 1"));
    ceded += is_part ? share : 0;
    policy.shares.push_back(share);
  }
  if (ceded > 1 + kRounding)
    return refuse("its proportional treaties take more than the claim");
  return policy;
}

Result<void> read_policies(const std::filesystem::path& file, const Columns& named,
                           ReinsuranceModel& model) {
  OQ_TRY(auto csv, CsvReader::open(file));
  std::vector<std::size_t> columns;
  for (const char* name : {kPolicy, kDeductible, kLiability}) {
    OQ_TRY(columns.emplace_back(), csv.require_column(named.at(name)));
  }
  for (const auto& treaty : model.treaties) {
    OQ_TRY(columns.emplace_back(), csv.require_column(treaty.name));
  }
  std::map<std::string, std::uint32_t> lines;
  while (true) {
    OQ_TRY(const bool more, csv.next());
    if (!more)
      break;
    if (model.policies.size() == kMostPolicies)
      return csv.error("more than 1,000,000 policies");
    OQ_TRY(auto policy, read_policy(csv, columns, model.treaties));
    if (const auto [known, is_new] = lines.try_emplace(policy.id, csv.line()); !is_new)
      return csv.error("policy " + in_quotes(policy.id) + " is there already, in line "
                       + std::to_string(known->second));
    model.policies.push_back(std::move(policy));
  }
  std::ranges::sort(model.policies, {}, &Policy::id);
  return {};
}

// Keeps the policies that assets have.
Result<void> assign(const Assets& assets, const std::vector<std::size_t>& chosen,
                    const std::string& file, ReinsuranceModel& model) {
  const auto tag = assets.tags.find(kPolicy);
  if (tag == assets.tags.end())
    return invalid_input("the exposure has no tag policy, which reinsurance needs",
                         assets.files.empty() ? file : assets.files.front());
  std::vector<std::size_t> positions, used(model.policies.size());
  for (const auto asset : chosen) {
    const auto& id = tag->second.at(asset);
    const auto found = std::ranges::lower_bound(model.policies, id, {}, &Policy::id);
    if (found == model.policies.end() || found->id != id)
      return invalid_input("asset " + in_quotes(assets.id[asset]) + ": policy " + in_quotes(id)
                             + " is not in " + file,
                           assets.where(asset));
    positions.push_back(static_cast<std::size_t>(found - model.policies.begin()));
    used[positions.back()] = 1;
  }
  std::vector<Policy> kept;
  for (std::size_t p = 0; p < used.size(); ++p)
    if (used[p] != 0) {
      used[p] = kept.size();
      kept.push_back(std::move(model.policies[p]));
    }
  model.policies = std::move(kept);
  for (const auto position : positions)
    model.policy_of.push_back(used[position]);
  return {};
}

// The one loss type of `reinsurance_file = {loss type: file}`.
Result<std::string> loss_type_of(const Job& job) {
  for (const char* name : {"reinsurance_file", "reinsurance_csv"})
    if (const auto* value = job.parameters.if_contains(name))
      if (const auto* entries = value->if_object();
          entries != nullptr && entries->size() == 1 && entries->begin()->value().is_string())
        return std::string(entries->begin()->key());
  return invalid_input("reinsurance_file is a dictionary with one entry, {loss type: file}",
                       job.where("reinsurance_file"));
}

Result<void> check_aggregation(const Job& job) {
  const auto* option = job.option("aggregate_by");
  auto value = option == nullptr ? std::string() : option->value;
  std::ranges::replace(value, ';', ','); // groups of tags
  for (const auto group : split_list(value, ListSeparators::blanks_and_commas))
    if (trimmed(group) == kPolicy)
      return {};
  return invalid_input("reinsurance_file needs aggregate_by = policy",
                       job.where(option == nullptr ? "reinsurance_file" : "aggregate_by"));
}

} // namespace

Result<ReinsuranceModel> read_reinsurance(const Job& job, const Assets& assets,
                                          const std::vector<std::size_t>& chosen) {
  ReinsuranceModel model;
  OQ_TRY(model.loss_type, loss_type_of(job));
  OQ_CHECK(check_aggregation(job));
  const auto& file = job.inputs.at("reinsurance").front();
  OQ_TRY(const auto document, load_xml(file));
  OQ_TRY(const auto element, nrml_content(document, {"reinsuranceModel"}));
  Columns columns{{kPolicy, kPolicy}, {kDeductible, kDeductible}, {kLiability, kLiability}};
  OQ_CHECK(read_fields(element, columns, model));
  OQ_TRY(const auto list, element.require_child("policies"));
  OQ_TRY(const auto name, element.child_text("policies"));
  const auto policies = resolve_input(file.parent_path(), name, job.confine_to);
  if (!policies)
    return list.error(policies.error().message);
  OQ_CHECK(read_policies(*policies, columns, model));
  OQ_CHECK(assign(assets, chosen, policies->filename().string(), model));
  return model;
}

} // namespace oq::engine
