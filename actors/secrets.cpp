// Argon2id and random tokens by libsodium, tokens' digests by SHA-256.
#include "actors/secrets.hpp"

#include "actors/identity.hpp"

#include <array>
#include <sodium.h>

namespace oq::actors {
namespace {

constexpr std::size_t kTokenBytes = 32;

bool ready() {
  static const bool done = ::sodium_init() >= 0;
  return done;
}

} // namespace

Result<std::string> hash_password(std::string_view password, const PasswordCost& cost) {
  if (password.empty() || password.size() > kLongestPassword)
    return invalid_input("a password has 1 to " + std::to_string(kLongestPassword) + " bytes");
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (!ready()
      || ::crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), cost.passes,
                                 cost.memory, crypto_pwhash_ALG_ARGON2ID13)
           != 0)
    return Error{Errc::unavailable, "there is no memory to hash a password", {}};
  return std::string(hash.data());
}

bool password_matches(const std::string& hash, std::string_view password) {
  // libsodium reads all of its array.
  std::array<char, crypto_pwhash_STRBYTES> padded{};
  if (!ready() || hash.size() >= padded.size() || password.size() > kLongestPassword)
    return false;
  hash.copy(padded.data(), hash.size());
  return ::crypto_pwhash_str_verify(padded.data(), password.data(), password.size()) == 0;
}

std::string new_token() {
  if (!ready())
    return {};
  std::array<unsigned char, kTokenBytes> bytes{};
  ::randombytes_buf(bytes.data(), bytes.size());
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::array<char, sodium_base64_ENCODED_LEN(kTokenBytes, kVariant)> text{};
  ::sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), kVariant);
  return std::string(text.data());
}

std::string token_digest(std::string_view token) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> bytes{};
  ::crypto_hash_sha256(bytes.data(), reinterpret_cast<const unsigned char*>(token.data()),
                       token.size());
  std::array<char, 2 * crypto_hash_sha256_BYTES + 1> text{};
  ::sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  return std::string(text.data());
}

} // namespace oq::actors
