// Reads the fields of each endpoint.
#include "http/routes/inspection.hpp"

#include "http/routes/form_fields.hpp"
#include "http/routes/submission.hpp"

#include <charconv>

namespace oq::http {
namespace {

Result<std::string> require_field(const Request& request, std::string_view name) {
  OQ_TRY(auto field, form_field(request, name));
  if (!field)
    return invalid_input("Please provide the \"" + std::string(name) + "\" parameter");
  return *std::move(field);
}

Result<void> read_archive(std::shared_ptr<const Request> request, actors::Inspection& inspection) {
  const auto* archive = request->part("archive");
  if (!archive || !archive->filename)
    return invalid_input("Missing archive file");
  OQ_TRY(inspection.submission, read_submission(std::move(request), {}));
  inspection.kind = actors::Inspection::Kind::job;
  return {};
}

Result<void> read_ini(const Request& request, actors::Inspection& inspection) {
  auto submission = std::make_shared<actors::Submission>();
  OQ_TRY(submission->local_ini, require_field(request, "job_ini"));
  submission->names_local_ini = true;
  inspection.submission = std::move(submission);
  inspection.kind = actors::Inspection::Kind::job;
  return {};
}

Result<void> read_file(const Request& request, actors::Inspection& inspection) {
  OQ_TRY(inspection.text, require_field(request, "filename"));
  OQ_TRY(const auto sum, require_field(request, "checksum"));
  const auto [end, error] =
    std::from_chars(sum.data(), sum.data() + sum.size(), inspection.checksum);
  if (error != std::errc{} || end != sum.data() + sum.size())
    return invalid_input("The \"checksum\" parameter is not a number");
  inspection.kind = actors::Inspection::Kind::same_file;
  return {};
}

} // namespace

Result<actors::InspectionPtr> read_inspection(Action action,
                                              std::shared_ptr<const Request> request) {
  auto inspection = std::make_shared<actors::Inspection>();
  switch (action) {
  case Action::validate_zip:
    OQ_CHECK(read_archive(std::move(request), *inspection));
    break;
  case Action::validate_ini:
    OQ_CHECK(read_ini(*request, *inspection));
    break;
  case Action::on_same_fs:
    OQ_CHECK(read_file(*request, *inspection));
    break;
  default:
    OQ_TRY(inspection->text, require_field(*request, "xml_text"));
    inspection->kind = actors::Inspection::Kind::nrml;
  }
  return actors::InspectionPtr(std::move(inspection));
}

} // namespace oq::http
