// Reads filters and paging; every malformed value is refused by name.
#include "http/routes/list_question.hpp"

#include "http/target.hpp"

#include <charconv>
#include <cstdio>
#include <ctime>
#include <utility>

namespace oq::http {
namespace {

Error malformed(const QueryParameter& parameter, std::string_view wanted) {
  return invalid_input("\"" + parameter.value.substr(0, 60) + "\" is not " + std::string(wanted),
                       parameter.name);
}

Result<std::int64_t> read_integer(const QueryParameter& parameter, std::int64_t least) {
  std::int64_t value = 0;
  const char* end = parameter.value.data() + parameter.value.size();
  const auto [stopped, error] = std::from_chars(parameter.value.data(), end, value);
  if (error != std::errc{} || stopped != end || value < least)
    return malformed(parameter, "a number from " + std::to_string(least) + " on");
  return value;
}

Result<bool> read_boolean(const QueryParameter& parameter) {
  const auto& text = parameter.value;
  if (text == "true" || text == "True" || text == "1")
    return true;
  if (text == "false" || text == "False" || text == "0")
    return false;
  return malformed(parameter, "true or false");
}

// "2026", "2026-11-22", "2026-11-22T23:53:09": what is left out is the earliest.
Result<std::int64_t> read_time(const QueryParameter& parameter) {
  std::tm time{};
  int year = 0, month = 1, day = 1, used = 0;
  char separator = 'T';
  const char* text = parameter.value.c_str();
  const int fields = std::sscanf(text, "%4d-%2d-%2d%c%2d:%2d:%2d%n", &year, &month, &day,
                                 &separator, &time.tm_hour, &time.tm_min, &time.tm_sec, &used);
  const bool valid = parameter.value.find_first_not_of("0123456789-:T .Z+") == std::string::npos
                     && fields >= 1 && year >= 1970 && year < 10000 && month >= 1 && month <= 12
                     && day >= 1 && day <= 31 && (separator == 'T' || separator == ' ')
                     && time.tm_hour < 24 && time.tm_min < 60 && time.tm_sec < 61;
  if (!valid)
    return malformed(parameter, "a time such as 2026-11-22T23:53:09");
  time.tm_year = year - 1900;
  time.tm_mon = month - 1;
  time.tm_mday = day;
  return static_cast<std::int64_t>(::timegm(&time)) * 1'000'000;
}

// The words are the members of a list's items; user_name is the database column of today's clients.
Result<actors::ListOrder> read_order(const QueryParameter& parameter) {
  using actors::ListOrder;
  static constexpr std::pair<std::string_view, ListOrder> kWords[] = {
    {"id", ListOrder::id},
    {"start_time", ListOrder::start_time},
    {"status", ListOrder::status},
    {"calculation_mode", ListOrder::calculation_mode},
    {"description", ListOrder::description},
    {"owner", ListOrder::owner},
    {"user_name", ListOrder::owner},
    {"size_mb", ListOrder::size},
  };
  for (const auto& [word, order] : kWords)
    if (parameter.value == word)
      return order;
  return malformed(parameter,
                   "one of id, start_time, status, calculation_mode, description, owner, "
                   "size_mb");
}

Result<void> read_parameter(const QueryParameter& parameter, actors::ListQuestion& question) {
  if (parameter.value.empty())
    return {};
  if (parameter.name == "calculation_mode") {
    question.calculation_mode = parameter.value;
  } else if (parameter.name == "is_running") {
    OQ_TRY(question.is_running, read_boolean(parameter));
  } else if (parameter.name == "start_time") {
    OQ_TRY(question.started_since, read_time(parameter));
  } else if (parameter.name == "limit") {
    OQ_TRY(question.limit, read_integer(parameter, -1));
  } else if (parameter.name == "offset") {
    OQ_TRY(question.offset, read_integer(parameter, 0));
  } else if (parameter.name == "order_by") {
    OQ_TRY(question.order, read_order(parameter));
  } else if (parameter.name == "filter_by_tag") {
    if (!parameter.value.empty())
      question.tag = parameter.value;
  } else if (parameter.name == "user_name_like") {
    if (!parameter.value.empty())
      question.owner_like = parameter.value;
  } else if (parameter.name == "preferred_only") {
    OQ_TRY(question.preferred_only, read_boolean(parameter));
  } else if (parameter.name == "include_shared") {
    OQ_TRY(question.include_shared, read_boolean(parameter));
  } else if (parameter.name == "order_dir") {
    question.ascending = parameter.value == "ASC" || parameter.value == "asc";
  }
  return {};
}

} // namespace

Result<actors::ListQuestion> read_list_question(actors::ListKind kind, std::string_view raw_query) {
  actors::ListQuestion question;
  question.kind = kind;
  if (kind != actors::ListKind::modern) // the founding lists have no filters
    return question;
  for (const auto& parameter : parse_query(raw_query))
    OQ_CHECK(read_parameter(parameter, question));
  return question;
}

} // namespace oq::http
