// The bodies: JSON for today's clients, form fields with the names of 2013 for the others.
#include "actors/notice.hpp"

#include "actors/json_string.hpp"
#include "actors/lifecycle.hpp"
#include "actors/timestamps.hpp"

#include <algorithm>

namespace oq::actors {
namespace {

constexpr std::size_t kLongestUrl = 2000;
constexpr std::size_t kLongestForeignId = 200;

Error unfit(std::string_view url, const char* why, std::string_view field) {
  return invalid_input("\"" + std::string(url.substr(0, 80)) + "\" " + why, std::string(field));
}

void add_field(std::string& form, std::string_view name, std::string_view value) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  form.append(form.empty() ? "" : "&").append(name).append("=");
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                       || c == '-' || c == '.' || c == '_' || c == '~';
    if (plain)
      form.push_back(c);
    else if (c == ' ')
      form.push_back('+');
    else
      form.append({'%', kDigits[byte >> 4], kDigits[byte & 15]});
  }
}

std::string json_body(const store::CalculationRecord& record, State state) {
  const auto time = [](std::int64_t at) {
    return at == 0 ? std::string("null") : "\"" + detail_time(at) + "\"";
  };
  std::string body = "{\"job_id\": " + std::to_string(record.id);
  body += ", \"status\": \"" + std::string(to_string(state)) + "\"";
  body += ", \"description\": " + json_string(record.description);
  body += ", \"calculation_mode\": " + json_string(record.calculation_mode);
  body += ", \"owner\": " + json_string(record.owner);
  body += ", \"start_time\": " + time(record.started_at);
  body += ", \"stop_time\": " + time(record.stopped_at);
  return body + ", \"error\": " + json_string(record.error) + "}";
}

std::string started_body(const store::CalculationRecord& record) {
  std::string form;
  add_field(form, "status", "started");
  add_field(form, "engine_id", std::to_string(record.id));
  return form;
}

std::string callback_body(const store::CalculationRecord& record, State state) {
  std::string form;
  if (is_success(state)) {
    add_field(form, "status", "complete");
    add_field(form, "description", record.description);
  } else if (!is_live(state)) { // 2013 knew no other end
    add_field(form, "status", "failed");
    add_field(form, "einfo", state == State::aborted ? "aborted" : record.traceback);
  } else {
    add_field(form, "status", record.phase);
    add_field(form, "description", record.description);
  }
  return form;
}

} // namespace

Result<store::NoticeTarget> read_target(std::string_view form, std::string_view url,
                                        std::string_view foreign_id, std::string_view field) {
  const auto scheme = url.substr(0, url.find("://"));
  if (scheme != "http" && scheme != "https")
    return unfit(url, "is no http:// or https:// address", field);
  if (url.size() > kLongestUrl)
    return unfit(url, "is too long", field);
  const auto strange = [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || static_cast<unsigned char>(c) >= 0x7f;
  };
  if (std::ranges::any_of(url, strange))
    return unfit(url, "has a character that an address cannot have", field);
  const auto rest = url.substr(scheme.size() + 3);
  const auto authority = rest.substr(0, rest.find_first_of("/?#\\"));
  if (authority.empty() || authority.front() == ':'
      || authority.find('@') != std::string_view::npos)
    return unfit(url, "has no host, or a user", field);
  if (foreign_id.size() > kLongestForeignId)
    return unfit(foreign_id, "is too long", "foreign_calculation_id");
  return store::NoticeTarget{std::string(form), std::string(url), std::string(foreign_id)};
}

Result<std::shared_ptr<const std::vector<store::NoticeTarget>>>
read_targets(const Submission& submission) {
  if (submission.notify.size() > kMostTargets)
    return invalid_input("more than " + std::to_string(kMostTargets) + " addresses are to be told",
                         submission.notify.back().field);
  auto targets = std::make_shared<std::vector<store::NoticeTarget>>();
  for (const auto& wish : submission.notify) {
    const bool callback = wish.form == NoticeWish::Form::callback;
    OQ_TRY(auto target,
           read_target(callback ? kCallback : kWebhook, wish.url,
                       callback ? submission.foreign_id : std::string_view{}, wish.field));
    targets->push_back(std::move(target));
  }
  if (targets->empty())
    targets.reset();
  return std::shared_ptr<const std::vector<store::NoticeTarget>>(std::move(targets));
}

std::optional<Notice> notice_of(const store::NoticeTarget& target,
                                const store::CalculationRecord& record) {
  const State state = parse_state(record.status).value_or(State::failed);
  const bool ended = !is_live(state);
  Notice notice{.url = target.url, .calculation_id = record.id, .last = ended};
  notice.event = is_live(state) && !record.phase.empty() ? record.phase : record.status;
  if (target.form == kWebhook) {
    if (!ended)
      return std::nullopt;
    notice.content_type = "application/json";
    notice.body = json_body(record, state);
    return notice;
  }
  if (!ended && record.phase.empty())
    return std::nullopt; // it waits for its turn
  notice.content_type = "application/x-www-form-urlencoded";
  notice.body = !ended && record.phase == to_string(Phase::pre_executing)
                  ? started_body(record)
                  : callback_body(record, state);
  if (!target.foreign_id.empty())
    add_field(notice.body, "foreign_calculation_id", target.foreign_id);
  return notice;
}

} // namespace oq::actors
