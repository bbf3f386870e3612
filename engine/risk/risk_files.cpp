// Reads risk files from the job's folder or from the datastore of the hazard calculation.
#include "engine/risk/risk_files.hpp"

#include "engine/nrml/number.hpp"
#include "engine/nrml/text_file.hpp"
#include "engine/output/array_access.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>

namespace oq::engine {
namespace {

constexpr std::size_t kLargestFile = std::size_t{256} << 20; // bytes
constexpr const char* kKinds[] = {"vulnerability", "fragility", "consequence", "taxonomy_mapping",
                                  "insurance"};
constexpr char kGroup[] = "risk_files/";

// "structural_vulnerability_retrofitted" is a vulnerability.
std::string_view kind_of(std::string_view input) {
  for (const std::string_view kind : kKinds)
    if (input == kind || (kind != "insurance" && input.find(kind) != std::string_view::npos))
      return kind;
  return {};
}

// For each file of an input given as a dictionary its key, in the order of Job::inputs.
void collect_keys(const boost::json::value& value, const std::string& key,
                  std::vector<std::string>& keys) {
  if (value.is_string())
    keys.push_back(key);
  else if (const auto* list = value.if_array())
    for (const auto& item : *list)
      collect_keys(item, key, keys);
  else if (const auto* entries = value.if_object())
    for (const auto& [name, item] : *entries)
      collect_keys(item, key.empty() ? std::string(name) : key + "/" + std::string(name), keys);
}

std::vector<std::string> keys_of(const Job& job, const std::string& input) {
  std::vector<std::string> keys;
  for (const char* ending : {"_file", "_csv"})
    if (const auto* value = job.parameters.if_contains(input + ending);
        value != nullptr && !value->is_string())
      collect_keys(*value, "", keys);
  return keys;
}

Result<std::vector<RiskFile>> stored_files(const Datastore& datastore) {
  std::vector<RiskFile> files;
  if (!datastore.contains(std::string(kGroup) + "input"))
    return files;
  OQ_TRY(const auto inputs, read_texts(datastore, std::string(kGroup) + "input"));
  OQ_TRY(const auto keys, read_texts(datastore, std::string(kGroup) + "key"));
  OQ_TRY(const auto names, read_texts(datastore, std::string(kGroup) + "name"));
  OQ_TRY(const auto texts, read_texts(datastore, std::string(kGroup) + "text"));
  if (keys.size() != inputs.size() || names.size() != inputs.size()
      || texts.size() != inputs.size())
    return Error{Errc::internal, "arrays of different lengths", "risk_files"};
  for (std::size_t i = 0; i < inputs.size(); ++i)
    files.push_back({inputs[i], keys[i], names[i], texts[i]});
  return files;
}

} // namespace

Result<RiskFiles> RiskFiles::read(const Job& job, const Datastore* hazard) {
  RiskFiles files;
  for (const auto& [input, paths] : job.inputs) {
    if (kind_of(input).empty())
      continue;
    const auto keys = keys_of(job, input);
    for (std::size_t i = 0; i < paths.size(); ++i) {
      OQ_TRY(auto text, read_text_file(paths[i], kLargestFile));
      files.files_.push_back(
        {input, i < keys.size() ? keys[i] : "", paths[i].filename().string(), std::move(text)});
    }
  }
  if (hazard == nullptr)
    return files;
  OQ_TRY(auto inherited, stored_files(*hazard));
  std::vector<std::string_view> own;
  for (const char* kind : kKinds)
    if (files.has_kind(kind))
      own.emplace_back(kind);
  for (auto& file : inherited)
    if (std::ranges::find(own, kind_of(file.input)) == own.end())
      files.files_.push_back(std::move(file));
  return files;
}

Result<void> RiskFiles::store(Datastore& datastore) const {
  if (files_.empty())
    return {};
  std::vector<std::string> inputs, keys, names, texts;
  for (const auto& file : files_) {
    inputs.push_back(file.input);
    keys.push_back(file.key);
    names.push_back(file.name);
    texts.push_back(file.text);
  }
  const std::size_t count = files_.size();
  const std::string group = kGroup;
  OQ_CHECK(datastore.put(group + "input", {{count}, std::move(inputs)}));
  OQ_CHECK(datastore.put(group + "key", {{count}, std::move(keys)}));
  OQ_CHECK(datastore.put(group + "name", {{count}, std::move(names)}));
  return datastore.put(group + "text", {{count}, std::move(texts)});
}

std::vector<const RiskFile*> RiskFiles::ending_with(std::string_view ending) const {
  std::vector<const RiskFile*> found;
  for (const auto& file : files_)
    if (file.input.ends_with(ending))
      found.push_back(&file);
  return found;
}

std::vector<const RiskFile*> RiskFiles::of_input(std::string_view input) const {
  std::vector<const RiskFile*> found;
  for (const auto& file : files_)
    if (file.input == input)
      found.push_back(&file);
  return found;
}

bool RiskFiles::has_kind(std::string_view kind) const {
  return std::ranges::any_of(files_, [&](const RiskFile& file) {
    return kind_of(file.input) == kind;
  });
}

} // namespace oq::engine
