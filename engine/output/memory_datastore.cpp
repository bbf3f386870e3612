// The datastore of the tests and of runs that keep nothing: a map in memory.
#include "engine/output/datastore.hpp"

#include <numeric>
#include <set>

namespace oq::engine {
namespace {

std::size_t value_count(const Array& array) {
  return std::visit(
    [](const auto& values) {
      return values.size();
    },
    array.values);
}

class MemoryDatastore final : public Datastore {
public:
  Result<void> put(const std::string& key, const Array& array) override {
    const auto expected =
      std::accumulate(array.shape.begin(), array.shape.end(), std::size_t{1}, std::multiplies<>());
    if (expected != value_count(array))
      return Error{Errc::internal, "the shape does not fit the number of values", key};
    arrays_[key] = array;
    return {};
  }

  Result<Array> get(const std::string& key) const override {
    const auto found = arrays_.find(key);
    if (found == arrays_.end())
      return Error{Errc::not_found, "no such dataset", key};
    return found->second;
  }

  Result<void> put_part(const std::string& key, const std::vector<Range>& ranges,
                        const ArrayValues& values) override {
    const auto found = arrays_.find(key);
    if (found == arrays_.end())
      return Error{Errc::not_found, "no such dataset", key};
    return fill(found->second, key, ranges, values);
  }

  Result<void> put_attributes(const std::string& key, const Attributes& attributes) override {
    for (const auto& [name, value] : attributes)
      attributes_[key][name] = value;
    return {};
  }

  Result<Attributes> attributes(const std::string& key) const override {
    if (const auto found = attributes_.find(key); found != attributes_.end())
      return found->second;
    if (key.empty() || contains(key))
      return Attributes{};
    return Error{Errc::not_found, "no such dataset or group", key};
  }

  bool contains(const std::string& key) const override {
    if (arrays_.contains(key) || attributes_.contains(key))
      return true;
    const auto below = arrays_.lower_bound(key + "/");
    return below != arrays_.end() && below->first.starts_with(key + "/");
  }

  std::vector<std::string> keys() const override {
    std::set<std::string> top;
    for (const auto& [key, array] : arrays_)
      top.insert(key.substr(0, key.find('/')));
    for (const auto& [key, attributes] : attributes_)
      if (!key.empty())
        top.insert(key.substr(0, key.find('/')));
    return {top.begin(), top.end()};
  }

  std::vector<std::string> members(const std::string& group) const override {
    const auto prefix = group + "/";
    std::set<std::string> names;
    for (auto at = arrays_.lower_bound(prefix);
         at != arrays_.end() && at->first.starts_with(prefix); ++at)
      names.insert(
        at->first.substr(prefix.size(), at->first.find('/', prefix.size()) - prefix.size()));
    return {names.begin(), names.end()};
  }

private:
  std::map<std::string, Array> arrays_;
  std::map<std::string, Attributes> attributes_;
};

} // namespace

std::unique_ptr<Datastore> make_memory_datastore() {
  return std::make_unique<MemoryDatastore>();
}

} // namespace oq::engine
