// What makes two plans the same one.
#include "actors/plan_identity.hpp"

#include <gtest/gtest.h>

#include <set>

namespace oq::actors {
namespace {

class WeightedPlan : public engine::Calculator {
public:
  explicit WeightedPlan(std::vector<double> weights) : weights_(std::move(weights)) {}
  std::size_t task_count() const override { return weights_.size(); }
  double task_weight(std::size_t task) const override { return weights_[task]; }
  Result<engine::TaskResult> run_task(std::size_t, const StopToken&) const override {
    return engine::TaskResult{};
  }
  Result<void> reduce(std::size_t, engine::TaskResult) override { return {}; }
  Result<void> finish(engine::Datastore&) override { return {}; }

private:
  std::vector<double> weights_;
};

std::uint64_t fingerprint(std::vector<double> weights, store::CalculationId id = 1,
                          const std::string& ini = "job.ini",
                          std::optional<store::CalculationId> hazard = {}) {
  store::CalculationRecord record;
  record.id = id;
  record.ini = ini;
  record.hazard_calculation_id = hazard;
  return plan_fingerprint(record, WeightedPlan(std::move(weights)));
}

TEST(PlanFingerprint, IsTheSameForTheSamePlan) {
  EXPECT_EQ(fingerprint({1, 2}), fingerprint({1, 2}));
}

TEST(PlanFingerprint, TellsTasksWeightsCalculationsAndInisApart) {
  const std::set<std::uint64_t> all{fingerprint({}),
                                    fingerprint({1, 2}),
                                    fingerprint({2, 1}),
                                    fingerprint({1, 2, 3}),
                                    fingerprint({1, 2.0000001}),
                                    fingerprint({1, 2}, 2),
                                    fingerprint({1, 2}, 1, "b.ini"),
                                    fingerprint({1, 2}, 1, "job.ini", 5)};
  EXPECT_EQ(all.size(), 8u);
}

} // namespace
} // namespace oq::actors
