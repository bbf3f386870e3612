// DatastoreFile: keys and files; arrays and attributes are written by their own files.
#include "store/datastore_file.hpp"

#include "store/durable_file.hpp"
#include "store/hdf5_array.hpp"
#include "store/hdf5_attributes.hpp"
#include "store/hdf5_driver.hpp"

#include <algorithm>

namespace oq::store {
namespace {

constexpr std::size_t kLongestKey = 512;

bool is_key(const std::string& key) {
  if (key.empty() || key.size() > kLongestKey || key.find('\0') != std::string::npos)
    return false;
  for (std::size_t begin = 0; begin <= key.size();) {
    const auto end = std::min(key.find('/', begin), key.size());
    const auto part = std::string_view(key).substr(begin, end - begin);
    if (part.empty() || part == "." || part == "..")
      return false;
    begin = end + 1;
  }
  return true;
}

// H5Lexists wants every group above to be there.
bool link_exists(hid_t file, const std::string& key) {
  for (auto slash = key.find('/'); slash != std::string::npos; slash = key.find('/', slash + 1))
    if (H5Lexists(file, key.substr(0, slash).c_str(), H5P_DEFAULT) <= 0)
      return false;
  return H5Lexists(file, key.c_str(), H5P_DEFAULT) > 0;
}

Handle file_settings() {
  Handle settings(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  // Handles of ours that an error left open must not keep the file open.
  H5Pset_fclose_degree(settings.id(), H5F_CLOSE_STRONG);
  // The formats since 1.10 carry checksums: a damaged file is noticed, not interpreted.
  H5Pset_libver_bounds(settings.id(), H5F_LIBVER_V110, H5F_LIBVER_LATEST);
  return settings;
}

Handle open_object(hid_t file, const std::string& key) {
  return {H5Oopen(file, key.empty() ? "/" : key.c_str(), H5P_DEFAULT), H5Oclose};
}

bool has_members(hid_t object) {
  H5G_info_t info{};
  return H5Iget_type(object) == H5I_GROUP && H5Gget_info(object, &info) >= 0 && info.nlinks > 0;
}

std::vector<std::string> link_names(hid_t group) {
  std::vector<std::string> names;
  const auto collect = [](hid_t, const char* name, const H5L_info_t*, void* into) -> herr_t {
    static_cast<std::vector<std::string>*>(into)->emplace_back(name);
    return 0;
  };
  H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, nullptr, collect, &names);
  std::sort(names.begin(), names.end());
  return names;
}

// Takes away what is under the key, so that an array can be put there; returns its attributes.
Result<engine::Attributes> take_away(hid_t file, const std::string& key, const std::string& where) {
  if (!link_exists(file, key))
    return engine::Attributes{};
  const auto object = open_object(file, key);
  if (has_members(object.id()))
    return Error{Errc::conflict, "a group cannot be replaced by an array", where};
  OQ_TRY(auto attributes, read_attributes(object.id(), where));
  if (H5Ldelete(file, key.c_str(), H5P_DEFAULT) < 0)
    return hdf5_error(Errc::unavailable, "cannot replace the dataset", where);
  return attributes;
}

Result<void> create_group(hid_t file, const std::string& key, const std::string& where) {
  const Handle links(H5Pcreate(H5P_LINK_CREATE), H5Pclose);
  H5Pset_create_intermediate_group(links.id(), 1);
  const Handle group(H5Gcreate2(file, key.c_str(), links.id(), H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
  if (!group.valid())
    return hdf5_error(Errc::unavailable, "cannot create the group", where);
  return {};
}

} // namespace

struct DatastoreFile::File {
  WriteOutcome outcome; // before the handle: closing it writes
  Handle handle;
  hid_t id() const { return handle.id(); }
};

DatastoreFile::DatastoreFile(std::filesystem::path path)
  : path_(std::move(path)), file_(std::make_unique<File>()) {}

DatastoreFile::~DatastoreFile() {
  {
    const Hdf5Lock lock;
    file_.reset();
  }
  std::error_code ignored;
  if (!temporary_.empty())
    std::filesystem::remove(temporary_, ignored);
}

std::string DatastoreFile::where(const std::string& key) const {
  return key.empty() ? path_.filename().string() : path_.filename().string() + ":" + key;
}

Result<std::unique_ptr<DatastoreFile>> DatastoreFile::create(const std::filesystem::path& path) {
  std::unique_ptr<DatastoreFile> store(
    new DatastoreFile(path)); // before the lock: it takes it to die
  const Hdf5Lock lock;
  remove_unfinished(path);
  auto temporary = unfinished_name(path);
  const auto settings = file_settings();
  use_writing_driver(settings.id(), store->file_->outcome);
  store->file_->handle =
    Handle(H5Fcreate(temporary.c_str(), H5F_ACC_EXCL, H5P_DEFAULT, settings.id()), H5Fclose);
  OQ_CHECK(store->check_disk());
  if (!store->file_->handle.valid())
    return hdf5_error(Errc::unavailable, "cannot create the datastore", store->where(""));
  store->temporary_ = std::move(temporary);
  return store;
}

Result<std::unique_ptr<DatastoreFile>> DatastoreFile::open(const std::filesystem::path& path) {
  std::unique_ptr<DatastoreFile> store(
    new DatastoreFile(path)); // before the lock: it takes it to die
  const Hdf5Lock lock;
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored))
    return Error{Errc::not_found, "there is no datastore", store->where("")};
  const auto settings = file_settings();
  store->file_->handle = Handle(H5Fopen(path.c_str(), H5F_ACC_RDONLY, settings.id()), H5Fclose);
  if (!store->file_->handle.valid())
    return hdf5_error(Errc::unavailable, "the datastore is damaged", store->where(""));
  return store;
}

Result<void> DatastoreFile::commit() {
  const Hdf5Lock lock;
  if (temporary_.empty())
    return Error{Errc::internal, "the datastore is not open for writing", where("")};
  const bool flushed = H5Fflush(file_->id(), H5F_SCOPE_GLOBAL) >= 0 && file_->handle.close();
  OQ_CHECK(check_disk());
  if (!flushed)
    return hdf5_error(Errc::unavailable, "cannot write the datastore", where(""));
  OQ_CHECK(publish_file(temporary_, path_));
  temporary_.clear();
  const auto settings = file_settings();
  file_->handle = Handle(H5Fopen(path_.c_str(), H5F_ACC_RDONLY, settings.id()), H5Fclose);
  if (!file_->handle.valid())
    return hdf5_error(Errc::unavailable, "cannot read the datastore back", where(""));
  return {};
}

Result<void> DatastoreFile::check_disk() const {
  if (const int failure = file_->outcome.error_number; failure != 0)
    return disk_error("cannot write the datastore", path_, failure);
  return {};
}

Result<void> DatastoreFile::check_writable(const std::string& key) const {
  if (temporary_.empty() || !file_->handle.valid())
    return Error{Errc::internal, "the datastore is not open for writing", where(key)};
  if (!is_key(key))
    return Error{Errc::internal, "not a datastore key", where(key)};
  return check_disk();
}

template <class Write>
Result<void> DatastoreFile::replace(const std::string& key, const engine::Array& array,
                                    Write write) {
  const Hdf5Lock lock;
  OQ_CHECK(check_writable(key));
  OQ_TRY(const auto attributes, take_away(file_->id(), key, where(key)));
  OQ_TRY(const auto dataset, write(file_->id(), key, array, where(key)));
  OQ_CHECK(write_attributes(dataset.id(), attributes, where(key)));
  return check_disk();
}

Result<void> DatastoreFile::put(const std::string& key, const engine::Array& array) {
  return replace(key, array, write_array);
}

Result<void> DatastoreFile::create(const std::string& key, const engine::Array& array) {
  return replace(key, array, create_array);
}

Result<void> DatastoreFile::put_part(const std::string& key,
                                     const std::vector<engine::Range>& ranges,
                                     const engine::ArrayValues& values) {
  const Hdf5Lock lock;
  OQ_CHECK(check_writable(key));
  OQ_TRY(const auto dataset, open_dataset(key));
  OQ_CHECK(write_part(dataset.id(), ranges, values, where(key)));
  return check_disk();
}

Result<Handle> DatastoreFile::open_dataset(const std::string& key) const {
  if (!file_->handle.valid() || !is_key(key) || !link_exists(file_->id(), key))
    return Error{Errc::not_found, "no such dataset", where(key)};
  auto object = open_object(file_->id(), key);
  if (!object.valid())
    return hdf5_error(Errc::unavailable, "cannot open the dataset", where(key));
  if (H5Iget_type(object.id()) != H5I_DATASET)
    return Error{Errc::not_found, "no dataset but a group", where(key)};
  return object;
}

template <class Read>
Result<engine::Array> DatastoreFile::read(const std::string& key, Read read) const {
  const Hdf5Lock lock;
  OQ_TRY(const auto dataset, open_dataset(key));
  return read(dataset.id());
}

Result<engine::Array> DatastoreFile::get(const std::string& key) const {
  return read(key, [&](hid_t dataset) {
    return read_array(dataset, where(key));
  });
}

Result<engine::Array> DatastoreFile::describe(const std::string& key) const {
  return read(key, [&](hid_t dataset) {
    return describe_array(dataset, where(key));
  });
}

Result<engine::Array> DatastoreFile::get_part(const std::string& key,
                                              const std::vector<engine::Range>& ranges) const {
  return read(key, [&](hid_t dataset) {
    return read_part(dataset, ranges, where(key));
  });
}

Result<void> DatastoreFile::put_attributes(const std::string& key,
                                           const engine::Attributes& attributes) {
  const Hdf5Lock lock;
  OQ_CHECK(check_writable(key.empty() ? "root" : key));
  if (!key.empty() && !link_exists(file_->id(), key))
    OQ_CHECK(create_group(file_->id(), key, where(key)));
  const auto object = open_object(file_->id(), key);
  if (!object.valid())
    return hdf5_error(Errc::unavailable, "cannot open the object", where(key));
  OQ_CHECK(write_attributes(object.id(), attributes, where(key)));
  return check_disk();
}

Result<engine::Attributes> DatastoreFile::attributes(const std::string& key) const {
  const Hdf5Lock lock;
  const bool found = key.empty() || (is_key(key) && link_exists(file_->id(), key));
  if (!file_->handle.valid() || !found)
    return Error{Errc::not_found, "no such dataset or group", where(key)};
  const auto object = open_object(file_->id(), key);
  if (!object.valid())
    return hdf5_error(Errc::unavailable, "cannot open the object", where(key));
  return read_attributes(object.id(), where(key));
}

bool DatastoreFile::contains(const std::string& key) const {
  const Hdf5Lock lock;
  return file_->handle.valid() && is_key(key) && link_exists(file_->id(), key);
}

std::vector<std::string> DatastoreFile::keys() const {
  const Hdf5Lock lock;
  return file_->handle.valid() ? link_names(file_->id()) : std::vector<std::string>();
}

std::vector<std::string> DatastoreFile::members(const std::string& group) const {
  const Hdf5Lock lock;
  if (!file_->handle.valid() || !is_key(group) || !link_exists(file_->id(), group))
    return {};
  const auto object = open_object(file_->id(), group);
  return has_members(object.id()) ? link_names(object.id()) : std::vector<std::string>();
}

} // namespace oq::store
