// Copies a parsed head so that it outlives the connection's buffer.
#include "http/request.hpp"

namespace oq::http {
namespace {

std::size_t bytes_of(const RequestHead& head) {
  std::size_t total = head.method_text.size() + head.target.size() + head.client.size() + 1;
  for (const HeaderField& field : head.fields)
    total += field.name.size() + field.value.size();
  return total;
}

// Appends to a string of sufficient capacity: what is returned stays valid.
std::string_view kept(std::string& bytes, std::string_view text) {
  const std::size_t start = bytes.size();
  bytes.append(text);
  return std::string_view{bytes}.substr(start);
}

// `part` of `whole`, found again in the copy of `whole`; parts that are not inside stay as they
// are.
std::string_view rebased(std::string_view part, std::string_view whole, std::string_view copy) {
  const bool inside = part.data() >= whole.data() && part.data() <= whole.data() + whole.size();
  return inside ? copy.substr(static_cast<std::size_t>(part.data() - whole.data()), part.size())
                : part;
}

} // namespace

Request::Request(const RequestHead& head, std::string path)
  : head_(head), path_(std::move(path)), query_(parse_query(head.raw_query)) {
  bytes_.reserve(bytes_of(head));
  head_.method_text = kept(bytes_, head.method_text);
  head_.target = kept(bytes_, head.target);
  head_.client = kept(bytes_, head.client);
  head_.raw_path = rebased(head.raw_path, head.target, head_.target);
  head_.raw_query = rebased(head.raw_query, head.target, head_.target);
  for (HeaderField& field : head_.fields)
    field = {kept(bytes_, field.name), kept(bytes_, field.value)};
}

std::optional<std::string_view> Request::query(std::string_view name) const noexcept {
  for (const QueryParameter& parameter : query_)
    if (parameter.name == name)
      return parameter.value;
  return std::nullopt;
}

const Part* Request::part(std::string_view name) const noexcept {
  for (const Part& part : content_.parts)
    if (part.name == name)
      return &part;
  return nullptr;
}

} // namespace oq::http
