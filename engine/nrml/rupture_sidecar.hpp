// The HDF5 file beside a source model, with ruptures that the XML leaves out.
#pragma once

#include "engine/base/result.hpp"
#include "engine/source/source.hpp"

#include <filesystem>

namespace oq::engine {

// Fills the non-parametric sources that have no ruptures from `model.hdf5` beside `model.xml`: a
// group an id, with magnitude, rake, hypocenter, probs_occur, and the points of gridded surfaces,
// mesh3d, cut by slice; and the multi-fault ones, with mag, rake, probs_occur and rupture_idxs, the
// ids of each rupture's sections. Errors name the source and its place in the XML.
Result<void> read_rupture_sidecar(const std::filesystem::path& xml, SourceModel& model);

} // namespace oq::engine
