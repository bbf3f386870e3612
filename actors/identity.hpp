// Who a client is: what it shows, what that proves, and how it logs in and out.
#pragma once

#include "actors/viewer.hpp"
#include "engine/base/error.hpp"

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/atom.hpp>
#include <caf/typed_actor.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace oq::actors {

// What a request brings along. The token itself goes no further than the edge.
struct Credential {
  enum class Kind : std::uint8_t { session, key } kind = Kind::session;
  std::string digest; // token_digest() of the token
  friend bool operator==(const Credential&, const Credential&) = default;
};

// What is remembered of a token: 256 bits of it, from which it cannot be made again.
std::string token_digest(std::string_view token);

// An answer to one question about a client. Delivered once, on any thread, and at once; a sink that
// is destroyed without one means that nobody could give it.
template <class T>
class Sink {
public:
  virtual ~Sink() = default;
  virtual void deliver(T answer) = 0;
};

struct IdentityAnswer {
  Errc code = Errc::none; // unavailable: the store does not answer
  ViewerPtr viewer = {};  // null: what was shown proves nothing (any more)
};
using IdentitySink = std::shared_ptr<Sink<IdentityAnswer>>;

// What a viewer is to a calculation, or to the one that an output belongs to.
struct Subject {
  enum class Kind : std::uint8_t { calculation, output } kind = Kind::calculation;
  std::int64_t id = 0;
};
struct StandingAnswer {
  Errc code = Errc::none; // unavailable: the store does not answer
  Standing standing = Standing::unknown;
  std::string owner = {}; // of what is seen
};
using StandingSink = std::shared_ptr<Sink<StandingAnswer>>;

struct LogIn {
  std::string name, password;
  std::string address; // of the client: tries are counted by it too
};
struct LogInAnswer {
  enum class Outcome : std::uint8_t { welcome, invalid, disabled, too_many, unavailable };
  Outcome outcome = Outcome::unavailable;
  std::string token = {};          // welcome: what the cookie holds from now on
  std::chrono::seconds lifetime{}; // welcome: until then; too_many: until the next try
};
using LogInSink = std::shared_ptr<Sink<LogInAnswer>>;

// The session has ended, in the store too: what is remembered of it is to be forgotten.
using LogOutSink = std::shared_ptr<Sink<Errc>>;

using identify_atom = caf::atom_constant<caf::atom("identify")>;
using standing_atom = caf::atom_constant<caf::atom("standing")>;
using login_atom = caf::atom_constant<caf::atom("login")>;
using logout_atom = caf::atom_constant<caf::atom("logout")>;

// Knows users, sessions and keys, as the store has them now.
using IdentitiesPort =
  caf::typed_actor<caf::reacts_to<identify_atom, Credential, IdentitySink>,
                   // By the store: what the catalog does not know may be new, or deleted.
                   caf::reacts_to<standing_atom, Subject, ViewerPtr, StandingSink>,
                   caf::reacts_to<logout_atom, Credential, LogOutSink>>;

// Checks passwords, which takes its time on purpose.
using LogInPort = caf::typed_actor<caf::reacts_to<login_atom, LogIn, LogInSink>>;

} // namespace oq::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::Credential)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::Subject)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::ViewerPtr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::LogIn)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::IdentitySink)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::StandingSink)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::LogInSink)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::LogOutSink)
