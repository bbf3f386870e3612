// What those are told who may not: the same for what is hidden and for what does not exist.
#pragma once

#include "actors/identity.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "http/routes/route_table.hpp"

namespace oq::http {

// To who is not logged in: an empty 403 below /v1/, where programs ask, and the way to the login
// page elsewhere.
Response stranger_answer(const Request& request);

// To a user without the level, or the power, that the route asks for.
Response forbidden_answer();

// Of a calculation that is unknown, or hidden from who asks.
Response hidden_answer(const RouteMatch& route);

// To a user who sees the calculation and may not do this to it.
Response refused_answer(const RouteMatch& route, const actors::Viewer& viewer,
                        const std::string& owner);

} // namespace oq::http
