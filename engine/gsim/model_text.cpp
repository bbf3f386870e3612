// Names of regional variants and what they stand for.
#include "engine/gsim/model_text.hpp"

#include "engine/base/json.hpp"
#include "engine/gsim/registry.hpp"

#include <boost/json/serialize.hpp>

#include <span>
#include <string_view>
#include <utility>

namespace oq::engine {

namespace {

// Regions as NGA-Subduction's models name them.
constexpr std::pair<std::string_view, std::string_view> kSubductionRegions[] = {
  {"Alaska", "USA-AK"},
  {"Cascadia", "CAS"},
  {"CentralAmericaMexico", "CAM"},
  {"Japan", "JPN"},
  {"NewZealand", "NZL"},
  {"SouthAmerica", "SAM"},
  {"Taiwan", "TWN"},
  {"CascadiaSeattleBasin", "SEA"},
};
constexpr std::string_view kSubductionModels[] = {"AbrahamsonGulerce2020SInter",
                                                  "AbrahamsonGulerce2020SSlab",
                                                  "KuehnEtAl2020SInter", "KuehnEtAl2020SSlab"};

struct Regional {
  std::string_view suffix, arguments;
};
constexpr Regional kAbrahamson2014[] = {
  {"RegCHN", "region = \"CHN\""}, {"RegJPN", "region = \"JPN\""}, {"RegTWN", "region = \"TWN\""}};
constexpr Regional kChiouYoungs2014[] = {
  {"Japan", "region = \"JPN\""}, {"Italy", "region = \"ITA\""}, {"Wenchuan", "region = \"WEN\""}};
constexpr Regional kBoore2014[] = {
  {"NoSOF", "sof = false"},
  {"CaliforniaBasin", "region = \"CAL\""},
  {"CaliforniaBasinNoSOF", "region = \"CAL\"\nsof = false"},
  {"JapanBasin", "region = \"JPN\""},
  {"JapanBasinNoSOF", "region = \"JPN\"\nsof = false"},
};

struct Family {
  std::string_view model;
  std::span<const Regional> variants;
};
const Family kFamilies[] = {
  {"AbrahamsonEtAl2014", kAbrahamson2014}, {"ChiouYoungs2014", kChiouYoungs2014},
  {"BooreEtAl2014HighQ", kBoore2014},      {"BooreEtAl2014LowQ", kBoore2014},
  {"BooreEtAl2014", kBoore2014},
};

// The class and its arguments as text; empty for a name that is a class itself.
std::string expanded(std::string_view name) {
  for (const auto& [model, variants] : kFamilies)
    for (const Regional& variant : variants)
      if (name.starts_with(model) && name.substr(model.size()) == variant.suffix)
        return "[" + std::string(model) + "]\n" + std::string(variant.arguments);
  for (const std::string_view model : kSubductionModels)
    for (const auto& [suffix, region] : kSubductionRegions)
      if (name.starts_with(model) && name.substr(model.size()) == suffix)
        return "[" + std::string(model) + "]\nregion = \"" + std::string(region) + "\"";
  return "";
}

std::string value_text(const boost::json::value& value) {
  if (value.is_double())
    return number_text(value.get_double());
  return boost::json::serialize(value);
}

} // namespace

std::string model_text(const GsimSpec& spec) {
  std::string text = expanded(spec.name);
  if (text.empty())
    text = "[" + spec.name + "]";
  for (const auto& [key, value] : spec.arguments)
    if (!value.is_object())
      text += "\n" + std::string(key) + " = " + value_text(value);
  return text;
}

} // namespace oq::engine
