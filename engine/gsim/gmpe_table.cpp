// GMPETable: ground motion read off a table that the user gives.
#include "engine/gsim/gmpe_table.hpp"

#include "engine/gsim/arguments.hpp"
#include "engine/gsim/model_families.hpp"
#include "engine/gsim/registry.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <mutex>

namespace oq::engine {

namespace {

constexpr double kBeyondTable = 1e-20;  // the median there: no motion
constexpr double kDistanceSlack = 1e-3; // km
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

struct Metric {
  const char* name;
  std::uint64_t need;
  std::span<const double> PairBatch::*distance;
};
constexpr Metric kMetrics[] = {
  {"rjb", need_rjb, &PairBatch::rjb},
  {"rrup", need_rrup, &PairBatch::rrup},
  {"rhypo", need_rhypo, &PairBatch::rhypo},
  {"repi", need_repi, &PairBatch::repi},
};

double between(const std::vector<double>& x, const std::vector<double>& y, double at) {
  if (at <= x.front())
    return y.front();
  if (at >= x.back())
    return y.back();
  const auto upper = static_cast<std::size_t>(std::ranges::upper_bound(x, at) - x.begin());
  return y[upper - 1] + (y[upper] - y[upper - 1]) / (x[upper] - x[upper - 1]) * (at - x[upper - 1]);
}

double median_at(const MotionByDistance& motion, double distance) {
  if (distance < motion.distance.front() + kDistanceSlack)
    return motion.median.front();
  if (distance > motion.distance.back() + kDistanceSlack)
    return kBeyondTable;
  return between(motion.distance, motion.median, distance);
}

class GmpeTable final : public PublishedModel {
public:
  GmpeTable(std::string name, MotionTable table, const Metric& metric)
    : PublishedModel(std::move(name), need_mag | metric.need, StandardDeviations::total_only),
      table_(std::move(table)), metric_(metric) {}

  bool supports(const Imt& imt) const override { return table_.supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i)
      fill_motions(batch, out[i], [&](std::size_t r) {
        return [this, &batch, motion = motion_of(imts[i], batch.mag[r])](std::size_t p) {
          if (motion->median.empty()) // below the first magnitude of the table
            return LogNormal{.ln_mean = kNaN, .sigma = kNaN};
          const double distance = (batch.*metric_.distance)[p];
          return LogNormal{.ln_mean = std::log(median_at(*motion, distance)),
                           .sigma = between(motion->distance, motion->deviation, distance)};
        };
      });
  }

private:
  using Key = std::pair<std::string, double>; // IMT and magnitude

  // Made when a magnitude is first asked for.
  std::shared_ptr<const MotionByDistance> motion_of(const Imt& imt, double mag) const {
    const double magnitude = std::nearbyint(mag * 100.0) / 100.0;
    const std::scoped_lock lock(mutex_);
    auto& motion = motions_[{imt.name(), magnitude}];
    if (!motion)
      motion = std::make_shared<const MotionByDistance>(motion_by_distance(table_, imt, magnitude));
    return motion;
  }

  MotionTable table_;
  const Metric& metric_;
  mutable std::mutex mutex_;
  mutable std::map<Key, std::shared_ptr<const MotionByDistance>> motions_;
};

Result<std::shared_ptr<const GroundMotionModel>> make(const GsimSpec& spec) {
  Arguments arguments(spec);
  const std::string file = arguments.text("gmpe_table", "");
  OQ_CHECK(arguments.check());
  if (file.empty())
    return invalid_input("GMPETable needs gmpe_table, the name of an HDF5 file", spec.where);
  auto table = MotionTable::read(spec.base_directory / file);
  if (!table)
    return invalid_input("gmpe_table: " + table.error().text(), spec.where);
  const auto* metric = std::ranges::find_if(kMetrics, [&](const Metric& known) {
    return table->metric == known.name;
  });
  return std::shared_ptr<const GroundMotionModel>(
    std::make_shared<const GmpeTable>(model_name(spec), std::move(*table), *metric));
}

} // namespace

ModelFamily gmpe_table() {
  static constexpr ModelEntry kModels[] = {
    {"GMPETable", make},
  };
  return kModels;
}

} // namespace oq::engine
