// NumberFile: identifiers that close themselves, and bounds on what a hostile header may ask for.
#include "engine/hdf5/number_file.hpp"

#include "engine/hdf5/library_lock.hpp"

#include <hdf5.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

namespace oq::engine {

namespace {

constexpr int kLargestRank = 8;
constexpr std::size_t kMostNumbers = 50'000'000;
constexpr std::size_t kLongestText = 4096;
constexpr std::size_t kMostTexts = 5'000'000;
constexpr std::size_t kMostTextBytes = std::size_t{512} << 20;
constexpr hsize_t kMostMembers = 100'000;

class Handle {
public:
  using Close = herr_t (*)(hid_t);
  Handle(hid_t id, Close closer) : id_(id), close_(closer) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (id_ >= 0)
      close_(id_);
  }
  bool valid() const { return id_ >= 0; }
  hid_t id() const { return id_; }

private:
  hid_t id_;
  Close close_;
};

// What the library may take for texts: entries of a small file may all name the same long one.
class TextMemory {
public:
  static void* allocate(std::size_t size, void* self) {
    auto& memory = *static_cast<TextMemory*>(self);
    if (size > memory.left_)
      return nullptr;
    memory.left_ -= size;
    return memory.blocks_.emplace_back(std::make_unique<char[]>(size)).get();
  }
  static void release(void*, void*) {} // with the object

private:
  std::size_t left_ = kMostTextBytes;
  std::vector<std::unique_ptr<char[]>> blocks_;
};

// H5Lexists wants every group above to be there.
bool link_exists(hid_t file, const std::string& key) {
  for (auto slash = key.find('/'); slash != std::string::npos; slash = key.find('/', slash + 1))
    if (H5Lexists(file, key.substr(0, slash).c_str(), H5P_DEFAULT) <= 0)
      return false;
  return H5Lexists(file, key.c_str(), H5P_DEFAULT) > 0;
}

// Number of values of a dataspace, and its extents; nothing when they are out of bounds.
bool read_shape(hid_t space, std::vector<std::size_t>& shape, std::size_t& count) {
  const int rank = H5Sget_simple_extent_ndims(space);
  if (rank < 0 || rank > kLargestRank)
    return false;
  std::vector<hsize_t> extents(static_cast<std::size_t>(rank));
  if (rank > 0 && H5Sget_simple_extent_dims(space, extents.data(), nullptr) < 0)
    return false;
  count = 1;
  for (const hsize_t extent : extents) {
    if (extent != 0 && count > kMostNumbers / extent)
      return false;
    count *= extent;
  }
  shape.assign(extents.begin(), extents.end());
  return true;
}

struct Dataset {
  Dataset(hid_t file, const std::string& key)
    : array(H5Dopen2(file, key.c_str(), H5P_DEFAULT), H5Dclose),
      space(array.valid() ? H5Dget_space(array.id()) : hid_t{-1}, H5Sclose),
      type(array.valid() ? H5Dget_type(array.id()) : hid_t{-1}, H5Tclose) {}
  // Sets shape and count.
  bool is_readable() {
    return space.valid() && type.valid() && read_shape(space.id(), shape, count);
  }
  Handle array, space, type;
  std::vector<std::size_t> shape;
  std::size_t count = 0;
};

} // namespace

Result<NumberFile> NumberFile::open(const std::filesystem::path& path) {
  std::unique_lock lock(hdf5_library_mutex());
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); // errors are told by us
  const Handle settings(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  // What an error left open must not keep the file open.
  H5Pset_fclose_degree(settings.id(), H5F_CLOSE_STRONG);
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, settings.id());
  if (file < 0)
    return invalid_input("not an HDF5 file that can be read", path.filename().string());
  return NumberFile(std::move(lock), file, path.filename().string());
}

NumberFile::NumberFile(NumberFile&& other) noexcept
  : lock_(std::move(other.lock_)), file_(std::exchange(other.file_, -1)),
    name_(std::move(other.name_)) {}

NumberFile::~NumberFile() {
  if (file_ >= 0)
    H5Fclose(file_);
}

Error NumberFile::error(const std::string& key, const std::string& what) const {
  return invalid_input("'" + key + "' " + what, name_);
}

bool NumberFile::has(const std::string& key) const {
  return link_exists(file_, key);
}

Result<Hdf5Numbers> NumberFile::numbers(const std::string& key) const {
  if (!has(key))
    return error(key, "is missing");
  Dataset dataset(file_, key);
  if (!dataset.is_readable())
    return error(key, "is not an array, is larger than 50 million numbers, or damaged");
  const H5T_class_t kind = H5Tget_class(dataset.type.id());
  if (kind != H5T_FLOAT && kind != H5T_INTEGER)
    return error(key, "is not an array of numbers");
  Hdf5Numbers result;
  result.shape = dataset.shape;
  result.single_precision = kind == H5T_FLOAT && H5Tget_size(dataset.type.id()) <= sizeof(float);
  result.values.resize(dataset.count);
  if (dataset.count > 0
      && H5Dread(dataset.array.id(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT,
                 result.values.data())
           < 0)
    return error(key, "cannot be read");
  return result;
}

Result<std::vector<std::string>> NumberFile::texts(const std::string& key) const {
  if (!has(key))
    return error(key, "is missing");
  Dataset dataset(file_, key);
  if (!dataset.is_readable() || dataset.count > kMostTexts)
    return error(key, "is not an array, is larger than 5 million texts, or damaged");
  if (H5Tget_class(dataset.type.id()) != H5T_STRING || H5Tis_variable_str(dataset.type.id()) <= 0)
    return error(key, "is not an array of texts of variable length");
  TextMemory memory;
  const Handle transfer(H5Pcreate(H5P_DATASET_XFER), H5Pclose);
  std::vector<char*> given(dataset.count, nullptr);
  if (H5Pset_vlen_mem_manager(transfer.id(), TextMemory::allocate, &memory, TextMemory::release,
                              &memory)
        < 0
      || (dataset.count > 0
          && H5Dread(dataset.array.id(), dataset.type.id(), H5S_ALL, H5S_ALL, transfer.id(),
                     given.data())
               < 0))
    return error(key, "cannot be read, or is longer than 512 MB");
  std::vector<std::string> texts;
  texts.reserve(dataset.count);
  for (const char* text : given)
    texts.emplace_back(text ? text : "");
  return texts;
}

struct NumberFile::Attribute {
  Attribute(hid_t file, const std::string& key, const std::string& name)
    : value(H5Aopen_by_name(file, key.c_str(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose),
      type(value.valid() ? H5Aget_type(value.id()) : hid_t{-1}, H5Tclose),
      space(value.valid() ? H5Aget_space(value.id()) : hid_t{-1}, H5Sclose) {}
  bool is_one_of(std::initializer_list<H5T_class_t> classes) const {
    return type.valid() && space.valid() && H5Sget_simple_extent_npoints(space.id()) == 1
           && std::ranges::find(classes, H5Tget_class(type.id())) != classes.end();
  }
  Handle value, type, space;
};

Result<void> NumberFile::check_attribute(const std::string& key, const std::string& name) const {
  if (!has(key) || H5Aexists_by_name(file_, key.c_str(), name.c_str(), H5P_DEFAULT) <= 0)
    return error(key, "has no attribute " + name);
  return {};
}

Result<std::string> NumberFile::text_attribute(const std::string& key,
                                               const std::string& name) const {
  OQ_CHECK(check_attribute(key, name));
  const Attribute attribute(file_, key, name);
  if (!attribute.is_one_of({H5T_STRING}))
    return error(key, "has an attribute " + name + " that is not a text");
  if (H5Tis_variable_str(attribute.type.id()) > 0) {
    char* given = nullptr;
    if (H5Aread(attribute.value.id(), attribute.type.id(), &given) < 0 || !given)
      return error(key, "has an attribute " + name + " that cannot be read");
    std::string text(given, strnlen(given, kLongestText));
    H5free_memory(given);
    return text;
  }
  std::vector<char> bytes(H5Tget_size(attribute.type.id()));
  if (bytes.size() > kLongestText
      || H5Aread(attribute.value.id(), attribute.type.id(), bytes.data()) < 0)
    return error(key, "has an attribute " + name + " that cannot be read");
  return std::string(bytes.begin(), std::find(bytes.begin(), bytes.end(), '\0'));
}

Result<double> NumberFile::number_attribute(const std::string& key, const std::string& name) const {
  OQ_CHECK(check_attribute(key, name));
  const Attribute attribute(file_, key, name);
  double number = 0;
  if (!attribute.is_one_of({H5T_INTEGER, H5T_FLOAT})
      || H5Aread(attribute.value.id(), H5T_NATIVE_DOUBLE, &number) < 0)
    return error(key, "has an attribute " + name + " that is not a number");
  return number;
}

Result<std::vector<std::string>> NumberFile::members(const std::string& group) const {
  H5G_info_t info{};
  if (!has(group) || H5Gget_info_by_name(file_, group.c_str(), &info, H5P_DEFAULT) < 0)
    return error(group, "is not a group");
  std::vector<std::string> names;
  for (hsize_t i = 0; i < std::min(info.nlinks, kMostMembers); ++i) {
    const auto name = [&](char* text, std::size_t size) {
      return H5Lget_name_by_idx(file_, group.c_str(), H5_INDEX_NAME, H5_ITER_INC, i, text, size,
                                H5P_DEFAULT);
    };
    const ssize_t length = name(nullptr, 0);
    if (length < 0 || static_cast<std::size_t>(length) > kLongestText)
      return error(group, "is damaged");
    std::string text(static_cast<std::size_t>(length), '\0');
    name(text.data(), text.size() + 1);
    names.push_back(std::move(text));
  }
  return names;
}

} // namespace oq::engine
