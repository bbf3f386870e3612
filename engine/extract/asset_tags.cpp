// Tags as the exposure gave them.
#include "engine/extract/asset_tags.hpp"

#include "engine/extract/extractors.hpp"
#include "engine/extract/parameters.hpp"
#include "engine/output/array_access.hpp"
#include "engine/risk/datastore_keys.hpp"

#include <algorithm>
#include <set>

namespace oq::engine {
namespace {

constexpr char kEveryValue[] = "*";
const std::string kGroup = std::string(keys::kAssets) + "/";

// Few words for many assets, each with the position of its own.
Result<std::vector<std::string>> read_words(const Datastore& datastore, const std::string& group) {
  OQ_TRY(const auto words, read_texts(datastore, group + "/words"));
  OQ_TRY(const auto positions, read_numbers(datastore, group + "/word", 1));
  std::vector<std::string> texts;
  for (const auto position : positions.values) {
    if (!(position >= 0 && position < static_cast<double>(words.size())))
      return Error{Errc::internal, "a word that is not there", group};
    texts.push_back(words[static_cast<std::size_t>(position)]);
  }
  return texts;
}

void keep_only(const AssetTag& tag, const std::vector<std::string>& wanted,
               TagSelection& selection) {
  for (std::size_t asset = 0; asset < tag.values.size(); ++asset)
    if (std::ranges::find(wanted, tag.values[asset]) == wanted.end())
      selection.rows[asset] = TagSelection::kNone;
}

void one_row_a_value(const AssetTag& tag, TagSelection& selection) {
  const auto distinct = tag.distinct();
  for (std::size_t asset = 0; asset < tag.values.size(); ++asset)
    if (selection.rows[asset] != TagSelection::kNone)
      selection.rows[asset] = static_cast<std::size_t>(
        std::ranges::lower_bound(distinct, tag.values[asset]) - distinct.begin());
  for (const auto& value : distinct)
    selection.tags.push_back(tag.name + "=" + value);
}

} // namespace

std::vector<std::string> AssetTag::distinct() const {
  const std::set<std::string> once(values.begin(), values.end());
  return {once.begin(), once.end()};
}

bool TagSelection::is_empty() const {
  return std::ranges::all_of(rows, [](std::size_t row) {
    return row == kNone;
  });
}

Result<std::vector<AssetTag>> read_asset_tags(const Datastore& datastore) {
  if (!datastore.contains(keys::kAssets))
    return no_such_key(keys::kAssets);
  OQ_TRY(const auto attributes, datastore.attributes(keys::kAssets));
  auto names = texts_attribute(attributes, "tag_names");
  std::erase(names, "taxonomy");
  names.insert(names.begin(), "taxonomy");
  std::vector<AssetTag> tags;
  for (auto& name : names) {
    AssetTag tag{name, {}};
    OQ_TRY(tag.values, tags.empty() ? read_texts(datastore, kGroup + name)
                                    : read_words(datastore, kGroup + "tags/" + name));
    if (!tags.empty() && tag.values.size() != tags.front().values.size())
      return Error{Errc::internal, "columns of different lengths", keys::kAssets};
    tags.push_back(std::move(tag));
  }
  return tags;
}

Result<TagSelection> select_by_tags(const Datastore& datastore, const Parameters& parameters) {
  OQ_TRY(const auto tags, read_asset_tags(datastore));
  TagSelection selection;
  selection.rows.assign(tags.front().values.size(), 0);
  const AssetTag* split = nullptr;
  for (const auto& tag : tags) {
    const auto wanted = values_of(parameters, tag.name);
    if (wanted.empty())
      continue;
    if (std::ranges::find(wanted, kEveryValue) == wanted.end()) {
      keep_only(tag, wanted, selection);
    } else if (std::exchange(split, &tag) != nullptr) {
      return invalid_input("* can be asked for one tag only");
    }
  }
  if (split)
    one_row_a_value(*split, selection);
  return selection;
}

} // namespace oq::engine
