// The families of published models, one function a model file; registry.cpp lists them all.
#pragma once

#include "engine/gsim/published_model.hpp"

namespace oq::engine {

ModelFamily abrahamson_2014();
ModelFamily abrahamson_2015();
ModelFamily abrahamson_gulerce_2020();
ModelFamily abrahamson_silva_1997();
ModelFamily abrahamson_silva_2008();
ModelFamily akkar_2014();
ModelFamily akkar_bommer_2010();
ModelFamily akkar_cagnan_2010();
ModelFamily allen_2012();
ModelFamily ameri_2017();
ModelFamily atkinson_2015();
ModelFamily atkinson_adams_2013();
ModelFamily atkinson_boore_2003();
ModelFamily atkinson_boore_2006();
ModelFamily atkinson_macias_2009();
ModelFamily avg_gmpe();
ModelFamily bchydro_eshm20();
ModelFamily bindi_2011();
ModelFamily bindi_2014();
ModelFamily boore_1997();
ModelFamily boore_2014();
ModelFamily boore_atkinson_2008();
ModelFamily bradley_2013();
ModelFamily campbell_1997();
ModelFamily campbell_2003();
ModelFamily campbell_bozorgnia_2003();
ModelFamily campbell_bozorgnia_2008();
ModelFamily campbell_bozorgnia_2014();
ModelFamily cauzzi_2014();
ModelFamily cauzzi_faccioli_2008();
ModelFamily chiou_youngs_2008();
ModelFamily chiou_youngs_2014();
ModelFamily drouet_2015_brazil();
ModelFamily eshm20_craton();
ModelFamily frankel_1996();
ModelFamily generic_avg_sa();
ModelFamily gmpe_table();
ModelFamily idini_2017();
ModelFamily idriss_2014();
ModelFamily kale_2015();
ModelFamily kotha_2020();
ModelFamily kuehn_2020();
ModelFamily lin_lee_2008();
ModelFamily mcverry_2006();
ModelFamily modifiable_gmpe();
ModelFamily montalva_2017();
ModelFamily multi_gmpe();
ModelFamily munson_thurber_1997();
ModelFamily nrcan15_site_term();
ModelFamily parker_2020();
ModelFamily pezeshk_2011();
ModelFamily sadigh_1997();
ModelFamily si_midorikawa_1999();
ModelFamily silva_2002();
ModelFamily somerville_2001();
ModelFamily tavakoli_pezeshk_2005();
ModelFamily toro_2002();
ModelFamily tusa_langer_2016();
ModelFamily youngs_1997();
ModelFamily yu_2013();
ModelFamily zhao_2006();

} // namespace oq::engine
