// Queries and the small languages of headers.
#include "fuzz/fuzz.hpp"
#include "http/byte_range.hpp"
#include "http/entity_tag.hpp"
#include "http/routes/list_question.hpp"
#include "http/target.hpp"

#include <tuple>

using namespace oq::http;
using oq::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = oq::fuzz::text_of(data, size);
  std::size_t bytes = 0;
  for (const auto& parameter : parse_query(text))
    bytes += parameter.name.size() + parameter.value.size();
  require(bytes <= text.size(), "decoding never makes longer");
  if (const auto path = decode_path(text))
    require(path->size() <= text.size(), "decoding never makes longer");
  const auto question = read_list_question(oq::actors::ListKind::modern, text);
  if (question)
    require(question->offset >= 0 && question->limit.value_or(0) >= -1, "numbers are in range");
  else
    require(!question.error().where.empty(), "the parameter is named");
  for (const std::uint64_t file : {std::uint64_t{0}, std::uint64_t{1000}}) {
    const auto outcome = select_range(text, file);
    require(outcome.range.first + outcome.range.length <= file, "a range lies in its file");
  }
  std::ignore = names_tag(text, "\"0123456789abcdef\"");
  return 0;
}
