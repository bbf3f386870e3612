// The realizations of the reference calculations: same order, same paths, same weights.
#include "engine/logictree/read_logic_tree.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace oq::engine {
namespace {

namespace fs = std::filesystem;

struct Row {
  std::string path;
  double weight;
};

std::vector<Row> read_rows(const fs::path& file) {
  std::vector<Row> rows;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    if (line.empty() || line.front() == '#' || line.starts_with("rlz_id"))
      continue;
    std::istringstream cells(line);
    std::string ordinal, path, weight;
    std::getline(cells, ordinal, ',');
    std::getline(cells, path, ',');
    std::getline(cells, weight);
    rows.push_back({path, std::stod(weight)});
  }
  return rows;
}

void expect_same(const FullLogicTree& tree, const std::vector<Row>& rows) {
  ASSERT_EQ(tree.realizations.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(tree.realizations[i].path, rows[i].path);
    EXPECT_NEAR(tree.realizations[i].weight, rows[i].weight, 1e-7); // written from 32 bits
  }
}

TEST(Realizations, EqualThoseOfTheReferenceCalculations) {
  const char* reference = std::getenv("OQ_REFERENCE_DIR");
  if (!reference)
    GTEST_SKIP() << "OQ_REFERENCE_DIR is not set: the reference realizations are NOT compared";
  int compared = 0;
  for (const auto& entry : fs::recursive_directory_iterator(reference)) {
    const fs::path ini = entry.path();
    const fs::path expected =
      ini.parent_path() / "reference_output" / ini.stem() / "realizations.csv";
    if (ini.extension() != ".ini" || !fs::exists(expected))
      continue;
    const auto job = read_job(ini);
    if (!job || !job->inputs.contains("source_model_logic_tree"))
      continue;
    const auto tree = read_logic_tree(*job);
    if (!tree) {
      RecordProperty(ini.parent_path().filename().string(), tree.error().text());
      continue; // kinds of sources, models and uncertainties that come later
    }
    SCOPED_TRACE(ini);
    expect_same(*tree, read_rows(expected));
    ++compared;
  }
  EXPECT_GE(compared, 15);
}

TEST(Realizations, OfTheFoundingCalculationAreSixteen) {
  const char* reference = std::getenv("OQ_REFERENCE_DIR");
  if (!reference)
    GTEST_SKIP() << "OQ_REFERENCE_DIR is not set: the founding realizations are NOT compared";
  const fs::path seed = fs::path(reference) / "seed";
  const auto job = read_job(seed / "end-to-end-hazard-risk/job_haz_classical.ini");
  ASSERT_TRUE(job) << job.error().text();

  const auto tree = read_logic_tree(*job);

  ASSERT_TRUE(tree) << tree.error().text();
  expect_same(*tree, read_rows(seed / "expected/realizations.csv"));
}

} // namespace
} // namespace oq::engine
