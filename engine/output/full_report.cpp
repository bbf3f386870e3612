// The full report: what was asked, what went in and what came out, as reStructuredText.
#include "engine/base/json.hpp"
#include "engine/hazard/datastore_keys.hpp"
#include "engine/output/array_access.hpp"
#include "engine/output/exporters.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace oq::engine {
namespace {

constexpr std::size_t kListedRealizations = 100; // the CSV has them all

using Row = std::vector<std::string>;

std::string section(const std::string& title, char underline = '-') {
  return title + "\n" + std::string(title.size(), underline) + "\n\n";
}

std::string one_line(std::string text) {
  std::ranges::replace_if(
    text,
    [](char c) {
      return c == '\n' || c == '\r' || c == '\t';
    },
    ' ');
  return text.empty() ? "\"\"" : text;
}

// A simple table: columns under rows of '='; the first row is the header.
std::string table(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths(rows.front().size(), 1);
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], one_line(row[i]).size());
  std::string rule;
  for (auto width : widths)
    rule += std::string(width, '=') + " ";
  rule.back() = '\n';
  std::string out = rule;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::string line;
    for (std::size_t i = 0; i < rows[r].size(); ++i)
      line += fmt::format("{:<{}} ", one_line(rows[r][i]), widths[i]);
    out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n" + (r == 0 ? rule : "");
  }
  return out + rule + "\n";
}

boost::json::object stored_parameters(const Datastore& datastore) {
  const auto texts = read_texts(datastore, keys::kOqparam);
  if (!texts || texts->empty())
    return {};
  boost::json::error_code problem;
  auto value = boost::json::parse(texts->front(), problem);
  return !problem && value.is_object() ? std::move(value.get_object()) : boost::json::object{};
}

std::string plain(const boost::json::value& value) {
  return value.is_string() ? std::string(value.get_string()) : json_text(value);
}

std::string parameters_section(const boost::json::object& parameters) {
  std::vector<Row> rows = {{"Name", "Value"}};
  for (const auto& [name, value] : parameters)
    if (name != "inputs" && name != "description")
      rows.push_back({std::string(name), plain(value)});
  return rows.size() < 2 ? "" : section("Parameters") + table(rows);
}

std::string inputs_section(const boost::json::object& parameters) {
  const auto* inputs = parameters.if_contains("inputs");
  if (inputs == nullptr || !inputs->is_object() || inputs->get_object().empty())
    return "";
  std::vector<Row> rows = {{"Name", "File"}};
  for (const auto& [name, value] : inputs->get_object())
    rows.push_back({std::string(name), plain(value)});
  return section("Input files") + table(rows);
}

std::string sizes_section(const Datastore& datastore) {
  std::vector<Row> rows = {{"What", "Number"}};
  const std::pair<const char*, const char*> counted[] = {
    {"sites", "sitecol/lon"},
    {"source model branches", "full_lt/source_model/path"},
    {"ground motion branches", "full_lt/gsim_lt/branch"},
    {"realizations", keys::kRealizationPaths},
    {"sources", "source_info/source_id"},
    {"assets", "assetcol/id"},
  };
  for (const auto& [what, key] : counted) {
    if (!datastore.contains(key))
      continue;
    if (const auto array = datastore.get(key); array && !array->shape.empty())
      rows.push_back({what, std::to_string(array->shape[0])});
  }
  return rows.size() < 2 ? "" : section("Sizes") + table(rows);
}

std::string realizations_section(const Datastore& datastore) {
  const auto paths = read_texts(datastore, keys::kRealizationPaths);
  const auto weights = read_numbers(datastore, keys::kRealizationWeights, 1);
  if (!paths || !weights || paths->size() != weights->values.size() || paths->empty())
    return "";
  std::vector<Row> rows = {{"Number", "Branches", "Weight"}};
  const auto listed = std::min(paths->size(), kListedRealizations);
  for (std::size_t i = 0; i < listed; ++i)
    rows.push_back({std::to_string(i), (*paths)[i], number_text(weights->values[i])});
  auto text = section("Realizations") + table(rows);
  if (listed < paths->size())
    text += fmt::format("and {} more.\n\n", paths->size() - listed);
  return text;
}

std::string outputs_section(const Datastore& datastore) {
  std::vector<Row> rows = {{"Type", "Name", "Formats"}};
  for (const auto& output : outputs_of(datastore))
    rows.push_back({output.type, output.name, fmt::format("{}", fmt::join(output.formats, ", "))});
  return section("Outputs") + table(rows);
}

} // namespace

Result<Paths> export_full_report(const ExportJob& job) {
  const auto& datastore = job.datastore();
  const auto parameters = stored_parameters(datastore);
  const auto root = datastore.attributes("");
  auto title = root ? text_attribute(*root, "description") : std::string();
  if (title.empty())
    if (const auto* value = parameters.if_contains("description"); value != nullptr)
      title = plain(*value);
  if (title.empty())
    title = "Calculation " + std::to_string(job.request().calculation_id);

  OQ_TRY(auto file, OutputFile::create(job.path("report")));
  file.write(section(one_line(title), '='));
  file.write(table({{"Calculation", std::to_string(job.request().calculation_id)},
                    {"Started", job.request().start_date},
                    {"Generated by", job.request().generated_by}}));
  file.write(sizes_section(datastore));
  file.write(parameters_section(parameters));
  file.write(inputs_section(parameters));
  file.write(realizations_section(datastore));
  file.write(outputs_section(datastore));
  OQ_TRY(auto path, file.commit());
  return Paths{std::move(path)};
}

} // namespace oq::engine
