// Exports of the reference engine, read back into a datastore and exported again, are the same
// bytes.
#include "export_fixture.hpp"

#include <cstdlib>
#include <map>
#include <set>
#include <sstream>

namespace oq::engine {
namespace {

namespace fs = std::filesystem;
using testing::file_text;

struct Csv {
  std::string comment;
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
};

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');)
    cells.push_back(cell);
  return cells;
}

Csv read_csv(const fs::path& path) {
  std::istringstream stream(file_text(path));
  Csv csv;
  std::string line;
  std::getline(stream, csv.comment);
  std::getline(stream, line);
  line.pop_back(); // \r
  csv.header = split(line);
  while (std::getline(stream, line)) {
    if (line.empty() || line.back() != '\r')
      break; // a file that was cut short
    line.pop_back();
    csv.rows.push_back(split(line));
  }
  return csv;
}

// "hazard_curve-mean-PGA" and "quantile_curve-0.15-SA(0.1)" as (kind, rest).
std::pair<std::string, std::string> kind_and_rest(std::string stem) {
  const bool quantile = stem.starts_with("quantile_");
  stem = stem.substr(stem.find('-') + 1);
  const auto end = stem.starts_with("rlz-") ? 7 : std::min(stem.find('-'), stem.size());
  return {(quantile ? "quantile-" : "") + stem.substr(0, end),
          end < stem.size() ? stem.substr(end + 1) : ""};
}

double investigation_time(const std::string& comment) {
  const auto at = comment.find("investigation_time=");
  return at == std::string::npos ? 50.0 : std::atof(comment.c_str() + at + 19);
}

template <class Texts>
boost::json::array json_list(const Texts& texts) {
  return boost::json::array(texts.begin(), texts.end());
}

class ReferenceFolder {
public:
  explicit ReferenceFolder(fs::path path) : path_(std::move(path)) {
    for (const auto& entry : fs::directory_iterator(path_)) {
      const auto stem = entry.path().stem().string();
      for (const char* what : {"curve", "map", "uhs"})
        for (const char* group : {"hazard_", "quantile_"})
          if (stem.starts_with(std::string(group) + what + "-"))
            files_[what][kind_and_rest(stem)] = read_csv(entry.path());
      for (const auto& [what, files] : files_)
        for (const auto& [key, csv] : files)
          site_count_ = std::min(site_count_, csv.rows.size());
      for (auto& [what, files] : files_)
        for (auto& [key, csv] : files)
          csv.rows.resize(site_count_);
    }
  }

  // Large reference files were cut to their first rows: sites that all files have.
  std::size_t site_count() const { return site_count_; }

  std::unique_ptr<Datastore> datastore() const {
    auto out = make_memory_datastore();
    put_sites(*out);
    put_realizations(*out);
    for (const bool rlzs : {false, true}) {
      put_curves(*out, rlzs);
      put_maps(*out, rlzs);
    }
    return out;
  }

private:
  using Files = std::map<std::pair<std::string, std::string>, Csv>;

  Files of(const std::string& what, bool rlzs) const {
    Files out;
    if (const auto found = files_.find(what); found != files_.end())
      for (const auto& [key, csv] : found->second)
        if (key.first.starts_with("rlz-") == rlzs)
          out[key] = csv;
    return out;
  }

  static std::size_t site_cells(const Csv& csv) {
    return (csv.header[0] == "custom_site_id" ? 3u : 2u)
           + (std::ranges::find(csv.header, "depth") != csv.header.end() ? 1u : 0u);
  }

  void put_sites(Datastore& out) const {
    const auto& csv = files_.at("curve").begin()->second;
    const bool custom = csv.header[0] == "custom_site_id";
    std::vector<double> lon, lat, depth;
    std::vector<std::string> ids;
    for (const auto& row : csv.rows) {
      lon.push_back(std::stod(row[custom ? 1 : 0]));
      lat.push_back(std::stod(row[custom ? 2 : 1]));
      depth.push_back(std::stod(row[custom ? 3 : 2]));
      ids.push_back(row[0]);
    }
    testing::put_sites(out, lon, lat, depth);
    if (custom) {
      ASSERT_TRUE(out.put("sitecol/custom_site_id", {{ids.size()}, ids}));
    }
  }

  void put_realizations(Datastore& out) const {
    std::vector<std::string> paths;
    std::vector<double> weights;
    for (const auto& row : read_csv(path_ / "realizations.csv").rows) {
      paths.push_back(row[1]);
      weights.push_back(std::stod(row[2]));
    }
    testing::put_realizations(out, paths, weights);
  }

  void put_curves(Datastore& out, bool rlzs) const {
    const auto files = of("curve", rlzs);
    if (files.empty())
      return;
    std::set<std::string> kinds, imts;
    for (const auto& [key, csv] : files) {
      kinds.insert(key.first);
      imts.insert(key.second);
    }
    const auto& some = files.begin()->second;
    const auto first = site_cells(some);
    const std::size_t level_count = some.header.size() - first;
    std::vector<double> values;
    for (std::size_t site = 0; site < some.rows.size(); ++site)
      for (const auto& kind : kinds)
        for (const auto& imt : imts)
          for (std::size_t i = 0; i < level_count; ++i)
            values.push_back(std::stod(files.at({kind, imt}).rows[site][first + i]));
    boost::json::array levels;
    for (const auto& imt : imts) {
      auto& list = levels.emplace_back(boost::json::array{}).as_array();
      const auto& header = files.at({*kinds.begin(), imt}).header;
      for (std::size_t i = first; i < header.size(); ++i)
        list.emplace_back(std::stod(header[i].substr(4)));
    }
    auto attributes = testing::hazard_attributes(json_list(kinds), json_list(imts));
    attributes["levels"] = levels;
    attributes["investigation_time"] = investigation_time(some.comment);
    const std::string key = rlzs ? "hcurves-rlzs" : "hcurves-stats";
    ASSERT_TRUE(out.put(key, {{some.rows.size(), kinds.size(), imts.size(), level_count}, values}));
    ASSERT_TRUE(out.put_attributes(key, attributes));
  }

  // Maps and spectra are one array; either kind of file fills it. Cell names: IMT-POE or POE~IMT.
  void put_maps(Datastore& out, bool rlzs) const {
    const auto maps = of("map", rlzs), spectra = of("uhs", rlzs);
    const auto& files = maps.empty() ? spectra : maps;
    if (files.empty())
      return;
    const auto& some = files.begin()->second;
    const auto first = site_cells(some);
    std::vector<std::string> imts;
    std::vector<double> poes;
    for (std::size_t i = first; i < some.header.size(); ++i) {
      const auto& name = some.header[i];
      const auto cut = maps.empty() ? name.find('~') : name.rfind('-');
      const auto imt = maps.empty() ? name.substr(cut + 1) : name.substr(0, cut);
      const double poe = std::stod(maps.empty() ? name.substr(0, cut) : name.substr(cut + 1));
      if (std::ranges::find(imts, imt) == imts.end())
        imts.push_back(imt);
      if (std::ranges::find(poes, poe) == poes.end())
        poes.push_back(poe);
    }
    std::vector<double> values;
    boost::json::array kinds;
    for (const auto& [key, csv] : files)
      kinds.emplace_back(key.first);
    for (std::size_t site = 0; site < some.rows.size(); ++site)
      for (const auto& [key, csv] : files)
        for (std::size_t imt = 0; imt < imts.size(); ++imt)
          for (std::size_t poe = 0; poe < poes.size(); ++poe)
            values.push_back(std::stod(
              csv
                .rows[site]
                     [first + (maps.empty() ? poe * imts.size() + imt : imt * poes.size() + poe)]));
    auto attributes = testing::hazard_attributes(kinds, json_list(imts));
    attributes["poes"] = json_list(poes);
    attributes["hazard_maps"] = !maps.empty();
    attributes["uniform_hazard_spectra"] = !spectra.empty();
    attributes["uhs_imts"] = json_list(imts);
    attributes["investigation_time"] = investigation_time(some.comment);
    const std::string key = rlzs ? "hmaps-rlzs" : "hmaps-stats";
    ASSERT_TRUE(out.put(key, {{some.rows.size(), files.size(), imts.size(), poes.size()}, values}));
    ASSERT_TRUE(out.put_attributes(key, attributes));
  }

  fs::path path_;
  std::map<std::string, Files> files_;
  std::size_t site_count_ = 1'000'000;
};

// The first lines; of the comment the number of cells and what follows program, date and checksum.
std::string comparable(const std::string& text, std::size_t lines) {
  const auto quote = text.find('"'), kind = text.find("kind="), end = text.find('\n');
  auto cut = end;
  for (std::size_t i = 1; i < lines && cut + 1 < text.size(); ++i)
    cut = text.find('\n', cut + 1);
  const auto from = kind < end ? kind : end;
  return text.substr(0, quote) + text.substr(from, cut + 1 - from);
}

class ReferenceExport : public ::testing::TestWithParam<const char*> {};

TEST_P(ReferenceExport, RoundTripIsByteForByte) {
  const char* root = std::getenv("OQ_REFERENCE_DIR");
  if (root == nullptr)
    GTEST_SKIP() << "OQ_REFERENCE_DIR is not set: exports were NOT compared with the reference";
  const auto folder = fs::path(root) / GetParam();
  const ReferenceFolder reference(folder);
  const auto datastore = reference.datastore();
  const testing::TemporaryFolder directory;

  std::size_t compared = 0;
  for (const char* type : {"hcurves", "hmaps", "uhs", "realizations"}) {
    auto request = testing::request(directory, type, "csv");
    request.single_site_realizations = true; // as downloads: every realization
    const auto paths = export_output(*datastore, request);
    if (!paths && paths.error().code == Errc::not_found)
      continue;
    ASSERT_TRUE(paths) << paths.error().text();
    for (const auto& path : *paths) {
      auto name = path.filename().string();
      name.replace(name.rfind("_12"), 3, "");
      ASSERT_TRUE(fs::exists(folder / name)) << name << " is not among the reference files";
      const std::size_t lines = name == "realizations.csv" ? 100'000 : reference.site_count() + 2;
      EXPECT_EQ(comparable(file_text(path), lines), comparable(file_text(folder / name), lines))
        << name;
      ++compared;
    }
  }

  std::size_t expected = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    expected +=
      name.starts_with("hazard_") || name.starts_with("quantile_") || name == "realizations.csv";
  }
  EXPECT_EQ(compared, expected);
}

INSTANTIATE_TEST_SUITE_P(
  Folders, ReferenceExport,
  ::testing::Values(
    "seed/expected", "demos/hazard/AreaSourceClassicalPSHA/reference_output/job",
    "demos/hazard/LogicTreeCase1ClassicalPSHA/reference_output/job",
    "qa/classical/case_12/reference_output/job", "qa/classical/case_66/reference_output/job",
    "qa/classical/case_75/reference_output/job", "qa/classical_risk/case_5/reference_output/job_h",
    "qa/classical_risk/case_master/reference_output/job",
    "qa/logictree/case_15/reference_output/job", "qa/logictree/case_28/reference_output/job"));

} // namespace
} // namespace oq::engine
