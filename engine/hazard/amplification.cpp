// Amplification: a table of functions, and the convolution of one curve.
#include "engine/hazard/amplification.hpp"

#include "engine/job/csv_table.hpp"
#include "engine/nrml/number.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>

namespace oq::engine {

namespace {

double normal_exceedance(double z) {
  return 0.5 * std::erfc(z / std::numbers::sqrt2);
}

Result<double> number_at(const CsvTable& table, std::size_t row, std::size_t column) {
  const auto number = parse_number(table.cell(row, column));
  if (number)
    return *number;
  return invalid_input(fmt::format("{}: {}", table.names[column], number.error().message),
                       table.where(row));
}

// "vs30_ref=760", perhaps behind commas and in quotes.
Result<double> reference_of(const CsvTable& table) {
  constexpr std::string_view kName = "vs30_ref=";
  const auto at = table.comment.find(kName);
  if (at == std::string::npos)
    return invalid_input("the first line does not say #vs30_ref=", table.file);
  std::string_view rest = std::string_view(table.comment).substr(at + kName.size());
  const auto number = parse_number(rest.substr(0, rest.find_first_not_of("0123456789.")));
  if (!number)
    return invalid_input("vs30_ref is not a number", table.file);
  return *number;
}

// The column of an IMT, or of the spectral acceleration nearest in period.
Result<std::size_t> column_of(const CsvTable& table, const Imt& imt) {
  std::size_t nearest = table.names.size();
  double distance = 0;
  for (std::size_t c = 0; c < table.names.size(); ++c) {
    const auto known = Imt::parse(table.names[c]);
    if (!known)
      continue;
    if (*known == imt)
      return c;
    const double apart = std::fabs(known->period - imt.period);
    if (imt.is_sa() && known->is_sa() && (nearest == table.names.size() || apart < distance)) {
      nearest = c;
      distance = apart;
    }
  }
  if (nearest == table.names.size())
    return invalid_input(fmt::format("there is no column for {}", imt.name()), table.file);
  return nearest;
}

struct Columns {
  std::size_t code = 0, level = 0, magnitude = 0, distance = 0;
  std::vector<std::size_t> median, sigma; // an IMT
};

Result<Columns> columns_of(const CsvTable& table, std::span<const Imt> imts) {
  Columns columns{table.column("ampcode"),
                  table.column("level"),
                  table.column("from_mag"),
                  table.column("from_rrup"),
                  {},
                  {}};
  if (columns.code == table.names.size())
    return invalid_input("there is no column 'ampcode'", table.file);
  for (const Imt& imt : imts) {
    OQ_TRY(const std::size_t column, column_of(table, imt));
    columns.median.push_back(column);
    columns.sigma.push_back(table.column("sigma_" + table.names[column]));
  }
  return columns;
}

Result<double> optional_at(const CsvTable& table, std::size_t row, std::size_t column) {
  return column < table.names.size() ? number_at(table, row, column) : Result<double>(0.0);
}

} // namespace

Result<AmplificationTable> AmplificationTable::read(const std::filesystem::path& file,
                                                    std::span<const Imt> imts) {
  OQ_TRY(const CsvTable table, read_csv_table(file));
  if (table.names.empty() || table.rows() == 0)
    return invalid_input("there are no amplification functions", table.file);
  AmplificationTable result;
  OQ_TRY(result.reference_vs30_, reference_of(table));
  OQ_TRY(const Columns columns, columns_of(table, imts));
  for (std::size_t row = 0; row < table.rows(); ++row) {
    OQ_TRY(const double magnitude, optional_at(table, row, columns.magnitude));
    OQ_TRY(const double distance, optional_at(table, row, columns.distance));
    OQ_TRY(const double level, optional_at(table, row, columns.level));
    auto& functions = result.by_code_[table.cell(row, columns.code)];
    auto function = std::ranges::find_if(functions, [&](const AmplificationFunction& known) {
      return known.from_magnitude == magnitude && known.from_distance == distance;
    });
    if (function == functions.end())
      function = functions.insert(
        functions.end(),
        AmplificationFunction{magnitude, distance,
                              std::vector<std::vector<AmplificationStep>>(imts.size())});
    for (std::size_t m = 0; m < imts.size(); ++m) {
      OQ_TRY(const double median, number_at(table, row, columns.median[m]));
      OQ_TRY(const double sigma, optional_at(table, row, columns.sigma[m]));
      auto& steps = function->steps[m];
      if (!(median > 0) || sigma < 0 || (!steps.empty() && level <= steps.back().level))
        return invalid_input("a factor or sigma is out of range, or levels do not ascend",
                             table.where(row));
      steps.push_back({level, median, sigma});
    }
  }
  for (auto& [code, functions] : result.by_code_)
    std::ranges::stable_sort(functions, {}, [](const AmplificationFunction& f) {
      return std::tuple(f.from_magnitude, f.from_distance);
    });
  return result;
}

const std::vector<AmplificationFunction>*
AmplificationTable::functions(const std::string& code) const {
  const auto found = by_code_.find(code);
  return found == by_code_.end() ? nullptr : &found->second;
}

AmplificationStep AmplificationTable::at(std::span<const AmplificationStep> steps, double level) {
  if (level <= steps.front().level)
    return steps.front();
  for (std::size_t i = 1; i < steps.size(); ++i)
    if (level <= steps[i].level) {
      const AmplificationStep &low = steps[i - 1], &high = steps[i];
      const double share = (level - low.level) / (high.level - low.level);
      return {level, low.median + share * (high.median - low.median),
              low.sigma + share * (high.sigma - low.sigma)};
    }
  return steps.back();
}

std::vector<double> soil_curve(std::span<const AmplificationStep> steps,
                               std::span<const double> rock_levels,
                               std::span<const double> rock_poes,
                               std::span<const double> soil_levels) {
  std::vector<double> poes(soil_levels.size());
  for (std::size_t i = 0; i + 1 < rock_levels.size(); ++i) {
    const double probability = rock_poes[i] - rock_poes[i + 1];
    if (!(probability > 0))
      continue;
    const double middle = std::sqrt(rock_levels[i] * rock_levels[i + 1]);
    const AmplificationStep step = AmplificationTable::at(steps, middle);
    for (std::size_t s = 0; s < soil_levels.size(); ++s) {
      const double excess = std::log(soil_levels[s] / middle / step.median);
      poes[s] +=
        probability
        * (step.sigma > 0 ? normal_exceedance(excess / step.sigma) : (excess < 0 ? 1.0 : 0.0));
    }
  }
  return poes;
}

} // namespace oq::engine
