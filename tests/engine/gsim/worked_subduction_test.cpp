// Worked motions of the subduction models.
#include "engine/gsim/worked_values.hpp"

#include <gtest/gtest.h>

namespace oq::engine::testing {

namespace {

// clang-format off
constexpr WorkedValue kValues[] = {
  {"AtkinsonBoore2003SInter", sa(0.2), {.mag = 8.7, .hypo_depth = 27, .rrup = 45, .vs30 = 300}, {-0.300339040954, 0.644723826038, 0.299336062089, 0.575646273249}},
  {"AtkinsonBoore2003SInter", sa(4.0), {.mag = 7.9, .hypo_depth = 27, .rrup = 45, .vs30 = 500}, {-6.57642320874, 0.828930633478, 0.414465316739, 0.713801378828}},
  {"AtkinsonBoore2003SInterNSHMP2008", sa(0.7), {.mag = 8.2, .hypo_depth = 44, .rrup = 30, .vs30 = 800}, {-1.44928347546, 0.738063766497, 0.401639035572, 0.617834726966}},
  {"AtkinsonBoore2003SSlabNSHMP2008", kPga, {.mag = 7.2, .hypo_depth = 110, .rrup = 95, .vs30 = 170}, {-0.866744394885, 0.621697975108, 0.322361913019, 0.529594571389}},
  {"LinLee2008SInter", sa(0.35), {.mag = 7.3, .hypo_depth = 22, .rhypo = 66, .vs30 = 360}, {-2.14568573911, 0.696914822329, 0, 0}},
  {"LinLee2008SInter", kPga, {.mag = 7.3, .hypo_depth = 22, .rhypo = 66, .vs30 = 359}, {-2.4812437376, 0.48763, 0, 0}},
  {"YoungsEtAl1997SInter", sa(0.35), {.mag = 8.3, .hypo_depth = 25, .rrup = 70, .vs30 = 800}, {-1.20022661749, 0.65, 0, 0}},
  {"YoungsEtAl1997SInter", sa(4.0), {.mag = 8.3, .hypo_depth = 25, .rrup = 70, .vs30 = 800}, {-9.08543307798, 0.85, 0, 0}},
  {"YoungsEtAl1997SSlab", sa(4.0), {.mag = 7.1, .hypo_depth = 60, .rrup = 80, .vs30 = 800}, {-10.4041157331, 0.94, 0, 0}},
  {"YoungsEtAl1997SSlab", sa(4.0), {.mag = 7.1, .hypo_depth = 60, .rrup = 80, .vs30 = 400}, {-4.41192275084, 0.94, 0, 0}},
  {"ZhaoEtAl2006Asc", sa(0.35), {.mag = 6.8, .rake = 90, .hypo_depth = 17, .rrup = 33, .vs30 = 420}, {-1.0412002598, 0.739211169524, 0.324648498989, 0.66410579372}},
  {"ZhaoEtAl2006SInter", kPga, {.mag = 8.1, .hypo_depth = 28, .rrup = 61, .vs30 = 650}, {-1.58019616257, 0.677997050141, 0.308, 0.604}},
  {"ZhaoEtAl2006SInterNSHMP2008", sa(1.0), {.mag = 8.6, .hypo_depth = 35, .rrup = 90, .vs30 = 760}, {-1.90143134683, 0.774487578984, 0.4101, 0.657}},
  {"ZhaoEtAl2006SSlabNSHMP2014", sa(0.2), {.mag = 8, .hypo_depth = 130, .rrup = 0, .vs30 = 190}, {5.42535781068, 0.764094235026, 0.324, 0.692}},
  {"AbrahamsonEtAl2015SInter", sa(0.35), {.mag = 8.4, .rrup = 75, .vs30 = 350, .backarc = 0}, {-0.751546235173, 0.74, 0.43, 0.6}},
  {"AbrahamsonEtAl2015SInterHigh", sa(0.35), {.mag = 8.4, .rrup = 75, .vs30 = 350, .backarc = 1}, {-0.526573215867, 0.74, 0.43, 0.6}},
  {"AbrahamsonEtAl2015SSlab", sa(0.075), {.mag = 7.2, .hypo_depth = 130, .rhypo = 140, .vs30 = 1050, .backarc = 1}, {-2.06572315493, 0.74, 0.43, 0.6}},
  {"MontalvaEtAl2017SInter", sa(0.35), {.mag = 8.4, .rrup = 75, .vs30 = 350, .backarc = 0}, {-0.596090663592, 0.833213134156, 0.427614180844, 0.71510152927}},
  {"MontalvaEtAl2017SSlab", kPga, {.mag = 7.2, .hypo_depth = 130, .rhypo = 140, .vs30 = 600, .backarc = 1}, {-2.75447769484, 0.83844918, 0.47462209, 0.6911808}},
  {"BCHydroESHM20SInter", sa(0.35), {.mag = 8, .rrup = 120, .vs30 = 400, .xvf = -10}, {-1.96051219948, 0.74, 0.43, 0.6}},
  {"BCHydroESHM20SSlab", kPga, {.mag = 7, .hypo_depth = 90, .rhypo = 130, .vs30 = 900, .xvf = 25}, {-2.59662226787, 0.74, 0.43, 0.6}},
  {"AtkinsonMacias2009", kPga, {.mag = 8.8, .rrup = 95}, {-2.18638623265, 0.552620422319, 0, 0}},
  {"AtkinsonMacias2009", sa(0.3), {.mag = 8.1, .rrup = 40}, {-0.779853203228, 0.621697975108, 0, 0}},
  {"McVerry2006Asc", sa(0.35), {.mag = 6.7, .rake = 60, .hypo_depth = 10, .rrup = 24, .vs30 = 300}, {-1.00184046103, 0.518784898272, 0.2054665448, 0.476362540134}},
  {"McVerry2006SInter", kPga, {.mag = 7.8, .rake = 90, .hypo_depth = 22, .rrup = 50, .vs30 = 500}, {-2.0125813935, 0.449541822304, 0.2687, 0.3604}},
  {"McVerry2006Volc", sa(1.0), {.mag = 6.1, .rake = -90, .hypo_depth = 8, .rrup = 35, .vs30 = 760}, {-4.0429046798, 0.592138799691, 0.2053, 0.55541}},
  {"McVerry2006AscSC", sa(0.2), {.mag = 7.1, .rake = 0, .hypo_depth = 8, .rrup = 12, .siteclass = 'D'}, {-0.479790593618, 0.610267777291, 0.2726, 0.546}},
  {"SiMidorikawa1999Asc", kPgv, {.mag = 6.9, .hypo_depth = 12, .rrup = 25, .vs30 = 400}, {3.08485568143, 0.491578450797, 0, 0}},
  {"SiMidorikawa1999SInter", kPgv, {.mag = 8.5, .hypo_depth = 25, .rrup = 38, .vs30 = 600}, {3.76107083732, 0.377649553599, 0, 0}},
  {"SiMidorikawa1999SSlab", kPga, {.mag = 7.2, .hypo_depth = 70, .rrup = 80, .vs30 = 800}, {-1.39441646039, 0.460517018599, 0, 0}},
  {"AllenEtAl2012", kMmi, {.mag = 6.4, .rrup = 27}, {6.13086484387, 0.888516880631, 0, 0}},
  {"AllenEtAl2012", kMmi, {.mag = 7.7, .rrup = 180}, {5.22857406863, 0.733360064469, 0, 0}},
  {"Atkinson2015", kPga, {.mag = 3.6, .rhypo = 4}, {-3.23082194323, 0.851956484408, 0.552620422319, 0.644723826038}},
  {"Atkinson2015", sa(0.15), {.mag = 4.9, .rhypo = 12}, {-1.92684646745, 0.871069667585, 0.521769235884, 0.681218936309}},
  {"Atkinson2015", kPgv, {.mag = 5.6, .rhypo = 31}, {0.500608886825, 0.759853080688, 0.437491167669, 0.621697975108}},
  {"YuEtAl2013Ms", kPga, {.mag = 6.5, .repi = 47, .azimuth = 35}, {-2.57447641389, 0.5428, 0, 0}},
  {"YuEtAl2013Ms", kPgv, {.mag = 7.3, .repi = 47, .azimuth = 35}, {2.38620530828, 0.6233, 0, 0}},
  {"KuehnEtAl2020SInter", sa(0.35), {.mag = 8.2, .ztor = 12, .rrup = 90, .vs30 = 300}, {-1.12876390643, 0.794195330415, 0.49025453251, 0.624817346276}},
  {"KuehnEtAl2020SInter", sa(0.08), {.mag = 7.0, .ztor = 25, .rrup = 300, .vs30 = 250}, {-4.96723231632, 0.843688017605, 0.514222863435, 0.668867937467}},
  {"KuehnEtAl2020SInter", kPgv, {.mag = 7.0, .ztor = 25, .rrup = 60, .vs30 = 900}, {1.33476678861, 0.681913043152, 0.450985, 0.511486}},
  {"ParkerEtAl2020SInter", sa(0.35), {.mag = 8.3, .rrup = 260, .vs30 = 230}, {-2.78805183004, 0.780427655649, 0.492, 0.605807994089}},
  {"ParkerEtAl2020SInter", kPgv, {.mag = 7.4, .rrup = 80, .vs30 = 550}, {1.44152484198, 0.758636276486, 0.477, 0.58991524815}},
  {"AbrahamsonGulerce2020SInter", sa(0.35), {.mag = 8.4, .rrup = 75, .vs30 = 350}, {-0.744089292419, 0.680082238847, 0.42145324223, 0.533749956636}},
  {"AbrahamsonGulerce2020SSlab", sa(0.075), {.mag = 7.2, .ztor = 70, .rrup = 160, .vs30 = 1500}, {-2.15311512721, 0.739485986617, 0.468115078744, 0.572457681803}},
  {"YuEtAl2013MwStable", kPga, {.mag = 6.58, .repi = 130, .azimuth = 200}, {-4.0151001209, 0.5428, 0, 0}},
};
// clang-format on

class WorkedSubduction : public ::testing::TestWithParam<WorkedValue> {};

TEST_P(WorkedSubduction, AreReproduced) {
  expect_worked_value(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Sheet, WorkedSubduction, ::testing::ValuesIn(kValues));

} // namespace

} // namespace oq::engine::testing
