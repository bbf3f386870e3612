// datastore_keys: what a classical calculation leaves in the datastore: keys, shapes, attributes.
#pragma once

// N sites, R realizations, S statistics, M intensity measure types, L levels, P probabilities.
// Every array is in C order. "f8" is std::vector<double>, "i4" std::vector<std::int32_t>.
//
// clang-format off
// key                          type    shape         what
// "" (the root)                                      attributes: calculation_mode, description,
//                                                    investigation_time (years)
// oqparam                      string  (1)           the JSON text of oqparam(job)
// sitecol/sids                 i4      (N)
// sitecol/lon, lat, depth      f8      (N)           degrees, degrees, km
// sitecol/vs30, z1pt0, …      f8      (N)           only those that the calculation defines; whole
//                              i8, string            numbers and words of a site model as they are
// sitecol/custom_site_id       string  (N)           when a file names the sites
// site_model/columns           string                names of those that site_model.csv shows, in
//                                                    order; absent when the job file lists the sites
// site_model/sites_of_assets   i4                    those that speak for assets, when fields are
//                                                    conditioned at more
// realizations/rlz_id          i4      (R)
// realizations/branch_path     string  (R)           "A~AB"
// realizations/weight          f8      (R)           OpenQuake prints it as the nearest float
// weights                      f8      (R)           the same numbers
// full_lt/source_model/path    string  (paths)       "A"
// full_lt/source_model/weight  f8      (paths)
// full_lt/gsim_lt/trt          string  (branches)    tectonic region
// full_lt/gsim_lt/branch       string  (branches)    the file's branchID
// full_lt/gsim_lt/uncertainty  string  (branches)    the model's name
// full_lt/gsim_lt/weight       f8      (branches)
// full_lt/rlzs/source_path     i4      (R)           index into full_lt/source_model
// hcurves-rlzs                 f8      (N, R, M, L)  probabilities of exceedance in
//                                                    investigation_time; always there: risk reads it
// hcurves-stats                f8      (N, S, M, L)  absent when no statistic is asked for
// hmaps-rlzs                   f8      (N, R, M, P)  with poes and hazard_maps or
//                                                    uniform_hazard_spectra
// hmaps-stats                  f8      (N, S, M, P)  likewise, and absent without statistics
// mean_rates_by_src            f8      (N, M, L, sources)  with disagg_by_src: exceedances a year,
//                                                    mean over realizations; attributes src_id
//                                                    (names, sorted), imts, levels
// mean_disagg_by_src           f8      (N, sources, magnitudes, distances, epsilons, M)  with
//                                                    postproc_func = disagg_by_rel_sources.main:
//                                                    exceedances in investigation_time, mean over
//                                                    realizations; attributes source_id, imt, the
//                                                    edges mag, dist, eps, and iml_disagg (N x M)
// cs-stats                     f8      (N, 1, P, M, 2)  with postproc_func =
//                                                    conditional_spectrum.main: mean (as a motion)
//                                                    and standard deviation (of its logarithm);
//                                                    attributes stat, poe, period
// median_spectra               f8      (groups, N, M, P, 3)  with postproc_func =
//                                                    median_spectrum.main: sums over ruptures,
//                                                    weighted by what they exceed, of the logarithm
//                                                    of the median, the deviation, and 1
// clang-format on
//
// The service adds to the root: engine_version, date, checksum32 (of the input files).
//
// Attributes of the curves and maps:
//   json                the axes as OpenQuake's readers parse them, a JSON text
//   shape_descr         ["site_id", "rlz_id" or "stat", "imt", "lvl" or "poe"]
//   imts                ["PGA", "SA(0.1)", …], in the order of axis M
//   levels              [[…], …], M lists of L numbers
//   investigation_time  years
//   kinds               names along the second axis as in file names: "rlz-000", … or
//                       "mean", "std", "quantile-0.15", "max", in this order
//   exported            true when files are to be written from it: statistics whenever they are
//                       there; realizations with `individual_rlzs`, or when there is no statistic
//   single_site         hcurves-rlzs: one site, and `individual_rlzs` says nothing: downloads of
//                       the service hold its realizations, as they always did
// Also of the maps:
//   poes                    the P probabilities
//   hazard_maps             true: the maps are an output
//   uniform_hazard_spectra  true: spectra are an output: the maps' values, IMTs of `uhs_imts` only
//   uhs_imts                ["PGA", "SA(0.1)", …], in the order of `imts`

namespace oq::engine::keys {

inline constexpr char kOqparam[] = "oqparam";
inline constexpr char kSitecol[] = "sitecol/";
inline constexpr char kSitesOfAssets[] = "site_model/sites_of_assets";
inline constexpr char kSiteModel[] = "site_model/columns";
inline constexpr char kRealizationIds[] = "realizations/rlz_id";
inline constexpr char kRealizationPaths[] = "realizations/branch_path";
inline constexpr char kRealizationWeights[] = "realizations/weight";
inline constexpr char kWeights[] = "weights";
inline constexpr char kCurvesOfRealizations[] = "hcurves-rlzs";
inline constexpr char kCurveStatistics[] = "hcurves-stats";
inline constexpr char kMapsOfRealizations[] = "hmaps-rlzs";
inline constexpr char kRatesBySource[] = "mean_rates_by_src";
inline constexpr char kMeansBySource[] = "mean_disagg_by_src";
inline constexpr char kConditionalSpectra[] = "cs-stats";
inline constexpr char kMedianSpectra[] = "median_spectra";
inline constexpr char kMapStatistics[] = "hmaps-stats";

} // namespace oq::engine::keys
