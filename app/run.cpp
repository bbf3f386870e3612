// `run`: one calculation, or hazard and risk in a row, through the same actors as the service.
#include "app/commands.hpp"
#include "app/conversation.hpp"
#include "app/logging.hpp"
#include "app/progress_bar.hpp"
#include "app/service.hpp"
#include "app/signals.hpp"
#include "app/version.hpp"
#include "engine/output/export.hpp"
#include "store/copy_groups.hpp"
#include "store/datastore_file.hpp"

#include <boost/json/object.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace oq::app {
namespace {

constexpr std::chrono::milliseconds kLookEvery{50};
constexpr int kFailed = 1, kRefused = 2;

int report(const Error& error, int exit_code) {
  fmt::print(stderr, "error: {}\n", error.text());
  return exit_code;
}

std::string text_of(const boost::json::value& object, std::string_view key) {
  const auto* members = object.if_object();
  const auto* member = members ? members->if_contains(key) : nullptr;
  return member && member->is_string() ? std::string(member->get_string()) : std::string();
}

double number_of(const boost::json::value& object, std::string_view key) {
  const auto* members = object.if_object();
  const auto* member = members ? members->if_contains(key) : nullptr;
  return member && member->is_number() ? member->to_number<double>() : 0.0;
}

// Follows a calculation to its end. An error says why it did not complete.
Result<void> follow(const Conversation& conversation, actors::CalculationId id, bool quiet,
                    const TerminationSignals& signals) {
  ProgressBar bar(!quiet);
  bool stopping = false;
  for (;;) {
    OQ_TRY(const auto progress, conversation.ask_json(actors::QuestionKind::progress, id));
    const auto status = text_of(progress, "status");
    if (status == "complete")
      return {};
    if (status == "aborted")
      return Error{Errc::aborted, fmt::format("calculation {} was aborted", id), ""};
    if (status == "failed")
      return Error{Errc::internal, text_of(progress, "error"), ""};
    bar.show(number_of(progress, "progress"), text_of(progress, "phase"));
    if (!signals.wait_for(kLookEvery))
      continue;
    if (stopping)
      return Error{Errc::aborted, "interrupted", ""};
    stopping = true;
    std::ignore = conversation.abort(id);
  }
}

// "2026-11-22 23:53:25.430800+00:00" -> "2026-11-22T23:53:25"
std::string start_date(const Conversation& conversation, actors::CalculationId id) {
  const auto detail = conversation.ask_json(actors::QuestionKind::detail, id);
  auto time = detail ? text_of(*detail, "start_time").substr(0, 19) : std::string();
  std::replace(time.begin(), time.end(), ' ', 'T');
  return time;
}

Result<std::size_t> export_all(const Conversation& conversation, actors::CalculationId id,
                               const RunSettings& settings) {
  OQ_TRY(const auto answer, conversation.ask(actors::QuestionKind::datastore, id));
  if (!answer.file)
    return Error{Errc::internal, "the calculation left no datastore", ""};
  OQ_TRY(const auto datastore, store::DatastoreFile::open(answer.file->path));
  std::error_code error;
  std::filesystem::create_directories(settings.output, error);
  if (error)
    return Error{Errc::unavailable, error.message(), settings.output.string()};
  const auto date = start_date(conversation, id);
  std::size_t files = 0;
  for (const auto& output : engine::exports_of(*datastore))
    for (const auto& format : output.formats) {
      if (std::find(settings.exports.begin(), settings.exports.end(), format)
          == settings.exports.end())
        continue;
      OQ_TRY(const auto written,
             engine::export_output(*datastore, {.type = output.type,
                                                .format = format,
                                                .directory = settings.output,
                                                .calculation_id = id,
                                                .generated_by = kProduct,
                                                .start_date = date,
                                                .copy_groups = store::copy_groups}));
      files += written.size();
    }
  return files;
}

class Runner {
public:
  Runner(const RunSettings& settings, const Conversation& conversation,
         const TerminationSignals& signals)
    : settings_(settings), conversation_(conversation), signals_(signals),
      hazard_(settings.hazard_calculation) {}

  int run_all() {
    for (const auto& ini : settings_.inis)
      if (const int code = run_one(ini); code != 0)
        return code;
    return 0;
  }

private:
  int run_one(const std::filesystem::path& ini) {
    actors::Submission submission;
    submission.local_ini = std::filesystem::absolute(ini);
    submission.hazard_calculation_id = hazard_;
    submission.owner = owner_name();
    submission.base = std::make_shared<const std::string>("http://localhost");
    const auto started = std::chrono::steady_clock::now();
    const auto admitted = conversation_.submit(std::move(submission));
    if (!admitted)
      return report(admitted.error(), kRefused);
    const auto id = admitted->calculation_id;
    if (const auto followed = follow(conversation_, id, settings_.quiet, signals_); !followed)
      return report(followed.error(), kFailed);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
    fmt::print("calculation {} complete in {:.2f} s: {}\n", id, took.count(), ini.string());
    hazard_ = id;
    if (ini != settings_.inis.back() || settings_.exports.empty())
      return 0;
    const auto files = export_all(conversation_, id, settings_);
    if (!files)
      return report(files.error(), kFailed);
    fmt::print("{} files exported to {}\n", *files, settings_.output.string());
    return 0;
  }

  const RunSettings& settings_;
  const Conversation& conversation_;
  const TerminationSignals& signals_;
  std::optional<actors::CalculationId> hazard_;
};

} // namespace

int run(const RunSettings& settings) {
  start_logging(settings.service.log_level);
  const TerminationSignals signals;
  const auto service = start_service(settings.service, {run_node_name(), 1, 2});
  if (!service)
    return report(service.error(), kRefused);
  int code = kFailed;
  {
    const Conversation conversation((*service)->handles());
    code = Runner(settings, conversation, signals).run_all();
  }
  (*service)->stop();
  return code;
}

} // namespace oq::app
