// The asset collection in the layout of OpenQuake's assetcol.csv: no comment row.
#include "engine/output/exporters.hpp"
#include "engine/output/risk_tables.hpp"
#include "engine/risk/datastore_keys.hpp"

namespace oq::engine {
namespace {

std::string file_column(const std::string& name) {
  return name.starts_with("occupants_") ? name : "value-" + name;
}

} // namespace

Result<Paths> export_assets_csv(const ExportJob& job) {
  const auto& datastore = job.datastore();
  const std::string group = std::string(keys::kAssets) + "/";
  OQ_TRY(const auto assets, read_assets(datastore));
  OQ_TRY(const auto about, datastore.attributes(keys::kAssets));
  std::vector<std::string> header{"id", "lon", "lat"};
  std::vector<std::vector<double>> columns;
  const auto add = [&](const std::string& name, const std::string& key) -> Result<void> {
    OQ_TRY(auto numbers, read_numbers(datastore, group + key, 1));
    if (numbers.values.size() != assets.size())
      return Error{Errc::internal, "the arrays of the assets disagree", key};
    header.push_back(name);
    columns.push_back(std::move(numbers.values));
    return {};
  };
  for (const auto& name : texts_attribute(about, "columns"))
    OQ_CHECK(add(file_column(name), "value-" + name));
  OQ_CHECK(add("ideductible", "ideductible"));
  if (datastore.contains(group + "retrofitted"))
    OQ_CHECK(add("retrofitted", "retrofitted"));
  auto tags = tag_columns(assets);
  tags.erase(kSiteTag);
  for (const auto& [name, words] : tags)
    header.push_back(name);

  OQ_TRY(auto csv, CsvWriter::create(job.path("assetcol")));
  csv.header(header);
  for (std::size_t asset = 0; asset < assets.size(); ++asset) {
    csv.text(assets.id[asset]);
    csv.loss(static_cast<float>(assets.lon[asset])); // kept so by the reference engine
    csv.loss(static_cast<float>(assets.lat[asset]));
    for (const auto& column : columns)
      csv.loss(column[asset]);
    for (const auto& [name, words] : tags)
      csv.text((*words)[asset]);
    csv.end_row();
  }
  OQ_TRY(auto path, csv.commit());
  return Paths{std::move(path)};
}

} // namespace oq::engine
