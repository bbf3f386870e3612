// From a multipart upload to a submission: which parts are files, which are options.
#pragma once

#include "actors/protocol.hpp"
#include "http/request.hpp"

#include <memory>

namespace oq::http {

struct SubmissionContext {
  actors::SubmissionKind kind = actors::SubmissionKind::modern;
  actors::BaseUrl base;
  std::string owner;
  actors::ViewerPtr viewer = nullptr; // whose hazard calculations may be started from
};

// The submission keeps the request, and so its spooled files, alive. Errc::invalid_input: an id
// that is not a number; Errc::unavailable: no memory file could be made for a small part.
Result<actors::SubmissionPtr> read_submission(std::shared_ptr<const Request> request,
                                              const SubmissionContext& context);

// A submission by the path of a job file on this machine: the field `job_ini`, and those of the
// hazard.
Result<actors::SubmissionPtr> read_local_submission(const Request& request,
                                                    const SubmissionContext& context);

} // namespace oq::http
