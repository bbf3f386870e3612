// First what every document has to obey, then the reader of its kind.
#include "engine/calculator/check_nrml.hpp"

#include "engine/logictree/branch_set.hpp"
#include "engine/nrml/source_model.hpp"
#include "engine/nrml/xml.hpp"
#include "engine/risk/exposure.hpp"
#include "engine/risk/vulnerability.hpp"

#include <array>
#include <limits>

namespace oq::engine {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kTiny = std::numeric_limits<double>::denorm_min(); // the least above zero

struct NumberRule {
  std::string_view name;
  double low, high;
  std::string_view wanted;
};

// Elements whose text is one number, whatever they stand in.
constexpr std::array kElements{
  NumberRule{"magnitude", kTiny, kInfinity, "above 0"},
  NumberRule{"rake", -180, 180, "from -180 to 180"},
  NumberRule{"dip", kTiny, 90, "above 0 and up to 90"},
  NumberRule{"upperSeismoDepth", 0, kInfinity, "0 or more"},
  NumberRule{"lowerSeismoDepth", 0, kInfinity, "0 or more"},
  NumberRule{"ruptAspectRatio", kTiny, kInfinity, "above 0"},
  NumberRule{"uncertaintyWeight", 0, 1, "from 0 to 1"},
};
constexpr std::array kAttributes{
  NumberRule{"lon", -180, 180, "from -180 to 180"},
  NumberRule{"lat", -90, 90, "from -90 to 90"},
  NumberRule{"strike", 0, 360, "from 0 to 360"},
  NumberRule{"vs30", kTiny, kInfinity, "above 0"},
};
// Lists of numbers.
constexpr std::array<std::string_view, 5> kLists{"posList", "pos", "occurRates", "poEs", "meanLRs"};

Result<void> check_range(const XmlElement& element, const NumberRule& rule, double value) {
  if (value >= rule.low && value <= rule.high)
    return {};
  return element.error(std::string(rule.name) + " has to be " + std::string(rule.wanted));
}

Result<void> check_element(const XmlElement& element) {
  for (const auto& rule : kElements)
    if (element.name() == rule.name) {
      OQ_TRY(const auto value, element.number());
      OQ_CHECK(check_range(element, rule, value));
    }
  for (const auto name : kLists)
    if (element.name() == name)
      OQ_CHECK(element.numbers());
  for (const auto& rule : kAttributes)
    if (element.attribute(rule.name)) {
      OQ_TRY(const auto value, element.number_attribute(rule.name));
      OQ_CHECK(check_range(element, rule, value));
    }
  return {};
}

// As deep as a document may be nested, which its reader has bounded.
Result<void> check_below(const XmlElement& element) {
  OQ_CHECK(check_element(element));
  for (const auto& child : element.children())
    OQ_CHECK(check_below(child));
  return {};
}

Result<void> read_as(std::string_view kind, const std::filesystem::path& file) {
  if (kind == "sourceModel")
    OQ_CHECK(read_source_model(file));
  if (kind == "logicTree")
    OQ_CHECK(read_branch_sets(file, BranchIds::any));
  if (kind == "vulnerabilityModel")
    OQ_CHECK(read_vulnerability_model(file));
  if (kind == "exposureModel") {
    Job job;
    job.inputs["exposure"] = {file};
    OQ_CHECK(read_exposure(job));
  }
  return {};
}

} // namespace

Result<void> check_nrml(const std::filesystem::path& file) {
  OQ_TRY(const auto document, load_xml(file));
  const auto root = document.root();
  if (root.name() != "nrml")
    return root.error("the root element is <" + std::string(root.name()) + ">, not <nrml>");
  const auto contents = root.children();
  if (contents.empty())
    return root.error("<nrml> is empty");
  OQ_CHECK(check_below(root));
  return read_as(contents.front().name(), file);
}

} // namespace oq::engine
