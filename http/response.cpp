// Status phrases, media types, JSON error bodies and files to be served.
#include "http/response.hpp"

#include "engine/base/json.hpp"
#include "http/head_parser.hpp"

#include <boost/json/object.hpp>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace oq::http {

std::string_view to_string(MediaType type) noexcept {
  switch (type) {
  case MediaType::none:
    return {};
  case MediaType::json:
    return "application/json";
  case MediaType::problem_json:
    return "application/problem+json";
  case MediaType::text:
    return "text/plain; charset=utf-8";
  case MediaType::html:
    return "text/html; charset=utf-8";
  case MediaType::csv:
    return "text/csv; charset=utf-8";
  case MediaType::xml:
    return "application/xml";
  case MediaType::zip:
    return "application/zip";
  case MediaType::octet_stream:
    return "application/octet-stream";
  }
  return {};
}

std::string_view reason_phrase(int status) noexcept {
  struct Phrase {
    int status;
    std::string_view text;
  };
  static constexpr Phrase kPhrases[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Payload Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Entity"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
  };
  for (const Phrase& phrase : kPhrases)
    if (phrase.status == status)
      return phrase.text;
  return {};
}

ServedFile::~ServedFile() {
  if (fd_ >= 0)
    ::close(fd_);
}

Result<std::shared_ptr<const ServedFile>> ServedFile::open(const std::filesystem::path& path) {
  // Not a link and not a pipe that would block: only what the store itself has written.
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0)
    return Error{errno == ENOENT ? Errc::not_found : Errc::unavailable,
                 std::string{"cannot open the file: "} + std::strerror(errno),
                 path.filename().string()};
  std::shared_ptr<ServedFile> file{new ServedFile};
  file->fd_ = fd;
  struct stat status {};
  if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
    return Error{Errc::not_found, "not a regular file", path.filename().string()};
  file->size_ = static_cast<std::uint64_t>(status.st_size);
  file->modified_ = status.st_mtim.tv_sec;
  file->etag_ = "\"" + std::to_string(status.st_ino) + "-" + std::to_string(status.st_size) + "-"
                + std::to_string(status.st_mtim.tv_sec) + "."
                + std::to_string(status.st_mtim.tv_nsec) + "\"";
  return std::shared_ptr<const ServedFile>{std::move(file)};
}

Response::Response(int status, MediaType type, std::string body)
  : Response(status, type, std::make_shared<const std::string>(std::move(body))) {}

Response::Response(int status, MediaType type, SharedBytes body)
  : status_(status), type_(type), body_(std::move(body)) {}

Response Response::error(int status, std::string_view message) {
  boost::json::object body;
  body["error"] = message;
  return {status, MediaType::json, json_text(body)};
}

Response Response::problem(int status, std::string_view title, std::string_view detail,
                           std::string_view instance) {
  boost::json::object body;
  body["type"] = "about:blank";
  body["title"] = title;
  body["status"] = status;
  body["detail"] = detail;
  if (!instance.empty())
    body["instance"] = instance;
  return {status, MediaType::problem_json, json_text(body)};
}

Response Response::file(MediaType type, std::shared_ptr<const ServedFile> file) {
  Response response{200};
  response.type_ = type;
  response.file_ = std::move(file);
  return response;
}

Response& Response::add(std::string_view name, std::string_view value) {
  lines_.append(name).append(": ");
  for (const char c : value)
    lines_.push_back(static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c);
  lines_.append("\r\n");
  return *this;
}

Response& Response::with_prepared_lines(SharedBytes lines, SharedBytes not_modified) {
  prepared_lines_ = std::move(lines);
  not_modified_lines_ = std::move(not_modified);
  return *this;
}

Response& Response::for_client(SharedBytes user, SharedBytes address) {
  user_ = std::move(user);
  address_ = std::move(address);
  return *this;
}

Response& Response::with_validator(ValidatorPtr validator) {
  validator_ = std::move(validator);
  return *this;
}

Response& Response::attachment(std::string_view filename) {
  std::string value = "attachment; filename=\"";
  for (const char c : filename)
    value.push_back(c == '"' || c == '\\' ? '_' : c);
  return add("Content-Disposition", value + "\"");
}

Response& Response::with_stream(std::shared_ptr<StreamReader> stream) {
  stream_ = std::move(stream);
  return close_connection();
}

Response& Response::close_connection() {
  close_ = true;
  return *this;
}

std::string_view Response::header(std::string_view name) const noexcept {
  std::string_view rest = lines_;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find("\r\n"));
    rest.remove_prefix(line.size() + 2);
    const std::size_t colon = line.find(": ");
    if (same_token(line.substr(0, colon), name))
      return line.substr(colon + 2);
  }
  return {};
}

} // namespace oq::http
