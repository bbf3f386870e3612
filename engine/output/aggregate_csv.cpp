// Aggregate losses and damage, and those of events, in the layouts of OpenQuake's CSV exports.
#include "engine/output/array_access.hpp"
#include "engine/output/exporters.hpp"

namespace oq::engine {
namespace {

Result<std::filesystem::path> write_table(const ExportJob& job, const std::string& key) {
  const auto& datastore = job.datastore();
  OQ_TRY(const auto about, datastore.attributes(key));
  const auto text_columns = texts_attribute(about, "text_columns");
  const auto number_columns = texts_attribute(about, "number_columns");
  const bool numbers_first = flag_attribute(about, "numbers_first");
  OQ_TRY(const auto numbers, read_numbers(datastore, key + "/numbers", 2));
  std::vector<std::vector<std::string>> texts;
  for (std::size_t i = 0; i < text_columns.size(); ++i) {
    OQ_TRY(texts.emplace_back(), read_texts(datastore, key + "/text" + std::to_string(i)));
    if (texts.back().size() != numbers.shape[0])
      return Error{Errc::internal, "the columns of a table disagree", key};
  }
  if (text_columns.empty() || numbers.shape[1] != number_columns.size())
    return Error{Errc::internal, "the columns of a table disagree", key};
  // The first column, then numbers or texts, then the others.
  std::vector<std::string> header{text_columns.front()};
  const auto add_texts = [&] {
    header.insert(header.end(), text_columns.begin() + 1, text_columns.end());
  };
  if (!numbers_first)
    add_texts();
  header.insert(header.end(), number_columns.begin(), number_columns.end());
  if (numbers_first)
    add_texts();
  OQ_TRY(auto csv, CsvWriter::create(job.path(text_attribute(about, "stem"))));
  csv.header(job.comment(), header);
  for (std::size_t row = 0; row < numbers.shape[0]; ++row) {
    const auto write_texts = [&] {
      for (std::size_t i = 1; i < texts.size(); ++i)
        csv.text(texts[i][row]);
    };
    csv.text(texts.front()[row]);
    if (!numbers_first)
      write_texts();
    for (std::size_t i = 0; i < number_columns.size(); ++i)
      csv.loss(numbers.values[row * number_columns.size() + i]);
    if (numbers_first)
      write_texts();
    csv.end_row();
  }
  return csv.commit();
}

} // namespace

Result<Paths> export_aggregate_risk_csv(const ExportJob& job) {
  OQ_TRY(const auto about, job.datastore().attributes("aggrisk"));
  const auto tables = number_attribute(about, "tables").value_or(0);
  Paths paths;
  for (int i = 0; i < tables; ++i) {
    OQ_TRY(paths.emplace_back(), write_table(job, "aggrisk/" + std::to_string(i)));
  }
  return paths;
}

Result<Paths> export_table_csv(const ExportJob& job) {
  OQ_TRY(auto path, write_table(job, job.request().type));
  return Paths{std::move(path)};
}

} // namespace oq::engine
