// Walking a source model: groups, kinds of sources, and what every source has.
#include "engine/nrml/source_model.hpp"

#include "engine/nrml/geometry_model.hpp"
#include "engine/nrml/rupture_sidecar.hpp"
#include "engine/nrml/source_dependence.hpp"
#include "engine/nrml/source_parts.hpp"

#include <algorithm>
#include <map>

namespace oq::engine {
namespace {

constexpr std::size_t kLongestId = 255;

struct SourceKind {
  std::string_view element;
  Result<void> (*read)(const XmlElement&, Source&);
};
constexpr SourceKind kKinds[] = {
  {"pointSource", read_point_source},
  {"areaSource", read_area_source},
  {"multiPointSource", read_multi_point_source},
  {"simpleFaultSource", read_simple_fault_source},
  {"complexFaultSource", read_complex_fault_source},
  {"characteristicFaultSource", read_characteristic_source},
  {"nonParametricSeismicSource", read_non_parametric_source},
  {"multiFaultSource", read_multi_fault_source},
  {"kiteFaultSource", read_kite_fault_source},
};

class SourceModelReader {
public:
  Result<SourceModel> read(const XmlElement& element) {
    model_.name = std::string(element.attribute("name").value_or(""));
    for (const XmlElement& child : element.children())
      OQ_CHECK(child.name() == "sourceGroup" ? read_group(child) : read_ungrouped(child));
    const auto empty = [](const SourceGroup& group) {
      return group.sources.empty();
    };
    if (std::ranges::all_of(model_.groups, empty))
      return element.error("the source model has no sources");
    std::erase_if(model_.groups, empty);
    return std::move(model_);
  }

private:
  Result<void> read_group(const XmlElement& element) {
    SourceGroup group;
    group.name = std::string(element.attribute("name").value_or(""));
    group.tectonic_region = std::string(element.attribute("tectonicRegion").value_or(""));
    for (const XmlElement& child : element.children()) {
      OQ_TRY(Source source, read_source(child, group.tectonic_region));
      if (group.tectonic_region.empty())
        group.tectonic_region = source.tectonic_region;
      group.sources.push_back(std::move(source));
    }
    OQ_CHECK(read_dependence(element, group));
    model_.groups.push_back(std::move(group));
    return {};
  }

  Result<void> read_ungrouped(const XmlElement& element) {
    OQ_TRY(Source source, read_source(element, ""));
    auto group =
      std::ranges::find(model_.groups, source.tectonic_region, &SourceGroup::tectonic_region);
    if (group == model_.groups.end())
      group = model_.groups.insert(group, {source.tectonic_region, source.tectonic_region, {}, {}});
    group->sources.push_back(std::move(source));
    return {};
  }

  Result<Source> read_source(const XmlElement& element, const std::string& group_region) {
    const auto* kind = std::ranges::find(kKinds, element.name(), &SourceKind::element);
    if (kind == std::end(kKinds))
      return element.error("<" + std::string(element.name()) + "> is not a kind of source");
    Source source;
    source.where = element.where();
    OQ_CHECK(read_occurrence_model(element, source));
    OQ_CHECK(read_identity(element, group_region, source));
    OQ_CHECK(kind->read(element, source));
    return source;
  }

  Result<void> read_identity(const XmlElement& element, const std::string& group_region,
                             Source& source) {
    OQ_TRY(source.id, element.require_attribute("id"));
    if (source.id.size() > kLongestId)
      return element.error("the id is longer than 255 characters");
    const auto [first, is_new] = where_by_id_.emplace(source.id, source.where);
    if (!is_new)
      return element.error("the source id " + in_quotes(source.id) + " is used twice, first in "
                           + first->second);
    source.name = std::string(element.attribute("name").value_or(""));
    source.tectonic_region =
      std::string(element.attribute("tectonicRegion").value_or(group_region));
    if (source.tectonic_region.empty())
      return element.error("source " + in_quotes(source.id) + " has no tectonicRegion");
    if (!group_region.empty() && source.tectonic_region != group_region)
      return element.error("source " + in_quotes(source.id) + " is of tectonic region "
                           + in_quotes(source.tectonic_region) + ", its group of "
                           + in_quotes(group_region));
    return {};
  }

  SourceModel model_;
  std::map<std::string, std::string> where_by_id_;
};

Result<SourceModel> read_without_sidecar(const XmlDocument& document) {
  OQ_TRY(const XmlElement content, nrml_content(document, {"sourceModel", "geometryModel"}));
  return content.name() == "geometryModel" ? read_geometry_model(content)
                                           : SourceModelReader().read(content);
}

} // namespace

Result<SourceModel> read_source_model(const XmlDocument& document) {
  OQ_TRY(SourceModel model, read_without_sidecar(document));
  OQ_CHECK(read_rupture_sidecar({}, model));
  return model;
}

Result<SourceModel> read_source_model(const std::filesystem::path& file) {
  OQ_TRY(const XmlDocument document, load_xml(file));
  OQ_TRY(SourceModel model, read_without_sidecar(document));
  OQ_CHECK(read_rupture_sidecar(file, model));
  return model;
}

} // namespace oq::engine
