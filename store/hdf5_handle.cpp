// The HDF5 library's lock and its error stack in words.
#include "store/hdf5_handle.hpp"

#include "engine/hdf5/library_lock.hpp"

#include <algorithm>

namespace oq::store {

Hdf5Lock::Hdf5Lock() : guard_(engine::hdf5_library_mutex()) {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Error hdf5_error(Errc code, const std::string& action, const std::string& where) {
  std::string reason;
  // The innermost entry is the cause ("unable to open file: … No space left on device").
  const auto keep_innermost = [](unsigned, const H5E_error2_t* entry, void* text) -> herr_t {
    *static_cast<std::string*>(text) = entry->desc ? entry->desc : "";
    return 0;
  };
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_DOWNWARD, keep_innermost, &reason);
  H5Eclear2(H5E_DEFAULT);
  return {code, reason.empty() ? action : action + ": " + reason, where};
}

Handle text_type(std::size_t width) {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(type.id(), width);
  H5Tset_cset(type.id(), H5T_CSET_UTF8);
  H5Tset_strpad(type.id(), H5T_STR_NULLPAD);
  return type;
}

std::size_t text_width(const std::vector<std::string>& texts) {
  std::size_t width = 1;
  for (const auto& text : texts)
    width = std::max(width, text.size());
  return width;
}

std::vector<char> joined_texts(const std::vector<std::string>& texts, std::size_t width) {
  std::vector<char> bytes(texts.size() * width, '\0');
  for (std::size_t i = 0; i < texts.size(); ++i)
    std::copy(texts[i].begin(), texts[i].end(), bytes.begin() + static_cast<long>(i * width));
  return bytes;
}

std::vector<std::string> split_texts(const std::vector<char>& bytes, std::size_t width) {
  std::vector<std::string> texts;
  texts.reserve(bytes.size() / width);
  for (auto begin = bytes.data(), end = begin + bytes.size(); begin != end; begin += width)
    texts.emplace_back(begin, std::find(begin, begin + width, '\0'));
  return texts;
}

} // namespace oq::store
