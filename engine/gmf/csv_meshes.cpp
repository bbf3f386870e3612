// Surface x coordinate x row x column.
#include "engine/gmf/csv_meshes.hpp"

#include "engine/nrml/number.hpp"
#include "engine/rupture/kite_mesh.hpp"

#include <boost/json/parse.hpp>

#include <cmath>

namespace oq::engine {
namespace json = boost::json;
namespace {

constexpr std::size_t kMostNodes = 1'000'000; // of a surface

// One surface: rows of equal length.
struct Nodes {
  std::size_t rows = 0, cols = 0;
  std::vector<GeoPoint> points;
};

// One of the three coordinates, flattened; `cols` 0 when the rows differ in length.
struct Axis {
  std::size_t rows = 0, cols = 0;
  std::vector<double> numbers;
};
Result<Axis> axis_of(const json::value& value) {
  const auto* rows = value.if_array();
  if (rows == nullptr || rows->empty())
    return invalid_input("mesh: it is no list of lists of numbers");
  Axis axis;
  axis.rows = rows->size();
  bool equal = true;
  for (const auto& row : *rows) {
    const auto* cells = row.if_array();
    if (cells == nullptr)
      return invalid_input("mesh: it is no list of lists of numbers");
    for (const auto& cell : *cells) {
      if (!(cell.is_number() || cell.is_null()) || axis.numbers.size() >= kMostNodes)
        return invalid_input("mesh: it has what is no number, or too many numbers");
      axis.numbers.push_back(cell.is_null() ? NAN : cell.to_number<double>());
    }
    equal = equal && cells->size() == rows->front().as_array().size();
  }
  axis.cols = equal ? rows->front().as_array().size() : 0;
  return axis;
}

Result<Nodes> nodes_of(const json::value& surface) {
  const auto* axes = surface.if_array();
  if (axes == nullptr || axes->size() != 3)
    return invalid_input("mesh: a surface needs longitudes, latitudes and depths");
  OQ_TRY(const Axis lon, axis_of(axes->at(0)));
  OQ_TRY(const Axis lat, axis_of(axes->at(1)));
  OQ_TRY(const Axis depth, axis_of(axes->at(2)));
  if (lon.numbers.size() != lat.numbers.size() || lon.numbers.size() != depth.numbers.size()
      || lon.numbers.empty())
    return invalid_input("mesh: a surface needs as many latitudes and depths as longitudes");
  Nodes nodes{lon.rows, lon.cols, {}};
  for (std::size_t i = 0; i < lon.numbers.size(); ++i) {
    const GeoPoint point{lon.numbers[i], lat.numbers[i], depth.numbers[i]};
    if (std::abs(point.lon) > 360 || std::abs(point.lat) > 90)
      return invalid_input("mesh: a node is not on the Earth");
    const bool whole =
      std::isfinite(point.lon) && std::isfinite(point.lat) && std::isfinite(point.depth);
    nodes.points.push_back(whole ? point : GeoPoint{NAN, NAN, NAN});
  }
  return nodes;
}

bool lacks_nodes(const Nodes& nodes) {
  for (const GeoPoint& point : nodes.points)
    if (!is_node(point))
      return true;
  return false;
}

Result<SurfaceMesh> mesh_of(const Nodes& nodes, FaultSurface::Kind kind) {
  if (nodes.cols == 0)
    return invalid_input("mesh: the rows differ in length");
  if (nodes.rows < 2 || nodes.cols < 2)
    return invalid_input("mesh: a fault has two rows and two columns or more");
  SurfaceMesh mesh(nodes.rows, nodes.cols, nodes.points);
  if (kind != FaultSurface::Kind::kite && lacks_nodes(nodes))
    return invalid_input("mesh: a node is missing");
  if (!(kite_area(mesh, mesh.whole()) > 0))
    return invalid_input("mesh: it has no area");
  return mesh;
}

Result<CsvSurface> meshes(const std::vector<Nodes>& surfaces, FaultSurface::Kind kind) {
  GivenMeshes given{{}, kind};
  for (const Nodes& nodes : surfaces) {
    OQ_TRY(SurfaceMesh mesh, mesh_of(nodes, kind));
    given.meshes.push_back(std::move(mesh));
  }
  return CsvSurface{{}, std::move(given)};
}

Result<CsvSurface> planes(const std::vector<Nodes>& surfaces) {
  std::vector<PlanarSurface> result;
  for (const Nodes& nodes : surfaces) {
    const auto& corners = nodes.points;
    if (corners.size() != 4 || lacks_nodes(nodes))
      return invalid_input("mesh: a plane has four corners");
    result.push_back({corners[0], corners[1], corners[2], corners[3]});
  }
  return CsvSurface{RuptureSurface(std::move(result)), std::nullopt};
}

// Python writes missing numbers as NaN, which JSON has not.
std::string without_nan(std::string_view text) {
  std::string result(text);
  for (const std::string_view word : {"NaN", "nan"})
    for (auto at = result.find(word); at != std::string::npos; at = result.find(word, at))
      result.replace(at, word.size(), "null");
  return result;
}

} // namespace

Result<CsvSurface> read_csv_surface(std::string_view kind, std::string_view text) {
  json::error_code problem;
  const auto value = json::parse(without_nan(text), problem);
  if (problem || !value.is_array() || value.get_array().empty())
    return invalid_input("mesh: no JSON list");
  std::vector<Nodes> surfaces;
  bool flat = true; // one row of corners a surface: planes
  for (const auto& surface : value.get_array()) {
    OQ_TRY(surfaces.emplace_back(), nodes_of(surface));
    flat = flat && surfaces.back().rows == 1;
  }
  if (kind.ends_with("PlanarSurface") || (kind.ends_with("MultiSurface") && flat))
    return planes(surfaces);
  if (kind.ends_with("MultiSurface"))
    return meshes(surfaces, FaultSurface::Kind::kite);
  surfaces.resize(1);
  if (kind.ends_with("KiteSurface"))
    return meshes(surfaces, FaultSurface::Kind::kite);
  if (kind.ends_with("SimpleFaultSurface"))
    return meshes(surfaces, FaultSurface::Kind::simple);
  if (kind.ends_with("ComplexFaultSurface"))
    return meshes(surfaces, FaultSurface::Kind::complex);
  if (!kind.ends_with("GriddedSurface"))
    return invalid_input("kind " + in_quotes(kind) + " is not known");
  if (lacks_nodes(surfaces.front()))
    return invalid_input("mesh: a node is missing");
  return CsvSurface{RuptureSurface(GriddedSurface{surfaces.front().points}), std::nullopt};
}

} // namespace oq::engine
