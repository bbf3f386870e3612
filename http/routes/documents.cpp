// Each document is prepared once, with its tag, and shared by all answers.
#include "http/routes/documents.hpp"

#include "engine/base/markup.hpp"
#include "http/routes/answer_response.hpp"
#include "http/routes/embedded.hpp"

namespace oq::http {
namespace {

std::string license_page() {
  return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
         "<title>License - oq-engine-server</title></head>\n<body><p><a href=\"/engine/\">"
         "oq-engine-server</a></p><pre>"
         + escaped_markup(embedded::license) + "</pre></body></html>\n";
}

// The form of the first clients; that of risk asks for the hazard too.
std::string run_form(bool risk) {
  std::string page(embedded::run_form);
  if (!risk)
    return page;
  for (const std::string_view mark : {"<!--risk", "risk-->"})
    page.erase(page.find(mark), mark.size());
  return page;
}

class Document {
public:
  Document(std::string_view content_type, std::string text)
    : body_(std::make_shared<const std::string>(std::move(text))) {
    auto tag = content_tag(*body_);
    const auto line = "ETag: " + tag + "\r\n";
    auto lines = line + "Content-Type: " + std::string(content_type) + "\r\n";
    validator_ =
      std::make_shared<const Validator>(Validator{std::move(tag), std::move(lines), line});
  }

  Response response() const {
    Response response(200, MediaType::none, body_);
    return with_cors(std::move(response.with_validator(validator_)));
  }

private:
  SharedBytes body_;
  ValidatorPtr validator_;
};

constexpr std::string_view kHtml = "text/html; charset=utf-8";

} // namespace

std::optional<Response> document_response(Action action) {
  static const Document engine(kHtml, std::string(embedded::engine_page));
  static const Document outputs(kHtml, std::string(embedded::outputs_page));
  static const Document license(kHtml, license_page());
  static const Document style("text/css; charset=utf-8", std::string(embedded::style));
  static const Document docs(kHtml, std::string(embedded::docs_page));
  static const Document openapi("application/json", std::string(embedded::openapi));
  static const Document hazard_form(kHtml, run_form(false));
  static const Document risk_form(kHtml, run_form(true));
  switch (action) {
  case Action::root: {
    Response moved(301, MediaType::html, std::string());
    return std::move(moved.add("Location", "/engine/"));
  }
  case Action::engine_page:
    return engine.response();
  case Action::outputs_page:
    return outputs.response();
  case Action::license_page:
    return license.response();
  case Action::style:
    return style.response();
  case Action::docs:
    return docs.response();
  case Action::openapi:
    return openapi.response();
  case Action::seed_hazard_form:
    return hazard_form.response();
  case Action::seed_risk_form:
    return risk_form.response();
  default:
    return std::nullopt;
  }
}

} // namespace oq::http
