// Reads ruptures; those of a CSV file have their meshes as JSON texts.
#include "engine/gmf/scenario_ruptures.hpp"

#include "engine/gmf/csv_meshes.hpp"
#include "engine/nrml/csv_reader.hpp"
#include "engine/nrml/number.hpp"
#include "engine/nrml/rupture_model.hpp"
#include "engine/rupture/planar_rupture.hpp"

#include <cmath>

namespace oq::engine {
namespace json = boost::json;
namespace {

constexpr std::size_t kMostRuptures = 100'000;

Result<ScenarioRupture> read_row(const CsvReader& file) {
  const auto text = [&](std::string_view name) -> Result<std::string_view> {
    OQ_TRY(const auto column, file.require_column(name));
    return file.cell(column);
  };
  const auto number = [&](std::string_view name) -> Result<double> {
    OQ_TRY(const auto column, file.require_column(name));
    return file.number(column);
  };
  ScenarioRupture out;
  OQ_TRY(const double seed, number("seed"));
  if (!(seed >= 0 && seed < 1e18))
    return file.error("seed must be 0 or more");
  out.seed = static_cast<std::uint64_t>(seed);
  OQ_TRY(out.rupture.mag, number("mag"));
  OQ_TRY(out.rupture.rake, number("rake"));
  OQ_TRY(out.rupture.hypocentre.lon, number("lon"));
  OQ_TRY(out.rupture.hypocentre.lat, number("lat"));
  OQ_TRY(out.rupture.hypocentre.depth, number("dep"));
  OQ_TRY(const auto region, text("trt"));
  out.tectonic_region = region;
  OQ_TRY(const auto kind, text("kind"));
  OQ_TRY(const auto mesh, text("mesh"));
  auto surface = read_csv_surface(kind, mesh);
  if (!surface)
    return file.error(surface.error().message);
  // Nodes that are given have a surface of their own, in place of one that would be made.
  out.rupture.surface = surface->given
                          ? RuptureSurface(GriddedSurface{surface->given->meshes.front().points()})
                          : std::move(surface->surface);
  out.given = std::move(surface->given);
  return out;
}

Result<std::vector<ScenarioRupture>> read_csv(const std::filesystem::path& path) {
  OQ_TRY(auto file, CsvReader::open(path));
  std::vector<ScenarioRupture> ruptures;
  while (true) {
    OQ_TRY(const bool more, file.next());
    if (!more)
      break;
    if (ruptures.size() >= kMostRuptures)
      return file.error("more than 100,000 ruptures");
    OQ_TRY(ruptures.emplace_back(), read_row(file));
  }
  if (ruptures.empty())
    return invalid_input("the file has no rupture", file.file());
  return ruptures;
}

class RuptureDict {
public:
  RuptureDict(const Job& job, const json::object& given) : job_(job), given_(given) {}

  Result<double> number(const char* name, std::optional<double> otherwise = {}) const {
    const auto* value = given_.if_contains(name);
    if (value == nullptr && otherwise)
      return *otherwise;
    if (value == nullptr || !value->is_number())
      return error(std::string("a number is needed for '") + name + "'");
    return value->to_number<double>();
  }
  Result<ScalingRelation> scaling() const {
    const auto* value = given_.if_contains("msr");
    if (value == nullptr)
      return ScalingRelation(ScalingRelation::wc1994);
    if (!value->is_string())
      return error("msr must be a name");
    auto relation = parse_scaling_relation(std::string_view(value->get_string()));
    return relation ? relation : Result<ScalingRelation>(error(relation.error().message));
  }
  Error error(const std::string& message) const {
    return invalid_input("rupture_dict: " + message, job_.where("rupture_dict"));
  }

private:
  const Job& job_;
  const json::object& given_;
};

struct RuptureSize {
  double length, width; // km
};

// Wells and Coppersmith (1994), table 2A: subsurface length and width by slip type.
RuptureSize wells_coppersmith_size(double magnitude, double rake) {
  const auto of = [&](double a, double b, double c, double d) {
    return RuptureSize{std::pow(10.0, a + b * magnitude), std::pow(10.0, c + d * magnitude)};
  };
  const double across = std::abs(rake);
  if (across <= 45 || across >= 135)
    return of(-2.57, 0.62, -0.76, 0.27); // strike slip
  return rake > 0 ? of(-2.42, 0.58, -1.61, 0.41) : of(-1.88, 0.50, -1.14, 0.35);
}

GeoPoint geo_point(Vector3 position) {
  const double radius = norm(position);
  return {std::atan2(position.y, position.x) / kDegree, std::asin(position.z / radius) / kDegree,
          kEarthRadius - radius};
}

Result<std::vector<ScenarioRupture>> read_dict(const Job& job, const json::object& given) {
  // The layer is so thick that no rupture is cut or moved by its floor.
  constexpr double kLayerThickness = 500; // km
  const RuptureDict dict(job, given);
  ScenarioRupture out;
  auto& rupture = out.rupture;
  OQ_TRY(rupture.mag, dict.number("mag"));
  OQ_TRY(rupture.rake, dict.number("rake"));
  OQ_TRY(rupture.hypocentre.lon, dict.number("lon"));
  OQ_TRY(rupture.hypocentre.lat, dict.number("lat"));
  OQ_TRY(rupture.hypocentre.depth, dict.number("dep"));
  OQ_TRY(const double strike, dict.number("strike", 0));
  OQ_TRY(const double dip, dict.number("dip", 90));
  OQ_TRY(const double aspect_ratio, dict.number("aspect_ratio", 1));
  OQ_TRY(const auto scaling, dict.scaling());
  if (!(rupture.mag > 0 && rupture.mag < 11) || !(dip > 0 && dip <= 90) || !(aspect_ratio > 0)
      || std::abs(rupture.hypocentre.lon) > 180 || std::abs(rupture.hypocentre.lat) > 90
      || rupture.hypocentre.depth < 0 || rupture.hypocentre.depth > kLayerThickness)
    return dict.error("a value is out of range");
  double area = median_area(scaling, rupture.mag, rupture.rake), aspect = aspect_ratio;
  if (!given.contains("msr") && !given.contains("aspect_ratio")) {
    const RuptureSize size = wells_coppersmith_size(rupture.mag, rupture.rake);
    area = size.length * size.width;
    aspect = size.length / size.width;
  }
  const auto shape = rupture_shape(area, aspect, dip, kLayerThickness);
  const auto plane = place_rupture(shape, {.location = rupture.hypocentre.surface(),
                                           .depth = rupture.hypocentre.depth,
                                           .strike = strike,
                                           .dip = dip,
                                           .rake = rupture.rake,
                                           .upper_depth = 0,
                                           .lower_depth = kLayerThickness});
  const auto corner = [&](std::size_t i) {
    const GeoPoint above = geo_point(plane.surface_corners[i]);
    return GeoPoint{above.lon, above.lat, i < 2 ? plane.ztor : plane.zbot};
  };
  rupture.surface = std::vector<PlanarSurface>{{corner(0), corner(1), corner(2), corner(3)}};
  return std::vector<ScenarioRupture>{std::move(out)};
}

} // namespace

Result<std::vector<ScenarioRupture>> read_scenario_ruptures(const Job& job) {
  if (const auto* given = job.parameters.if_contains("rupture_dict");
      given != nullptr && given->is_object() && !given->get_object().empty())
    return read_dict(job, given->get_object());
  const auto input = job.inputs.find("rupture_model");
  if (input == job.inputs.end() || input->second.empty())
    return invalid_input("rupture_model_file is missing: a scenario needs a rupture",
                         job.ini.filename().string());
  const auto& path = input->second.front();
  if (path.extension() == ".csv")
    return read_csv(path);
  OQ_TRY(auto read, read_rupture_model(path));
  std::vector<ScenarioRupture> ruptures;
  for (auto& rupture : read)
    ruptures.push_back({std::move(rupture), std::nullopt, "*", std::nullopt});
  return ruptures;
}

} // namespace oq::engine
