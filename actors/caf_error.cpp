// Errors across the actor boundary: the code travels as it is, message and place as context.
#include "actors/caf_error.hpp"

#include <caf/atom.hpp>
#include <caf/deep_to_string.hpp>
#include <caf/exit_reason.hpp>
#include <caf/make_message.hpp>
#include <caf/message.hpp>
#include <caf/sec.hpp>

namespace oq::actors {
namespace {

constexpr caf::atom_value kCategory = caf::atom("oq");
constexpr caf::atom_value kExitCategory = caf::atom("exit");

Error ours(const caf::error& error) {
  Error out{static_cast<Errc>(error.code()), {}, {}};
  if (error.context().match_elements<std::string, std::string>()) {
    out.message = error.context().get_as<std::string>(0);
    out.where = error.context().get_as<std::string>(1);
  }
  return out;
}

} // namespace

caf::error to_caf(const Error& error) {
  return {static_cast<std::uint8_t>(error.code), kCategory,
          caf::make_message(error.message, error.where)};
}

Error from_caf(const caf::error& error) {
  if (error.category() == kCategory)
    return ours(error);
  if (error == caf::sec::request_timeout)
    return {Errc::timeout, "a part of the service did not answer in time", {}};
  if (error == caf::sec::request_receiver_down || error.category() == kExitCategory)
    return {Errc::unavailable, "a part of the service stopped", {}};
  return {Errc::internal, "a message went wrong: " + caf::deep_to_string(error), {}};
}

} // namespace oq::actors
