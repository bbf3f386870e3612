// The comment line names the intensity measure type, the header the levels.
#include "engine/risk/import_curves.hpp"

#include "engine/hazard/datastore_keys.hpp"
#include "engine/nrml/csv_reader.hpp"
#include "engine/nrml/number.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace oq::engine {
namespace {

struct CurveFile {
  std::string name, imt;
  double investigation_time = 0; // years; 0 when the file does not say
  std::vector<double> levels;
  std::vector<double> lon, lat, depth;
  std::vector<double> poes; // site x level
};

// The value of `key=` in a comment line, without its quotes.
std::string comment_value(const std::string& comment, const std::string& key) {
  const auto at = comment.find(key + "=");
  if (at == std::string::npos)
    return {};
  auto text = std::string_view(comment).substr(at + key.size() + 1);
  if (!text.empty() && (text.front() == '\'' || text.front() == '"')) {
    const auto end = text.find(text.front(), 1);
    return std::string(text.substr(1, end == std::string_view::npos ? end : end - 1));
  }
  return std::string(trimmed(text.substr(0, text.find(','))));
}

Result<void> read_rows(CsvReader& reader, std::size_t first, CurveFile& file) {
  OQ_TRY(const auto lon, reader.require_column("lon"));
  OQ_TRY(const auto lat, reader.require_column("lat"));
  const auto depth = reader.column("depth");
  while (true) {
    OQ_TRY(const bool more, reader.next());
    if (!more)
      return {};
    OQ_TRY(file.lon.emplace_back(), reader.number(lon));
    OQ_TRY(file.lat.emplace_back(), reader.number(lat));
    file.depth.push_back(0);
    if (depth) {
      OQ_TRY(file.depth.back(), reader.number(*depth));
    }
    for (std::size_t i = 0; i < file.levels.size(); ++i) {
      OQ_TRY(const double poe, reader.number(first + i));
      if (!(poe >= 0 && poe <= 1))
        return reader.error("a probability outside [0, 1]");
      file.poes.push_back(poe);
    }
  }
}

Result<CurveFile> read_curve_file(const std::filesystem::path& path) {
  OQ_TRY(auto reader, CsvReader::open(path));
  CurveFile file;
  file.name = reader.file();
  const auto imt = comment_value(reader.comment(), "imt");
  OQ_TRY(const auto parsed, Imt::parse(imt));
  file.imt = parsed.name();
  if (const auto time = parse_number(comment_value(reader.comment(), "investigation_time")); time)
    file.investigation_time = *time;
  std::size_t first = reader.header().size();
  for (std::size_t i = 0; i < reader.header().size(); ++i)
    if (reader.header()[i].starts_with("poe-")) {
      first = std::min(first, i);
      const auto level = parse_number(std::string_view(reader.header()[i]).substr(4));
      if (!level || i != first + file.levels.size())
        return reader.error("the columns poe-LEVEL must follow each other");
      file.levels.push_back(*level);
    }
  if (file.levels.size() < 2
      || std::ranges::adjacent_find(file.levels, std::ranges::greater_equal()) != file.levels.end())
    return reader.error("two or more columns poe-LEVEL with increasing levels are needed");
  OQ_CHECK(read_rows(reader, first, file));
  if (file.lon.empty())
    return invalid_input("no hazard curve", file.name);
  return file;
}

template <class T>
Array column(std::vector<T> values) {
  const std::size_t size = values.size();
  return {{size}, std::move(values)};
}

Result<void> store(const std::vector<CurveFile>& files, double investigation_time,
                   Datastore& datastore) {
  const auto& first = files.front();
  const std::size_t sites = first.lon.size(), levels = first.levels.size();
  std::vector<double> values;
  for (std::size_t site = 0; site < sites; ++site)
    for (const auto& file : files)
      values.insert(values.end(), file.poes.begin() + static_cast<std::ptrdiff_t>(site * levels),
                    file.poes.begin() + static_cast<std::ptrdiff_t>((site + 1) * levels));
  boost::json::array imts, all_levels;
  for (const auto& file : files) {
    imts.emplace_back(file.imt);
    all_levels.emplace_back(boost::json::array(file.levels.begin(), file.levels.end()));
  }
  std::vector<std::int32_t> ids(sites);
  for (std::size_t i = 0; i < sites; ++i)
    ids[i] = static_cast<std::int32_t>(i);
  const std::string folder = keys::kSitecol;
  OQ_CHECK(datastore.put(folder + "sids", column(std::move(ids))));
  OQ_CHECK(datastore.put(folder + "lon", column(first.lon)));
  OQ_CHECK(datastore.put(folder + "lat", column(first.lat)));
  OQ_CHECK(datastore.put(folder + "depth", column(first.depth)));
  OQ_CHECK(datastore.put(keys::kRealizationIds, column(std::vector<std::int32_t>{0})));
  OQ_CHECK(datastore.put(keys::kRealizationPaths, column(std::vector<std::string>{"A~A"})));
  OQ_CHECK(datastore.put(keys::kRealizationWeights, column(std::vector<double>{1})));
  OQ_CHECK(datastore.put(keys::kWeights, column(std::vector<double>{1})));
  OQ_CHECK(datastore.put(keys::kCurvesOfRealizations,
                         {{sites, 1, files.size(), levels}, std::move(values)}));
  return datastore.put_attributes(keys::kCurvesOfRealizations,
                                  {{"kinds", boost::json::array{"rlz-000"}},
                                   {"imts", imts},
                                   {"levels", all_levels},
                                   {"investigation_time", investigation_time},
                                   {"exported", false}});
}

} // namespace

Result<std::shared_ptr<const Datastore>> import_hazard_curves(const Job& job) {
  std::vector<CurveFile> files;
  for (const auto& path : job.inputs.at("hazard_curves")) {
    OQ_TRY(files.emplace_back(), read_curve_file(path));
    const auto& first = files.front();
    const auto& last = files.back();
    if (last.lon != first.lon || last.lat != first.lat || last.levels.size() != first.levels.size())
      return invalid_input("not the sites, or not as many levels, as in " + first.name, last.name);
  }
  const double time =
    job.investigation_time > 0 ? job.investigation_time : files.front().investigation_time;
  std::shared_ptr<Datastore> datastore = make_memory_datastore();
  OQ_CHECK(store(files, time, *datastore));
  return std::shared_ptr<const Datastore>(std::move(datastore));
}

} // namespace oq::engine
