// datastore_keys: what a classical risk calculation leaves in the datastore: keys, shapes,
// attributes.
#pragma once

// A assets, S statistics, R realizations, T loss types, C points of a loss curve (they differ
// between loss types), P probabilities of loss maps. "f8" is std::vector<double>, "f4" float, "i4"
// int32.
//
// key                             type    shape      attributes
// ""  (the root)                                     calculation_mode, description,
// investigation_time,
//                                                    risk_investigation_time (years)
// oqparam                         string  (1)        the JSON text of oqparam(job)
// sitecol/…, realizations/…, weights                 as the hazard calculation has them
// assetcol                                           (group) loss_types, category, units {type:
// unit} assetcol/id, taxonomy           string  (A)        sorted by lon, lat assetcol/lon, lat f8
// (A)        degrees assetcol/site_id                i4      (A)        index into sitecol
// assetcol/number                 f4      (A)
// assetcol/value-TYPE             f4      (A)        what may be lost; NaN where not given
//
// avg_losses-stats, -rlzs         f8  (A, S|R, T)
// loss_curves-stats, -rlzs                           (group)
// loss_curves-stats/TYPE/losses   f8  (A, C)         common to all kinds
// loss_curves-stats/TYPE/poes     f8  (A, S|R, C)    probability in risk_investigation_time
// loss_maps-stats, -rlzs          f8  (A, S|R, T, P) with conditional_loss_poes
//
// Attributes of avg_losses-*, loss_curves-* and loss_maps-*:
//   kinds                    "mean", "quantile-0.15", …, or "rlz-000", …
//   loss_types               ["contents", "structural"], alphabetically
//   investigation_time, risk_investigation_time   years
//   exported                 true: files are written from it; what is not exported is not stored
// Of loss_maps-* also:
//   poes                     the P probabilities

namespace oq::engine::keys {

inline constexpr char kAssets[] = "assetcol";
inline constexpr char kAverageLosses[] = "avg_losses";
inline constexpr char kLossCurves[] = "loss_curves";
inline constexpr char kLossMaps[] = "loss_maps";

} // namespace oq::engine::keys
