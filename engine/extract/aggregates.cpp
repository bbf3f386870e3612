// Sums over the assets that a query chooses by their tags: what clients tabulate.
#include "engine/extract/asset_tags.hpp"
#include "engine/extract/risk_result.hpp"
#include "engine/output/array_access.hpp"
#include "engine/risk/datastore_keys.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace oq::engine {
namespace {

constexpr std::size_t kRows = 65536; // read at once

// Rows of the answer x kinds x values of the loss type.
Result<std::vector<double>> sums(const Datastore& datastore, const RiskResult& result,
                                 const std::vector<Kind>& kinds, std::size_t loss_type,
                                 const TagSelection& selection) {
  const auto width = result.values_a_loss_type();
  std::vector<double> out(selection.row_count() * kinds.size() * width);
  for (std::size_t k = 0; k < kinds.size(); ++k)
    for (std::size_t first = 0; first < selection.rows.size(); first += kRows) {
      const auto count = std::min(kRows, selection.rows.size() - first);
      OQ_TRY(const auto values,
             read_number_part(datastore, result.key_of(kinds[k]),
                              {{first, count}, {kinds[k].index, 1}, {loss_type, 1}}));
      for (std::size_t i = 0; i < count; ++i) {
        const auto row = selection.rows[first + i];
        if (row == TagSelection::kNone)
          continue;
        for (std::size_t j = 0; j < width; ++j)
          out[(row * kinds.size() + k) * width + j] += values[i * width + j];
      }
    }
  return out;
}

// TAG=VALUE chooses; with TAG=* there is a row for each value, and `tags` says which.
Result<Extraction> extract_sums(const ExtractJob& job, const RiskResult& result,
                                const std::vector<Kind>& kinds) {
  OQ_TRY(const auto loss_types, chosen(result.loss_types, {job.rest}, "loss type"));
  OQ_TRY(const auto selection, select_by_tags(job.datastore, job.parameters));
  Extraction out;
  out.about["stats"] = boost::json::array(result.statistics.begin(), result.statistics.end());
  if (selection.is_empty())
    return out; // without `array`: no asset has these tags
  OQ_TRY(const auto totals, sums(job.datastore, result, kinds, loss_types.front(), selection));
  std::string bytes;
  for (const auto total : totals)
    append_f8(bytes, total);
  std::vector<std::size_t> shape = {kinds.size()};
  if (!result.states.empty())
    shape.push_back(result.states.size());
  if (!selection.tags.empty()) {
    shape.insert(shape.begin(), selection.tags.size());
    out.arrays.push_back(byte_texts("tags", selection.tags));
  }
  out.arrays.push_back(packed_array("array", Dtype::f8(), std::move(shape), std::move(bytes)));
  return out;
}

} // namespace

Result<Extraction> extract_aggregate_losses(const ExtractJob& job) {
  OQ_TRY(const auto result, read_risk_result(job.datastore, keys::kAverageLosses, "agg_losses"));
  OQ_TRY(const auto kinds,
         chosen_kinds(result.statistics, result.realizations, values_of(job.parameters, "kind")));
  return extract_sums(job, result, kinds);
}

// Of the realizations: clients choose one of them by its position.
Result<Extraction> extract_aggregate_damages(const ExtractJob& job) {
  OQ_TRY(const auto result, read_risk_result(job.datastore, "damages", "agg_damages"));
  auto asked = values_of(job.parameters, "kind");
  if (asked.empty() && !result.realizations.empty())
    asked.emplace_back("rlzs");
  OQ_TRY(const auto kinds, chosen_kinds(result.statistics, result.realizations, asked));
  return extract_sums(job, result, kinds);
}

} // namespace oq::engine
