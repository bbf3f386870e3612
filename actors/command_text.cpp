// Bodies of the answers to commands.
#include "actors/command_text.hpp"

#include "actors/json_string.hpp"

#include <sstream>

namespace oq::actors {
namespace {

Answer said(Errc code, CalculationId id, std::string body) {
  Answer answer;
  answer.code = code;
  answer.body = std::make_shared<const std::string>(std::move(body));
  answer.calculation_id = id;
  return answer;
}

Answer succeeded(CalculationId id, const std::string& text) {
  return said(Errc::none, id, "{\"success\": " + json_string(text) + "}");
}

Answer refused(Errc code, CalculationId id, const std::string& text) {
  Answer answer = said(code, id, "{\"error\": " + json_string(text) + "}");
  if (code != Errc::none)
    answer.message = text;
  return answer;
}

std::string number(CalculationId id) {
  return std::to_string(id);
}

std::string in_quotes(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

} // namespace

Answer killing(CalculationId id) {
  return succeeded(id, "Killing job " + number(id));
}

Answer not_running(CalculationId id) {
  return refused(Errc::none, id, "Job " + number(id) + " is not running");
}

Answer unknown_job(CalculationId id) {
  return refused(Errc::none, id, "Unknown job " + number(id));
}

Answer removed(CalculationId id, const std::string& datastore) {
  return said(Errc::none, id,
              "{\"success\": \"" + number(id) + "\", \"hdf5path\": " + json_string(datastore)
                + "}");
}

Answer cannot_remove(CalculationId id, const std::string& why) {
  return refused(Errc::forbidden, id, "Cannot delete calculation " + number(id) + ": " + why);
}

Answer shared_changed(CalculationId id, std::string_view from, std::string_view to) {
  return succeeded(id, "The status of calculation " + number(id) + " was changed from "
                         + in_quotes(from) + " to " + in_quotes(to));
}

Answer shared_already(CalculationId id, std::string_view status) {
  return succeeded(id, "Calculation " + number(id) + " was already " + std::string(status));
}

Answer cannot_share(CalculationId id, Command command, std::string_view status) {
  if (command == Command::share)
    return refused(Errc::forbidden, id,
                   "Can not share calculation " + number(id) + " from status " + in_quotes(status));
  return refused(Errc::forbidden, id,
                 "Can not force the status of calculation " + number(id) + " from "
                   + in_quotes(status) + " to " + in_quotes("complete"));
}

Answer has_no_tag(CalculationId id, std::string_view tag) {
  return refused(Errc::forbidden, id,
                 "Calculation " + number(id) + " has no tag " + in_quotes(tag));
}

Answer created(CalculationId id) {
  return said(Errc::none, id, "{\"status\": \"created\", \"job_id\": " + number(id) + "}");
}

Answer submission_failed(CalculationId id, const Error& error) {
  std::string lines;
  std::istringstream text(error.text());
  for (std::string line; std::getline(text, line);)
    lines += (lines.empty() ? "" : ", ") + json_string(line);
  Answer answer =
    said(error.code, id, "{\"traceback\": [" + lines + "], \"job_id\": " + number(id) + "}");
  answer.message = error.message;
  answer.where = error.where;
  return answer;
}

} // namespace oq::actors
