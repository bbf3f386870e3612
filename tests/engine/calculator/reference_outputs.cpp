// reference_outputs: file names to arrays, columns to values.
#include "reference_outputs.hpp"

#include <cmath>
#include <fstream>
#include <sstream>

namespace oq::engine::testing {

namespace {

constexpr double kTolerance = 1e-5;
constexpr std::size_t kMostFailures = 10;

std::vector<std::vector<std::string>> read_rows(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('#'))
      continue;
    if (line.ends_with('\r'))
      line.pop_back();
    std::vector<std::string> cells;
    std::stringstream stream(line);
    for (std::string cell; std::getline(stream, cell, ',');)
      cells.push_back(cell);
    rows.push_back(std::move(cells));
  }
  return rows;
}

// Position of a text in an attribute that is a list of texts; the list's length when absent.
std::size_t position(const Attributes& attributes, const char* list, const std::string& text) {
  const auto& names = attributes.at(list).as_array();
  std::size_t i = 0;
  while (i < names.size() && names[i].as_string() != text)
    ++i;
  return i;
}

// One exported file against one array.
class FileCheck {
public:
  FileCheck(const Datastore& datastore, const std::filesystem::path& file, const std::string& kind,
            const std::string& product, Comparison& comparison)
    : file_(file), comparison_(comparison) {
    const std::string key = product + (kind.starts_with("rlz-") ? "-rlzs" : "-stats");
    const auto array = datastore.get(key);
    const auto attributes = datastore.attributes(key);
    if (!array || !attributes) {
      fail("no " + key + " in the datastore");
      return;
    }
    attributes_ = *attributes;
    shape_ = array->shape;
    values_ = std::get<std::vector<double>>(array->values);
    kind_ = position(attributes_, "kinds", kind);
    rows_ = read_rows(file);
    if (kind_ == shape_[1])
      fail("no " + kind + " in " + key);
    else if (rows_.size() < 2 || rows_.size() - 1 > shape_[0])
      fail("wrong number of sites");
    else
      ready_ = true;
  }

  void curves(const std::string& imt) {
    const std::size_t m = ready_ ? position(attributes_, "imts", imt) : 0;
    if (!ready_ || m == shape_[2])
      return fail("no curves of " + imt);
    for (std::size_t site = 0; site + 1 < rows_.size(); ++site)
      for (std::size_t level = 0; level < shape_[3]; ++level)
        check(at(site, m, level), rows_[site + 1].at(3 + level), kTolerance, site);
  }

  // Columns "PGA-0.1", "PGA-0.02", …: the probabilities of one IMT side by side.
  void map() {
    const std::size_t poes = ready_ ? shape_[3] : 0;
    for (std::size_t column = 2; ready_ && column < rows_[0].size(); ++column) {
      const std::string& name = rows_[0][column];
      check_column(column, name.substr(0, name.rfind('-')), (column - 2) % poes);
    }
  }

  // Columns "0.1~PGA", "0.1~SA(0.2)", …: the spectrum of one probability side by side.
  void spectrum() {
    const std::size_t imts = ready_ ? attributes_.at("uhs_imts").as_array().size() : 0;
    for (std::size_t column = 2; ready_ && column < rows_[0].size(); ++column) {
      const std::string& name = rows_[0][column];
      check_column(column, name.substr(name.find('~') + 1), (column - 2) / imts);
    }
  }

private:
  double at(std::size_t site, std::size_t imt, std::size_t last) const {
    return values_[((site * shape_[1] + kind_) * shape_[2] + imt) * shape_[3] + last];
  }

  void check_column(std::size_t column, const std::string& imt, std::size_t last) {
    const std::size_t m = position(attributes_, "imts", imt);
    if (m == shape_[2])
      return fail("no " + imt + " in the datastore");
    for (std::size_t site = 0; site + 1 < rows_.size(); ++site)
      check(at(site, m, last), rows_[site + 1].at(column), 1e-9, site);
  }

  void check(double ours, const std::string& text, double floor, std::size_t site) {
    const double theirs = std::stod(text);
    ++comparison_.values;
    if (!(std::fabs(ours - theirs) <= floor + kTolerance * std::fabs(theirs)))
      fail("site " + std::to_string(site) + ": " + std::to_string(ours) + " instead of " + text);
  }

  void fail(const std::string& why) {
    if (comparison_.failures.size() < kMostFailures)
      comparison_.failures.push_back(file_.filename().string() + ": " + why);
  }

  std::filesystem::path file_;
  Comparison& comparison_;
  bool ready_ = false;
  Attributes attributes_;
  std::vector<std::size_t> shape_;
  std::vector<double> values_;
  std::size_t kind_ = 0;
  std::vector<std::vector<std::string>> rows_;
};

} // namespace

Comparison compare_with_folder(const Datastore& datastore, const std::filesystem::path& folder) {
  Comparison comparison;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().stem().string();
    // "hazard_curve-rlz-000-SA(0.1)": product, kind, IMT. Quantiles keep the word for the kind.
    const bool quantile = name.starts_with("quantile_");
    if (!quantile && !name.starts_with("hazard_"))
      continue;
    const std::size_t product_end = name.find('-');
    const std::string product = name.substr(name.find('_') + 1, product_end - name.find('_') - 1);
    std::string kind = name.substr(product_end + 1), imt;
    if (product == "curve") {
      const std::size_t imt_begin = kind.rfind('-');
      imt = kind.substr(imt_begin + 1);
      kind.erase(imt_begin);
    }
    if (quantile)
      kind = "quantile-" + kind;
    ++comparison.files;
    FileCheck file(datastore, entry.path(), kind, product == "curve" ? "hcurves" : "hmaps",
                   comparison);
    if (product == "curve")
      file.curves(imt);
    else if (product == "map")
      file.map();
    else
      file.spectrum();
  }
  return comparison;
}

} // namespace oq::engine::testing
