// What makes a PostgreSQL connection give up in time: timeouts on both sides of the network.
#pragma once

#include <soci/soci.h>

#include <chrono>
#include <string>

namespace oq::store {

// A call that takes longer is given up; connecting may take 2 s more.
inline constexpr std::chrono::milliseconds kPostgresPatience{3000};

// The libpq URL with timeouts of the connection where it names none: connect_timeout,
// tcp_user_timeout and keepalives.
std::string with_timeouts(const std::string& url);

// Once a connection: the server ends what takes too long and a transaction that nobody goes on
// with, as a frozen node's, which would keep its rows locked.
void set_up_postgres(soci::session& session);

// The socket of a PostgreSQL session, -1 when there is none.
int socket_of(soci::session& session);

} // namespace oq::store
