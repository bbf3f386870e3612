// From headers and query of a download to what the actors are asked for.
#pragma once

#include "actors/protocol.hpp"
#include "http/routes/route_table.hpp"

#include <string_view>

namespace oq::http {

// The headers of a request that choose among the forms of an answer.
struct Preferences {
  std::string_view accept, accept_encoding, range;
};

// Whether the client names JSON, and nothing that it would rather have; npz is for all others.
bool prefers_json(std::string_view accept);

// The coding in which a file is sent. A part of a file is always one of the plain bytes, whatever
// the client takes: who goes on with a download counts what it has unpacked.
actors::ContentCoding coding_for(const Preferences& preferences);

actors::Extract read_extract(const RouteMatch& route, std::string_view query,
                             const Preferences& preferences);

} // namespace oq::http
