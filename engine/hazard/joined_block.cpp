// FaultBlock for ruptures of sections.
#include "engine/hazard/fault_block.hpp"

#include <algorithm>

namespace oq::engine {

namespace {

// Of sections that rupture together.
class JoinedDistances final : public RuptureDistances {
public:
  JoinedDistances(std::span<const std::uint32_t> rupture, const RuptureParameters& parameters,
                  std::function<const JoinedTrace&()> trace, SectionDistances& sections,
                  std::size_t tile_size)
    : rupture_(rupture), parameters_(parameters), trace_(std::move(trace)), sections_(sections),
      of_tile_(tile_size) {}

  void fill(const SitePoints& points, std::span<const std::uint32_t> sites,
            const DistanceColumns& out) const override {
    if (!out.rjb.empty()) {
      sections_.closest_at_surface(rupture_, of_tile_);
      for (std::size_t i = 0; i < sites.size(); ++i)
        out.rjb[i] = of_tile_[sites[i]];
    }
    const JoinedTrace* trace = out.rx.empty() && out.ry0.empty() ? nullptr : &trace_();
    for (std::size_t i = 0; trace && i < sites.size(); ++i) {
      const auto at = sections_.coordinates(rupture_, *trace, sites[i]);
      if (!out.rx.empty())
        out.rx[i] = at.t;
      if (!out.ry0.empty())
        out.ry0[i] = Gc2::gc2_beyond(at.u, trace->longest);
    }
    hypocentral_distances(parameters_, points, sites, out);
  }

private:
  std::span<const std::uint32_t> rupture_;
  const RuptureParameters& parameters_;
  std::function<const JoinedTrace&()> trace_;
  SectionDistances& sections_;
  mutable std::vector<double> of_tile_;
};

} // namespace

Result<void> FaultBlock::add_joined(const SiteTile& tile, PairSink& pairs) {
  double farthest = 0;
  for (std::size_t r = begin_; r < end_; ++r)
    farthest = std::max(farthest, set_.maximum_distance.at(fault_.ruptures()[r].magnitude));
  SectionDistances sections(fault_, tile, farthest,
                            [this](std::uint32_t section) -> const SurfaceOutline& {
                              return outline(section, fault_.surfaces()[section].whole());
                            });
  std::vector<double> closest(tile.size()), rrup;
  std::vector<std::uint32_t> sites;
  for (std::size_t r = begin_; r < end_; ++r) {
    const FaultRupture& rupture = fault_.ruptures()[r];
    const auto joined = fault_.sections_of(rupture);
    const double within = set_.maximum_distance.at(rupture.magnitude);
    sections.closest(joined, closest);
    sites.clear();
    rrup.clear();
    for (std::uint32_t i = 0; i < closest.size(); ++i)
      if (closest[i] <= within && within > 0) {
        sites.push_back(i);
        rrup.push_back(closest[i]);
      }
    if (sites.empty())
      continue;
    const RuptureParameters parameters = fault_.parameters(rupture);
    RuptureOccurrence occurrence{parameters, tag_, pairs.occurrence_of(rupture.rate),
                                 fault_.weight(rupture)};
    if (const auto& probabilities = fault_.probabilities(rupture); !probabilities.empty())
      occurrence.occurrence.probabilities = &probabilities;
    const JoinedDistances distances(
      joined, parameters,
      [&]() -> const JoinedTrace& {
        return trace(r);
      },
      sections, tile.size());
    OQ_CHECK(pairs.add(occurrence, distances, tile, sites, rrup));
  }
  return {};
}

const JoinedTrace& FaultBlock::trace(std::size_t rupture) {
  traces_.resize(end_ - begin_);
  std::optional<JoinedTrace>& known = traces_[rupture - begin_];
  if (!known)
    known = joined_trace(fault_, fault_.sections_of(fault_.ruptures()[rupture]));
  return *known;
}

} // namespace oq::engine
