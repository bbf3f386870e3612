// The one place where our errors become CAF's and CAF's become ours.
#pragma once

#include "engine/base/result.hpp"

#include <caf/error.hpp>
#include <caf/make_message.hpp> // result.hpp needs it and does not say so
#include <caf/result.hpp>

namespace oq::actors {

caf::error to_caf(const Error& error);
template <class T>
caf::result<T> to_caf(Result<T> result) {
  if (!result)
    return to_caf(result.error());
  return *std::move(result);
}

// Our own come back as they were. A request that nobody answered in time is Errc::timeout; one
// whose receiver is gone, Errc::unavailable; anything else Errc::internal with CAF's text.
Error from_caf(const caf::error& error);

} // namespace oq::actors
