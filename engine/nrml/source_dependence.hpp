// The attributes that say how sources and their ruptures happen together, and in time.
#pragma once

#include "engine/nrml/xml.hpp"
#include "engine/source/source.hpp"

namespace oq::engine {

// src_interdep, rup_interdep, srcs_weights, grp_probability, cluster, occurrence_rate of a
// sourceGroup whose sources are read; sets the sources' weights.
Result<void> read_dependence(const XmlElement& element, SourceGroup& group);
// temporal_occurrence_model or tom, with alpha, of a source.
Result<void> read_occurrence_model(const XmlElement& element, Source& source);

} // namespace oq::engine
