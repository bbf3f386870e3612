// Serialises records in the exact member order and number style that clients have seen for years.
#include "actors/summary.hpp"

#include "actors/json_string.hpp"
#include "actors/timestamps.hpp"
#include "engine/base/json.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <sstream>

namespace oq::actors {
namespace {

constexpr double kBytesPerMegabyte = 1024.0 * 1024.0;
constexpr std::size_t kBasesKept = 4;

std::string megabytes(std::int64_t bytes) {
  return bytes < 0 ? "null" : number_text(static_cast<double>(bytes) / kBytesPerMegabyte);
}

State state_of(const store::CalculationRecord& record) {
  return parse_state(record.status).value_or(State::failed);
}

std::string_view truth(bool value) {
  return value ? "true" : "false";
}

// A calculation that has not begun shows when it was created.
std::int64_t shown_start(const store::CalculationRecord& record) {
  return record.started_at != 0 ? record.started_at : record.created_at;
}

std::string user_of(const std::string& owner) {
  return owner.substr(0, owner.find('@'));
}

SharedText shared(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

bool same(const BaseUrl& a, const BaseUrl& b) {
  return a == b || (a && b && *a == *b);
}

std::string_view view(const BaseUrl& base) {
  return base ? std::string_view(*base) : std::string_view{};
}

} // namespace

std::string UrlText::with(std::string_view base) const {
  std::string text;
  text.reserve(before.size() + base.size() + after.size());
  return text.append(before).append(base).append(after);
}

UrlText status_text(const store::CalculationRecord& record) {
  const State state = state_of(record);
  const std::string id = std::to_string(record.id);
  const std::string parent =
    record.hazard_calculation_id ? std::to_string(*record.hazard_calculation_id) : "null";
  std::ostringstream before, after;
  before << "{\"id\": " << id << ", \"owner\": " << json_string(record.owner)
         << ", \"calculation_mode\": " << json_string(record.calculation_mode) << ", \"status\": \""
         << status_word(Vocabulary::modern, state, Phase::none)
         << "\", \"is_running\": " << truth(shows_running(state))
         << ", \"description\": " << json_string(record.description) << ", \"url\": \"";
  after << "/v1/calc/" << id << "\", \"parent_id\": " << parent
        << ", \"abortable\": " << truth(shows_abortable(state))
        << ", \"size_mb\": " << megabytes(record.size_bytes) << ", \"start_time\": \""
        << list_time(shown_start(record)) << "\"}";
  return {before.str(), after.str()};
}

UrlText seed_item_text(const store::CalculationRecord& record, Vocabulary vocabulary) {
  const std::string id = std::to_string(record.id);
  std::ostringstream before;
  before << "{\"description\": " << json_string(record.description) << ", \"id\": " << id
         << ", \"status\": \""
         << status_word(vocabulary, state_of(record), parse_phase(record.phase))
         << "\", \"url\": \"";
  return {before.str(), (record.is_risk ? "/v1/calc/risk/" : "/v1/calc/hazard/") + id + "\"}"};
}

std::string detail_text(const store::CalculationRecord& record) {
  const State state = state_of(record);
  const std::string stop = record.stopped_at == 0 ? "None" : detail_time(record.stopped_at);
  std::ostringstream text;
  text << "{\"user_name\": " << json_string(user_of(record.owner)) << ", \"status\": \""
       << to_string(state) << "\", \"start_time\": \"" << detail_time(shown_start(record))
       << "\", \"stop_time\": \"" << stop << "\", \"is_running\": " << truth(shows_running(state))
       << "}";
  return text.str();
}

std::string seed_detail_text(const store::CalculationRecord& record, Vocabulary vocabulary) {
  boost::json::error_code bad;
  auto parsed = boost::json::parse(record.parameters, bad);
  boost::json::object members =
    !bad && parsed.is_object() ? parsed.get_object() : boost::json::object{};
  members["id"] = record.id;
  members["status"] =
    boost::json::string_view(status_word(vocabulary, state_of(record), parse_phase(record.phase)));
  members["description"] = valid_utf8(record.description);
  // Either the hazard calculation or its output, whichever the client gave.
  if (record.is_risk && record.hazard_calculation_id && !members.contains("hazard_output"))
    members["hazard_calculation"] = *record.hazard_calculation_id;
  std::vector<boost::json::string_view> keys;
  for (const auto& member : members)
    keys.push_back(member.key());
  std::ranges::sort(keys);
  boost::json::object sorted;
  for (const auto& key : keys)
    sorted[key] = members[key];
  return json_text(sorted);
}

std::string traceback_text(const store::CalculationRecord& record) {
  std::string text = "[";
  std::istringstream lines(record.traceback);
  for (std::string line; std::getline(lines, line);)
    text += (text.size() > 1 ? ", " : "") + json_string(line);
  return text + "]";
}

Progress progress_of(const store::CalculationRecord& record) {
  const State state = state_of(record);
  if (is_success(state))
    return {.fraction = 1.0};
  if (state == State::created || state == State::submitted)
    return {.fraction = 0.0};
  return {};
}

std::string progress_members(const store::CalculationRecord& record, const Progress& progress) {
  const auto number = [](const std::optional<double>& value) {
    return value ? number_text(*value) : std::string("null");
  };
  return ", \"phase\": " + json_string(record.phase) + ", \"progress\": "
         + number(progress.fraction) + ", \"seconds_left\": " + number(progress.seconds_left);
}

std::string progress_text(const store::CalculationRecord& record, const Progress& progress) {
  std::ostringstream text;
  text << "{\"status\": \"" << to_string(state_of(record)) << '"'
       << progress_members(record, {progress.fraction.value_or(0.0), progress.seconds_left})
       << ", \"error\": " << json_string(record.error) << "}";
  return text.str();
}

std::string results_text(const std::vector<store::OutputRecord>& outputs, std::string_view base) {
  std::string text = "[";
  for (const auto& output : outputs) {
    const std::string id = std::to_string(output.id);
    text += (text.size() > 1 ? ", " : "");
    text += "{\"id\": " + id + ", \"name\": " + json_string(output.name)
            + ", \"type\": " + json_string(output.type) + ", \"outtypes\": [";
    for (std::size_t i = 0; i < output.formats.size(); ++i)
      text += (i > 0 ? ", " : "") + json_string(output.formats[i]);
    text += "], \"url\": \"";
    text.append(base).append("/v1/calc/result/" + id + "\", \"size_mb\": ");
    text += megabytes(output.size_bytes) + "}";
  }
  return text + "]";
}

std::string seed_results_text(const std::vector<store::OutputRecord>& outputs, bool risk,
                              std::string_view base) {
  const std::string path = risk ? "/v1/calc/risk/result/" : "/v1/calc/hazard/result/";
  std::string text = "[";
  for (const auto& output : outputs) {
    const std::string id = std::to_string(output.id);
    text += (text.size() > 1 ? ", " : "");
    text += "{\"id\": " + id + ", \"name\": " + json_string(output.name)
            + ", \"type\": " + json_string(output.type) + ", \"url\": \"";
    text.append(base).append(path + id + "\"}");
  }
  return text + "]";
}

Summary::Summary(RecordPtr record, Vocabulary seed_words)
  : record_(std::move(record)), seed_words_(seed_words), state_(state_of(*record_)) {
  set_progress(progress_of(*record_));
}

void Summary::set_progress(const Progress& progress) {
  const auto members = progress_members(*record_, progress) + "}";
  status_ = status_text(*record_);
  status_.after.replace(status_.after.size() - 1, 1, members);
  auto detail = detail_text(*record_);
  detail.replace(detail.size() - 1, 1, members);
  detail_ = shared(std::move(detail));
  by_base_.clear();
}

Answer Summary::answer(QuestionKind kind, const BaseUrl& base) {
  const bool hidden = state_ == State::deleted;
  if (kind == QuestionKind::detail)
    return found(detail_);
  if (kind == QuestionKind::traceback)
    return found(traceback());
  if (hidden)
    return unknown();
  if (kind == QuestionKind::seed_hazard)
    return record_->is_risk ? unknown() : found(seed());
  if (kind == QuestionKind::seed_risk)
    return record_->is_risk ? found(seed()) : unknown();
  return found(status(base));
}

// These two are asked for rarely, and the parameters of a job are long.
SharedText Summary::seed() {
  if (!seed_)
    seed_ = shared(seed_detail_text(*record_, seed_words_));
  return seed_;
}

SharedText Summary::traceback() {
  if (!traceback_)
    traceback_ = shared(traceback_text(*record_));
  return traceback_;
}

SharedText Summary::status(const BaseUrl& base) {
  for (const auto& [known, body] : by_base_)
    if (same(known, base))
      return body;
  if (by_base_.size() == kBasesKept)
    by_base_.erase(by_base_.begin());
  return by_base_.emplace_back(base, shared(status_.with(view(base)))).second;
}

Answer Summary::found(SharedText body) const {
  Answer answer;
  answer.body = std::move(body);
  answer.revision = static_cast<std::uint64_t>(record_->revision);
  return answer;
}

Answer Summary::unknown() const {
  return error_answer(
    {Errc::not_found, "there is no calculation " + std::to_string(record_->id), {}});
}

} // namespace oq::actors
