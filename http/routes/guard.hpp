// Guard: who may pass to which route, and as whom; what everybody else is told.
#pragma once

#include "actors/handles.hpp"
#include "http/request.hpp"
#include "http/routes/client_address.hpp"
#include "http/routes/cors.hpp"
#include "http/routes/identity_cache.hpp"
#include "http/routes/request_meter.hpp"
#include "http/routes/route_table.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace oq::http {

struct GuardSettings {
  std::vector<std::string> origins; // of other pages that may read answers; none: any
  TrustedProxies proxies;
  std::string own_origin; // "https://hazard.example.org"; empty: by the Host
};

using RequestPtr = std::shared_ptr<const Request>;

// Outlives every answer that is still to come. Any thread.
class Guard {
public:
  // Goes on with the request; a null viewer where nobody has to say who they are.
  using Pass = std::function<void(const actors::ViewerPtr&, MeteredReply)>;

  Guard(actors::Handles handles, const GuardSettings& settings);

  // Whether clients have to say who they are.
  bool is_closed() const noexcept { return static_cast<bool>(handles_.identities); }

  // Calls `pass`, now or later and on any thread, or answers by itself.
  void check(const RouteMatch& route, const RequestPtr& request, MeteredReply reply, Pass pass);
  // The same for whoever wants to know the client and asks for no right: a null viewer is a
  // stranger.
  void identify(const RequestPtr& request, MeteredReply reply, Pass pass);
  void forget(const actors::Credential& credential);

  // A page of another site makes a browser send this, with the cookie of whoever is logged in.
  bool is_forged(const Request& request) const;
  bool is_secure(const Request& request) const;
  std::string_view client_of(const Request& request) const;
  const CorsPolicy& cors() const noexcept { return cors_; }
  const TrustedProxies& proxies() const noexcept { return proxies_; }

private:
  struct Check;
  using CheckPtr = std::shared_ptr<Check>;
  class IdentityWaiter;
  class StandingWaiter;

  void identified(const CheckPtr& check, const actors::IdentityAnswer& answer);
  void authorise(const CheckPtr& check, const actors::ViewerPtr& viewer);
  void ask_store(const CheckPtr& check);
  void decide(const CheckPtr& check, const actors::StandingAnswer& answer);

  actors::Handles handles_;
  CorsPolicy cors_;
  TrustedProxies proxies_;
  std::string own_origin_;
  IdentityCache cache_;
};

} // namespace oq::http
