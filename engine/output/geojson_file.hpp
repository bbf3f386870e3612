// GeoJsonFile: a FeatureCollection of points being written.
#pragma once

#include "engine/output/output_file.hpp"

#include <boost/json/object.hpp>

namespace oq::engine {

class GeoJsonFile {
public:
  // `about` becomes members of the collection: kind, investigation_time, …
  static Result<GeoJsonFile> create(const std::filesystem::path& path,
                                    const boost::json::object& about);
  void point(double lon, double lat, const boost::json::object& properties);
  Result<std::filesystem::path> commit();

private:
  explicit GeoJsonFile(OutputFile file) : file_(std::move(file)) {}
  OutputFile file_;
  bool has_features_ = false;
};

} // namespace oq::engine
