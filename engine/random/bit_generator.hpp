// What a source of random bits offers to the draws built on it.
#pragma once

#include <concepts>
#include <cstdint>

namespace oq::engine {

// `next_double` is uniform on [0, 1) with 53 bits. `next_uint32` of a 64-bit generator gives the
// low half first and keeps the high half for the next call.
template <class T>
concept BitGenerator = requires(T& generator) {
  { generator.next_uint64() } -> std::same_as<std::uint64_t>;
  { generator.next_uint32() } -> std::same_as<std::uint32_t>;
  { generator.next_double() } -> std::same_as<double>;
};

// The upper 53 bits of a word as a fraction.
constexpr double unit_interval(std::uint64_t word) noexcept {
  return static_cast<double>(word >> 11) * (1.0 / 9007199254740992.0);
}

// The half of a 64-bit word that a 32-bit draw did not use.
class SpareHalf {
public:
  template <class Next64>
  std::uint32_t next(Next64&& next_uint64) {
    if (kept_) {
      kept_ = false;
      return high_;
    }
    const std::uint64_t word = next_uint64();
    high_ = static_cast<std::uint32_t>(word >> 32);
    kept_ = true;
    return static_cast<std::uint32_t>(word);
  }

private:
  std::uint32_t high_ = 0;
  bool kept_ = false;
};

} // namespace oq::engine
