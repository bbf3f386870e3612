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

bool has_npz(const std::string& type) {
  return type == "hcurves" || type == "hmaps" || type == "uhs" || type == "damages-rlzs";
}

} // namespace oq::actors
