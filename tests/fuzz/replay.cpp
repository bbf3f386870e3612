// Runs a target over its corpus and over mutations of it that are the same in every run.
#include "fuzz/fuzz.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

namespace {

using Bytes = std::vector<std::uint8_t>;
using Random = std::mt19937_64;

constexpr std::uint64_t kSeed = 20131128;
constexpr std::size_t kLongest = 1 << 14;

std::vector<Bytes> corpus(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    files.push_back(entry.path());
  std::ranges::sort(files);
  std::vector<Bytes> out;
  for (const auto& file : files) {
    std::ifstream stream(file, std::ios::binary);
    out.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
  return out;
}

std::size_t place(Random& random, const Bytes& bytes) {
  return bytes.empty() ? 0 : random() % bytes.size();
}

// One small change: of a bit, a byte, a stretch, or a piece of another input.
void mutate(Bytes& bytes, const std::vector<Bytes>& inputs, Random& random) {
  const auto at = static_cast<std::ptrdiff_t>(place(random, bytes));
  const auto rest = bytes.size() - static_cast<std::size_t>(at);
  switch (random() % 6) {
  case 0:
    if (!bytes.empty())
      bytes[static_cast<std::size_t>(at)] ^= static_cast<std::uint8_t>(1u << (random() % 8));
    break;
  case 1:
    if (!bytes.empty())
      bytes[static_cast<std::size_t>(at)] = static_cast<std::uint8_t>(random());
    break;
  case 2:
    bytes.erase(bytes.begin() + at,
                bytes.begin() + at + static_cast<std::ptrdiff_t>(rest ? random() % rest : 0));
    break;
  case 3:
    bytes.insert(bytes.begin() + at, 1 + random() % 8, static_cast<std::uint8_t>(random()));
    break;
  case 4: {
    const auto& other = inputs[random() % inputs.size()];
    const auto from = static_cast<std::ptrdiff_t>(place(random, other));
    bytes.insert(bytes.begin() + at, other.begin() + from, other.end());
    break;
  }
  default: {
    const Bytes again(bytes.begin() + at, bytes.end());
    bytes.insert(bytes.end(), again.begin(), again.end());
  }
  }
  bytes.resize(std::min(bytes.size(), kLongest));
}

} // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::fprintf(stderr, "usage: %s CORPUS MUTATIONS\n", arguments[0]);
    return 2;
  }
  const auto inputs = corpus(arguments[1]);
  if (inputs.empty()) {
    std::fprintf(stderr, "there is no corpus in %s\n", arguments[1]);
    return 1;
  }
  for (const auto& input : inputs)
    LLVMFuzzerTestOneInput(input.data(), input.size());
  Random random(kSeed);
  const long mutations = std::atol(arguments[2]);
  for (long i = 0; i < mutations; ++i) {
    auto bytes = inputs[random() % inputs.size()];
    for (auto changes = 1 + random() % 4; changes > 0; --changes)
      mutate(bytes, inputs, random);
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  }
  std::printf("%zu inputs and %ld mutations\n", inputs.size(), mutations);
  return 0;
}
