// Site parameters: association, defaults, columns in the order of site_model.csv.
#include "engine/geo/site_parameters.hpp"

#include "engine/geo/geohash.hpp"
#include "engine/geo/point_index.hpp"
#include "engine/gsim/site_codes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace oq::engine {

namespace {

using Kind = SiteColumn::Kind;

constexpr double kFarFromModel = 5.0; // km
constexpr double kCellDiagonal = 1.414;
// What the reference options give, in the order of site_model.csv.
constexpr std::string_view kReferenceParameters[] = {"vs30", "vs30measured", "z1pt0", "z2pt5",
                                                     "backarc"};
// Where parameters that no model needs stand behind the others; unknown ones come last.
constexpr std::string_view kOrder[] = {"vs30",
                                       "xvf",
                                       "vs30measured",
                                       "z1pt0",
                                       "ampcode",
                                       "precip",
                                       "saturation",
                                       "dr",
                                       "cohesion_mid",
                                       "site_id",
                                       "z2pt5",
                                       "slab_thickness",
                                       "gwd",
                                       "unit",
                                       "dry_density",
                                       "dc",
                                       "cti",
                                       "liq_susc_cat",
                                       "custom_site_id",
                                       "slope",
                                       "geology",
                                       "region",
                                       "dw",
                                       "friction_mid"};

std::optional<double> reference(const Job& job, std::string_view name) {
  if (name == "vs30")
    return job.reference_vs30_value;
  if (name == "vs30measured")
    return job.reference_vs30_measured ? 1.0 : 0.0;
  if (name == "z1pt0")
    return job.reference_depth_to_1pt0km_per_sec;
  if (name == "z2pt5")
    return job.reference_depth_to_2pt5km_per_sec;
  if (name == "backarc")
    return job.reference_backarc ? 1.0 : 0.0;
  return std::nullopt;
}

Result<double> code_of(const SiteColumn& column, std::size_t row) {
  if (column.kind != Kind::text)
    return column.numbers[row];
  if (column.name == "geology")
    return geology_code(column.texts[row]);
  if (const auto code = siteclass_code(column.texts[row]))
    return *code;
  return invalid_input(
    fmt::format("siteclass '{}' is not a letter", column.texts[row].substr(0, 20)));
}

// Adds a column, and its numbers to the vector of that name.
Result<void> add(SiteColumn column, bool shown, SiteCollection& sites) {
  if (std::vector<double>* numbers = sites.parameter(column.name)) {
    numbers->resize(column.size());
    for (std::size_t i = 0; i < column.size(); ++i) {
      OQ_TRY((*numbers)[i], code_of(column, i));
    }
  }
  if (column.name == "custom_site_id")
    sites.custom_ids = column.texts;
  if (shown)
    sites.columns.push_back(std::move(column));
  return {};
}

SiteColumn constant(std::string_view name, double value, std::size_t count) {
  return {std::string(name), kind_of_site_parameter(name), std::vector<double>(count, value), {}};
}

SiteColumn geohash_column(const SiteCollection& sites) {
  constexpr std::size_t kLetters = 8;
  SiteColumn column{"custom_site_id", Kind::text, {}, {}};
  for (std::size_t site = 0; site < sites.size(); ++site)
    column.texts.push_back(geohash({sites.lon[site], sites.lat[site]}, kLetters));
  return column;
}

// The row of the model for each site. One warning stands for all sites that are far away.
std::vector<std::size_t> nearest_rows(const Job& job, const SiteModel& model, BuiltSites& built) {
  std::vector<double> lon, lat;
  for (const SitePoint& point : model.points) {
    lon.push_back(point.lon);
    lat.push_back(point.lat);
  }
  const PointIndex index(lon, lat);
  const double far =
    job.region_grid_spacing ? *job.region_grid_spacing * kCellDiagonal : kFarFromModel;
  std::vector<std::size_t> rows;
  std::size_t distant = 0;
  double farthest = 0;
  for (std::size_t site = 0; site < built.sites.size(); ++site) {
    const auto [row, distance] = index.nearest({built.sites.lon[site], built.sites.lat[site]});
    rows.push_back(row);
    distant += distance > far;
    farthest = std::max(farthest, distance);
  }
  if (distant > 0)
    built.warnings.push_back(
      fmt::format("{} of {} sites are farther than {:.1f} km from every point of the site model "
                  "(up to {:.1f} km): they take the parameters of the nearest",
                  distant, rows.size(), far, farthest));
  return rows;
}

// Where they stand when no model needs any parameter (as with GMPETable): these before the others.
constexpr std::string_view kOrderOfUnneeded[] = {"z1pt0", "vs30", "z2pt5", "vs30measured"};

// Needed parameters, by name; with vs30 it is always shown whether it was measured.
std::vector<std::string> needed_names(const SiteRequest& request) {
  std::vector<std::string> names = request.required;
  const auto vs30 = std::ranges::find(names, "vs30");
  if (vs30 != names.end() && std::ranges::find(names, "vs30measured") == names.end())
    names.insert(vs30 + 1, "vs30measured");
  return names;
}

// The needed ones, and after them what the model has besides.
std::vector<std::string> order_of(const SiteRequest& request, const SiteModel& model, bool all) {
  std::vector<std::string> names = needed_names(request);
  std::vector<std::string> others;
  for (const SiteColumn& column : model.columns)
    if (all && std::ranges::find(names, column.name) == names.end())
      others.push_back(column.name);
  std::ranges::stable_sort(others, {}, [](const std::string& name) {
    return std::ranges::find(kOrder, name) - std::begin(kOrder);
  });
  if (names.empty())
    std::ranges::stable_sort(others, {}, [](const std::string& name) {
      return std::ranges::find(kOrderOfUnneeded, name) - std::begin(kOrderOfUnneeded);
    });
  names.insert(names.end(), others.begin(), others.end());
  return names;
}

} // namespace

double z1pt0_of_vs30(double vs30) {
  const auto fourth = [](double v) {
    return v * v * v * v;
  };
  return std::exp(-7.15 / 4.0
                  * std::log((fourth(vs30) + fourth(571.0)) / (fourth(1360.0) + fourth(571.0))));
}

double z2pt5_of_vs30(double vs30) {
  return std::exp(7.089 - 1.144 * std::log(vs30));
}

Result<void> add_site_model(const Job& job, const SiteRequest& request, const SiteModel& model,
                            bool sites_are_its_points, BuiltSites& built) {
  const std::size_t count = built.sites.size();
  std::vector<std::size_t> rows;
  if (sites_are_its_points && count == model.points.size()) {
    rows.resize(count);
    std::iota(rows.begin(), rows.end(), std::size_t{0});
  } else {
    rows = nearest_rows(job, model, built);
  }
  const bool all = sites_are_its_points || request.required.empty();
  for (const std::string& name : order_of(request, model, all)) {
    if (const SiteColumn* column = model.column(name)) {
      OQ_CHECK(add(column->selected(rows), true, built.sites));
    } else if (const auto value = reference(job, name)) {
      // Nobody asks whether vs30 was measured: then it was not, unless it is overridden.
      const bool asked = std::ranges::find(request.required, name) != request.required.end()
                         || !job.override_vs30.empty();
      OQ_CHECK(add(constant(name, asked ? *value : 0.0, count), true, built.sites));
    }
  }
  if (request.named && !built.sites.column("custom_site_id"))
    OQ_CHECK(add(geohash_column(built.sites), true, built.sites));
  // What models of one tectonic region need may not be asked for here: kept, not shown.
  for (const std::string_view name : kReferenceParameters)
    if (const auto value = reference(job, name); value && built.sites.parameter(name)->empty())
      OQ_CHECK(add(constant(name, *value, count), false, built.sites));
  return {};
}

Result<void> add_reference_parameters(const Job& job, const SiteRequest& request,
                                      const SiteModel& table, BuiltSites& built) {
  const std::size_t count = built.sites.size();
  const bool shown = job.inputs.contains("sites") && !job.option("sites");
  std::vector<std::string> names = needed_names(request);
  const auto add_name = [&](std::string_view name) {
    if (std::ranges::find(names, name) == names.end())
      names.emplace_back(name);
  };
  for (const SiteColumn& column : table.columns)
    add_name(column.name);
  if (request.named)
    add_name("custom_site_id");
  for (const std::string_view name : kReferenceParameters)
    add_name(name);
  std::vector<std::size_t> rows;
  if (!table.points.empty())
    rows = nearest_rows(job, {table.points, {}}, built);
  for (const std::string& name : names) {
    const SiteColumn* const column = table.column(name);
    const auto value = reference(job, name);
    // A reference value counts more than the table's.
    if (value && (!column || job.option("reference_vs30_value"))) {
      OQ_CHECK(add(constant(name, *value, count), shown, built.sites));
    } else if (column) {
      OQ_CHECK(add(column->selected(rows), shown, built.sites));
    } else if (name == "custom_site_id") {
      OQ_CHECK(add(geohash_column(built.sites), shown, built.sites));
    } else if (shown && kind_of_site_parameter(name) == Kind::real) {
      built.sites.columns.push_back(constant(name, std::nan(""), count));
    }
  }
  return {};
}

void override_vs30(const Job& job, SiteCollection& sites) {
  if (job.override_vs30.empty())
    return;
  std::vector<std::size_t> positions;
  for (std::size_t site = 0; site < sites.size(); ++site)
    positions.insert(positions.end(), job.override_vs30.size(), site);
  if (job.override_vs30.size() > 1)
    sites = sites.selected(positions);
  for (std::size_t site = 0; site < sites.size(); ++site) {
    const double vs30 = job.override_vs30[site % job.override_vs30.size()];
    const auto set = [&](std::string_view name, double value) {
      if (std::vector<double>* numbers = sites.parameter(name); numbers && !numbers->empty())
        (*numbers)[site] = value;
      for (SiteColumn& column : sites.columns)
        if (column.name == name && column.kind != Kind::text)
          column.numbers[site] = value;
    };
    sites.vs30.resize(sites.size());
    set("vs30", vs30);
    sites.vs30[site] = vs30;
    set("z1pt0", z1pt0_of_vs30(vs30));
    set("z2pt5", z2pt5_of_vs30(vs30));
  }
}

} // namespace oq::engine
