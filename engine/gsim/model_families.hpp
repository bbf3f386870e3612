// The families of published models, one function a model file; registry.cpp lists them all.
#pragma once

#include "engine/gsim/published_model.hpp"

namespace oq::engine {

ModelFamily abrahamson_2014();
ModelFamily abrahamson_2015();
ModelFamily abrahamson_silva_2008();
ModelFamily akkar_2014();
ModelFamily akkar_bommer_2010();
ModelFamily akkar_cagnan_2010();
ModelFamily atkinson_boore_2003();
ModelFamily atkinson_boore_2006();
ModelFamily bchydro_eshm20();
ModelFamily boore_2014();
ModelFamily boore_atkinson_2008();
ModelFamily campbell_2003();
ModelFamily campbell_bozorgnia_2008();
ModelFamily campbell_bozorgnia_2014();
ModelFamily cauzzi_2014();
ModelFamily cauzzi_faccioli_2008();
ModelFamily chiou_youngs_2008();
ModelFamily chiou_youngs_2014();
ModelFamily lin_lee_2008();
ModelFamily montalva_2017();
ModelFamily sadigh_1997();
ModelFamily toro_2002();
ModelFamily youngs_1997();
ModelFamily zhao_2006();

} // namespace oq::engine
