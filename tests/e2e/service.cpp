// What tests do with the service again and again.
#include "e2e/service.hpp"

#include <boost/json/parse.hpp>
#include <zip.h>

#include <sstream>
#include <stdexcept>

namespace oq::testing {
namespace {

bool has_ended(const std::string& status) {
  return status == "complete" || status == "failed" || status == "aborted" || status.empty();
}

boost::json::value parse(const HttpReply& reply, const std::string& target) {
  boost::json::error_code code;
  auto value = boost::json::parse(reply.body, code);
  if (reply.status != 200 || code)
    throw std::runtime_error(target + ": " + std::to_string(reply.status) + " " + reply.body);
  return value;
}

std::string joined(const boost::json::value& lines) {
  std::string text;
  for (const auto& line : lines.as_array())
    text += std::string(line.as_string()) + "\n";
  return text;
}

} // namespace

Service::Service(const ServiceOptions& options) {
  data_dir_ = options.data_dir.empty() ? folder_ / "data" : options.data_dir;
  std::vector<std::string> arguments{"--data-dir", data_dir_.string()};
  if (options.redis)
    redis_ = std::make_unique<RedisProcess>(folder_.path());
  arguments.insert(arguments.end(), {"--redis", redis_ ? redis_->url() : "none"});
  arguments.insert(arguments.end(), options.more.begin(), options.more.end());
  server_ = std::make_unique<ServerProcess>(program(), folder_.path(), arguments);
}

boost::json::value Service::get_json(const std::string& target) {
  return parse(get(target), target);
}

boost::json::array Service::get_array(const std::string& target) {
  return get_json(target).as_array();
}

std::int64_t Service::submit(const JobArchive& job, const std::vector<FormPart>& fields) {
  auto parts = fields;
  parts.push_back(job.part());
  const auto answer = parse(client().post("/v1/calc/run", parts), "run");
  return answer.at("job_id").as_int64();
}

std::string Service::status(std::int64_t id) {
  const auto reply = get(path_of(id, "/status"));
  if (reply.status == 404)
    return "";
  return std::string(parse(reply, "status").at("status").as_string());
}

std::string Service::wait(std::int64_t id) {
  std::string last;
  eventually(
    [&] {
      last = status(id);
      return has_ended(last);
    },
    std::chrono::minutes(5));
  return last;
}

std::int64_t Service::complete(const JobArchive& job, const std::vector<FormPart>& fields) {
  const auto id = submit(job, fields);
  if (const auto end = wait(id); end != "complete")
    throw std::runtime_error("calculation " + std::to_string(id) + " is " + end + ": "
                             + get(path_of(id, "/traceback")).body);
  return id;
}

Failure Service::fail(const std::vector<FormPart>& parts) {
  const auto reply = client().post("/v1/calc/run", parts);
  Failure failure{.http_status = reply.status};
  boost::json::error_code code;
  const auto answer = boost::json::parse(reply.body, code);
  if (code || !answer.is_object() || !answer.as_object().contains("job_id"))
    return failure;
  failure.id = answer.at("job_id").as_int64();
  if (const auto* lines = answer.as_object().if_contains("traceback"))
    failure.message = joined(*lines);
  failure.status = wait(failure.id);
  if (failure.message.empty())
    failure.message = joined(get_json(path_of(failure.id, "/traceback")));
  return failure;
}

std::string Service::log_text(std::int64_t id) {
  std::string text;
  for (const auto& row : get_array(path_of(id, "/log/0:")))
    text += std::string(row.at(1).as_string()) + " " + std::string(row.at(3).as_string()) + "\n";
  return text;
}

std::string Service::download(std::int64_t id, const std::string& type, const std::string& format) {
  for (const auto& output : get_array(path_of(id, "/results"))) {
    if (output.at("type").as_string() != type)
      continue;
    const auto url = std::string(output.at("url").as_string());
    const auto reply = get(url.substr(base().size()) + "?export_type=" + format);
    if (reply.status != 200)
      throw std::runtime_error(url + ": " + std::to_string(reply.status) + " " + reply.body);
    return reply.body;
  }
  throw std::runtime_error("no output " + type);
}

std::string program() {
  return OQ_PROGRAM;
}

std::string path_of(std::int64_t id, const std::string& rest) {
  return "/v1/calc/" + std::to_string(id) + rest;
}

std::vector<std::string> Service::mean_curve(std::int64_t id) {
  const auto files = files_of(download(id, "hcurves", "csv"));
  return csv_rows(files.at("hazard_curve-mean-PGA_" + std::to_string(id) + ".csv"));
}

std::map<std::string, std::string> files_of(const std::string& body) {
  if (!body.starts_with("PK"))
    return {{"", body}};
  const TemporaryFolder folder;
  zip_t* archive = ::zip_open(folder.write("files.zip", body).c_str(), ZIP_RDONLY, nullptr);
  if (!archive)
    throw std::runtime_error("not a zip");
  std::map<std::string, std::string> files;
  for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(::zip_get_num_entries(archive, 0)); ++i) {
    zip_stat_t stat;
    ::zip_stat_index(archive, i, 0, &stat);
    std::string content(stat.size, '\0');
    zip_file_t* file = ::zip_fopen_index(archive, i, 0);
    ::zip_fread(file, content.data(), stat.size);
    ::zip_fclose(file);
    files[stat.name] = content;
  }
  ::zip_discard(archive);
  return files;
}

std::vector<std::string> csv_rows(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> rows;
  for (std::string line; std::getline(stream, line);)
    if (!line.starts_with("#"))
      rows.push_back(line.ends_with("\r") ? line.substr(0, line.size() - 1) : line);
  return rows;
}

} // namespace oq::testing
