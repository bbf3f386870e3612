// Reads the form fields of every age: archive, job_ini, hazard_job_id; job_config, hazard_calc,
// hazard_result, hazard_calculation_id, hazard_output_id; who is to be told: notify_to,
// callback_url, migration_callback_url.
#include "http/routes/submission.hpp"

#include "http/routes/form_fields.hpp"

#include <charconv>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace oq::http {
namespace {

// A small part's bytes as a file that a reader can open by path: memory with a descriptor, no disk
// touched.
class MemoryFile {
public:
  explicit MemoryFile(int fd) : fd_(fd) {}
  ~MemoryFile() {
    if (fd_ >= 0)
      ::close(fd_);
  }
  MemoryFile(MemoryFile&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  MemoryFile& operator=(MemoryFile&&) = delete;

  static Result<MemoryFile> make(std::string_view bytes) {
    MemoryFile file(::memfd_create("oq-upload", MFD_CLOEXEC));
    if (file.fd_ < 0)
      return Error{Errc::unavailable, "no descriptor is left for an uploaded file", ""};
    while (!bytes.empty()) {
      const auto written = ::write(file.fd_, bytes.data(), bytes.size());
      if (written <= 0)
        return Error{Errc::unavailable, "no memory is left for an uploaded file", ""};
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return file;
  }

  std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }

private:
  int fd_;
};

struct Spool {
  std::shared_ptr<const Request> request;
  std::vector<MemoryFile> files;
};

Result<std::string> spooled_path(const Part& part, Spool& spool) {
  if (!part.body.in_memory())
    return part.body.file_path();
  OQ_TRY(auto file, MemoryFile::make(part.body.bytes()));
  spool.files.push_back(std::move(file));
  return spool.files.back().path();
}

// Some clients send a field that was left empty as Python's None.
bool is_left_out(std::string_view text) {
  return text.empty() || text == "None";
}

Result<std::optional<std::int64_t>> read_id(std::string_view field, std::string_view text) {
  if (is_left_out(text))
    return std::optional<std::int64_t>();
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc{} || end != text.data() + text.size() || id <= 0)
    return invalid_input("\"" + std::string(text.substr(0, 40)) + "\" is not an id",
                         std::string(field));
  return std::optional(id);
}

bool names_the_hazard(std::string_view field) {
  return field == "hazard_job_id" || field == "hazard_calc" || field == "hazard_calculation_id";
}

// The ages' names for an address that is told what becomes of a calculation.
void read_wish(std::string_view field, std::string_view text, actors::Submission& submission) {
  using Form = actors::NoticeWish::Form;
  if (is_left_out(text))
    return;
  const std::string value(text);
  if (field == "notify_to")
    submission.notify.push_back({Form::webhook, value, std::string(field)});
  else if (field == "callback_url" || field == "migration_callback_url")
    submission.notify.push_back({Form::callback, value, std::string(field)});
  else if (field == "foreign_calculation_id")
    submission.foreign_id = value;
}

bool names_an_output(std::string_view field) {
  return field == "hazard_result" || field == "hazard_output_id";
}

Result<void> read_field(std::string_view name, std::string_view text,
                        actors::Submission& submission) {
  read_wish(name, text, submission);
  if (name == "job_ini" && !is_left_out(text))
    submission.job_ini = std::string(text);
  if (names_the_hazard(name)) {
    OQ_TRY(const auto id, read_id(name, text));
    if (id)
      submission.hazard_calculation_id = id;
  }
  if (names_an_output(name)) {
    OQ_TRY(const auto id, read_id(name, text));
    if (id)
      submission.hazard_output_id = id;
  }
  return {};
}

actors::Submission begin_submission(const SubmissionContext& context) {
  actors::Submission submission;
  submission.kind = context.kind;
  submission.base = context.base;
  submission.owner = context.owner;
  submission.viewer = context.viewer;
  return submission;
}

} // namespace

Result<actors::SubmissionPtr> read_submission(std::shared_ptr<const Request> request,
                                              const SubmissionContext& context) {
  auto spool = std::make_shared<Spool>();
  auto submission = begin_submission(context);
  for (const auto& part : request->parts()) {
    if (!part.filename) {
      OQ_CHECK(read_field(part.name, part.body.bytes(), submission));
      continue;
    }
    OQ_TRY(const auto path, spooled_path(part, *spool));
    submission.files.push_back({part.name, *part.filename, path});
  }
  spool->request = std::move(request);
  submission.spool = std::move(spool);
  return std::make_shared<const actors::Submission>(std::move(submission));
}

Result<actors::SubmissionPtr> read_local_submission(const Request& request,
                                                    const SubmissionContext& context) {
  auto submission = begin_submission(context);
  for (const std::string_view field :
       {"job_ini", "hazard_job_id", "hazard_calculation_id", "notify_to"}) {
    OQ_TRY(const auto text, form_field(request, field));
    if (text)
      OQ_CHECK(read_field(field, *text, submission));
  }
  if (submission.job_ini.empty())
    return invalid_input("the path of a job file is missing", "job_ini");
  submission.local_ini = std::exchange(submission.job_ini, {});
  submission.names_local_ini = true;
  return std::make_shared<const actors::Submission>(std::move(submission));
}

} // namespace oq::http
