// Asks the engine, and words its answer as the validating endpoints do.
#include "actors/inspector.hpp"

#include "actors/json_string.hpp"

#include <algorithm>

namespace oq::actors {
namespace {

// "model.xml:12" -> "12"
std::string line_of(const Error& error) {
  const auto colon = error.where.rfind(':');
  if (colon == std::string::npos)
    return "null";
  const auto line = error.where.substr(colon + 1);
  const bool digits = !line.empty() && line.size() < 10 && std::ranges::all_of(line, [](char c) {
    return c >= '0' && c <= '9';
  });
  return digits ? line : "null";
}

Answer json_answer(std::string text) {
  Answer answer;
  answer.body = std::make_shared<const std::string>(std::move(text));
  return answer;
}

Answer inspect(const Inspection& inspection, const EngineRoom& room) {
  switch (inspection.kind) {
  case Inspection::Kind::job: {
    const auto checked = room.check_job(*inspection.submission);
    // What is no fault of the client's says nothing about the job.
    if (!checked
        && (checked.error().code == Errc::unavailable || checked.error().code == Errc::forbidden))
      return error_answer(checked.error());
    return json_answer(verdict_text(checked));
  }
  case Inspection::Kind::nrml:
    return json_answer(verdict_text(room.check_nrml(inspection.text)));
  case Inspection::Kind::same_file: {
    const bool same = room.has_file(inspection.text, inspection.checksum);
    return json_answer(same ? R"({"success": true})" : R"({"success": false})");
  }
  }
  return error_answer({Errc::internal, "an unknown inspection", {}});
}

} // namespace

std::string verdict_text(const Result<void>& checked) {
  if (checked)
    return R"({"error_msg": null, "error_line": null, "valid": true})";
  return "{\"error_msg\": " + json_string(checked.error().text())
         + ", \"error_line\": " + line_of(checked.error()) + ", \"valid\": false}";
}

Inspector::behavior_type inspector(Inspector::pointer self, EngineRoomPtr room) {
  (void)self;
  return {
    [room = std::move(room)](inspect_atom, const InspectionPtr& inspection, const SinkPtr& sink) {
      sink->deliver(inspect(*inspection, *room));
    },
  };
}

} // namespace oq::actors
