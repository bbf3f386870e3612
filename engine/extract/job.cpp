// Options, sites and realizations of a calculation.
#include "engine/extract/extractors.hpp"
#include "engine/hazard/datastore_keys.hpp"
#include "engine/output/array_access.hpp"

#include <boost/json/parse.hpp>

namespace oq::engine {
namespace {

// Their order in OpenQuake's site collection.
const std::vector<std::string> kSiteColumns = {"sids",  "custom_site_id", "lon",          "lat",
                                               "depth", "vs30",           "vs30measured", "z1pt0",
                                               "z2pt5", "siteclass",      "backarc",      "xvf"};

} // namespace

Extraction extraction_of(const boost::json::object& options) {
  Extraction out;
  for (const auto& [name, value] : options)
    if (!value.is_null())
      out.about[name] = value;
  return out;
}

Result<Extraction> extract_oqparam(const ExtractJob& job) {
  OQ_TRY(const auto stored, read_texts(job.datastore, keys::kOqparam));
  boost::system::error_code unreadable;
  const auto options =
    stored.empty() ? boost::json::value() : boost::json::parse(stored.front(), unreadable);
  if (unreadable || !options.is_object())
    return Error{Errc::internal, "the options are damaged", keys::kOqparam};
  return extraction_of(options.get_object());
}

Result<Extraction> extract_sitecol(const ExtractJob& job) {
  Extraction out;
  OQ_TRY(auto sites, stored_columns(job.datastore, "sitecol", kSiteColumns));
  out.arrays.push_back(std::move(sites));
  return out;
}

Result<Extraction> extract_realizations(const ExtractJob& job) {
  OQ_TRY(const auto paths, read_texts(job.datastore, keys::kRealizationPaths));
  OQ_TRY(const auto weights, read_numbers(job.datastore, keys::kRealizationWeights, 1));
  if (weights.values.size() != paths.size())
    return Error{Errc::internal, "columns of different lengths", "realizations"};
  const auto width = longest_bytes(paths);
  std::string bytes;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    append_u4(bytes, static_cast<std::uint32_t>(i));
    append_bytes(bytes, paths[i], width);
    append_f4(bytes, weights.values[i]);
  }
  Extraction out;
  out.arrays.push_back(packed_array(
    "array",
    Dtype::record(
      {{"rlz_id", Dtype::u4()}, {"branch_path", Dtype::bytes(width)}, {"weight", Dtype::f4()}}),
    {paths.size()}, std::move(bytes)));
  return out;
}

} // namespace oq::engine
