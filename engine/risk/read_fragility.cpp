// Reads fragility models: NRML 0.4 (ffs, ffd, ffc) and 0.5 (fragilityFunction).
#include "engine/gsim/imt.hpp"
#include "engine/nrml/xml.hpp"
#include "engine/risk/fragility.hpp"

#include <algorithm>
#include <iterator>

namespace oq::engine {
namespace {

constexpr std::size_t kMostFunctions = 100'000;
constexpr std::size_t kMostLevels = 10'000;
constexpr std::size_t kMostLimitStates = 100;

// Also what no ground-motion model predicts ("PGDMax", "LiqOccur"): fields may bring it.
std::string imt_name(const std::string& text) {
  const auto imt = Imt::parse(text);
  return imt ? imt->name() : text;
}

Result<void> set_no_damage_limit(const XmlElement& levels, FragilityFunction& function) {
  if (!levels.attribute("noDamageLimit"))
    return {};
  OQ_TRY(function.no_damage_limit, levels.number_attribute("noDamageLimit"));
  if (function.no_damage_limit < 0)
    return levels.error("noDamageLimit must not be negative");
  return {};
}

Result<void> read_levels(const XmlElement& element, FragilityFunction& function) {
  OQ_TRY(function.levels, element.numbers());
  auto& levels = function.levels;
  if (levels.empty() || levels.size() > kMostLevels || levels.front() < 0)
    return element.error("between 1 and 10,000 intensities of 0 or more are needed");
  if (std::ranges::adjacent_find(levels, std::ranges::greater_equal()) != levels.end())
    return element.error("intensities must increase");
  return {};
}

Result<void> read_bounds(const XmlElement& element, FragilityFunction& function) {
  function.continuous = true;
  OQ_TRY(function.lowest, element.number_attribute("minIML"));
  OQ_TRY(function.highest, element.number_attribute("maxIML"));
  if (function.lowest < 0 || function.highest <= function.lowest)
    return element.error("minIML must be 0 or more and less than maxIML");
  return {};
}

// Damage starts at the limit when that is below the first level.
void prepend_limit(FragilityFunction& function, bool given) {
  if (function.continuous || !given || function.no_damage_limit >= function.levels.front())
    return;
  function.levels.insert(function.levels.begin(), function.no_damage_limit);
  for (auto& poes : function.poes)
    poes.insert(poes.begin(), 0.0);
}

Result<void> add_poes(const XmlElement& element, FragilityFunction& function) {
  OQ_TRY(auto poes, element.numbers());
  if (poes.size() != function.levels.size())
    return element.error(std::to_string(poes.size()) + " probabilities for "
                         + std::to_string(function.levels.size()) + " intensities");
  for (const double poe : poes)
    if (!(poe >= 0 && poe <= 1))
      return element.error("probabilities must be in [0, 1]");
  function.poes.push_back(std::move(poes));
  return {};
}

Result<void> add_moments(const XmlElement& element, FragilityFunction& function) {
  LimitStateMoments moments;
  OQ_TRY(moments.mean, element.number_attribute("mean"));
  OQ_TRY(moments.deviation, element.number_attribute("stddev"));
  if (!(moments.mean > 0) || moments.deviation < 0)
    return element.error("the mean must be above 0 and stddev not negative");
  function.moments.push_back(moments);
  return {};
}

// The elements of a function's limit states, in the model's order.
Result<std::vector<XmlElement>> states_in_order(const XmlElement& function,
                                                const std::vector<XmlElement>& given,
                                                const std::vector<std::string>& limit_states) {
  std::vector<std::string> names;
  for (const auto& element : given) {
    OQ_TRY(names.emplace_back(), element.require_attribute("ls"));
  }
  if (names != limit_states) {
    std::string expected;
    for (const auto& state : limit_states)
      expected += (expected.empty() ? "" : ", ") + state;
    return function.error("the limit states must be, in this order: " + expected);
  }
  return given;
}

Result<FragilityFunction> read_function(const XmlElement& element,
                                        const std::vector<std::string>& limit_states) {
  FragilityFunction function;
  function.where = element.where();
  OQ_TRY(function.id, element.require_attribute("id"));
  OQ_TRY(const auto format, element.require_attribute("format"));
  OQ_TRY(const auto levels, element.require_child("imls"));
  OQ_TRY(const auto imt, levels.require_attribute("imt"));
  function.imt = imt_name(imt);
  OQ_CHECK(set_no_damage_limit(levels, function));
  if (format == "discrete") {
    OQ_CHECK(read_levels(levels, function));
    OQ_TRY(const auto rows, states_in_order(element, element.children("poes"), limit_states));
    for (const auto& row : rows)
      OQ_CHECK(add_poes(row, function));
  } else if (format == "continuous") {
    OQ_CHECK(read_bounds(levels, function));
    OQ_TRY(const auto rows, states_in_order(element, element.children("params"), limit_states));
    for (const auto& row : rows)
      OQ_CHECK(add_moments(row, function));
  } else {
    return element.error("format " + in_quotes(format) + " is neither discrete nor continuous");
  }
  prepend_limit(function, levels.attribute("noDamageLimit").has_value());
  return function;
}

// NRML 0.4: one <ffs> a taxonomy.
Result<FragilityFunction> read_set(const XmlElement& set, bool continuous,
                                   const std::vector<std::string>& limit_states) {
  FragilityFunction function;
  function.where = set.where();
  OQ_TRY(function.id, set.child_text("taxonomy"));
  OQ_TRY(const auto levels, set.require_child("IML"));
  OQ_TRY(const auto imt, levels.require_attribute("IMT"));
  function.imt = imt_name(imt);
  OQ_CHECK(set_no_damage_limit(set, function));
  const char* const child = continuous ? "ffc" : "ffd";
  OQ_TRY(const auto rows, states_in_order(set, set.children(child), limit_states));
  OQ_CHECK(continuous ? read_bounds(levels, function) : read_levels(levels, function));
  for (const auto& row : rows) {
    OQ_TRY(const auto values, row.require_child(continuous ? "params" : "poEs"));
    OQ_CHECK(continuous ? add_moments(values, function) : add_poes(values, function));
  }
  prepend_limit(function, set.attribute("noDamageLimit").has_value());
  return function;
}

Result<void> sort_by_id(FragilityModel& model) {
  std::ranges::stable_sort(model.functions, {}, &FragilityFunction::id);
  const auto twice = std::ranges::adjacent_find(model.functions, {}, &FragilityFunction::id);
  if (twice != model.functions.end())
    return invalid_input("fragility function " + in_quotes(twice->id) + " is there already, at "
                           + twice->where,
                         std::next(twice)->where);
  return {};
}

// "groundshaking_fragility" given for "structural" -> (peril, loss type).
std::pair<std::string, std::string> peril_and_loss_type(const RiskFile& file) {
  constexpr std::string_view kEnding = "fragility";
  auto prefix = file.input.substr(0, file.input.size() - kEnding.size());
  if (prefix.ends_with('_'))
    prefix.pop_back();
  if (std::ranges::find(kPerils, prefix) != std::end(kPerils))
    return {prefix, file.key.empty() ? "structural" : file.key};
  return {kGroundShaking, prefix.empty() ? "structural" : prefix};
}

} // namespace

Result<FragilityModel> read_fragility_model(const RiskFile& file, const std::string& loss_type) {
  OQ_TRY(const auto document, parse_xml(file.text, file.name));
  OQ_TRY(const auto content, nrml_content(document, {"fragilityModel"}));
  FragilityModel model;
  model.loss_type = loss_type;
  OQ_TRY(const auto states, content.require_child("limitStates"));
  const auto text = states.text();
  for (const auto state : split_list(text, ListSeparators::blanks_and_commas))
    model.limit_states.emplace_back(state);
  if (model.limit_states.empty() || model.limit_states.size() > kMostLimitStates)
    return states.error("between 1 and 100 limit states are needed");
  const bool continuous = content.attribute("format").value_or("") == "continuous";
  for (const auto& set : content.children("ffs")) {
    OQ_TRY(model.functions.emplace_back(), read_set(set, continuous, model.limit_states));
  }
  for (const auto& element : content.children("fragilityFunction")) {
    OQ_TRY(model.functions.emplace_back(), read_function(element, model.limit_states));
  }
  if (model.functions.empty() || model.functions.size() > kMostFunctions)
    return content.error("between 1 and 100,000 fragility functions are needed");
  OQ_CHECK(sort_by_id(model));
  return model;
}

Result<std::vector<FragilityModel>> read_fragility_models(const RiskFiles& files,
                                                          const std::string& job_name) {
  std::vector<FragilityModel> models;
  for (const auto* file : files.ending_with("fragility")) {
    const auto [peril, loss_type] = peril_and_loss_type(*file);
    OQ_TRY(auto model, read_fragility_model(*file, loss_type));
    model.peril = peril;
    if (!models.empty() && models.front().limit_states != model.limit_states)
      return invalid_input("the limit states differ from those of the other fragility models",
                           file->name);
    models.push_back(std::move(model));
  }
  if (models.empty())
    return invalid_input("no fragility model: give fragility_file", job_name);
  const auto name = [](const FragilityModel& model) {
    return std::pair(model.peril, model.loss_type);
  };
  std::ranges::sort(models, {}, name);
  if (const auto twice = std::ranges::adjacent_find(models, {}, name); twice != models.end())
    return invalid_input(
      "two fragility models of " + loss_type_of_peril(twice->peril, twice->loss_type), job_name);
  return models;
}

} // namespace oq::engine
