// Copies sites, realizations, events and fields from one datastore to another.
#include "engine/calculator/parent_fields.hpp"

#include "engine/base/json.hpp"
#include "engine/hazard/datastore_keys.hpp"

namespace oq::engine {
namespace {

Result<void> copy(const Datastore& from, const std::string& key, Datastore& to) {
  if (!from.contains(key))
    return {};
  const auto members = from.members(key);
  for (const std::string& member : members)
    OQ_CHECK(copy(from, key + "/" + member, to));
  if (members.empty()) {
    OQ_TRY(const auto array, from.get(key));
    OQ_CHECK(to.put(key, array));
  }
  OQ_TRY(const auto attributes, from.attributes(key));
  return attributes.empty() ? Result<void>{} : to.put_attributes(key, attributes);
}

class ParentFields final : public Calculator {
public:
  ParentFields(const Job& job, std::shared_ptr<const Datastore> parent)
    : job_(job), parent_(std::move(parent)) {}

  std::size_t task_count() const override { return 0; }
  double task_weight(std::size_t) const override { return 1; }
  Result<TaskResult> run_task(std::size_t, const StopToken&) const override { return TaskResult{}; }
  Result<void> reduce(std::size_t, TaskResult) override { return {}; }

  Result<void> finish(Datastore& datastore) override {
    Attributes about;
    about["calculation_mode"] = std::string(to_string(job_.mode));
    about["description"] = job_.description;
    OQ_CHECK(datastore.put_attributes("", about));
    OQ_CHECK(
      datastore.put(keys::kOqparam, {{1}, std::vector<std::string>{json_text(oqparam(job_))}}));
    for (const char* key : {"sitecol", "full_lt", "realizations", "weights", "events", "gmf_data",
                            "avg_gmf", keys::kSiteModel, keys::kSitesOfAssets})
      OQ_CHECK(copy(*parent_, key, datastore));
    return datastore.put_attributes("events", {{"exported", false}}); // the parent's own
  }

private:
  Job job_;
  std::shared_ptr<const Datastore> parent_;
};

} // namespace

Result<std::unique_ptr<Calculator>> make_parent_fields(const Job& job,
                                                       std::shared_ptr<const Datastore> parent) {
  return std::unique_ptr<Calculator>(std::make_unique<ParentFields>(job, std::move(parent)));
}

} // namespace oq::engine
