// One switch from error codes to statuses, and the forms that the API's ages gave to answers.
#include "http/routes/answer_response.hpp"

#include "engine/base/json.hpp"
#include "http/routes/cors.hpp"

#include <boost/json/object.hpp>
#include <boost/json/string.hpp>

#include <array>

namespace oq::http {
namespace {

constexpr const char* kRetryAfterSeconds = "1";

std::string_view content_type(actors::MediaType type) {
  switch (type) {
  case actors::MediaType::json:
  case actors::MediaType::geojson:
    return "application/json";
  case actors::MediaType::xml:
    return "application/xml";
  case actors::MediaType::hdf5:
    return "application/x-hdf";
  case actors::MediaType::npz:
    return "application/octet-stream";
  case actors::MediaType::text:
  case actors::MediaType::zip: // so served since 2013: clients look at the file name
    return "text/plain";
  }
  return "text/plain";
}

std::string error_text(const actors::Answer& answer) {
  return answer.where.empty() ? answer.message : answer.where + ": " + answer.message;
}

// Without a charset, as clients have always got it.
Response plain_text(int status, std::string text) {
  Response response(status, MediaType::none, std::move(text));
  return std::move(response.add("Content-Type", "text/plain"));
}

Response error_response(const actors::Answer& answer) {
  const int status = http_status(answer.code);
  if (answer.body)
    return {status, MediaType::json, answer.body};
  if (answer.code == Errc::not_found)
    return {status, MediaType::html, std::string()};
  return {status, MediaType::json, json_text(boost::json::object{{"error", error_text(answer)}})};
}

Response file_response(const actors::FileAnswer& file, actors::MediaType type) {
  auto served = ServedFile::open(file.path);
  if (!served)
    return {404, MediaType::text, served.error().message};
  auto response = Response::file(MediaType::none, *std::move(served));
  response.add("Content-Type", content_type(type));
  if (file.coding != actors::ContentCoding::identity)
    response.add("Content-Encoding", file.coding == actors::ContentCoding::zstd ? "zstd" : "gzip");
  // Unquoted and last on its line: a client takes what follows `filename=` as it stands.
  if (!file.download_name.empty())
    response.add("Content-Disposition", "attachment; filename=" + file.download_name);
  return response;
}

// The first clients were redirected to the calculation, the next got its parameters at once: both
// find theirs.
Response founding_submission(const actors::Answer& answer, std::string_view folder) {
  Response response(200, MediaType::json, answer.body);
  return std::move(
    response.add("Location", std::string(folder) + std::to_string(answer.calculation_id)));
}

ValidatorPtr make_validator(const actors::Answer& answer) {
  auto etag = content_tag(*answer.body, static_cast<std::uint64_t>(answer.total));
  auto line = "ETag: " + etag + "\r\n";
  line += "X-Revision: " + std::to_string(answer.revision) + "\r\n";
  return std::make_shared<const Validator>(Validator{std::move(etag), line, line});
}

// Of a body that many polls share the tag is computed once a thread. The body is known again by
// what counts its owners: that stays apart from all others as long as it is remembered here, and
// keeps no byte of the body alive.
ValidatorPtr validator_of(const actors::Answer& answer) {
  struct Known {
    std::weak_ptr<const std::string> body;
    std::int64_t total = -1;
    ValidatorPtr validator;
  };
  constexpr std::size_t kPlaces = 256;
  static thread_local std::array<Known, kPlaces> places;
  const auto address = reinterpret_cast<std::uintptr_t>(answer.body.get());
  Known& known = places[(address >> 5 ^ address >> 13) % kPlaces];
  const bool same = known.validator && known.total == answer.total
                    && !known.body.owner_before(answer.body)
                    && !answer.body.owner_before(known.body);
  if (!same)
    known = {answer.body, answer.total, make_validator(answer)};
  return known.validator;
}

Response with_own_headers(Response response, const actors::Answer& answer) {
  if (answer.total >= 0)
    response.add("X-Total-Count", std::to_string(answer.total));
  // Without a revision it changes with every look, as progress does: nobody would ask again.
  if (answer.revision != 0 && answer.body)
    response.with_validator(validator_of(answer));
  return with_cors(std::move(response));
}

// What the choice among an answer's forms was made by, for caches.
Response varied(Response response, const actors::Answer& answer, AnswerForm form) {
  const bool is_packed = answer.media_type == actors::MediaType::zip
                         || answer.media_type == actors::MediaType::hdf5
                         || answer.media_type == actors::MediaType::npz;
  if (form == AnswerForm::extract)
    response.add("Vary", "Accept, Accept-Encoding");
  else if (!is_packed)
    response.add("Vary", "Accept-Encoding");
  return response;
}

Response success(const actors::Answer& answer, AnswerForm form) {
  if (form == AnswerForm::seed_hazard_submission)
    return with_cors(founding_submission(answer, "/v1/calc/hazard/"));
  if (form == AnswerForm::seed_risk_submission)
    return with_cors(founding_submission(answer, "/v1/calc/risk/"));
  if (form == AnswerForm::strict_list && answer.total == 0)
    return with_cors(Response(404, MediaType::html, std::string()));
  if (form == AnswerForm::no_picture)
    return with_cors(plain_text(500, "KeyError: the calculation has no such picture"));
  if (form == AnswerForm::no_tags)
    return with_cors(plain_text(400, "the calculation has no aggregate risk by tag"));
  if (answer.file)
    return with_cors(varied(file_response(*answer.file, answer.media_type), answer, form));
  const bool json = answer.media_type == actors::MediaType::json;
  return with_own_headers({200, json ? MediaType::json : MediaType::text, answer.body}, answer);
}

Response failure(const actors::Answer& answer, AnswerForm form) {
  const bool no_exporter = answer.code == Errc::invalid_input;
  if (form == AnswerForm::download && no_exporter)
    return plain_text(500, "DataStoreExportError: " + answer.message);
  if (form == AnswerForm::extract && answer.code == Errc::invalid_input && answer.body)
    return plain_text(500, *answer.body);
  if (form == AnswerForm::seed_download && no_exporter)
    return plain_text(404, answer.message);
  if (form == AnswerForm::inspection && answer.code == Errc::invalid_input)
    return {400, MediaType::html, error_text(answer)};
  const bool submission = form == AnswerForm::submission
                          || form == AnswerForm::seed_hazard_submission
                          || form == AnswerForm::seed_risk_submission;
  if (submission && answer.calculation_id > 0 && answer.body)
    return {500, MediaType::json, answer.body};
  auto response = error_response(answer);
  if (answer.code == Errc::overloaded || answer.code == Errc::unavailable)
    response.add("Retry-After", kRetryAfterSeconds);
  return response;
}

} // namespace

int http_status(Errc code) noexcept {
  switch (code) {
  case Errc::none:
    return 200;
  case Errc::invalid_input:
    return 400;
  case Errc::forbidden:
    return 403;
  case Errc::not_found:
    return 404;
  case Errc::conflict:
  case Errc::fenced:
    return 409;
  case Errc::aborted:
    return 410;
  case Errc::overloaded:
  case Errc::unavailable:
    return 503;
  case Errc::timeout:
    return 504;
  case Errc::numeric_failure:
  case Errc::internal:
    return 500;
  }
  return 500;
}

Response with_cors(Response response) {
  return std::move(response.with_prepared_lines(any_origin().answer, any_origin().not_modified));
}

Response to_response(const actors::Answer& answer, AnswerForm form) {
  return answer.code == Errc::none ? success(answer, form) : with_cors(failure(answer, form));
}

} // namespace oq::http
