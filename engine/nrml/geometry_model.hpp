// Geometry models: the sections of faults that multi-fault sources make their ruptures of.
#pragma once

#include "engine/nrml/xml.hpp"
#include "engine/source/source.hpp"

namespace oq::engine {

// <geometryModel>: a model with sections and no sources; ids are unique within it.
Result<SourceModel> read_geometry_model(const XmlElement& element);

} // namespace oq::engine
