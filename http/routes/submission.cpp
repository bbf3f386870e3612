// Reads the form fields of every age: archive, job_ini, hazard_job_id; job_config, hazard_calc,
// hazard_calculation_id; who is to be told: notify_to, callback_url, migration_callback_url.
#include "http/routes/submission.hpp"

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

Result<actors::CalculationId> read_id(const Part& part) {
  const auto text = part.body.bytes();
  actors::CalculationId id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc{} || end != text.data() + text.size() || id <= 0)
    return invalid_input("\"" + std::string(text.substr(0, 40)) + "\" is not a calculation's id",
                         part.name);
  return id;
}

bool names_the_hazard(std::string_view field) {
  return field == "hazard_job_id" || field == "hazard_calc" || field == "hazard_calculation_id";
}

// The ages' names for an address that is told what becomes of a calculation.
void read_wish(const Part& part, actors::Submission& submission) {
  using Form = actors::NoticeWish::Form;
  if (part.body.empty())
    return;
  const std::string value(part.body.bytes());
  if (part.name == "notify_to")
    submission.notify.push_back({Form::webhook, value, part.name});
  else if (part.name == "callback_url" || part.name == "migration_callback_url")
    submission.notify.push_back({Form::callback, value, part.name});
  else if (part.name == "foreign_calculation_id")
    submission.foreign_id = value;
}

Result<void> read_field(const Part& part, actors::Submission& submission) {
  read_wish(part, submission);
  if (part.name == "job_ini")
    submission.job_ini = std::string(part.body.bytes());
  if (names_the_hazard(part.name) && !part.body.empty()) {
    OQ_TRY(submission.hazard_calculation_id, read_id(part));
  }
  return {};
}

} // namespace

Result<actors::SubmissionPtr> read_submission(std::shared_ptr<const Request> request,
                                              const SubmissionContext& context) {
  auto spool = std::make_shared<Spool>();
  actors::Submission submission;
  submission.kind = context.kind;
  submission.base = context.base;
  submission.owner = context.owner;
  submission.viewer = context.viewer;
  for (const auto& part : request->parts()) {
    if (!part.filename) {
      OQ_CHECK(read_field(part, submission));
      continue;
    }
    OQ_TRY(const auto path, spooled_path(part, *spool));
    submission.files.push_back({part.name, *part.filename, path});
  }
  spool->request = std::move(request);
  submission.spool = std::move(spool);
  return std::make_shared<const actors::Submission>(std::move(submission));
}

} // namespace oq::http
