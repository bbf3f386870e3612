// Writing of NRML text; nothing of a document is kept in memory.
#include "engine/output/nrml_file.hpp"

#include "engine/base/markup.hpp"

#include <fmt/format.h>

#include <charconv>

namespace oq::engine {
namespace {

std::string start_tag(std::string_view tag, const XmlAttributes& attributes, std::string_view end) {
  std::string out = "<" + std::string(tag);
  for (const auto& [name, value] : attributes)
    out += " " + name + "=\"" + escaped_markup(value) + "\"";
  return out + std::string(end);
}

} // namespace

Result<NrmlFile> NrmlFile::create(const std::filesystem::path& path, const std::string& root,
                                  const XmlAttributes& attributes) {
  OQ_TRY(auto file, OutputFile::create(path));
  file.write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
             "<nrml xmlns:gml=\"http://www.opengis.net/gml\""
             " xmlns=\"http://openquake.org/xmlns/nrml/0.5\">\n");
  NrmlFile out(std::move(file), root);
  out.open(root, attributes);
  return out;
}

void NrmlFile::line(std::string_view text) {
  file_.write(std::string(2 * depth_, ' ') + std::string(text) + "\n");
}

void NrmlFile::open(std::string_view tag, const XmlAttributes& attributes) {
  line(start_tag(tag, attributes, ">"));
  ++depth_;
}

void NrmlFile::close(std::string_view tag) {
  --depth_;
  line("</" + std::string(tag) + ">");
}

void NrmlFile::empty(std::string_view tag, const XmlAttributes& attributes) {
  line(start_tag(tag, attributes, "/>"));
}

void NrmlFile::numbers(std::string_view tag, std::span<const double> values) {
  std::string text;
  for (double value : values) {
    if (!text.empty())
      text += ' ';
    text += value_text(value);
  }
  line(fmt::format("<{0}>{1}</{0}>", tag, text));
}

void NrmlFile::number(std::string_view tag, double value) {
  numbers(tag, {&value, 1});
}

void NrmlFile::point(double lon, double lat) {
  line(fmt::format("<gml:Point><gml:pos>{} {}</gml:pos></gml:Point>", degrees_text(lon),
                   degrees_text(lat)));
}

Result<std::filesystem::path> NrmlFile::commit() {
  close(root_);
  file_.write("</nrml>\n");
  return file_.commit();
}

XmlAttributes kind_attributes(const std::string& kind,
                              const std::vector<std::string>& branch_paths) {
  if (kind.starts_with("quantile-"))
    return {{"statistics", "quantile"}, {"quantileValue", kind.substr(9)}};
  if (!kind.starts_with("rlz-"))
    return {{"statistics", kind}};
  std::size_t ordinal = 0;
  std::from_chars(kind.data() + 4, kind.data() + kind.size(), ordinal);
  const std::string path = ordinal < branch_paths.size() ? branch_paths[ordinal] : "";
  const auto tilde = path.find('~');
  return {{"sourceModelTreePath", path.substr(0, tilde)},
          {"gsimTreePath", tilde == std::string::npos ? "" : path.substr(tilde + 1)}};
}

XmlAttributes imt_attributes(const std::string& imt) {
  if (!imt.starts_with("SA(") || !imt.ends_with(")"))
    return {{"IMT", imt}};
  const auto inside = imt.substr(3, imt.size() - 4);
  const auto comma = inside.find(',');
  return {{"IMT", "SA"},
          {"saPeriod", inside.substr(0, comma)},
          {"saDamping", comma == std::string::npos ? "5.0" : inside.substr(comma + 1)}};
}

XmlAttributes operator+(XmlAttributes left, const XmlAttributes& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

std::string degrees_text(double value) {
  return fmt::format("{:.5f}", value);
}

std::string value_text(double value) {
  return fmt::format("{:.7E}", value);
}

} // namespace oq::engine
