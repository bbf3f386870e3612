// The questions, commands and answers that pass between the service's edge and the actors.
#pragma once

#include "actors/extract.hpp"
#include "actors/viewer.hpp"
#include "engine/base/error.hpp"

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/atom.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace oq::actors {

using CalculationId = std::int64_t;
// Immutable text that any number of threads may hold and write out.
using SharedText = std::shared_ptr<const std::string>;

// "http://host:8800", no trailing slash: what the `url` fields of bodies start with. Never null;
// the edge keeps one object for each base it meets, so that the usual comparison is of two
// pointers.
using BaseUrl = SharedText;

// Answers
// -------------------------------------------------------------------------------------------------

enum class MediaType : std::uint8_t { json, text, xml, geojson, zip, hdf5, npz };

struct FileAnswer {
  std::filesystem::path
    path; // on this machine; stays valid once opened, even when removed meanwhile
  std::string
    download_name; // "output-3-hcurves-csv.zip"; safe for a header: no blank, quote or control
  ContentCoding coding = ContentCoding::identity; // of the bytes
};

// What an actor says to a client, in no protocol's words.
struct Answer {
  Errc code = Errc::none;
  std::string message, where; // of an error
  // Ready bytes. With an error code: the body that the API prescribes for it; null: make one of the
  // error.
  SharedText body;
  MediaType media_type = MediaType::json;
  std::uint64_t revision = 0;     // grows with every change of what was asked about; 0: no revision
  std::optional<FileAnswer> file; // instead of a body
  CalculationId calculation_id =
    0;                     // submit: the calculation that was created, failed ones included
  std::int64_t total = -1; // list: how many there are on all pages
};

inline Answer error_answer(const Error& error) {
  return {
    .code = error.code, .message = error.message, .where = error.where, .body = {}, .file = {}};
}

// Where an answer goes. Called once, on any thread, and returns at once. A sink that is destroyed
// without an answer means that nobody can give one: the edge turns that into Errc::unavailable at
// its deadline.
class ReplySink {
public:
  virtual ~ReplySink() = default;
  virtual void deliver(Answer answer) = 0;
};
using SinkPtr = std::shared_ptr<ReplySink>;

// Questions
// -----------------------------------------------------------------------------------------------

enum class QuestionKind : std::uint8_t {
  status,              // GET :id/status, an item of the modern list. not_found: unknown, deleted
  detail,              // GET :id. not_found: unknown
  seed_hazard,         // GET hazard/:id. not_found: unknown, deleted, a risk calculation
  seed_risk,           // GET risk/:id
  log,                 // GET :id/log/first:last. Unknown: []
  log_size,            // GET :id/log/size, a bare integer. Unknown: 0
  traceback,           // GET :id/traceback. Unknown: []
  results,             // GET :id/results. not_found: unknown, no outputs
  seed_hazard_results, // GET hazard/:id/results. not_found also: not complete
  seed_risk_results,   // GET risk/:id/results
  datastore,           // GET :id/datastore, a file. not_found: unknown, not complete, file missing
  oqparam,             // every option of the job as an object. not_found: unknown, inputs gone
  progress, // {"status", "phase", "progress": 0..1, "error"}, for the shell and pages of our own
  // Server-sent events as actors/feed_page.hpp writes them: the states after revision `first`, the
  // log from row `first` on. not_found: unknown, deleted.
  events,
  log_events,
  // Of no calculation; the id is not looked at.
  cluster, // GET cluster: the nodes, as actors/node_report.hpp writes them
  ready,   // whether this node can do its work now. unavailable: the message says why it cannot
};

struct Question {
  QuestionKind kind = QuestionKind::status;
  CalculationId id = 0;
  BaseUrl base;
  // log: rows [first, last); last = 0 is to the end. events, log_events: what is known already.
  // status, detail, seed_hazard, seed_risk: with `first` > 0 as of the first change after that
  // revision, so that who waits for one after the other sees every one.
  std::int64_t first = 0, last = 0;
  bool from_peer = false; // asked by another node: answered from here, and not passed on
};

// One output as a file. not_found: no such output, or (seed) its calculation is not complete or of
// the other kind; invalid_input: no exporter for the format.
enum class OutputView : std::uint8_t { modern, seed_hazard, seed_risk };
struct Download {
  std::int64_t output_id = 0; // 0: the first output of `type` of a calculation
  CalculationId calculation_id = 0;
  std::string type = {};
  std::string format = "xml"; // `export_type`
  OutputView view = OutputView::modern;
  bool from_peer = false;                         // as in Question
  ContentCoding coding = ContentCoding::identity; // the best that the client takes
};

enum class ListKind : std::uint8_t {
  modern,      // id descending unless told; items are the status objects
  seed_hazard, // id ascending, all of them; items have description, id, status, url
  seed_risk,
};
enum class ListOrder : std::uint8_t {
  id,
  start_time,
  status,
  calculation_mode,
  description,
  owner,
  size
};

struct ListQuestion {
  ListKind kind = ListKind::modern;
  BaseUrl base;
  std::optional<std::string> calculation_mode;
  std::optional<bool> is_running;
  std::optional<std::int64_t> started_since; // microseconds since the epoch, UTC
  std::optional<std::int64_t> limit;         // absent: 100 for modern, all for seed; -1: all
  std::int64_t offset = 0;
  ListOrder order = ListOrder::id; // those that are equal in it by id
  std::optional<bool> ascending;
  std::optional<std::string> tag;        // of those that have the word
  bool preferred_only = false;           // for the word, or for any
  std::optional<std::string> owner_like; // SQL's LIKE, without looking at case
  bool include_shared = true;            // what the viewer sees only because it is shared
  ViewerPtr viewer;                      // only what they see is listed and counted
};

// Waiting
// ------------------------------------------------------------------------------------------------

// Where the pieces of something without an end go, for as long as its client listens. Every call
// returns at once, on any thread.
class EventSink {
public:
  virtual ~EventSink() = default; // ends what has begun
  // Instead of all that follows. Errc::none: there is nothing, and never will be.
  virtual void refuse(Answer answer) = 0;
  // The first one begins. False: the client has gone, or was given up because it does not read.
  virtual bool push(const SharedText& piece) = 0;
  virtual bool is_ready() const = 0; // little waits for the client to read it
  virtual bool is_gone() const = 0;
  virtual void end(const SharedText& last) = 0;
};
using EventSinkPtr = std::shared_ptr<EventSink>;

// How long a question waits for a state or a list that is newer than the one known.
struct Wait {
  std::int64_t since = 0; // a revision
  std::chrono::milliseconds longest{0};
};

// Commands
// ------------------------------------------------------------------------------------------------

struct UploadedFile {
  std::string field;          // name of the form field: "archive", "job_config"
  std::string name;           // the client's file name, not to be trusted
  std::filesystem::path path; // where the bytes were spooled
};

enum class SubmissionKind : std::uint8_t {
  modern,      // answers {"status": "created", "job_id": N}
  seed_hazard, // answers the founding API's detail object
  seed_risk,
};

// Somebody elsewhere who wants to hear of the calculation.
struct NoticeWish {
  enum class Form : std::uint8_t {
    webhook,  // JSON, once, when it has ended
    callback, // of 2013: form fields, at every step
  };
  Form form = Form::webhook;
  std::string url;
  std::string field; // of the submission
};

// A failed submission answers its Errc with body {"traceback": [lines], "job_id": N} and
// calculation_id N.
struct Submission {
  SubmissionKind kind = SubmissionKind::modern;
  std::vector<UploadedFile> files;
  std::optional<std::filesystem::path> local_ini; // instead of files: run where it lies
  bool names_local_ini = false; // a client named it: only below the folder that is open to clients
  std::string job_ini;          // ending of the ini's name; empty: the API's default
  std::optional<CalculationId> hazard_calculation_id;
  std::optional<std::int64_t> hazard_output_id; // the calculation that this is an output of
  std::string owner = "anonymous";
  ViewerPtr viewer;               // a hazard calculation that they do not see is unknown
  std::vector<NoticeWish> notify; // Errc::invalid_input, and no calculation, when one is no address
  std::string foreign_id;         // what those who called back call it
  BaseUrl base;
  std::shared_ptr<void>
    spool; // keeps the spooled files; they may vanish when the last holder lets go
};
using SubmissionPtr = std::shared_ptr<const Submission>;

// What a client may have looked at before it submits; nothing is kept of it. The answer is
// {"error_msg", "error_line", "valid"}, that of `same_file` {"success"}.
struct Inspection {
  enum class Kind : std::uint8_t {
    job,       // `submission` as one would be submitted, down to every input file
    nrml,      // `text` is a document
    same_file, // whether `text` names a file here that begins as the client's
  } kind = Kind::nrml;
  SubmissionPtr submission;
  std::string text;
  std::uint32_t checksum = 0; // of the first 32 bytes, Adler's
};
using InspectionPtr = std::shared_ptr<const Inspection>;

enum class Command : std::uint8_t {
  abort,  // always Errc::none; the body says {"success": …} or {"error": …}
  remove, // Errc::forbidden with body {"error": …} when it cannot be
  share,  // Errc::forbidden with body {"error": …} unless complete or shared
  unshare,
};

// Messages
// ------------------------------------------------------------------------------------------------
// To `calculations`: (ask_atom, Question, SinkPtr), (download_atom, Download, SinkPtr),
// (extract_atom, Extract, SinkPtr),
// (submit_atom, SubmissionPtr, SinkPtr), (command_atom, CalculationId, Command, SinkPtr).
// To `catalog`: (list_atom, ListQuestion, SinkPtr).
// To `herald`: (watch_atom, Question, EventSinkPtr), (watch_atom, ListQuestion, since,
// EventSinkPtr), (wait_atom, Question, Wait, SinkPtr), (wait_atom, ListQuestion, Wait, SinkPtr).
// To `inspector`: (inspect_atom, InspectionPtr, SinkPtr).

using ask_atom = caf::atom_constant<caf::atom("ask")>;
using download_atom = caf::atom_constant<caf::atom("download")>;
using submit_atom = caf::atom_constant<caf::atom("submit")>;
using command_atom = caf::atom_constant<caf::atom("command")>;
using list_atom = caf::atom_constant<caf::atom("list")>;
using watch_atom = caf::atom_constant<caf::atom("watch")>;
using wait_atom = caf::atom_constant<caf::atom("wait")>;
using inspect_atom = caf::atom_constant<caf::atom("inspect")>;

} // namespace oq::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::Question)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::Download)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::ListQuestion)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::SubmissionPtr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::InspectionPtr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::Command)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::SinkPtr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::EventSinkPtr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::Wait)
