// Service: the program, a private Redis and a client, in a folder of their own.
#pragma once

#include "e2e/http_client.hpp"
#include "e2e/job_archive.hpp"
#include "support/canonical_json.hpp"
#include "support/redis_process.hpp"
#include "support/server_process.hpp"
#include "support/temporary_folder.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <memory>
#include <string>
#include <vector>

namespace oq::testing {

struct ServiceOptions {
  bool redis = true;
  std::filesystem::path data_dir = {}; // empty: a folder of the service's own
  std::vector<std::string> more = {};  // further options of `serve`
};

// A calculation that did not succeed: its id, its last state and what it says.
struct Failure {
  int http_status = 0; // of the submission: 200 when it failed later
  std::int64_t id = 0;
  std::string status = {};
  std::string message = {}; // the lines of the traceback, joined
};

class Service {
public:
  explicit Service(const ServiceOptions& options = {});

  ServerProcess& server() { return *server_; }
  RedisProcess& redis() { return *redis_; }
  const std::filesystem::path& data_dir() const { return data_dir_; }
  std::string base() const { return server_->base(); }
  // A client on a connection of its own.
  HttpClient client() const { return HttpClient(server_->port()); }

  HttpReply get(const std::string& target) { return client().get(target); }
  HttpReply post(const std::string& target) { return client().post(target); }
  boost::json::value get_json(const std::string& target);
  boost::json::array get_array(const std::string& target);

  // POST /v1/calc/run; throws when it is refused.
  std::int64_t submit(const JobArchive& job, const std::vector<FormPart>& fields = {});
  std::string status(std::int64_t id); // empty: 404
  // Waits for an end; returns the state.
  std::string wait(std::int64_t id);
  std::int64_t complete(const JobArchive& job, const std::vector<FormPart>& fields = {});
  // Submits what cannot work, and waits for its end when it was taken at first.
  Failure fail(const std::vector<FormPart>& parts);
  std::string log_text(std::int64_t id);
  // Body of the download of the first output of a type; throws when there is none.
  std::string download(std::int64_t id, const std::string& type, const std::string& format);
  // The rows of the mean curves of PGA.
  std::vector<std::string> mean_curve(std::int64_t id);

private:
  TemporaryFolder folder_;
  std::filesystem::path data_dir_;
  std::unique_ptr<RedisProcess> redis_;
  std::unique_ptr<ServerProcess> server_;
};

// The program under test.
std::string program();
std::string path_of(std::int64_t id, const std::string& rest = "");

// The members of an unpacked zip, or the one file itself under the name "".
std::map<std::string, std::string> files_of(const std::string& body);
// The lines of a CSV without its comment line, which carries a date.
std::vector<std::string> csv_rows(const std::string& text);

} // namespace oq::testing
