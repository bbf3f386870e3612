// Results cut and joined again, and every way in which a piece can be wrong.
#include "actors/task_wire.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/binary_deserializer.hpp>
#include <caf/binary_serializer.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace oq::actors {
namespace {

engine::TaskResult numbers(std::size_t values, std::size_t integers) {
  engine::TaskResult result;
  result.values.resize(values);
  std::iota(result.values.begin(), result.values.end(), 0.25);
  result.integers.resize(integers);
  std::iota(result.integers.begin(), result.integers.end(), -7);
  return result;
}

std::vector<ResultPiece> cut(const engine::TaskResult& result, std::uint64_t ticket = 1) {
  const ResultCutter cutter(ticket, result, 1000);
  std::vector<ResultPiece> pieces;
  for (std::size_t i = 0; i < cutter.pieces(); ++i)
    pieces.push_back(cutter.piece(i));
  return pieces;
}

// The result of the last piece; fails when it was there before or is not there.
engine::TaskResult joined(const std::vector<ResultPiece>& pieces) {
  ResultCollector collector;
  std::optional<engine::TaskResult> result;
  for (const auto& piece : pieces) {
    EXPECT_FALSE(result);
    auto added = collector.add(piece);
    EXPECT_TRUE(added) << added.error().text();
    if (added)
      result = *std::move(added);
  }
  EXPECT_TRUE(result);
  return result.value_or(engine::TaskResult{});
}

constexpr std::size_t kValuesAPiece = kPieceSize / 8;

TEST(ResultPieces, ComeTogetherAgainWhateverTheirSizes) {
  for (const auto& [values, integers] :
       std::vector<std::pair<std::size_t, std::size_t>>{{0, 0},
                                                        {1, 0},
                                                        {0, 1},
                                                        {kValuesAPiece, 0},
                                                        {kValuesAPiece + 1, 0},
                                                        {kValuesAPiece, 3},
                                                        {kValuesAPiece - 1, 2 * kValuesAPiece},
                                                        {3 * kValuesAPiece, 5},
                                                        {5, 3 * kValuesAPiece}}) {
    const auto result = numbers(values, integers);
    const auto again = joined(cut(result));
    EXPECT_EQ(again.values, result.values) << values << " " << integers;
    EXPECT_EQ(again.integers, result.integers) << values << " " << integers;
  }
}

TEST(ResultPieces, MayComeInAnyOrderAndMoreThanOnce) {
  const auto result = numbers(3 * kValuesAPiece, 9);
  auto pieces = cut(result);
  ASSERT_EQ(pieces.size(), 4u);
  std::ranges::reverse(pieces);
  pieces.insert(pieces.begin(), pieces[1]);
  pieces.insert(pieces.begin(), pieces[0]);
  EXPECT_EQ(joined(pieces).values, result.values);
}

TEST(ResultPieces, NoneIsLargerThanAMebibyte) {
  for (const auto& piece : cut(numbers(3 * kValuesAPiece + 1, 1)))
    EXPECT_LE(piece.bytes.size(), kPieceSize);
}

class WrongPiece : public ::testing::Test {
protected:
  // What a collector says that has the first of three pieces.
  bool refuses(const ResultPiece& piece) {
    ResultCollector collector;
    EXPECT_TRUE(collector.add(pieces[0]));
    return !collector.add(piece);
  }
  std::vector<ResultPiece> pieces = cut(numbers(2 * kValuesAPiece, 5));
};

TEST_F(WrongPiece, OutsideOrBetweenPiecesIsRefused) {
  auto piece = pieces[1];
  for (const std::uint64_t offset :
       {std::uint64_t{1}, std::uint64_t{kPieceSize - 1}, std::uint64_t{3 * kPieceSize},
        ~std::uint64_t{0}, ~std::uint64_t{0} - kPieceSize + 1}) {
    piece.offset = offset;
    EXPECT_TRUE(refuses(piece)) << offset;
  }
}

TEST_F(WrongPiece, OfTheWrongSizeIsRefused) {
  auto piece = pieces[1];
  piece.bytes.pop_back();
  EXPECT_TRUE(refuses(piece));
  piece.bytes += "xx";
  EXPECT_TRUE(refuses(piece));
}

TEST_F(WrongPiece, OfAnotherResultIsRefused) {
  auto piece = pieces[1];
  piece.checksum ^= 1;
  EXPECT_TRUE(refuses(piece));
  piece = pieces[1];
  piece.values += 1;
  EXPECT_TRUE(refuses(piece));
}

TEST_F(WrongPiece, OfAnUnboundedResultIsRefusedBeforeAnythingIsKept) {
  for (const std::uint64_t count :
       {kMostResultBytes, ~std::uint64_t{0}, ~std::uint64_t{0} / 8, std::uint64_t{1} << 61}) {
    auto piece = pieces[0];
    piece.values = count;
    EXPECT_FALSE(ResultCollector().add(piece));
    piece.values = 1;
    piece.integers = count;
    EXPECT_FALSE(ResultCollector().add(piece));
  }
}

TEST_F(WrongPiece, WithAFlippedBitIsNoticedInTheEnd) {
  ResultCollector collector;
  EXPECT_TRUE(collector.add(pieces[0]));
  pieces[1].bytes[77] = static_cast<char>(pieces[1].bytes[77] ^ 4);
  EXPECT_TRUE(collector.add(pieces[1]));
  EXPECT_FALSE(collector.add(pieces[2]));
}

// Every field of every piece at random, with seeds that are the same each time: whatever comes is
// refused or is a piece, and a result that comes out is the one that went in.
TEST(ResultPieces, MutatedOnesNeverBecomeAnotherResult) {
  const auto result = numbers(kValuesAPiece + 100, 50);
  const auto pieces = cut(result);
  const std::vector<std::uint64_t> odd{0, 1, 7, 8, kPieceSize, ~std::uint64_t{0}, kMostResultBytes};
  for (std::uint32_t seed = 0; seed < 2000; ++seed) {
    std::mt19937 random(seed);
    ResultCollector collector;
    for (int i = 0; i < 6; ++i) {
      auto piece = pieces[random() % pieces.size()];
      std::uint64_t* const fields[] = {&piece.values, &piece.integers, &piece.checksum,
                                       &piece.offset, &piece.ticket,   &piece.microseconds};
      if (random() % 3 == 0)
        *fields[random() % 6] = random() % 2 ? odd[random() % odd.size()] : random();
      if (random() % 4 == 0)
        piece.bytes.resize(random() % (kPieceSize + 2));
      if (random() % 4 == 0 && !piece.bytes.empty())
        piece.bytes[random() % piece.bytes.size()] ^= 1;
      const auto added = collector.add(piece);
      if (!added)
        break;
      if (*added) {
        EXPECT_TRUE((*added)->values == result.values && (*added)->integers == result.integers)
          << seed;
      }
    }
  }
}

struct WireConfig : caf::actor_system_config {
  WireConfig() {
    set("logger.file-verbosity", caf::atom("quiet"));
    add_task_wire(*this);
  }
};

template <class T>
std::vector<char> written(caf::actor_system& system, T& value) {
  std::vector<char> bytes;
  caf::binary_serializer sink{system, bytes};
  EXPECT_FALSE(sink(value));
  return bytes;
}

template <class T>
bool read(caf::actor_system& system, std::vector<char> bytes, T& value) {
  caf::binary_deserializer source{system, bytes};
  return !source(value);
}

TEST(TaskWire, EveryTypeComesBackAsItWent) {
  WireConfig config;
  caf::actor_system system{config};
  TaskCall call{1, 2, -1, "job.ini", 3, 4, 5}, call_again;
  ASSERT_TRUE(read(system, written(system, call), call_again));
  EXPECT_EQ(call_again.ini, "job.ini");
  EXPECT_EQ(call_again.fingerprint, 5u);
  auto piece = cut(numbers(3, 1)).front();
  ResultPiece piece_again;
  ASSERT_TRUE(read(system, written(system, piece), piece_again));
  EXPECT_EQ(joined({piece_again}).values, numbers(3, 1).values);
  InputList list{{"a", "b"}, {1, 2}}, list_again;
  ASSERT_TRUE(read(system, written(system, list), list_again));
  EXPECT_EQ(list_again.names, list.names);
  EXPECT_EQ(list_again.sizes, list.sizes);
}

TEST(TaskWire, ATruncatedMessageIsAnErrorAndNoCrash) {
  WireConfig config;
  caf::actor_system system{config};
  auto piece = cut(numbers(3, 1)).front();
  const auto bytes = written(system, piece);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    ResultPiece out;
    EXPECT_FALSE(read(system, {bytes.begin(), bytes.begin() + static_cast<long>(size)}, out));
  }
}

TEST(Offer, OfAnotherProgramIsRefusedInWords) {
  const auto checked = check_offer({kTaskProtocol, "oq 2", "a", 1}, "oq 1");
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, Errc::conflict);
  EXPECT_NE(checked.error().text().find("oq 2"), std::string::npos);
  EXPECT_NE(checked.error().text().find("oq 1"), std::string::npos);
  EXPECT_EQ(check_offer({kTaskProtocol + 1, "oq 1", "a", 1}, "oq 1").error().code, Errc::conflict);
}

TEST(Offer, HasAPrintableNameAndABoundedNumberOfThreads) {
  EXPECT_TRUE(check_offer({kTaskProtocol, "oq", "host-1", 8}, "oq"));
  EXPECT_FALSE(check_offer({kTaskProtocol, "oq", "", 8}, "oq"));
  EXPECT_FALSE(check_offer({kTaskProtocol, "oq", "a\nb", 8}, "oq"));
  EXPECT_FALSE(check_offer({kTaskProtocol, "oq", std::string(201, 'a'), 8}, "oq"));
  EXPECT_FALSE(check_offer({kTaskProtocol, "oq", "a", 0}, "oq"));
  EXPECT_FALSE(check_offer({kTaskProtocol, "oq", "a", 1u << 30}, "oq"));
}

TEST(Failure, ThatIsNoneOfOursIsNoError) {
  const Error error{Errc::numeric_failure, "NaN", "source 1"};
  EXPECT_EQ(error_of(failure_of(1, error, false)), error);
  EXPECT_FALSE(error_of({1, 0, "", "", false}));
  EXPECT_FALSE(error_of({1, 200, "", "", false}));
  EXPECT_FALSE(error_of({1, 1, std::string(kLongestText + 1, 'x'), "", false}));
  EXPECT_TRUE(error_of(failure_of(1, {Errc::internal, std::string(99999, 'x'), {}}, true)));
}

TEST(FilePieces, AreWholeOrNot) {
  auto piece = file_piece("abc");
  EXPECT_TRUE(is_whole(piece));
  piece.bytes[1] = 'x';
  EXPECT_FALSE(is_whole(piece));
}

} // namespace
} // namespace oq::actors
