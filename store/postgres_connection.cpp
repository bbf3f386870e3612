// Parameters of libpq (PostgreSQL manual 34.1.2) and of the server (manual 20.11).
#include "store/postgres_connection.hpp"

#include "store/sql_query.hpp"

#include <soci/postgresql/soci-postgresql.h>

namespace oq::store {
namespace {

struct Parameter {
  const char* name;
  const char* value;
};

constexpr Parameter kOfConnection[] = {
  {"connect_timeout", "2"},     // s, libpq takes no less
  {"tcp_user_timeout", "2500"}, // ms until what was sent must be acknowledged
  {"keepalives_idle", "1"},     // s
  {"keepalives_interval", "1"}, // s
  {"keepalives_count", "3"},    {"application_name", "oq-engine-server"},
};

// Shorter than kPostgresPatience: the server's own words are better than a lost connection.
constexpr const char* kOfSession[] = {
  "SET statement_timeout = 2500",                   // ms
  "SET idle_in_transaction_session_timeout = 3000", // ms
  "SET client_min_messages = warning",
};

bool names(const std::string& url, const std::string& parameter) {
  return url.find("?" + parameter + "=") != std::string::npos
         || url.find("&" + parameter + "=") != std::string::npos;
}

} // namespace

std::string with_timeouts(const std::string& url) {
  std::string text = url;
  for (const auto& [name, value] : kOfConnection)
    if (!names(url, name))
      text.append(text.find('?') == std::string::npos ? "?" : "&")
        .append(name)
        .append("=")
        .append(value);
  return text;
}

void set_up_postgres(soci::session& session) {
  for (const char* statement : kOfSession)
    Query(session, statement).execute();
}

int socket_of(soci::session& session) {
  auto* backend = session.get_backend();
  // Not dynamic_cast: the library does not export the type.
  return backend ? PQsocket(static_cast<soci::postgresql_session_backend*>(backend)->conn_) : -1;
}

} // namespace oq::store
