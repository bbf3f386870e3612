// The .npy format (NEP 1): headers byte by byte, and members of an extraction as files.
#include "engine/extract/npy_file.hpp"

#include "extract_fixture.hpp"

namespace oq::engine {
namespace {

using testing::text_of;

TEST(NpyHeader, IsTheOneThatNumpyWrites) {
  // numpy.save of an array of one float64: 118 bytes of description after ten of prefix.
  const auto header = npy_header(Dtype::f8(), {1});
  EXPECT_EQ(header.substr(0, 10), std::string("\x93NUMPY\x01\0\x76\0", 10));
  EXPECT_TRUE(
    header.substr(10).starts_with("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }"));
  EXPECT_EQ(header.size(), 128u);
  EXPECT_EQ(header.back(), '\n');
}

TEST(NpyHeader, ShapesAreTuples) {
  EXPECT_NE(npy_header(Dtype::f8(), {}).find("'shape': ()"), std::string::npos);
  EXPECT_NE(npy_header(Dtype::f8(), {2, 3}).find("'shape': (2, 3)"), std::string::npos);
}

TEST(NpyHeader, ALongDescriptionMakesItVersionTwo) {
  std::vector<Field> fields;
  for (int i = 0; i < 5000; ++i)
    fields.push_back({"field-" + std::to_string(i), Dtype::f4()});
  const auto header = npy_header(Dtype::record(std::move(fields)), {1});
  EXPECT_EQ(header.substr(6, 2), std::string("\x02\0", 2));
  EXPECT_EQ(header.size() % 64, 0u);
}

TEST(NpyFiles, AreOneAMemberAndJsonFirst) {
  const oq::testing::TemporaryFolder folder;
  Extraction extraction;
  extraction.about["units"] = "USD";
  extraction.arrays.push_back(single_number("investigation_time", 50));
  const auto paths = write_npy_files(extraction, folder.path());
  ASSERT_TRUE(paths) << paths.error().text();
  ASSERT_EQ(paths->size(), 2u);
  EXPECT_EQ(paths->at(0).filename(), "json.npy");
  EXPECT_TRUE(text_of(paths->at(0)).ends_with(R"({"units": "USD"})"));
  EXPECT_EQ(text_of(paths->at(1)).substr(128), std::string("\0\0\0\0\0\0\x49\x40", 8));
}

TEST(NpyFiles, ANameThatIsNoneForAFileOrComesTwiceIsRefused) {
  const oq::testing::TemporaryFolder folder;
  for (const std::string name : {"../x", "", "json", ".hidden"}) {
    Extraction extraction;
    extraction.about["a"] = 1;
    extraction.arrays.push_back(single_number(name, 1));
    const auto paths = write_npy_files(extraction, folder.path());
    ASSERT_FALSE(paths) << name;
    EXPECT_EQ(paths.error().code, Errc::invalid_input);
  }
}

TEST(NpyFiles, AnErrorOfTheDatastoreEndsThem) {
  const oq::testing::TemporaryFolder folder;
  Extraction extraction;
  extraction.arrays.push_back(
    {"array", Dtype::f8(), {3}, [](std::size_t, std::size_t, std::string&) -> Result<void> {
       return Error{Errc::unavailable, "the disk is gone", {}};
     }});
  EXPECT_EQ(write_npy_files(extraction, folder.path()).error().code, Errc::unavailable);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Blocks, CoverEveryRowOnceAndStayBelowAMegabyte) {
  std::size_t next = 0, largest = 0;
  const ExtractedArray array{
    "array",
    Dtype::f8(),
    {300'000, 2},
    [&](std::size_t first, std::size_t count, std::string& out) -> Result<void> {
      EXPECT_EQ(first, next);
      next += count;
      out.append(count * 16, '\0');
      return {};
    }};
  ASSERT_TRUE(for_each_block(array, [&](const std::string& block) -> Result<void> {
    largest = std::max(largest, block.size());
    return {};
  }));
  EXPECT_EQ(next, 300'000u);
  EXPECT_LE(largest, 1u << 20);
}

} // namespace
} // namespace oq::engine
