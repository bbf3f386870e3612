// DatastoreFile: a calculation's arrays in one HDF5 file, whole under its final name or not there.
#pragma once

#include "engine/output/datastore.hpp"

#include <filesystem>

namespace oq::store {

class Handle;

class DatastoreFile : public engine::Datastore {
public:
  // A new file, under a name of its own until commit(); what is under `path` stays until then. One
  // that another process has not committed is taken away from it: it has lost the calculation.
  static Result<std::unique_ptr<DatastoreFile>> create(const std::filesystem::path& path);
  // Read-only. Errc::not_found when there is none, Errc::unavailable when it is damaged.
  static Result<std::unique_ptr<DatastoreFile>> open(const std::filesystem::path& path);

  // Without commit() the temporary file is removed.
  ~DatastoreFile() override;

  // Makes the file durable under its final name; it can be read, not written, from then on.
  Result<void> commit();

  Result<void> put(const std::string& key, const engine::Array& array) override;
  Result<engine::Array> get(const std::string& key) const override;
  Result<void> put_attributes(const std::string& key,
                              const engine::Attributes& attributes) override;
  Result<engine::Attributes> attributes(const std::string& key) const override;
  bool contains(const std::string& key) const override;
  std::vector<std::string> keys() const override;
  Result<void> create(const std::string& key, const engine::Array& array) override;
  Result<void> put_part(const std::string& key, const std::vector<engine::Range>& ranges,
                        const engine::ArrayValues& values) override;
  Result<engine::Array> describe(const std::string& key) const override;
  Result<engine::Array> get_part(const std::string& key,
                                 const std::vector<engine::Range>& ranges) const override;
  std::vector<std::string> members(const std::string& group) const override;

private:
  struct File; // the open HDF5 file
  explicit DatastoreFile(std::filesystem::path path);
  std::string where(const std::string& key) const;
  // Writes the array anew, as `write` does; its attributes stay.
  template <class Write>
  Result<void> replace(const std::string& key, const engine::Array& array, Write write);
  template <class Read>
  Result<engine::Array> read(const std::string& key, Read read) const;
  Result<Handle> open_dataset(const std::string& key) const;
  Result<void> check_disk() const;
  Result<void> check_writable(const std::string& key) const;

  std::filesystem::path path_;
  std::filesystem::path temporary_; // empty when open for reading
  std::unique_ptr<File> file_;
};

} // namespace oq::store
