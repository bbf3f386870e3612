// ClassicalTiles: into how many tiles the sites of a classical calculation are cut, so that rates,
// results on their way and products fit into the memory given.
#pragma once

#include "engine/calculator/classical_model.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace oq::engine {

// Bytes of one site.
struct SiteBytes {
  double rates = 0;    // of all groups
  double result = 0;   // of the task with the largest result
  double products = 0; // curves, statistics and maps
  bool apart = true;   // sites may be computed in different tasks
};
SiteBytes site_bytes(const Job& job, const FullLogicTree& tree, const ClassicalModel& model);

struct ClassicalTiles {
  std::size_t count = 1;
  std::size_t sites = 0;       // of a tile; the last one may have fewer
  std::size_t task_values = 0; // that a result may have at the most
  std::size_t tasks_ahead = 0; // as Calculator::tasks_ahead
  std::size_t part_sites = 1;  // whose products are made together
};

SiteRange sites_of(const ClassicalTiles& tiles, std::size_t tile, std::size_t sites);

// So few tiles that `memory`, in bytes, suffices. Errc::invalid_input, with the figure needed, when
// single sites do not fit.
Result<ClassicalTiles> tiles_for(double memory, std::size_t sites, const SiteBytes& bytes,
                                 const std::string& where);
// So many tiles, whatever they need. REQUIRES: count > 0.
ClassicalTiles tiles_of(std::size_t count, double memory, std::size_t sites,
                        const SiteBytes& bytes);

} // namespace oq::engine
