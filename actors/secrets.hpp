// Secrets: hashes of passwords, random tokens, and what is kept of a token. libsodium behind it.
#pragma once

#include "engine/base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace oq::actors {

// Of Argon2id: passes and bytes of memory. A hash carries its own, so that both can grow later.
struct PasswordCost {
  unsigned long long passes = 2;              // RFC 9106 and libsodium's "interactive"
  std::size_t memory = std::size_t{64} << 20; // bytes
};

constexpr std::size_t kLongestPassword = 1024; // bytes

// Errc::invalid_input: empty or too long; Errc::unavailable: no memory for it.
Result<std::string> hash_password(std::string_view password, const PasswordCost& cost = {});
// Takes as long for a wrong one; false for a hash that is none.
bool password_matches(const std::string& hash, std::string_view password);

// 256 random bits, as text that cookies and headers take.
std::string new_token();

} // namespace oq::actors
