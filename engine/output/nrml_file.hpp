// NrmlFile: an NRML 0.5 document being written, with the pieces all outputs share.
#pragma once

#include "engine/output/output_file.hpp"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oq::engine {

using XmlAttributes = std::vector<std::pair<std::string, std::string>>;

class NrmlFile {
public:
  // Opens <nrml> and `root` in it.
  static Result<NrmlFile> create(const std::filesystem::path& path, const std::string& root,
                                 const XmlAttributes& attributes);

  void open(std::string_view tag, const XmlAttributes& attributes = {});
  void close(std::string_view tag);
  void empty(std::string_view tag, const XmlAttributes& attributes);
  void numbers(std::string_view tag, std::span<const double> values); // %.7E, separated by blanks
  void number(std::string_view tag, double value);
  void point(double lon, double lat);

  // Closes the root and commits.
  Result<std::filesystem::path> commit();

private:
  NrmlFile(OutputFile file, std::string root) : file_(std::move(file)), root_(std::move(root)) {}
  void line(std::string_view text);

  OutputFile file_;
  std::string root_;
  std::size_t depth_ = 1;
};

// Which curve it is: `statistics` (with `quantileValue`), or the branches of a realization's path
// "A~AB" as `sourceModelTreePath` and `gsimTreePath`.
XmlAttributes kind_attributes(const std::string& kind,
                              const std::vector<std::string>& branch_paths);
// "SA(0.1)" -> IMT="SA" saPeriod="0.1" saDamping="5.0".
XmlAttributes imt_attributes(const std::string& imt);
XmlAttributes operator+(XmlAttributes left, const XmlAttributes& right);

// Printable coordinates and values for attributes.
std::string degrees_text(double value); // %.5f
std::string value_text(double value);   // %.7E

} // namespace oq::engine
