// MotionTable: read from HDF5 and checked; interpolated in magnitude and period.
#include "engine/gsim/gmpe_table.hpp"
#include "engine/hdf5/number_file.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace oq::engine {

namespace {

constexpr const char* kMetrics[] = {"rjb", "rrup", "rhypo", "repi"};
constexpr double kPeriodDecimals = 1e7;

Error misfit(const std::filesystem::path& file, const std::string& what) {
  return invalid_input(what, file.filename().string());
}

bool increases(const std::vector<double>& axis) {
  return !axis.empty() && std::ranges::adjacent_find(axis, std::greater_equal<>()) == axis.end();
}

Result<TableNumbers> read_numbers(const NumberFile& file, const std::string& key,
                                  std::size_t count) {
  OQ_TRY(Hdf5Numbers numbers, file.numbers(key));
  if (count != 0 && numbers.values.size() != count)
    return invalid_input("'" + key + "' has " + std::to_string(numbers.values.size())
                         + " numbers instead of " + std::to_string(count));
  return TableNumbers{std::move(numbers.values), numbers.single_precision};
}

double rounded(double period) {
  return std::nearbyint(period * kPeriodDecimals) / kPeriodDecimals;
}

// Where x lies on an axis: between `lower` and the next value.
template <class Axis>
struct Place {
  std::size_t lower = 0;
  double ahead = 0; // x minus the axis at `lower`
  Axis step = 0;

  Place(const std::vector<double>& axis, double x) {
    const auto above = std::ranges::lower_bound(axis, x) - axis.begin();
    lower = static_cast<std::size_t>(
      std::clamp<std::ptrdiff_t>(above, 1, static_cast<std::ptrdiff_t>(axis.size()) - 1) - 1);
    ahead = x - axis[lower];
    step = static_cast<Axis>(axis[lower + 1]) - static_cast<Axis>(axis[lower]);
  }

  template <class Value>
  double between(Value low, Value high) const {
    const auto slope = (high - low) / step;
    return static_cast<double>(low) + static_cast<double>(slope) * ahead;
  }
};

// One period of a cube at one magnitude: interpolation of the decimal logarithm in magnitude, after
// the same in the logarithm of the period.
template <class Real>
class Slice {
public:
  Slice(const MotionTable& table, const TableNumbers& cube, const Imt& imt, double magnitude)
    : table_(table), cube_(cube), imt_(imt) {
    const std::vector<double>& axis = table.magnitudes.values;
    magnitude = std::min(magnitude, axis.back());
    for (std::size_t d = 0; d < table.distance_count; ++d)
      values_.push_back(axis.size() == 1 ? of_period(d, 0) : at_magnitude(d, magnitude));
  }
  std::vector<double> take() { return std::move(values_); }

private:
  double at_magnitude(std::size_t d, double magnitude) const {
    const Place<Real> place(table_.magnitudes.values, magnitude);
    if (imt_.is_sa()) // already interpolated in double precision
      return std::pow(10.0,
                      place.template between<double>(std::log10(of_period(d, place.lower)),
                                                     std::log10(of_period(d, place.lower + 1))));
    return std::pow(10.0, place.template between<Real>(log10_of(d, 0, place.lower),
                                                       log10_of(d, 0, place.lower + 1)));
  }

  double of_period(std::size_t d, std::size_t m) const {
    if (!imt_.is_sa())
      return cube_.values[d * table_.magnitudes.values.size() + m];
    if (log_periods_.empty())
      for (const double period : table_.periods.values)
        log_periods_.push_back(std::log10(static_cast<Real>(period)));
    if (log_periods_.size() == 1)
      return cube_.values[d * table_.magnitudes.values.size() + m];
    const Place<Real> place(log_periods_, std::log10(imt_.period));
    return std::pow(10.0, place.template between<Real>(log10_of(d, place.lower, m),
                                                       log10_of(d, place.lower + 1, m)));
  }

  Real log10_of(std::size_t d, std::size_t period, std::size_t m) const {
    const std::size_t periods = imt_.is_sa() ? table_.periods.values.size() : 1;
    const std::size_t magnitudes = table_.magnitudes.values.size();
    return std::log10(static_cast<Real>(cube_.values[(d * periods + period) * magnitudes + m]));
  }

  const MotionTable& table_;
  const TableNumbers& cube_;
  const Imt& imt_;
  mutable std::vector<double> log_periods_;
  std::vector<double> values_;
};

std::vector<double> slice(const MotionTable& table, const TableNumbers& cube, const Imt& imt,
                          double magnitude) {
  if (cube.single_precision)
    return Slice<float>(table, cube, imt, magnitude).take();
  return Slice<double>(table, cube, imt, magnitude).take();
}

Result<void> read_cubes(const NumberFile& file, MotionTable& table) {
  OQ_TRY(const auto names, file.members("IMLs"));
  const std::size_t plane = table.distance_count * table.magnitudes.values.size();
  for (const std::string& name : names) {
    if (name == "T")
      continue;
    const bool spectral = name == "SA";
    if (!spectral && !Imt::parse(name))
      continue;
    const std::size_t count = spectral ? plane * table.periods.values.size() : plane;
    if (count == 0)
      return invalid_input("spectral accelerations must come with their periods, IMLs/T");
    MotionCube cube{name, {}, {}};
    OQ_TRY(cube.medians, read_numbers(file, "IMLs/" + name, count));
    OQ_TRY(cube.deviations, read_numbers(file, "Total/" + name, count));
    for (const TableNumbers* numbers : {&cube.medians, &cube.deviations})
      if (!std::ranges::all_of(numbers->values, [](double value) {
            return std::isfinite(value) && value > 0;
          }))
        return invalid_input("'" + name + "' has values that are not positive");
    table.cubes.push_back(std::move(cube));
  }
  if (table.cubes.empty())
    return invalid_input("IMLs has no intensity measure type");
  return {};
}

Result<void> read_all(const NumberFile& file, MotionTable& table) {
  OQ_TRY(table.magnitudes, read_numbers(file, "Mw", 0));
  OQ_TRY(table.metric, file.text_attribute("Distances", "metric"));
  if (std::ranges::find(kMetrics, table.metric) == std::end(kMetrics))
    return invalid_input("the metric '" + table.metric
                         + "' of Distances is not one of rjb, rrup, rhypo, repi");
  if (!increases(table.magnitudes.values))
    return invalid_input("the magnitudes, Mw, do not increase");
  OQ_TRY(table.distances, read_numbers(file, "Distances", 0));
  const std::size_t magnitudes = table.magnitudes.values.size();
  table.distance_count = table.distances.values.size() / magnitudes;
  if (table.distance_count < 2
      || table.distance_count * magnitudes != table.distances.values.size())
    return invalid_input("Distances does not fit the magnitudes");
  if (file.has("IMLs/T")) {
    OQ_TRY(table.periods, read_numbers(file, "IMLs/T", 0));
    if (!increases(table.periods.values) || !(table.periods.values.front() > 0))
      return invalid_input("the periods, IMLs/T, do not increase");
  }
  return read_cubes(file, table);
}

} // namespace

Result<MotionTable> MotionTable::read(const std::filesystem::path& path) {
  OQ_TRY(const NumberFile file, NumberFile::open(path));
  MotionTable table;
  if (const auto read = read_all(file, table); !read)
    return misfit(path, read.error().message);
  return table;
}

const MotionCube* MotionTable::cube(const Imt& imt) const {
  const std::string name = imt.is_sa() ? "SA" : imt.name();
  const auto found = std::ranges::find(cubes, name, &MotionCube::imt);
  return found == cubes.end() ? nullptr : &*found;
}

bool MotionTable::supports(const Imt& imt) const {
  if (!cube(imt))
    return false;
  if (!imt.is_sa())
    return true;
  return imt.damping == 5.0 && rounded(imt.period) >= rounded(periods.values.front())
         && rounded(imt.period) <= rounded(periods.values.back());
}

MotionByDistance motion_by_distance(const MotionTable& table, const Imt& imt, double magnitude) {
  const std::vector<double>& magnitudes = table.magnitudes.values;
  MotionByDistance result;
  if (magnitude < magnitudes.front())
    return result;
  const MotionCube& cube = *table.cube(imt);
  result.median = slice(table, cube.medians, imt, magnitude);
  result.deviation = slice(table, cube.deviations, imt, magnitude);
  // The distances of the magnitude below; of the last one for the first magnitude itself.
  const auto below =
    static_cast<std::size_t>(std::ranges::lower_bound(magnitudes, magnitude) - magnitudes.begin());
  const std::size_t column = below == 0 ? magnitudes.size() - 1 : below - 1;
  for (std::size_t d = 0; d < table.distance_count; ++d)
    result.distance.push_back(table.distances.values[d * magnitudes.size() + column]);
  return result;
}

} // namespace oq::engine
