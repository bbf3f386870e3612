// guarded: the border where what a library throws, memory that ran out above all, becomes an Error.
#pragma once

#include "engine/base/result.hpp"

#include <exception>
#include <new>

namespace oq {

// Calls `work`, which returns a Result.
template <class Work>
auto guarded(Work&& work) -> decltype(work()) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return Error{Errc::unavailable, "there is not enough memory", ""};
  } catch (const std::exception& thrown) {
    return Error{Errc::internal, thrown.what(), ""};
  }
}

} // namespace oq
