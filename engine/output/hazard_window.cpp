// The whole array when it is small, else one kind of as many sites as there is room for.
#include "engine/output/hazard_window.hpp"

#include "engine/output/array_access.hpp"

#include <algorithm>

namespace oq::engine {

HazardWindow::HazardWindow(const Datastore& datastore, std::string key,
                           std::vector<std::size_t> shape, std::size_t most_bytes)
  : datastore_(datastore), key_(std::move(key)), shape_(std::move(shape)),
    most_values_(most_bytes / sizeof(double)) {
  shape_.resize(4, 1);
}

Result<void> HazardWindow::move_to(std::size_t site, std::size_t kind) {
  const auto width = std::max<std::size_t>(row_values(), 1);
  if (shape_[0] * shape_[1] <= most_values_ / width) {
    sites_ = {0, shape_[0]};
    kinds_ = {0, shape_[1]};
  } else {
    const auto room = std::max<std::size_t>(most_values_ / width, 1);
    sites_ = {site, std::min(room, shape_[0] - site)};
    kinds_ = {kind, 1};
  }
  OQ_TRY(values_, read_number_part(datastore_, key_, {sites_, kinds_}));
  return {};
}

Result<std::span<const double>> HazardWindow::row(std::size_t site, std::size_t kind) {
  const auto holds = [](const Range& range, std::size_t at) {
    return at >= range.first && at - range.first < range.count;
  };
  if (!holds(sites_, site) || !holds(kinds_, kind))
    OQ_CHECK(move_to(site, kind));
  const auto index = (site - sites_.first) * kinds_.count + kind - kinds_.first;
  return std::span<const double>(values_).subspan(index * row_values(), row_values());
}

} // namespace oq::engine
