// The files of consequence_file = {'taxonomy': 'a.csv'}.
#include "engine/risk/consequences.hpp"

#include "engine/nrml/csv_reader.hpp"
#include "engine/nrml/number.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace oq::engine {
namespace {

constexpr std::string_view kKnown[] = {"losses",  "collapsed",  "non_operational",
                                       "injured", "fatalities", "homeless"};

struct Columns {
  std::size_t tag = 0, consequence = 0;
  std::optional<std::size_t> peril, loss_type;
  std::vector<std::size_t> states;
};

Result<Columns> find_columns(const CsvReader& reader, const std::string& tag,
                             const std::vector<std::string>& limit_states) {
  Columns columns;
  OQ_TRY(columns.tag, reader.require_column(tag));
  OQ_TRY(columns.consequence, reader.require_column("consequence"));
  columns.peril = reader.column("peril");
  columns.loss_type = reader.column("loss_type");
  for (const auto& state : limit_states) {
    OQ_TRY(columns.states.emplace_back(), reader.require_column(state));
  }
  return columns;
}

// The table of the same kind as `wanted`, which has no rows.
ConsequenceTable& table_of(std::vector<ConsequenceTable>& tables, ConsequenceTable wanted) {
  const auto kind = [](const ConsequenceTable& table) {
    return std::tie(table.consequence, table.tag, table.loss_type, table.peril);
  };
  const auto found = std::ranges::find_if(tables, [&](const ConsequenceTable& table) {
    return kind(table) == kind(wanted);
  });
  return found != tables.end() ? *found : tables.emplace_back(std::move(wanted));
}

Result<void> read_file(const RiskFile& file, const std::vector<std::string>& limit_states,
                       std::vector<ConsequenceTable>& tables) {
  const std::string tag = file.key.empty() ? "taxonomy" : file.key;
  OQ_TRY(auto reader, CsvReader::parse(file.text, file.name));
  OQ_TRY(const auto columns, find_columns(reader, tag, limit_states));
  while (true) {
    OQ_TRY(const bool more, reader.next());
    if (!more)
      return {};
    const std::string consequence(reader.cell(columns.consequence));
    if (std::ranges::find(kKnown, consequence) == std::end(kKnown))
      return reader.error("unknown consequence " + in_quotes(consequence));
    const std::string loss_type(columns.loss_type ? reader.cell(*columns.loss_type) : "structural");
    const std::string peril(columns.peril ? reader.cell(*columns.peril) : kGroundShaking);
    if (std::ranges::find(kPerils, peril) == std::end(kPerils))
      return reader.error("unknown peril " + in_quotes(peril));
    std::vector<double> coefficients;
    for (const auto column : columns.states) {
      OQ_TRY(coefficients.emplace_back(), reader.number(column));
      if (coefficients.back() < 0)
        return reader.error("a coefficient below 0");
    }
    auto& table = table_of(tables, {consequence, tag, loss_type, peril, {}});
    const std::string value(reader.cell(columns.tag));
    if (!table.by_value.emplace(value, std::move(coefficients)).second)
      return reader.error(in_quotes(value) + " is there already for " + consequence);
  }
}

} // namespace

Result<std::vector<ConsequenceTable>>
read_consequences(const RiskFiles& files, const std::vector<std::string>& limit_states) {
  std::vector<ConsequenceTable> tables;
  for (const auto* file : files.of_input("consequence"))
    OQ_CHECK(read_file(*file, limit_states, tables));
  std::ranges::stable_sort(tables, {}, &ConsequenceTable::consequence);
  return tables;
}

std::string value_of_consequence(const std::string& consequence, const std::string& loss_type,
                                 const std::string& time_event) {
  if (consequence == "losses")
    return loss_type;
  if (consequence == "injured" || consequence == "fatalities")
    return "occupants_" + time_event;
  if (consequence == "homeless")
    return "residents";
  return {};
}

} // namespace oq::engine
