// Result<T>: a value, or the Error that says why there is none. The only error channel of the engine.
#pragma once

#include "engine/base/error.hpp"

#include <cassert>
#include <optional>
#include <utility>
#include <variant>

namespace oq {

template <class T>
class [[nodiscard]] Result {
public:
  // Implicit on purpose: `return value;` and `return error;` both read naturally.
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {} // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {} // NOLINT(google-explicit-constructor)

  explicit operator bool() const noexcept { return state_.index() == 0; }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(value()); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  // REQUIRES: holds an error.
  const Error& error() const {
    assert(state_.index() == 1);
    return *std::get_if<1>(&state_);
  }

private:
  T& value() {
    assert(state_.index() == 0);
    return *std::get_if<0>(&state_);
  }
  const T& value() const {
    assert(state_.index() == 0);
    return *std::get_if<0>(&state_);
  }

  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {} // NOLINT(google-explicit-constructor)

  explicit operator bool() const noexcept { return !error_; }
  const Error& error() const {
    assert(error_);
    return *error_;
  }

private:
  std::optional<Error> error_;
};

} // namespace oq

// OQ_TRY(auto x, f()): binds the value, or returns the error to the caller.
#define OQ_TRY_CONCAT_(a, b) a##b
#define OQ_TRY_CONCAT(a, b) OQ_TRY_CONCAT_(a, b)
#define OQ_TRY(declaration, ...)                                                                   \
  auto OQ_TRY_CONCAT(oq_try_, __LINE__) = (__VA_ARGS__);                                           \
  if (!OQ_TRY_CONCAT(oq_try_, __LINE__))                                                           \
    return OQ_TRY_CONCAT(oq_try_, __LINE__).error();                                               \
  declaration = *std::move(OQ_TRY_CONCAT(oq_try_, __LINE__))
// OQ_CHECK(f()): returns the error of a Result<void> to the caller.
#define OQ_CHECK(...)                                                                              \
  if (auto oq_checked = (__VA_ARGS__); !oq_checked)                                                \
  return oq_checked.error()
