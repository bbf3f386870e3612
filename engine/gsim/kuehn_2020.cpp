// Kuehn, Bozorgnia, Campbell and Gregor (2020), PEER Report 2020/04: NGA-Subduction, interface and
// intraslab, with regional terms.
#include "engine/gsim/arguments.hpp"
#include "engine/gsim/basin_terms.hpp"
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

// Regions of the report; Seattle is Cascadia with a constant basin term of its own.
enum class Region : std::uint8_t {
  global,
  alaska,
  cascadia,
  central_america,
  japan,
  new_zealand,
  south_america,
  taiwan,
  seattle
};
constexpr std::size_t kRegions = 8;
constexpr std::size_t kBasinRegions = 4; // Cascadia, Japan, New Zealand, Taiwan

struct Row { // [interface, slab]; by region
  double dm_b, c2[2], c3, c4[2], c5, c9[2], dz_b[2], near_field[2], k1, k2, phi, tau;
  double c1[2][kRegions], c6[kRegions], c7[kRegions];
  double c11[kBasinRegions], c12[kBasinRegions], seattle;
};
// clang-format off
constexpr TableEntry<Row> kRows[] = {
  {kPga, {0, -2.460896, -2.438099, 0.103931, 0.952187, 1.105012, 0.128151, 0.025481, 0.022385, 16.816058, -15.841253, 0.894589, 0.198851, 865, -1.186, 0.595755, 0.488745, 3.715307, 3.35603, 3.600305, 3.696421, 4.008987, 3.943338, 4.05121, 3.446871, 4.78908, 4.548715, 4.48616, 5.041801, 5.360941, 4.822427, 5.079649, 4.39153, -0.002635, -0.0029, -0.003789, -0.001379, -0.002812, -0.001984, -0.002095, -0.003047, 0.887679, 0.560135, 0.662527, 1.147447, 0.869726, 1.005783, 1.131304, 0.933688, -0.033754, -0.000553, -0.029315, 0.013177, 0.020801, -0.027347, -0.083453, 0.047719, -0.126369}},
  {kPgv, {-0.2, -2.217436, -2.669506, 0.127884, 1.014483, 1.307578, 0.123716, 0.016151, 0.015521, 12.566095, -13.359066, 0.936379, 0.210943, 400, -1.955, 0.511486, 0.450985, 6.433543, 6.371803, 6.433418, 6.411284, 6.505276, 6.460452, 6.439995, 6.434487, 9.435733, 9.528993, 9.441571, 9.408429, 9.561717, 9.442427, 9.366311, 9.337388, -0.001348, -0.001592, -0.00131, -0.000983, -0.001961, -0.00055, -0.001124, -0.001855, 1.687675, 1.331446, 1.558877, 1.851774, 1.539524, 1.786085, 2.098709, 1.672486, -0.012278, -0.016288, 0.007889, 0.011641, 0.118442, 0.10124, -0.011142, 0.078625, 0.119977}},
  {sa(0.01), {0, -2.428917, -2.395028, 0.104318, 0.945374, 1.108607, 0.129146, 0.025058, 0.021964, 16.823813, -16.125061, 0.896424, 0.199092, 865, -1.186, 0.599596, 0.49423, 3.575653, 3.195018, 3.480335, 3.521664, 3.786328, 3.810325, 3.935535, 3.311994, 4.559572, 4.307772, 4.309174, 4.809797, 5.048204, 4.653637, 4.840731, 4.203531, -0.002699, -0.002918, -0.003919, -0.001325, -0.002916, -0.001939, -0.002072, -0.003128, 0.892438, 0.571021, 0.667083, 1.109681, 0.870923, 1.012432, 1.147077, 0.91086, -0.034374, 0.000253, -0.0283, 0.012099, 0.020404, -0.028776, -0.083199, 0.046885, -0.126723}},
  {sa(0.02), {0, -2.459748, -2.443224, 0.104711, 0.958824, 1.116236, 0.132407, 0.027178, 0.023277, 16.662189, -16.284032, 0.897168, 0.199151, 865, -1.219, 0.592415, 0.505458, 3.716489, 3.381819, 3.601502, 3.684087, 3.966415, 3.912658, 4.05727, 3.436771, 4.808207, 4.585991, 4.492272, 5.13858, 5.356058, 4.860414, 5.154176, 4.388375, -0.002614, -0.002925, -0.003788, -0.001329, -0.002889, -0.001895, -0.002034, -0.002916, 0.930261, 0.607154, 0.707218, 1.161897, 0.912944, 1.056041, 1.208209, 0.953422, -0.034662, -0.000199, -0.028718, 0.011978, 0.018233, -0.030457, -0.082966, 0.047268, -0.128641}},
  {sa(0.03), {0, -2.513834, -2.496445, 0.104531, 0.973096, 1.109268, 0.134843, 0.029344, 0.024539, 17.181661, -16.31449, 0.896405, 0.19891, 908, -1.273, 0.60443, 0.511668, 4.019204, 3.700438, 3.881528, 4.009647, 4.346256, 4.214684, 4.354312, 3.698231, 5.167198, 4.947996, 4.780066, 5.547288, 5.823779, 5.176631, 5.577609, 4.666984, -0.002548, -0.002937, -0.003683, -0.001376, -0.002837, -0.001911, -0.002046, -0.002688, 1.012753, 0.707423, 0.782766, 1.247419, 1.011507, 1.141593, 1.276473, 1.033921, -0.032014, 0.001563, -0.032177, 0.01291, 0.014046, -0.036268, -0.083557, 0.047962, -0.132861}},
  {sa(0.05), {0, -2.58945, -2.541067, 0.103376, 0.991235, 1.090513, 0.137301, 0.031911, 0.02576, 18.320745, -16.300176, 0.89348, 0.19821, 1054, -1.346, 0.638019, 0.515793, 4.544769, 4.217633, 4.387813, 4.549221, 4.964188, 4.772027, 4.888842, 4.161202, 5.640303, 5.404896, 5.19163, 6.041135, 6.42463, 5.618999, 6.114167, 5.054938, -0.00255, -0.003006, -0.00368, -0.001487, -0.002794, -0.002021, -0.002131, -0.002454, 1.188013, 0.969922, 0.959354, 1.368368, 1.257664, 1.296724, 1.36702, 1.187023, -0.028009, 0.009631, -0.044734, 0.01057, -0.016394, -0.057726, -0.081383, 0.032748, -0.179041}},
  {sa(0.075), {0, -2.619896, -2.525556, 0.101546, 1.000331, 1.078532, 0.137915, 0.032823, 0.025792, 18.923699, -16.240071, 0.889434, 0.197375, 1086, -1.471, 0.66612, 0.514873, 4.920943, 4.577888, 4.768797, 4.916525, 5.361936, 5.180893, 5.274643, 4.51272, 5.848238, 5.599347, 5.409688, 6.214869, 6.654076, 5.83559, 6.322656, 5.254963, -0.002673, -0.003105, -0.003884, -0.001609, -0.002831, -0.002194, -0.002263, -0.00247, 1.372274, 1.22831, 1.183367, 1.494059, 1.490283, 1.462358, 1.469249, 1.35787, -0.033582, 0.013763, -0.043511, 0.013509, -0.060272, -0.076256, -0.097524, 0.040802, -0.261658}},
  {sa(0.1), {0, -2.608323, -2.477879, 0.099788, 1.001913, 1.078729, 0.137331, 0.032448, 0.025081, 18.758649, -16.147277, 0.885757, 0.196698, 1032, -1.624, 0.678369, 0.511975, 5.07349, 4.72685, 4.937742, 5.05396, 5.488464, 5.346632, 5.425393, 4.676007, 5.830854, 5.582709, 5.437211, 6.146774, 6.587999, 5.839812, 6.268244, 5.277205, -0.002821, -0.003186, -0.004139, -0.001703, -0.002886, -0.002347, -0.002367, -0.002642, 1.531424, 1.387116, 1.382118, 1.643536, 1.630929, 1.625128, 1.606936, 1.520788, -0.025228, 0.010235, -0.047969, 0.010252, -0.077067, -0.068037, -0.12403, 0.045775, -0.276774}},
  {sa(0.15), {0, -2.531738, -2.361283, 0.096886, 0.997174, 1.099428, 0.134973, 0.030226, 0.022996, 17.286575, -15.877666, 0.879903, 0.195765, 878, -1.931, 0.67774, 0.505515, 5.025991, 4.700169, 4.927519, 4.981229, 5.350477, 5.289008, 5.350817, 4.689842, 5.531067, 5.308804, 5.242301, 5.751217, 6.135933, 5.579031, 5.866442, 5.092472, -0.003085, -0.003281, -0.00459, -0.001826, -0.003045, -0.002575, -0.002507, -0.003112, 1.800941, 1.550575, 1.682451, 1.973241, 1.786976, 1.924312, 1.945485, 1.816594, -0.032857, -0.009498, -0.039382, 0.015652, -0.051386, -0.050344, -0.118888, 0.040261, -0.24668}},
  {sa(0.2), {0, -2.434299, -2.252963, 0.094745, 0.990942, 1.131547, 0.132355, 0.02752, 0.020848, 15.321677, -15.526638, 0.875691, 0.19522, 748, -2.188, 0.664654, 0.500076, 4.769661, 4.481015, 4.702099, 4.710481, 5.005995, 5.002107, 5.054294, 4.504351, 5.132678, 4.947768, 4.932355, 5.279849, 5.591939, 5.20398, 5.371817, 4.80326, -0.003273, -0.00333, -0.004916, -0.001892, -0.003173, -0.002722, -0.002565, -0.003563, 2.015482, 1.651087, 1.889591, 2.261113, 1.896749, 2.157453, 2.274056, 2.057558, -0.034588, -0.013802, -0.025001, 0.014436, -0.016656, -0.035031, -0.089642, 0.042213, -0.174198}},
  {sa(0.25), {0, -2.338216, -2.16215, 0.093177, 0.986669, 1.1666, 0.129945, 0.024917, 0.018907, 13.374937, -15.126413, 0.872636, 0.194916, 654, -2.381, 0.649528, 0.495846, 4.441348, 4.192964, 4.396801, 4.375634, 4.606384, 4.63872, 4.683924, 4.239805, 4.737977, 4.590721, 4.604524, 4.832426, 5.079309, 4.820203, 4.89813, 4.49781, -0.003413, -0.00336, -0.00514, -0.001937, -0.003288, -0.002818, -0.002591, -0.003945, 2.182528, 1.742163, 2.041945, 2.476116, 1.995613, 2.324779, 2.542924, 2.242567, -0.03124, -0.008879, -0.022149, 0.021984, 0.035524, -0.022592, -0.11875, 0.050554, -0.087996}},
  {sa(0.3), {0, -2.250205, -2.088032, 0.092032, 0.985056, 1.201258, 0.127846, 0.022575, 0.017207, 11.613497, -14.699405, 0.870399, 0.194766, 587, -2.518, 0.635787, 0.492609, 4.09596, 3.885682, 4.068026, 4.028588, 4.206322, 4.259728, 4.299053, 3.947874, 4.374731, 4.261667, 4.290405, 4.431418, 4.624839, 4.45991, 4.472629, 4.204567, -0.003508, -0.003363, -0.005276, -0.00196, -0.00336, -0.002882, -0.002588, -0.00425, 2.307342, 1.826956, 2.156155, 2.621751, 2.081212, 2.438066, 2.742513, 2.37644, -0.027222, -0.010823, -0.010104, 0.01967, 0.0518, -0.005372, -0.084008, 0.053315, -0.046549}},
  {sa(0.4), {0, -2.102935, -1.979317, 0.090584, 0.98915, 1.265049, 0.124505, 0.018723, 0.014446, 8.7682, -13.818273, 0.867543, 0.194726, 503, -2.657, 0.615315, 0.488215, 3.433449, 3.287036, 3.425683, 3.370174, 3.472405, 3.541018, 3.57014, 3.364051, 3.75722, 3.699186, 3.73444, 3.767458, 3.885418, 3.835827, 3.769548, 3.682761, -0.00362, -0.003363, -0.00541, -0.001984, -0.003454, -0.002936, -0.002556, -0.004668, 2.444039, 1.949962, 2.28797, 2.748279, 2.186512, 2.540737, 2.955972, 2.511423, -0.045715, -0.013931, 0.007677, 0.016889, 0.110659, 0.030155, -0.045938, 0.051926, 0.023018}},
  {sa(0.5), {0, -1.989991, -1.907871, 0.089848, 1.00068, 1.320126, 0.122092, 0.015823, 0.012345, 6.728119, -12.947979, 0.866017, 0.194876, 457, -2.669, 0.603263, 0.485607, 2.846435, 2.747332, 2.8484, 2.791079, 2.847101, 2.912944, 2.933256, 2.827443, 3.265244, 3.246231, 3.274078, 3.251794, 3.324407, 3.330662, 3.227339, 3.246846, -0.003628, -0.003303, -0.005393, -0.001976, -0.003482, -0.002924, -0.002492, -0.004878, 2.451674, 1.984421, 2.302688, 2.718123, 2.187921, 2.519785, 2.980301, 2.502296, -0.0316, -0.019981, 0.016126, 0.018284, 0.129282, 0.074733, -0.019815, 0.065895, 0.099229}},
  {sa(0.75), {0, -1.811385, -1.818966, 0.089518, 1.047321, 1.426015, 0.118614, 0.011352, 0.008821, 3.96476, -10.953227, 0.864983, 0.19552, 410, -2.401, 0.594773, 0.482859, 1.70164, 1.669392, 1.708937, 1.666433, 1.673875, 1.712003, 1.71547, 1.739913, 2.398837, 2.431124, 2.429917, 2.368039, 2.394375, 2.430572, 2.313242, 2.434938, -0.00347, -0.003076, -0.005049, -0.001916, -0.003411, -0.002787, -0.002311, -0.004934, 2.09648, 1.732147, 1.969236, 2.279571, 1.837323, 2.140887, 2.590645, 2.08938, -0.032779, -0.024187, 0.012059, 0.006109, 0.184908, 0.141359, 0.004011, 0.085523, 0.209579}},
  {sa(1), {0, -1.719993, -1.791481, 0.090096, 1.103814, 1.500926, 0.117157, 0.009168, 0.006645, 2.998396, -9.255852, 0.865596, 0.196227, 400, -1.955, 0.59897, 0.482329, 0.890492, 0.883999, 0.89485, 0.869768, 0.868523, 0.880915, 0.873662, 0.941449, 1.829616, 1.8779, 1.855767, 1.801357, 1.819634, 1.837888, 1.742139, 1.870986, -0.003218, -0.002836, -0.004565, -0.001838, -0.00323, -0.002607, -0.002133, -0.004674, 1.516382, 1.245808, 1.400361, 1.664982, 1.264854, 1.572666, 1.980834, 1.460665, -0.029058, -0.002671, 0.030448, 0.015145, 0.173916, 0.18875, 0.044832, 0.11085, 0.236757}},
  {sa(1.5), {-0.147628, -1.652688, -1.797804, 0.091897, 1.215947, 1.600756, 0.116773, 0.007815, 0.00402, 2.95859, -6.600575, 0.868036, 0.197459, 400, -1.025, 0.611546, 0.48285, -0.175097, -0.176119, -0.177633, -0.18084, -0.172629, -0.186117, -0.203168, -0.135477, 1.090154, 1.133013, 1.097427, 1.074441, 1.09962, 1.077222, 1.029526, 1.110182, -0.002748, -0.002409, -0.003667, -0.001701, -0.002862, -0.002268, -0.001875, -0.003939, 0.459844, 0.310304, 0.35655, 0.592746, 0.224216, 0.544469, 0.913347, 0.346959, -0.023876, 0.004608, 0.043018, 0.022357, 0.201715, 0.249536, 0.094099, 0.151252, 0.2864}},
  {sa(2), {-0.252372, -1.646035, -1.82503, 0.093684, 1.313705, 1.66632, 0.117651, 0.00807, 0.002398, 3.467766, -4.646263, 0.870534, 0.198405, 400, -0.299, 0.617348, 0.483536, -0.854227, -0.866431, -0.859883, -0.854613, -0.836519, -0.854159, -0.872871, -0.832154, 0.586593, 0.612013, 0.582327, 0.579302, 0.6102, 0.570044, 0.55235, 0.585691, -0.00234, -0.002064, -0.002921, -0.001592, -0.002515, -0.001982, -0.001685, -0.003235, -0.176024, -0.281251, -0.262818, -0.063796, -0.399937, -0.082811, 0.274633, -0.315466, -0.039218, -0.014419, 0.046788, 0.013478, 0.230982, 0.28058, 0.112241, 0.168365, 0.282358}},
  {sa(3), {-0.4, -1.676629, -1.875876, 0.096502, 1.46312, 1.752684, 0.120191, 0.00982, 0.000279, 3.92727, -1.994229, 0.874446, 0.199694, 400, 0, 0.609291, 0.484022, -1.707597, -1.739858, -1.712326, -1.706495, -1.684797, -1.689675, -1.703079, -1.706174, -0.146184, -0.149235, -0.15487, -0.148164, -0.120412, -0.154813, -0.151733, -0.166119, -0.001757, -0.001585, -0.00191, -0.001408, -0.001985, -0.001552, -0.001416, -0.002186, -0.592415, -0.721297, -0.638106, -0.544893, -0.802764, -0.498045, -0.174359, -0.749483, 0.000421, 0.01705, 0.058672, 0.025344, 0.210506, 0.305661, 0.124638, 0.157175, 0.286273}},
  {sa(4), {-0.4, -1.70983, -1.908284, 0.098438, 1.566046, 1.811761, 0.122612, 0.011724, -0.001183, 3.370656, -0.305375, 0.877064, 0.200494, 400, 0, 0.587788, 0.4836, -2.25768, -2.296566, -2.258376, -2.257421, -2.243242, -2.233628, -2.239112, -2.261116, -0.711213, -0.727215, -0.714678, -0.713875, -0.696792, -0.710637, -0.70876, -0.732028, -0.001377, -0.001279, -0.001296, -0.001271, -0.001631, -0.001265, -0.00122, -0.001523, -0.585389, -0.765949, -0.59215, -0.580628, -0.780816, -0.483198, -0.205314, -0.741057, 0.018832, 0.052368, 0.042134, 0.030811, 0.244947, 0.307164, 0.136546, 0.132087, 0.448002}},
  {sa(5), {-0.4, -1.732636, -1.925829, 0.099774, 1.637883, 1.857447, 0.124654, 0.013387, -0.002311, 2.129627, 0.840704, 0.878804, 0.201026, 400, 0, 0.562102, 0.48273, -2.663616, -2.699286, -2.660213, -2.663635, -2.659024, -2.640906, -2.638955, -2.664492, -1.182577, -1.200297, -1.1796, -1.186649, -1.179522, -1.176416, -1.181004, -1.197658, -0.001124, -0.001074, -0.000913, -0.001168, -0.001413, -0.001062, -0.001081, -0.00111, -0.512671, -0.724174, -0.487937, -0.519162, -0.687582, -0.401493, -0.159049, -0.65958, 0.016383, 0.010242, 0.044755, 0.012982, 0.261637, 0.29274, 0.159273, 0.135285, 0.521325}},
  {sa(7.5), {-0.4, -1.750019, -1.933397, 0.101594, 1.738644, 1.941358, 0.128328, 0.016399, -0.004287, -2.254304, 2.472428, 0.881005, 0.201732, 400, 0, 0.500922, 0.480025, -3.368097, -3.376621, -3.357721, -3.365219, -3.375555, -3.360428, -3.344668, -3.355595, -2.100674, -2.098557, -2.089046, -2.103672, -2.106138, -2.094424, -2.109619, -2.099843, -0.000826, -0.000868, -0.000495, -0.001003, -0.001219, -0.000774, -0.000875, -0.000666, -0.431587, -0.631117, -0.364709, -0.410008, -0.549708, -0.332415, -0.113042, -0.551929, 0.01289, -0.005722, 0.037142, 0.013252, 0.220665, 0.24874, 0.126677, 0.125747, 0.485046}},
  {sa(10), {-0.4, -1.735295, -1.918144, 0.102312, 1.780438, 2.000913, 0.130643, 0.018282, -0.005541, -6.949083, 3.239206, 0.881692, 0.202004, 400, 0, 0.453378, 0.477483, -3.837779, -3.812918, -3.824348, -3.829129, -3.838503, -3.845875, -3.821734, -3.816493, -2.768999, -2.735575, -2.759945, -2.76428, -2.756891, -2.773092, -2.784359, -2.761835, -0.000728, -0.00083, -0.00039, -0.000899, -0.001253, -0.000635, -0.000737, -0.000611, -0.428491, -0.569527, -0.362123, -0.387004, -0.505966, -0.387988, -0.14345, -0.531306, 0.015757, -0.012161, 0.020092, -0.002629, 0.186337, 0.214443, 0.109094, 0.112043, 0.402734}},
};
// clang-format on
constexpr CoefficientTable<Row> kTable(kRows);

constexpr double kN = 1.18, kC = 1.88;
constexpr double kMagnitudeWidth = 0.1, kDepthWidth = 1.0;
constexpr double kReferenceMagnitude = 6.0, kReferenceVs30 = 1100.0;
// [interface, slab], km
constexpr double kReferenceDepth[] = {15.0, 50.0}, kBreakDepth[] = {30.0, 80.0};
// Magnitude where the scaling breaks, by region.
constexpr double kBreakMagnitude[2][kRegions + 1] = {
  {7.9, 8.6, 8.0, 7.5, 8.5, 8.3, 8.6, 7.1, 8.0},
  {7.6, 7.2, 7.2, 7.4, 7.6, 7.6, 7.3, 7.7, 7.2},
};

// Median depth to the basin's floor, m, as a function of vs30: equation 4.9.
struct BasinDepth {
  double low, high, middle, scale;
  double ln_at(double vs30) const {
    const double e = std::exp((std::log(vs30) - middle) / scale);
    return low + (high - low) * e / (1.0 + e);
  }
};
constexpr BasinDepth kBasinDepths[kBasinRegions] = {
  {8.294049640102028, 2.302585092994046, 6.396929655216146, 0.27081458999999997},
  {7.689368537500001, 2.302585092994046, 6.309186400000001, 0.7528670225000001},
  {6.859789675000001, 2.302585092994046, 5.745692775, 0.91563524375},
  {6.30560665, 2.302585092994046, 6.1104992125, 0.43671101999999995},
};

// Equation 4.3: two slopes that meet smoothly at x0.
double hinge(double x, double x0, double a, double below, double above, double width) {
  const double y = (x - x0) / width;
  const double softplus = std::max(y, 0.0) + std::log1p(std::exp(-std::abs(y)));
  return a + below * (x - x0) + (above - below) * width * softplus;
}

struct Form {
  bool is_slab = false;
  Region region = Region::global;
  double break_magnitude = 0; // 0: the region's
  bool m9 = false, usgs = false;

  std::size_t type() const { return is_slab ? 1 : 0; }
  // Columns of the tables.
  std::size_t column() const {
    return static_cast<std::size_t>(region == Region::seattle ? Region::cascadia : region);
  }
  // Index into the basin terms; kBasinRegions when there are none.
  std::size_t basin() const {
    switch (region) {
    case Region::cascadia:
      return 0;
    case Region::japan:
      return 1;
    case Region::new_zealand:
      return 2;
    case Region::taiwan:
      return 3;
    default:
      return kBasinRegions;
    }
  }
  bool reads_z1pt0() const { return region == Region::new_zealand || region == Region::taiwan; }
  bool reads_z2pt5() const {
    return region == Region::cascadia || region == Region::japan || region == Region::seattle;
  }
};

std::uint64_t needs_of(const Form& form) {
  return need_mag | need_ztor | need_rrup | need_vs30
         | (form.reads_z1pt0() ? std::uint64_t{need_z1pt0} : 0)
         | (form.reads_z2pt5() ? std::uint64_t{need_z2pt5} : 0);
}

// What a rupture fixes of equation 4.1.
struct RuptureTerms {
  double source = 0, slope = 0, near_field = 0, anelastic = 0;
  double at(double rrup) const {
    return source + slope * std::log(rrup + near_field) + anelastic * rrup;
  }
};

class Kuehn2020 final : public PublishedModel {
public:
  Kuehn2020(std::string name, const Form& form)
    : PublishedModel(std::move(name), needs_of(form)), form_(form) {}

  bool supports(const Imt& imt) const override { return kTable.supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i) {
      predict_one(imts[i], batch, out[i]);
      const Row c = kTable.at(imts[i]);
      fill_deviations(out[i], std::hypot(c.tau, c.phi), c.tau, c.phi);
    }
  }

private:
  RuptureTerms rupture_terms(const Row& c, double break_magnitude, double mag, double ztor) const {
    const std::size_t type = form_.type(), region = form_.column();
    const double break_depth = kBreakDepth[type] + c.dz_b[type];
    RuptureTerms terms;
    terms.source =
      c.c1[type][region]
      + hinge(mag, break_magnitude, c.c4[type] * (break_magnitude - kReferenceMagnitude),
              c.c4[type], c.c5, kMagnitudeWidth)
      + hinge(ztor, break_depth, c.c9[type] * (break_depth - kReferenceDepth[type]), c.c9[type],
              0.0, kDepthWidth);
    terms.slope = c.c2[type] + c.c3 * mag;
    terms.near_field =
      std::pow(10.0, c.near_field[0] + c.near_field[1] * (mag - kReferenceMagnitude));
    terms.anelastic = c.c6[region];
    return terms;
  }

  // Equation 4.8.
  double site_term(const Row& c, double vs30, double rock_pga) const {
    const double c7 = c.c7[form_.column()], u = vs30 / c.k1, ln_u = std::log(u);
    if (vs30 > c.k1)
      return (c7 + c.k2 * kN) * ln_u;
    return c7 * ln_u + c.k2 * (std::log(rock_pga + kC * std::pow(u, kN)) - std::log(rock_pga + kC));
  }

  double basin_term(const Row& c, const Imt& imt, const PairBatch& batch, std::size_t p) const {
    double term = 0;
    if (form_.region == Region::seattle) {
      term = c.seattle;
    } else if (const std::size_t basin = form_.basin(); basin < kBasinRegions) {
      const double depth = form_.reads_z1pt0() ? batch.z1pt0[p] : 1000.0 * batch.z2pt5[p]; // m
      if (depth > 0)
        term = c.c11[basin]
               + c.c12[basin] * (std::log(depth) - kBasinDepths[basin].ln_at(batch.vs30[p]));
    }
    if (form_.m9 && has_m9_basin_term(imt) && batch.z2pt5[p] >= kM9BasinDepth)
      term = kM9BasinTerm;
    return form_.usgs ? term * usgs_basin_share(imt, batch.z2pt5[p]) : term;
  }

  void predict_one(const Imt& imt, const PairBatch& batch, const GroundMotion& out) const {
    const Row c = kTable.at(imt), pga = kTable.at(kPga);
    const bool floored = imt.is_sa() && imt.period <= 0.1; // never below PGA
    const double pga_break = form_.break_magnitude != 0
                               ? form_.break_magnitude
                               : kBreakMagnitude[form_.type()][static_cast<int>(form_.region)];
    const bool shifts =
      !form_.is_slab && (form_.region == Region::japan || form_.region == Region::south_america);
    const double own_break = pga_break + (shifts && imt != kPga ? c.dm_b : 0.0);
    const double rock_site = site_term(pga, kReferenceVs30, 0.0); // linear: it is above k1
    fill_means(batch, out, [&](std::size_t r) {
      const RuptureTerms at_pga = rupture_terms(pga, pga_break, batch.mag[r], batch.ztor[r]);
      const RuptureTerms own = rupture_terms(c, own_break, batch.mag[r], batch.ztor[r]);
      return [&, at_pga, own](std::size_t p) {
        const double rrup = batch.rrup[p], vs30 = batch.vs30[p];
        const double rock_pga = std::exp(at_pga.at(rrup) + rock_site);
        const double ln_mean =
          own.at(rrup) + site_term(c, vs30, rock_pga) + basin_term(c, imt, batch, p);
        if (!floored)
          return ln_mean;
        return std::max(ln_mean, at_pga.at(rrup) + site_term(pga, vs30, rock_pga)
                                   + basin_term(pga, kPga, batch, p));
      };
    });
  }

  Form form_;
};

Result<std::shared_ptr<const GroundMotionModel>> make_form(const GsimSpec& spec, Form form) {
  Arguments arguments(spec);
  static constexpr std::string_view kNames[] = {"GLO", "USA-AK", "CAS", "CAM", "JPN",
                                                "NZL", "SAM",    "TWN", "SEA"};
  const std::string region =
    arguments.choice("region", kNames[static_cast<int>(form.region)], kNames);
  form.region = static_cast<Region>(std::ranges::find(kNames, region) - std::begin(kNames));
  form.break_magnitude = arguments.number("m_b", 0.0);
  form.m9 = arguments.flag("m9_basin_term", false);
  form.usgs = arguments.flag("usgs_basin_scaling", false);
  if ((form.m9 || form.usgs) && form.region != Region::cascadia && form.region != Region::seattle)
    arguments.refuse("m9_basin_term and usgs_basin_scaling need region CAS or SEA");
  if (arguments.number("sigma_mu_epsilon", 0.0) != 0)
    arguments.refuse("sigma_mu_epsilon needs the authors' electronic tables of sigma_mu");
  OQ_CHECK(arguments.check());
  return std::shared_ptr<const GroundMotionModel>(
    std::make_shared<const Kuehn2020>(model_name(spec), form));
}

template <bool kIsSlab, Region kRegion = Region::global>
Result<std::shared_ptr<const GroundMotionModel>> make(const GsimSpec& spec) {
  return make_form(spec, {.is_slab = kIsSlab, .region = kRegion});
}

} // namespace

ModelFamily kuehn_2020() {
  static constexpr ModelEntry kModels[] = {
    {"KuehnEtAl2020SInter", make<false>},
    {"KuehnEtAl2020SInterAlaska", make<false, Region::alaska>},
    {"KuehnEtAl2020SInterCascadia", make<false, Region::cascadia>},
    {"KuehnEtAl2020SInterCentralAmericaMexico", make<false, Region::central_america>},
    {"KuehnEtAl2020SInterJapan", make<false, Region::japan>},
    {"KuehnEtAl2020SInterNewZealand", make<false, Region::new_zealand>},
    {"KuehnEtAl2020SInterSouthAmerica", make<false, Region::south_america>},
    {"KuehnEtAl2020SInterTaiwan", make<false, Region::taiwan>},
    {"KuehnEtAl2020SInterCascadiaSeattleBasin", make<false, Region::seattle>},
    {"KuehnEtAl2020SSlab", make<true>},
    {"KuehnEtAl2020SSlabAlaska", make<true, Region::alaska>},
    {"KuehnEtAl2020SSlabCascadia", make<true, Region::cascadia>},
    {"KuehnEtAl2020SSlabCentralAmericaMexico", make<true, Region::central_america>},
    {"KuehnEtAl2020SSlabJapan", make<true, Region::japan>},
    {"KuehnEtAl2020SSlabNewZealand", make<true, Region::new_zealand>},
    {"KuehnEtAl2020SSlabSouthAmerica", make<true, Region::south_america>},
    {"KuehnEtAl2020SSlabTaiwan", make<true, Region::taiwan>},
    {"KuehnEtAl2020SSlabCascadiaSeattleBasin", make<true, Region::seattle>},
  };
  return kModels;
}

} // namespace oq::engine
