// read_job: from the file to a checked Job, step by step.
#include "engine/job/assign.hpp"
#include "engine/job/checks.hpp"
#include "engine/job/ini.hpp"
#include "engine/job/input_path.hpp"
#include "engine/job/job.hpp"
#include "engine/job/option_value.hpp"
#include "engine/job/own_hazard.hpp"
#include "engine/nrml/number.hpp"

#include <algorithm>
#include <fstream>

namespace oq::engine {
namespace fs = std::filesystem;
namespace json = boost::json;
namespace {

constexpr std::uintmax_t kLargestIni = std::uintmax_t{4} << 20; // bytes

Result<std::string> read_text(const fs::path& ini) {
  const std::string name = ini.filename().string();
  std::error_code status;
  if (!fs::is_regular_file(ini, status))
    return Error{Errc::not_found, "there is no such file", name};
  const auto size = fs::file_size(ini, status);
  if (status || size > kLargestIni)
    return invalid_input("the file is larger than " + std::to_string(kLargestIni) + " bytes", name);
  std::string text(size, '\0');
  std::ifstream stream(ini, std::ios::binary);
  if (!stream.read(text.data(), static_cast<std::streamsize>(size)))
    return Error{Errc::unavailable, "the file cannot be read", name};
  return text;
}

Error option_error(const Job& job, const RawOption& option, std::string message, int line = 0) {
  return invalid_input(option.name + ": " + std::move(message),
                       job.ini.filename().string() + ":" + std::to_string(option.line + line));
}

// The file names an input option gives: one, several separated by blanks or commas, or those inside
// a dictionary or list.
void collect_strings(const json::value& value, std::vector<std::string>& names) {
  if (const auto* text = value.if_string())
    names.emplace_back(*text);
  else if (const auto* list = value.if_array())
    for (const auto& item : *list)
      collect_strings(item, names);
  else if (const auto* entries = value.if_object())
    for (const auto& [key, item] : *entries)
      collect_strings(item, names);
}

Result<void> add_input(Job& job, const RawOption& option) {
  std::vector<std::string> names;
  if (option.value.starts_with('{') || option.value.starts_with('[')) {
    const auto literal = parse_literal(option.value);
    if (const auto* error = std::get_if<LiteralError>(&literal))
      return option_error(job, option, error->message, error->line);
    collect_strings(std::get<json::value>(literal), names);
    job.parameters[option.name] = std::get<json::value>(literal);
  } else {
    // A name may contain blanks: the whole value first.
    if (resolve_input(job.ini.parent_path(), option.value, job.confine_to))
      names.push_back(option.value);
    else
      for (const auto name : split_list(option.value, ListSeparators::blanks_and_commas))
        names.emplace_back(name);
    job.parameters[option.name] = option.value;
  }
  auto& paths = job.inputs[std::string(input_name(option.name))];
  for (const std::string& name : names) {
    auto path = resolve_input(job.ini.parent_path(), name, job.confine_to);
    if (!path)
      return option_error(job, option, path.error().message);
    if (std::ranges::find(paths, *path) != paths.end())
      return option_error(job, option, "the file " + in_quotes(name) + " is given twice");
    paths.push_back(*std::move(path));
  }
  return {};
}

void warn_unknown(Job& job, const RawOption& option) {
  const std::string near = nearest_option(option.name);
  job.warnings.push_back(job.ini.filename().string() + ":" + std::to_string(option.line)
                         + ": unknown option " + in_quotes(option.name) + " is ignored"
                         + (near.empty() ? "" : "; did you mean '" + near + "'?"));
}

Result<void> add_option(Job& job, const RawOption& option) {
  if (is_input_option(option.name))
    return option.value.empty() ? Result<void>{} : add_input(job, option);
  const std::string_view name = canonical_name(option.name);
  const OptionRule* rule = find_option(name);
  if (!rule) {
    warn_unknown(job, option);
    return {};
  }
  auto value = parse_option_value(*rule, option.value);
  if (const auto* error = std::get_if<LiteralError>(&value))
    return option_error(job, option, error->message, error->line);
  if (job.parameters.contains(name))
    return option_error(job, option, "is given twice (" + in_quotes(name) + " is its other name)");
  if (!std::get<json::value>(value).is_null())
    job.parameters[name] = std::get<json::value>(std::move(value));
  return {};
}

Result<void> read_mode(Job& job, bool has_hazard) {
  const RawOption* option = job.option("calculation_mode");
  if (!option || option->value.empty())
    return invalid_input("calculation_mode is missing", job.ini.filename().string());
  const auto mode = parse_calculation_mode(option->value);
  if (!mode) {
    std::string known;
    for (int word = 0; word <= static_cast<int>(CalculationMode::custom); ++word)
      known +=
        (known.empty() ? "" : ", ") + std::string(to_string(static_cast<CalculationMode>(word)));
    return option_error(job, *option,
                        in_quotes(option->value) + " is not one of the known modes: " + known);
  }
  job.mode = *mode;
  // The founding service's risk files name the hazard's mode; assets tell them apart, unless it is
  // a hazard file of its own that only takes its sites from an exposure.
  const auto is_vulnerability = [](const auto& input) {
    return input.first.ends_with("vulnerability");
  };
  const bool own_hazard = has_own_hazard(job) && std::ranges::none_of(job.inputs, is_vulnerability);
  if (has_hazard && job.inputs.contains("exposure") && !own_hazard) {
    if (*mode == CalculationMode::classical)
      job.mode = CalculationMode::classical_risk;
    else if (*mode == CalculationMode::event_based)
      job.mode = CalculationMode::event_based_risk;
    else if (*mode == CalculationMode::scenario)
      job.mode = CalculationMode::scenario_risk;
  }
  return {};
}

} // namespace

const RawOption* Job::option(std::string_view name) const {
  const auto same = [&](const RawOption& option) {
    return canonical_name(option.name) == canonical_name(name);
  };
  const auto found = std::ranges::find_if(raw, same);
  return found == raw.end() ? nullptr : &*found;
}

std::string Job::where(std::string_view option_name) const {
  const RawOption* found = option(option_name);
  const std::string file = ini.filename().string();
  return found ? file + ":" + std::to_string(found->line) : file;
}

Result<Job> read_job(const fs::path& ini, const ReadJobOptions& options) {
  Job job;
  std::error_code status;
  job.ini = fs::absolute(ini, status).lexically_normal();
  job.confine_to = options.confine_to;
  OQ_TRY(const std::string text, read_text(job.ini));
  OQ_TRY(job.raw, parse_ini(text, job.ini.filename().string()));
  for (const RawOption& option : job.raw)
    OQ_CHECK(add_option(job, option));
  OQ_CHECK(read_mode(job, options.has_hazard));
  OQ_CHECK(assign_parameters(job));
  OQ_CHECK(check_job(job, options.has_hazard));
  return job;
}

} // namespace oq::engine
