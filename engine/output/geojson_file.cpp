// Streams features one at a time (RFC 7946).
#include "engine/output/geojson_file.hpp"

#include "engine/base/json.hpp"

namespace oq::engine {

Result<GeoJsonFile> GeoJsonFile::create(const std::filesystem::path& path,
                                        const boost::json::object& about) {
  OQ_TRY(auto file, OutputFile::create(path));
  file.write("{\"type\":\"FeatureCollection\",");
  for (const auto& [name, value] : about)
    file.write(json_text(boost::json::string(name)) + ":" + json_text(value, JsonStyle::compact)
               + ",");
  file.write("\"features\":[\n");
  return GeoJsonFile(std::move(file));
}

void GeoJsonFile::point(double lon, double lat, const boost::json::object& properties) {
  if (has_features_)
    file_.write(",\n");
  has_features_ = true;
  file_.write("{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":["
              + number_text(lon) + "," + number_text(lat)
              + "]},\"properties\":" + json_text(properties, JsonStyle::compact) + "}");
}

Result<std::filesystem::path> GeoJsonFile::commit() {
  file_.write("\n]}\n");
  return file_.commit();
}

} // namespace oq::engine
