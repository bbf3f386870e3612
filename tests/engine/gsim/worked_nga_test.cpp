// Worked motions of the NGA models and of Sadigh et al. (1997).
#include "engine/gsim/worked_values.hpp"

#include <gtest/gtest.h>

namespace oq::engine::testing {

namespace {

// clang-format off
constexpr WorkedValue kValues[] = {
  {"BooreAtkinson2008", kPga, kA, {-1.453854369, 0.564, 0.26, 0.502}},
  {"BooreAtkinson2008", kPgv, kA, {3.090471427, 0.56, 0.256, 0.5}},
  {"BooreAtkinson2008", sa(0.12), kA, {-0.7670480416, 0.601704756, 0.305409512, 0.5191006794}},
  {"BooreAtkinson2008", sa(1.0), kA, {-1.440712137, 0.647, 0.302, 0.573}},
  {"BooreAtkinson2008", kPga, kB, {-3.562608752, 0.564, 0.26, 0.502}},
  {"BooreAtkinson2008", kPgv, kB, {1.158571391, 0.56, 0.256, 0.5}},
  {"BooreAtkinson2008", sa(0.12), kB, {-3.018281353, 0.601704756, 0.305409512, 0.5191006794}},
  {"BooreAtkinson2008", sa(1.0), kB, {-3.671005439, 0.647, 0.302, 0.573}},
  {"BooreAtkinson2008", kPga, kC, {-3.194791681, 0.564, 0.26, 0.502}},
  {"BooreAtkinson2008", kPgv, kC, {0.5785331369, 0.56, 0.256, 0.5}},
  {"BooreAtkinson2008", sa(0.12), kC, {-2.382397828, 0.601704756, 0.305409512, 0.5191006794}},
  {"BooreAtkinson2008", sa(1.0), kC, {-4.198450918, 0.647, 0.302, 0.573}},
  {"BooreAtkinson2011", kPga, kC, {-3.311493879, 0.564, 0.26, 0.502}},
  {"BooreAtkinson2011", kPgv, kC, {0.4618309392, 0.56, 0.256, 0.5}},
  {"BooreAtkinson2011", sa(0.12), kC, {-2.499100026, 0.601704756, 0.305409512, 0.5191006794}},
  {"BooreAtkinson2011", sa(1.0), kC, {-4.315153116, 0.647, 0.302, 0.573}},
  {"Atkinson2008prime", kPga, kB, {-2.491860632, 0.564, 0.26, 0.502}},
  {"Atkinson2008prime", kPgv, kB, {2.76803232, 0.56, 0.256, 0.5}},
  {"Atkinson2008prime", sa(0.12), kB, {-1.864643829, 0.601704756, 0.305409512, 0.5191006794}},
  {"Atkinson2008prime", sa(1.0), kB, {-3.826337829, 0.647, 0.302, 0.573}},
  {"Atkinson2008prime", kPga, kC, {-2.324260521, 0.564, 0.26, 0.502}},
  {"Atkinson2008prime", kPgv, kC, {1.619455595, 0.56, 0.256, 0.5}},
  {"Atkinson2008prime", sa(0.12), kC, {-1.906972049, 0.601704756, 0.305409512, 0.5191006794}},
  {"Atkinson2008prime", sa(1.0), kC, {-4.798120339, 0.647, 0.302, 0.573}},
  {"ChiouYoungs2008", kPga, kA, {-1.130293856, 0.5184418368, 0.2376312843, 0.4607746856}},
  {"ChiouYoungs2008", kPgv, kA, {3.425272118, 0.5314728714, 0.2186403791, 0.4844169667}},
  {"ChiouYoungs2008", sa(0.12), kA, {-0.5524134451, 0.5119279282, 0.222793117, 0.4609050126}},
  {"ChiouYoungs2008", sa(1.0), kA, {-1.208009964, 0.6269553194, 0.3134010636, 0.5430034492}},
  {"ChiouYoungs2008", kPga, kB, {-3.670942022, 0.5223263252, 0.2636215988, 0.4509195523}},
  {"ChiouYoungs2008", kPgv, kB, {1.057495356, 0.5209367731, 0.2380726363, 0.4633535814}},
  {"ChiouYoungs2008", sa(0.12), kB, {-3.087872113, 0.5866993449, 0.3138223111, 0.4957133026}},
  {"ChiouYoungs2008", sa(1.0), kB, {-3.644255147, 0.6469717087, 0.3418637099, 0.5492736984}},
  {"ChiouYoungs2008", kPga, kC, {-3.138201219, 0.6707418385, 0.3330972024, 0.5821862826}},
  {"ChiouYoungs2008", kPgv, kC, {0.6921125212, 0.6338511711, 0.2518034907, 0.5816891861}},
  {"ChiouYoungs2008", sa(0.12), kC, {-2.454016588, 0.7202275525, 0.3651975312, 0.620772495}},
  {"ChiouYoungs2008", sa(1.0), kC, {-4.287917774, 0.6980182568, 0.3555611831, 0.600671068}},
  {"SadighEtAl1997", kPga, kA, {-1.185700369, 0.512, 0, 0}},
  {"SadighEtAl1997", sa(0.12), kA, {-0.453861394, 0.5385758601, 0, 0}},
  {"SadighEtAl1997", sa(1.0), kA, {-1.144827577, 0.652, 0, 0}},
  {"SadighEtAl1997", kPga, kB, {-3.478546138, 0.38, 0, 0}},
  {"SadighEtAl1997", sa(0.12), kB, {-2.905697189, 0.4052606881, 0, 0}},
  {"SadighEtAl1997", sa(1.0), kB, {-3.092589102, 0.52, 0, 0}},
  {"SadighEtAl1997", kPga, kC, {-3.178083566, 0.688, 0, 0}},
  {"SadighEtAl1997", sa(0.12), kC, {-2.413062723, 0.7145758601, 0, 0}},
  {"SadighEtAl1997", sa(1.0), kC, {-3.897456948, 0.828, 0, 0}},
};
// clang-format on

class WorkedNga : public ::testing::TestWithParam<WorkedValue> {};

TEST_P(WorkedNga, AreReproduced) {
  expect_worked_value(GetParam());
}

INSTANTIATE_TEST_SUITE_P(Sheet, WorkedNga, ::testing::ValuesIn(kValues));

} // namespace

} // namespace oq::engine::testing
