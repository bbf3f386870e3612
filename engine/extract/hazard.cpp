// Hazard curves, maps and spectra: one record array for all, or an array a statistic when the query
// chooses.
#include "engine/base/json.hpp"
#include "engine/extract/extractors.hpp"
#include "engine/extract/parameters.hpp"
#include "engine/output/hazard_results.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <memory>

namespace oq::engine {
namespace {

enum class Product { curves, maps, spectra };

// Which values of "NAME-stats" and "NAME-rlzs" are wanted.
struct Choice {
  std::string key; // "hcurves"
  Product product = Product::curves;
  HazardTable axes; // of either array: IMTs and levels are the same
  ExportSites sites;
  std::vector<Kind> kinds;
  std::vector<std::size_t> imts, rows; // positions
  bool all_rows = true;

  std::string stored_key(const Kind& kind) const {
    return key + (kind.is_statistic ? "-stats" : "-rlzs");
  }
};
using ChoicePtr = std::shared_ptr<const Choice>;

template <class T>
boost::json::array list(const std::vector<T>& values) {
  return boost::json::array(values.begin(), values.end());
}

// What a block of the answer needs of one stored array: some rows, and of the second axis either
// all or a single kind.
struct Block {
  Range kinds;
  std::vector<double> values;
};

Result<Block> read_block(const Datastore& datastore, const Choice& choice, const Kind& kind,
                         Range rows) {
  const auto key = choice.stored_key(kind);
  OQ_TRY(const auto about, datastore.describe(key));
  Block block;
  block.kinds = choice.kinds.size() == 1 ? Range{kind.index, 1} : Range{0, about.shape.at(1)};
  if (choice.all_rows) {
    OQ_TRY(block.values, read_number_part(datastore, key, {rows, block.kinds}));
    return block;
  }
  for (std::size_t i = rows.first; i < rows.first + rows.count; ++i) {
    OQ_TRY(const auto row, read_number_part(datastore, key, {{choice.rows[i], 1}, block.kinds}));
    block.values.insert(block.values.end(), row.begin(), row.end());
  }
  return block;
}

// Blocks of the two arrays, each read once though several kinds come from it.
struct Blocks {
  Block statistics, realizations;
};

Result<Blocks> read_blocks(const Datastore& datastore, const Choice& choice, Range rows) {
  Blocks blocks;
  for (const bool statistic : {true, false}) {
    const auto kind = std::ranges::find(choice.kinds, statistic, &Kind::is_statistic);
    if (kind == choice.kinds.end())
      continue;
    OQ_TRY((statistic ? blocks.statistics : blocks.realizations),
           read_block(datastore, choice, *kind, rows));
  }
  return blocks;
}

// The values of one site, kind and IMT.
const double* values_at(const Blocks& blocks, const Choice& choice, std::size_t row,
                        const Kind& kind, std::size_t imt) {
  const auto& block = kind.is_statistic ? blocks.statistics : blocks.realizations;
  const auto index = row * block.kinds.count + kind.index - block.kinds.first;
  return block.values.data() + (index * choice.axes.imts.size() + imt) * choice.axes.last_axis;
}

// Levels of an IMT, or probabilities, as names of fields.
std::vector<Field> numbered(const std::vector<double>& numbers, const Dtype& type) {
  std::vector<Field> fields;
  for (const double number : numbers)
    fields.push_back({number_text(number), type});
  return fields;
}

Dtype kind_type(const Choice& choice) {
  std::vector<Field> imts;
  if (choice.product == Product::spectra) {
    for (const auto imt : choice.imts)
      imts.push_back({choice.axes.imts[imt], Dtype::f4()});
    return Dtype::record(numbered(choice.axes.poes, Dtype::record(imts)));
  }
  const bool curves = choice.product == Product::curves;
  for (const auto imt : choice.imts)
    imts.push_back(
      {choice.axes.imts[imt],
       Dtype::record(numbered(curves ? choice.axes.levels[imt] : choice.axes.poes, Dtype::f4()))});
  return Dtype::record(std::move(imts));
}

void append_kind(std::string& out, const Blocks& blocks, const Choice& choice, std::size_t row,
                 const Kind& kind) {
  if (choice.product == Product::spectra) {
    for (std::size_t poe = 0; poe < choice.axes.last_axis; ++poe)
      for (const auto imt : choice.imts)
        append_f4(out, values_at(blocks, choice, row, kind, imt)[poe]);
    return;
  }
  for (const auto imt : choice.imts) {
    const double* const values = values_at(blocks, choice, row, kind, imt);
    for (std::size_t i = 0; i < choice.axes.last_axis; ++i)
      append_f4(out, values[i]);
  }
}

// Sites with every kind as a nested record: what maps are drawn from.
ExtractedArray record_array(const Datastore& datastore, const ChoicePtr& choice) {
  std::vector<Field> fields = {{"lon", Dtype::f8()}, {"lat", Dtype::f8()}};
  const auto& ids = choice->sites.custom_ids;
  const auto id_width = longest_bytes(ids);
  if (!ids.empty())
    fields.push_back({"custom_site_id", Dtype::bytes(id_width)});
  for (const auto& kind : choice->kinds)
    fields.push_back({kind.name, kind_type(*choice)});
  ExtractedArray array{"all", Dtype::record(std::move(fields)), {choice->rows.size()}, {}};
  array.read = [&datastore, choice, id_width](std::size_t first, std::size_t count,
                                              std::string& out) -> Result<void> {
    OQ_TRY(const auto blocks, read_blocks(datastore, *choice, {first, count}));
    for (std::size_t row = 0; row < count; ++row) {
      const auto site = choice->rows[first + row];
      append_f8(out, choice->sites.lon[site]);
      append_f8(out, choice->sites.lat[site]);
      if (!choice->sites.custom_ids.empty())
        append_bytes(out, choice->sites.custom_ids[site], id_width);
      for (const auto& kind : choice->kinds)
        append_kind(out, blocks, *choice, row, kind);
    }
    return {};
  };
  return array;
}

// One kind as a plain array: site, IMT, level or probability; of spectra: site, probability, IMT.
ExtractedArray plain_array(const Datastore& datastore, const ChoicePtr& choice, const Kind& kind) {
  std::vector<std::size_t> shape = {choice->rows.size(), choice->imts.size(),
                                    choice->axes.last_axis};
  if (choice->product == Product::spectra)
    std::swap(shape[1], shape[2]);
  ExtractedArray array{kind.name, Dtype::f4(), std::move(shape), {}};
  auto alone = std::make_shared<Choice>(*choice);
  alone->kinds = {kind};
  array.read = [&datastore, alone = ChoicePtr(alone)](std::size_t first, std::size_t count,
                                                      std::string& out) -> Result<void> {
    OQ_TRY(const auto blocks, read_blocks(datastore, *alone, {first, count}));
    for (std::size_t row = 0; row < count; ++row)
      append_kind(out, blocks, *alone, row, alone->kinds.front());
    return {};
  };
  return array;
}

boost::json::object axes_of(const Choice& choice) {
  boost::json::object about;
  boost::json::array imts, kinds, levels;
  for (const auto imt : choice.imts) {
    imts.emplace_back(choice.axes.imts[imt]);
    if (choice.product == Product::curves)
      levels.emplace_back(list(choice.axes.levels[imt]));
  }
  for (const auto& kind : choice.kinds)
    kinds.emplace_back(kind.name);
  about["kind"] = std::move(kinds);
  about["site_id"] = list(choice.rows);
  about["imt"] = std::move(imts);
  if (choice.product == Product::curves)
    about["lvl"] = std::move(levels);
  else
    about["poe"] = list(choice.axes.poes);
  about["shape_descr"] =
    choice.product == Product::curves ? boost::json::array{"site_id", "imt", "lvl"}
    : choice.product == Product::maps ? boost::json::array{"site_id", "imt", "poe"}
                                      : boost::json::array{"site_id", "poe", "imt"};
  return about;
}

Result<std::vector<std::string>> kind_names(const Datastore& datastore, const std::string& key) {
  if (!datastore.contains(key))
    return std::vector<std::string>();
  OQ_TRY(const auto table, read_hazard_axes(datastore, key));
  return table.kinds;
}

Result<ChoicePtr> choose(const ExtractJob& job, const std::string& key, Product product) {
  auto choice = std::make_shared<Choice>();
  choice->key = key;
  choice->product = product;
  OQ_TRY(const auto statistics, kind_names(job.datastore, key + "-stats"));
  OQ_TRY(const auto realizations, kind_names(job.datastore, key + "-rlzs"));
  if (statistics.empty() && realizations.empty())
    return no_such_key(product == Product::spectra ? "uhs" : key);
  OQ_TRY(choice->axes,
         read_hazard_axes(job.datastore, key + (statistics.empty() ? "-rlzs" : "-stats")));
  OQ_TRY(choice->sites, read_sites(job.datastore));
  if (choice->sites.lon.size() != choice->axes.sites)
    return Error{Errc::internal, "not one row a site", key};
  OQ_TRY(choice->kinds, chosen_kinds(statistics, realizations, values_of(job.parameters, "kind")));
  const auto sites = values_of(job.parameters, "site_id");
  OQ_TRY(choice->rows, chosen_numbers(choice->axes.sites, sites, "site_id"));
  choice->all_rows = sites.empty();
  const auto& imts = product == Product::spectra ? choice->axes.spectrum_imts : choice->axes.imts;
  OQ_TRY(const auto positions, chosen(imts, values_of(job.parameters, "imt"), "imt"));
  for (const auto position : positions)
    choice->imts.push_back(choice->axes.imt_index(imts[position]));
  if (choice->imts.empty())
    return no_such_key("uhs");
  return ChoicePtr(std::move(choice));
}

Result<Extraction> extract_product(const ExtractJob& job, const std::string& key, Product product) {
  OQ_TRY(const auto choice, choose(job, key, product));
  Extraction out;
  const bool chosen =
    has(job.parameters, "kind") || has(job.parameters, "imt") || has(job.parameters, "site_id");
  if (chosen) {
    for (const auto& kind : choice->kinds)
      out.arrays.push_back(plain_array(job.datastore, choice, kind));
    out.about = axes_of(*choice);
  } else {
    out.arrays.push_back(record_array(job.datastore, choice));
  }
  out.arrays.push_back(single_number("investigation_time", choice->axes.investigation_time));
  return out;
}

} // namespace

Result<Extraction> extract_hazard_curves(const ExtractJob& job) {
  return extract_product(job, "hcurves", Product::curves);
}

Result<Extraction> extract_hazard_maps(const ExtractJob& job) {
  return extract_product(job, "hmaps", Product::maps);
}

Result<Extraction> extract_spectra(const ExtractJob& job) {
  return extract_product(job, "hmaps", Product::spectra);
}

} // namespace oq::engine
