// The texts that are built into the program; their files are in http/pages/ and docs/.
#pragma once

#include <string_view>

namespace oq::http::embedded {

extern const std::string_view docs_page, engine_page, outputs_page, run_form, style, license;
extern const std::string_view openapi; // as JSON

} // namespace oq::http::embedded
