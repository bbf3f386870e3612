// Ground-motion fields with their sites as an HDF5 file, which `gmfs_file` of another job reads.
#include "engine/output/exporters.hpp"

namespace oq::engine {

Result<Paths> export_fields_hdf5(const ExportJob& job) {
  if (!job.request().copy_groups)
    return invalid_input("HDF5 files are not written here", job.request().type);
  const auto path = job.path("gmf-data");
  OQ_CHECK(job.request().copy_groups(job.datastore(), {"gmf_data", "sitecol"}, path));
  return Paths{path};
}

} // namespace oq::engine
