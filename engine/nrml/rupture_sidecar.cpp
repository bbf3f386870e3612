// Arrays of a source's ruptures, checked against each other.
#include "engine/nrml/rupture_sidecar.hpp"

#include "engine/hdf5/number_file.hpp"
#include "engine/nrml/section_indices.hpp"
#include "engine/nrml/source_parts.hpp"

#include <cmath>

namespace oq::engine {
namespace {

struct RuptureArrays {
  std::vector<double> magnitude, rake, hypocentre, probabilities, points, slices;
  std::size_t most_occurrences = 0; // columns of `probabilities`
};

Result<std::vector<double>> column(const NumberFile& file, const std::string& key,
                                   std::size_t count, std::size_t width) {
  OQ_TRY(Hdf5Numbers numbers, file.numbers(key));
  if (numbers.values.size() != count * width)
    return invalid_input("'" + key + "' does not have " + std::to_string(width) + " numbers for "
                         + std::to_string(count) + " ruptures");
  for (const double value : numbers.values)
    if (!std::isfinite(value))
      return invalid_input("'" + key + "' has a value that is not a number");
  return std::move(numbers.values);
}

Result<RuptureArrays> read_arrays(const NumberFile& file, const std::string& group) {
  RuptureArrays arrays;
  OQ_TRY(Hdf5Numbers magnitudes, file.numbers(group + "/magnitude"));
  arrays.magnitude = std::move(magnitudes.values);
  const std::size_t count = arrays.magnitude.size();
  OQ_TRY(arrays.rake, column(file, group + "/rake", count, 1));
  OQ_TRY(arrays.hypocentre, column(file, group + "/hypocenter", count, 3));
  OQ_TRY(arrays.slices, column(file, group + "/slice", count, 2));
  OQ_TRY(Hdf5Numbers probabilities, file.numbers(group + "/probs_occur"));
  if (count == 0 || probabilities.values.size() % count != 0 || probabilities.values.empty())
    return invalid_input("'" + group + "/probs_occur' does not fit the magnitudes");
  arrays.most_occurrences = probabilities.values.size() / count;
  arrays.probabilities = std::move(probabilities.values);
  OQ_TRY(Hdf5Numbers points, file.numbers(group + "/mesh3d"));
  if (points.values.size() % 3 != 0)
    return invalid_input("'" + group + "/mesh3d' does not have three numbers a point");
  arrays.points = std::move(points.values);
  return arrays;
}

Result<GriddedSurface> surface_of(const RuptureArrays& arrays, std::size_t rupture) {
  const double begin = arrays.slices[2 * rupture], end = arrays.slices[2 * rupture + 1];
  if (!(begin >= 0 && begin < end && end <= static_cast<double>(arrays.points.size() / 3)))
    return invalid_input("a slice does not fit mesh3d");
  GriddedSurface surface;
  for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
    const GeoPoint point{arrays.points[3 * i], arrays.points[3 * i + 1], arrays.points[3 * i + 2]};
    if (!(std::abs(point.lon) <= 180 && std::abs(point.lat) <= 90))
      return invalid_input("mesh3d has a point that is not on Earth");
    surface.points.push_back(point);
  }
  return surface;
}

// Each between 0 and 1, which no number but a number is.
bool sum_to_one(const std::vector<double>& probabilities) {
  double sum = 0;
  for (const double probability : probabilities) {
    if (!(probability >= 0 && probability <= 1))
      return false;
    sum += probability;
  }
  return std::abs(sum - 1) <= kProbabilityTolerance;
}

Result<NonParametricRupture> rupture_of(const RuptureArrays& arrays, std::size_t i) {
  NonParametricRupture rupture;
  rupture.mag = arrays.magnitude[i];
  rupture.rake = arrays.rake[i];
  rupture.hypocentre = {arrays.hypocentre[3 * i], arrays.hypocentre[3 * i + 1],
                        arrays.hypocentre[3 * i + 2]};
  const auto first = arrays.probabilities.begin() + i * arrays.most_occurrences;
  rupture.probabilities.assign(first, first + arrays.most_occurrences);
  if (!sum_to_one(rupture.probabilities) || !(rupture.mag >= 0 && rupture.mag <= 11))
    return invalid_input("rupture " + std::to_string(i)
                         + " has an impossible magnitude or probabilities that do not sum to 1");
  OQ_TRY(rupture.surface, surface_of(arrays, i));
  return rupture;
}

Result<Geometry> read_ruptures(const NumberFile& file, const std::string& id) {
  OQ_TRY(const RuptureArrays arrays, read_arrays(file, id));
  NonParametricGeometry geometry;
  for (std::size_t i = 0; i < arrays.magnitude.size(); ++i) {
    OQ_TRY(geometry.ruptures.emplace_back(), rupture_of(arrays, i));
  }
  return Geometry(std::move(geometry));
}

// The ruptures of a multi-fault source, whose faults the XML has.
Result<Geometry> read_section_ruptures(const NumberFile& file, const std::string& id,
                                       MultiFaultGeometry geometry) {
  OQ_TRY(const Hdf5Numbers magnitudes, file.numbers(id + "/mag"));
  const std::size_t count = magnitudes.values.size();
  OQ_TRY(const auto rakes, column(file, id + "/rake", count, 1));
  OQ_TRY(const auto sections, file.texts(id + "/rupture_idxs"));
  OQ_TRY(const Hdf5Numbers probabilities, file.numbers(id + "/probs_occur"));
  if (count == 0 || sections.size() != count || probabilities.values.empty()
      || probabilities.values.size() % count != 0)
    return invalid_input("'" + id + "' has not as many rakes, rupture_idxs and probs_occur as mag");
  const std::size_t most = probabilities.values.size() / count;
  SectionIndices ids(geometry.section_ids);
  for (std::size_t i = 0; i < count; ++i) {
    SectionsRupture rupture{magnitudes.values[i], rakes[i], ids.of_list(sections[i]), {}};
    const auto first = probabilities.values.begin() + static_cast<std::ptrdiff_t>(i * most);
    rupture.probabilities.assign(first, first + static_cast<std::ptrdiff_t>(most));
    if (!sum_to_one(rupture.probabilities) || !(rupture.mag >= 0 && rupture.mag <= 11)
        || !(std::abs(rupture.rake) <= 180) || rupture.sections.empty())
      return invalid_input("rupture " + std::to_string(i)
                           + " has no sections, an impossible magnitude or rake, or probabilities "
                             "that do not sum to 1");
    geometry.ruptures.push_back(std::move(rupture));
  }
  return Geometry(std::move(geometry));
}

// Whether the XML leaves the ruptures out.
bool lacks_ruptures(const Geometry& geometry) {
  if (const auto* given = std::get_if<NonParametricGeometry>(&geometry))
    return given->ruptures.empty();
  const auto* joined = std::get_if<MultiFaultGeometry>(&geometry);
  return joined && joined->ruptures.empty();
}

Result<Geometry> read_ruptures_of(const Source& source, const std::filesystem::path& path) {
  OQ_TRY(const NumberFile file, NumberFile::open(path));
  if (!file.has(source.id))
    return invalid_input("it has no group '" + source.id + "'");
  const auto* joined = std::get_if<MultiFaultGeometry>(&source.geometry);
  return joined ? read_section_ruptures(file, source.id, *joined) : read_ruptures(file, source.id);
}

} // namespace

Result<void> read_rupture_sidecar(const std::filesystem::path& xml, SourceModel& model) {
  std::filesystem::path sidecar = xml;
  sidecar.replace_extension(".hdf5");
  for (SourceGroup& group : model.groups)
    for (std::size_t i = 0; i < group.sources.size(); ++i) {
      const Source& source = group.sources[i];
      if (!lacks_ruptures(source.geometry))
        continue;
      std::error_code failure;
      if (xml.empty() || !std::filesystem::is_regular_file(sidecar, failure))
        return invalid_input("source '" + source.id + "' has no ruptures, and there is no "
                               + sidecar.filename().string() + " with them",
                             source.where);
      auto ruptures = read_ruptures_of(source, sidecar);
      if (!ruptures)
        return invalid_input("source '" + source.id + "', " + sidecar.filename().string() + ": "
                               + ruptures.error().message,
                             source.where);
      Source filled = source;
      filled.geometry = *std::move(ruptures);
      group.sources.replace(i, std::move(filled));
    }
  return {};
}

} // namespace oq::engine
