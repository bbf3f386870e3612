// Cutting, joining and doubting.
#include "actors/task_wire.hpp"

#include "store/checksum.hpp"

#include <caf/actor_system_config.hpp>

#include <algorithm>
#include <bit>
#include <cctype>
#include <cstring>

namespace oq::actors {
namespace {

// Numbers travel as they lie in memory.
static_assert(std::endian::native == std::endian::little);
static_assert(sizeof(double) == 8);

std::uint64_t checksum_of(const engine::TaskResult& result) {
  return store::checksum_of(result.integers, store::checksum_of(result.values));
}

std::uint64_t bytes_of(const ResultPiece& head) {
  return 8 * (head.values + head.integers);
}

std::size_t pieces_of(const ResultPiece& head) {
  return std::max<std::size_t>(1, (bytes_of(head) + kPieceSize - 1) / kPieceSize);
}

Error bad(const char* what) {
  return invalid_input(what, "task result");
}

// Copies the part of `array` that lies in [begin, begin + to.size()), where `array` starts at
// `start`.
void copy_part(std::string& to, std::uint64_t begin, std::uint64_t start, const void* array,
               std::uint64_t size) {
  const auto first = std::max(begin, start), last = std::min(begin + to.size(), start + size);
  if (first < last)
    std::memcpy(to.data() + (first - begin), static_cast<const char*>(array) + (first - start),
                last - first);
}

} // namespace

void add_task_wire(caf::actor_system_config& config) {
  config.add_message_type<CrewOffer>("CrewOffer");
  config.add_message_type<TaskCall>("TaskCall");
  config.add_message_type<ResultPiece>("ResultPiece");
  config.add_message_type<TaskFailure>("TaskFailure");
  config.add_message_type<InputList>("InputList");
  config.add_message_type<FilePiece>("FilePiece");
}

ResultCutter::ResultCutter(std::uint64_t ticket, const engine::TaskResult& result,
                           std::uint64_t microseconds)
  : result_(result), head_{ticket,
                           result.values.size(),
                           result.integers.size(),
                           checksum_of(result),
                           microseconds,
                           0,
                           {}} {}

std::size_t ResultCutter::pieces() const {
  return pieces_of(head_);
}

ResultPiece ResultCutter::piece(std::size_t index) const {
  auto piece = head_;
  piece.offset = index * kPieceSize;
  piece.bytes.resize(std::min<std::uint64_t>(kPieceSize, bytes_of(head_) - piece.offset));
  const auto values = 8 * head_.values, integers = 8 * head_.integers;
  copy_part(piece.bytes, piece.offset, 0, result_.values.data(), values);
  copy_part(piece.bytes, piece.offset, values, result_.integers.data(), integers);
  return piece;
}

Result<void> ResultCollector::check(const ResultPiece& piece) const {
  constexpr auto kMost = kMostResultBytes / 8;
  if (piece.values > kMost || piece.integers > kMost - piece.values)
    return bad("a result is too large");
  const auto total = bytes_of(piece);
  if (piece.offset % kPieceSize != 0 || (piece.offset > 0 && piece.offset >= total))
    return bad("a piece lies outside its result");
  if (piece.bytes.size() != std::min<std::uint64_t>(kPieceSize, total - piece.offset))
    return bad("a piece has the wrong size");
  if (head_
      && (piece.ticket != head_->ticket || piece.values != head_->values
          || piece.integers != head_->integers || piece.checksum != head_->checksum))
    return bad("pieces of different results have one ticket");
  return {};
}

Result<std::optional<engine::TaskResult>> ResultCollector::add(ResultPiece piece) {
  OQ_CHECK(check(piece));
  pieces_.try_emplace(piece.offset, std::move(piece.bytes));
  if (!head_)
    head_ = std::move(piece);
  if (pieces_.size() < pieces_of(*head_))
    return std::optional<engine::TaskResult>();
  OQ_TRY(auto result, join());
  return std::optional(std::move(result));
}

Result<engine::TaskResult> ResultCollector::join() const {
  engine::TaskResult result;
  result.values.resize(head_->values);
  result.integers.resize(head_->integers);
  const auto values = 8 * head_->values;
  for (const auto& [offset, bytes] : pieces_) {
    const auto in_values =
      offset < values ? std::min<std::uint64_t>(bytes.size(), values - offset) : 0;
    if (in_values > 0)
      std::memcpy(reinterpret_cast<char*>(result.values.data()) + offset, bytes.data(), in_values);
    if (bytes.size() > in_values)
      std::memcpy(reinterpret_cast<char*>(result.integers.data()) + (offset + in_values - values),
                  bytes.data() + in_values, bytes.size() - in_values);
  }
  if (checksum_of(result) != head_->checksum)
    return bad("the checksum of a result is wrong");
  return result;
}

Result<void> check_offer(const CrewOffer& offer, const std::string& program) {
  const auto is_shown = [](unsigned char c) {
    return std::isprint(c) != 0;
  };
  if (offer.protocol != kTaskProtocol || offer.program != program)
    return Error{Errc::conflict,
                 "the worker's program is another one than the node's, " + program
                   + ": their results could differ",
                 offer.program.substr(0, 100)};
  if (offer.threads == 0 || offer.threads > kMostThreads)
    return invalid_input("a worker has 1 to " + std::to_string(kMostThreads) + " threads",
                         "--threads");
  if (offer.name.empty() || offer.name.size() > 200 || !std::ranges::all_of(offer.name, is_shown))
    return invalid_input("a worker has a name of 1 to 200 printable characters", "--name");
  return {};
}

std::optional<Error> error_of(const TaskFailure& failure) {
  const auto code = static_cast<Errc>(failure.code);
  // What is no Errc has the name of Errc::internal.
  const bool known = to_string(code) != to_string(Errc::internal) || code == Errc::internal;
  if (code == Errc::none || !known || failure.message.size() > kLongestText
      || failure.where.size() > kLongestText)
    return std::nullopt;
  return Error{code, failure.message, failure.where};
}

TaskFailure failure_of(std::uint64_t ticket, const Error& error, bool declined) {
  return {ticket, static_cast<std::uint8_t>(error.code), error.message.substr(0, kLongestText),
          error.where.substr(0, kLongestText), declined};
}

FilePiece file_piece(std::string bytes) {
  const auto sum = store::checksum(bytes);
  return {sum, std::move(bytes)};
}

bool is_whole(const FilePiece& piece) {
  return store::checksum(piece.bytes) == piece.checksum;
}

} // namespace oq::actors
