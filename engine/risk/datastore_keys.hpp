// datastore_keys: what risk calculations leave in the datastore: keys, shapes, attributes.
#pragma once

// A assets, S statistics, R realizations, T loss types, C points of a loss curve (they differ
// between loss types), P probabilities of loss maps, D damage states with "no_damage". "f8" is
// std::vector<double>, "f4" float, "i4" int32.
//
// clang-format off
// key                             type    shape         what
// "" (the root)                                         attributes: calculation_mode, description,
//                                                       investigation_time,
//                                                       risk_investigation_time (years)
// oqparam                         string  (1)           the JSON text of oqparam(job)
// sitecol/…, realizations/…, weights                    as the hazard calculation has them
// hcurves-stats, hmaps-stats                            of a hazard calculation that this one starts
//                                                       from: its axes, all values 0
// assetcol/id, taxonomy           string  (A)           sorted by lon, lat
// assetcol/taxonomies             string  (different)   in the order of the exposure
// assetcol/lon, lat               f8      (A)           degrees
// assetcol/site_id                i4      (A)           index into sitecol
// assetcol/number, ideductible    f4      (A)
// assetcol/retrofitted            f4      (A)           when an asset has it
// assetcol/deductible-NAME, insurance_limit-NAME
//                                 f4      (A)           of a cost type, as shares of the value
// assetcol/value-NAME             f4      (A)           what may be lost; NaN where not given:
//                                                       cost types, area, number, residents,
//                                                       occupants_PERIOD, occupants_avg
// assetcol/tags/NAME/words        string  (words)       and .../word i4 (A), an index into them
// risk_files/input, key, name, text
//                                 string  (files)       risk functions, consequences, taxonomy
//                                                       mapping: a calculation that starts from this
//                                                       one may use them
// avg_losses-stats, -rlzs         f8  (A, S|R, T)
// loss_curves-stats/TYPE/losses   f8  (A, C)            common to all kinds; also -rlzs
// loss_curves-stats/TYPE/poes     f8  (A, S|R, C)       probability in risk_investigation_time
// loss_maps-stats, -rlzs          f8  (A, S|R, T, P)    with conditional_loss_poes
// damages-stats, -rlzs            f8  (A, S|R, T, D)    buildings by damage state
// bcr-stats, -rlzs                f8  (A, S|R, 3)       annual loss as built and retrofitted, ratio
// risk_by_event/NAME, aggrisk/N/NAME, reinsurance-*/NAME, infra-*/NAME, loss_fractions/NAME
//                                 string, i4 or f8 (rows)  the columns of the exported table; N: 0
//                                                       all assets, then each of aggregate_by
// clang-format on
//
// Attributes of assetcol: loss_types, category, units {cost type: unit}, cost_types {name: basis},
//   columns (names of the values in order), tag_names, exported
// Attributes of the arrays of losses and damage:
//   kinds                    "mean", "quantile-0.15", …, or "rlz-000", …
//   loss_types               ["contents", "structural"], alphabetically
//   investigation_time, risk_investigation_time   years
//   exported                 true: files are written from it; what is not exported is not stored
// Of loss_maps-* also poes, of damages-* damage_states.

namespace oq::engine::keys {

inline constexpr char kAssets[] = "assetcol";
inline constexpr char kAverageLosses[] = "avg_losses";
inline constexpr char kLossCurves[] = "loss_curves";
inline constexpr char kLossMaps[] = "loss_maps";
inline constexpr char kDamages[] = "damages";
inline constexpr char kBenefitCost[] = "bcr";

} // namespace oq::engine::keys
