// One file a member, then one zip.
#include "actors/npz_archive.hpp"

#include "engine/extract/npy_file.hpp"
#include "store/zip_archive.hpp"

namespace oq::actors {

Result<void> write_npz(const engine::Extraction& extraction, const std::filesystem::path& folder,
                       const std::filesystem::path& target) {
  OQ_TRY(const auto paths, engine::write_npy_files(extraction, folder));
  std::vector<store::ZipMember> members;
  for (const auto& path : paths)
    members.push_back({path, path.filename().string()});
  return store::make_zip(members, target);
}

std::optional<engine::ExtractRequest> npz_request(const std::string& type) {
  if (type == "hcurves" || type == "hmaps" || type == "uhs" || type == "damages-rlzs")
    return engine::ExtractRequest{type, {}};
  for (const char* kind : {"stats", "rlzs"})
    if (type == std::string("loss_maps-") + kind)
      return engine::ExtractRequest{"loss_maps", {{"kind", kind}}};
  return std::nullopt;
}

} // namespace oq::actors
