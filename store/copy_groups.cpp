// Arrays are created empty and filled by ranges of their first axis.
#include "store/copy_groups.hpp"

#include "store/datastore_file.hpp"

#include <algorithm>

namespace oq::store {
namespace {

constexpr std::size_t kMostValues = 1 << 20; // at a time

Result<void> copy_array(const engine::Datastore& from, const std::string& key, DatastoreFile& to) {
  OQ_TRY(const auto array, from.describe(key));
  if (array.shape.empty() || std::holds_alternative<std::vector<std::string>>(array.values)) {
    OQ_TRY(const auto whole, from.get(key));
    return to.put(key, whole);
  }
  OQ_CHECK(to.create(key, array));
  std::size_t row = 1;
  for (std::size_t axis = 1; axis < array.shape.size(); ++axis)
    row *= std::max<std::size_t>(array.shape[axis], 1);
  const std::size_t step = std::max<std::size_t>(kMostValues / row, 1);
  for (std::size_t first = 0; first < array.shape[0]; first += step) {
    const std::vector<engine::Range> rows{{first, std::min(step, array.shape[0] - first)}};
    OQ_TRY(const auto part, from.get_part(key, rows));
    OQ_CHECK(to.put_part(key, rows, part.values));
  }
  return {};
}

} // namespace

Result<void> copy_groups(const engine::Datastore& from, const std::vector<std::string>& groups,
                         const std::filesystem::path& to) {
  OQ_TRY(const auto file, DatastoreFile::create(to));
  for (const auto& group : groups) {
    for (const auto& member : from.members(group)) {
      const auto key = group + "/" + member;
      OQ_CHECK(copy_array(from, key, *file));
      OQ_TRY(const auto about, from.attributes(key));
      if (!about.empty())
        OQ_CHECK(file->put_attributes(key, about));
    }
    OQ_TRY(const auto about, from.attributes(group));
    OQ_CHECK(file->put_attributes(group, about));
  }
  return file->commit();
}

} // namespace oq::store
