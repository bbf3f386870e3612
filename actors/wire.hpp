// What one node says to another: plain values, checked when they arrive.
#pragma once

#include "actors/protocol.hpp"
#include "engine/base/result.hpp"

#include <caf/actor_system_config.hpp>
#include <caf/meta/type_name.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace oq::actors {

struct WireQuestion {
  std::uint8_t kind = 0;
  std::int64_t id = 0, first = 0, last = 0;
  std::string base;
};

struct WireExtract {
  std::int64_t id = 0;
  std::string what;
  std::vector<std::string> parameters; // name, value, name, value, …
  std::uint8_t form = 0;
};

// A file that the other node holds ready under this number for a while.
struct WireFile {
  std::uint64_t token = 0, size = 0; // token 0: no file
  std::string name;
};

struct WireAnswer {
  std::uint8_t code = 0, media_type = 0;
  std::string message, where, body;
  bool has_body = false;
  std::uint64_t revision = 0;
  WireFile file;
};

template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, WireQuestion& x) {
  return f(caf::meta::type_name("oq.question"), x.kind, x.id, x.first, x.last, x.base);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, WireExtract& x) {
  return f(caf::meta::type_name("oq.extract"), x.id, x.what, x.parameters, x.form);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, WireFile& x) {
  return f(caf::meta::type_name("oq.file"), x.token, x.size, x.name);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, WireAnswer& x) {
  return f(caf::meta::type_name("oq.answer"), x.code, x.media_type, x.message, x.where, x.body,
           x.has_body, x.revision, x.file);
}

void add_wire_types(caf::actor_system_config& config);

WireQuestion to_wire(const Question& question);
// Errc::invalid_input for what no node of ours would ask.
Result<Question> from_wire(const WireQuestion& question);

WireExtract to_wire(const Extract& extract);
Result<Extract> from_wire(const WireExtract& extract);

// Without its file, which needs a token.
WireAnswer to_wire(const Answer& answer);
Result<Answer> from_wire(const WireAnswer& answer);
Result<Command> command_from_wire(std::uint8_t command);
Result<OutputView> view_from_wire(std::uint8_t view);

// The largest piece of a file in one message.
inline constexpr std::uint64_t kFilePiece = 1 << 20;

using AnswerPtr = std::shared_ptr<const Answer>;

} // namespace oq::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::AnswerPtr)
