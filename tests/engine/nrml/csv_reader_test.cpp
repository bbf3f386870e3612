// CSV files: quotes, comments, and rows that do not fit.
#include "engine/nrml/csv_reader.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

TEST(CsvReader, ReadsQuotedCellsAndPassesOverComments) {
  auto reader =
    CsvReader::parse("#,,\"imt='PGA'\"\r\nid,name\r\n1,\"a \"\"b\"\", c\"\r\n", "f.csv");
  ASSERT_TRUE(reader);

  EXPECT_EQ(reader->comment(), "imt='PGA'");
  ASSERT_TRUE(*reader->next());
  EXPECT_EQ(reader->cell(1), "a \"b\", c");
  EXPECT_FALSE(*reader->next());
}

TEST(CsvReader, KeepsTheBlanksOfARawCell) {
  auto reader = CsvReader::parse("id , tag\n1, W1  \n", "f.csv");
  ASSERT_TRUE(reader);
  ASSERT_TRUE(*reader->next());

  EXPECT_EQ(reader->column("tag"), 1U);
  EXPECT_EQ(reader->cell(1), "W1");
  EXPECT_EQ(reader->raw_cell(1), " W1  ");
}

TEST(CsvReader, RefusesARowOfAnotherWidthWithItsLine) {
  auto reader = CsvReader::parse("a,b\n1,2\n3\n", "f.csv");
  ASSERT_TRUE(*reader->next());

  const auto row = reader->next();

  ASSERT_FALSE(row);
  EXPECT_EQ(row.error().where, "f.csv:3");
}

TEST(CsvReader, RefusesAColumnTwice) {
  EXPECT_FALSE(CsvReader::parse("a,b,a\n", "f.csv"));
}

TEST(CsvReader, RefusesAQuotationMarkThatStaysOpen) {
  auto reader = CsvReader::parse("a\n\"b\n", "f.csv");

  EXPECT_EQ(reader->next().error().where, "f.csv:2");
}

TEST(CsvReader, RefusesAFileWithoutHeader) {
  EXPECT_FALSE(CsvReader::parse("# nothing\n\n", "f.csv"));
}

} // namespace
} // namespace oq::engine
