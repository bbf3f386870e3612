// Response: status, headers and a body of shared bytes or of a file. Cheap to copy and to move.
#pragma once

#include "engine/base/result.hpp"
#include "http/entity_tag.hpp"

#include <cstdint>
#include <ctime>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace oq::http {

// Immutable bytes, so that one answer can go out on a thousand connections.
using SharedBytes = std::shared_ptr<const std::string>;

enum class MediaType : std::uint8_t {
  none, // no Content-Type, or the one given as a header
  json,
  problem_json,
  text,
  html,
  csv,
  xml,
  zip,
  octet_stream,
};
std::string_view to_string(MediaType type) noexcept; // "application/json"

// The standard phrase of a status ("Not Found"), empty for unknown ones.
std::string_view reason_phrase(int status) noexcept;

// An open regular file that is sent by sendfile; closed with the last response that holds it.
class ServedFile {
public:
  ~ServedFile();
  ServedFile(const ServedFile&) = delete;
  ServedFile& operator=(const ServedFile&) = delete;

  static Result<std::shared_ptr<const ServedFile>> open(const std::filesystem::path& path);

  int fd() const noexcept { return fd_; }
  std::uint64_t size() const noexcept { return size_; }
  std::time_t modified() const noexcept { return modified_; }
  const std::string& etag() const noexcept { return etag_; } // quoted

private:
  ServedFile() = default;
  int fd_ = -1;
  std::uint64_t size_ = 0;
  std::time_t modified_ = 0;
  std::string etag_;
};

class StreamReader; // http/stream.hpp

class Response {
public:
  Response() = default;
  explicit Response(int status) : status_(status) {}
  Response(int status, MediaType type, std::string body);
  Response(int status, MediaType type, SharedBytes body);

  static Response json(std::string body) { return {200, MediaType::json, std::move(body)}; }
  static Response json(SharedBytes body) { return {200, MediaType::json, std::move(body)}; }
  static Response text(int status, std::string body) {
    return {status, MediaType::text, std::move(body)};
  }
  // {"error": message}
  static Response error(int status, std::string_view message);
  // application/problem+json (RFC 9457); `instance` is the request's path, may be empty.
  static Response problem(int status, std::string_view title, std::string_view detail,
                          std::string_view instance = {});
  // The whole file; Range and If-Range of the request are honoured when it is sent.
  static Response file(MediaType type, std::shared_ptr<const ServedFile> file);

  // Adds a header. Line breaks and other control characters in a value become blanks: a value made
  // of client input cannot start another header.
  Response& add(std::string_view name, std::string_view value);
  // Header lines ready for the wire ("ETag: \"7\"\r\n"), made once and shared by many responses.
  // A 304 in its place gets `not_modified` instead.
  Response& with_prepared_lines(SharedBytes lines, SharedBytes not_modified = nullptr);
  // Its lines go out, and a client that has what it stands for gets a 304 instead (RFC
  // 9110, 13.1.2).
  Response& with_validator(ValidatorPtr validator);
  Response& attachment(std::string_view filename); // Content-Disposition
  // Instead of a body: pieces as they come, with the connection closed after the last.
  Response& with_stream(std::shared_ptr<StreamReader> stream);
  Response& close_connection();
  // Whom the request was answered for, and from which address; for the access log.
  Response& for_client(SharedBytes user, SharedBytes address);

  int status() const noexcept { return status_; }
  MediaType media_type() const noexcept { return type_; }
  const SharedBytes& body() const noexcept { return body_; } // null: empty, or a file
  const std::shared_ptr<const ServedFile>& file() const noexcept { return file_; }
  const std::shared_ptr<StreamReader>& stream() const noexcept { return stream_; }
  bool closes() const noexcept { return close_; }
  const std::string& header_lines() const noexcept { return lines_; }
  const SharedBytes& prepared_lines() const noexcept { return prepared_lines_; }
  const SharedBytes& prepared_for_not_modified() const noexcept { return not_modified_lines_; }
  const SharedBytes& user() const noexcept { return user_; }       // null: nobody in particular
  const SharedBytes& address() const noexcept { return address_; } // null: the peer's
  const ValidatorPtr& validator() const noexcept { return validator_; }
  // The value of a header given by add(), or empty.
  std::string_view header(std::string_view name) const noexcept;

private:
  int status_ = 200;
  MediaType type_ = MediaType::none;
  bool close_ = false;
  std::string lines_;
  SharedBytes prepared_lines_, not_modified_lines_;
  SharedBytes user_, address_;
  ValidatorPtr validator_;
  SharedBytes body_;
  std::shared_ptr<const ServedFile> file_;
  std::shared_ptr<StreamReader> stream_;
};

} // namespace oq::http
