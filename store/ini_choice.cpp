// Which of the uploaded files is the job's ini.
#include "store/ini_choice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace oq::store {
namespace {

constexpr std::array<std::string_view, 3> kHazardNames = {"job.ini", "job_haz.ini",
                                                          "job_hazard.ini"};
constexpr std::string_view kRiskSuffix = "risk.ini";

std::string_view base(std::string_view path) {
  return path.substr(path.find_last_of('/') + 1); // npos + 1 is 0
}

std::vector<std::string> ending_with(const std::vector<std::string>& files,
                                     std::string_view suffix) {
  std::vector<std::string> found;
  std::copy_if(files.begin(), files.end(), std::back_inserter(found),
               [suffix](const std::string& file) {
                 return file.ends_with(suffix);
               });
  return found;
}

// The file of exactly that name, else the first whose name ends so.
Result<std::string> by_request(const std::vector<std::string>& files, const std::string& job_ini) {
  const auto matches = ending_with(files, job_ini);
  if (matches.empty())
    return invalid_input(fmt::format("no uploaded file has a name that ends with \"{}\"", job_ini),
                         "job_ini");
  const auto exact = std::find_if(matches.begin(), matches.end(), [&](const std::string& file) {
    return file == job_ini || base(file) == job_ini;
  });
  return exact == matches.end() ? matches.front() : *exact;
}

// REQUIRES: at least one.
Result<std::string> by_name(const std::vector<std::string>& inis, bool on_hazard) {
  if (on_hazard) {
    const auto risk = ending_with(inis, kRiskSuffix);
    if (risk.empty())
      return invalid_input(fmt::format("of {} ini files none has a name that ends with \"{}\"",
                                       inis.size(), kRiskSuffix),
                           "job_ini");
    return risk.front();
  }
  for (const auto name : kHazardNames)
    for (const auto& file : inis)
      if (base(file) == name)
        return file;
  return inis.front();
}

} // namespace

Result<std::string> choose_ini(const std::vector<std::string>& files, const IniRequest& request) {
  if (!request.job_ini.empty())
    return by_request(files, request.job_ini);
  if (request.job_configs.size() == 1)
    return request.job_configs.front();
  const auto inis = ending_with(request.job_configs.empty() ? files : request.job_configs, ".ini");
  if (inis.empty())
    return invalid_input("the upload holds no .ini file");
  if (inis.size() == 1)
    return inis.front();
  return by_name(inis, request.on_hazard);
}

} // namespace oq::store
