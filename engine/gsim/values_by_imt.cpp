// Reading and interpolating numbers by intensity measure type.
#include "engine/gsim/values_by_imt.hpp"

#include <cmath>
#include <iterator>

namespace oq::engine {

Result<ValuesByImt> ValuesByImt::read(const boost::json::object& values) {
  ValuesByImt result;
  for (const auto& [name, value] : values) {
    OQ_TRY(const Imt imt, Imt::parse(name));
    boost::json::error_code error;
    const double number = value.to_number<double>(error);
    if (error || !std::isfinite(number))
      return invalid_input("the value for " + std::string(name) + " is not a number");
    (imt.is_sa() ? result.spectral_[imt.period] : result.plain_[imt.name()]) = number;
  }
  if (result.plain_.empty() && result.spectral_.empty())
    return invalid_input("values by intensity measure type are missing");
  return result;
}

bool ValuesByImt::supports(const Imt& imt) const {
  if (!imt.is_sa())
    return plain_.contains(imt.name());
  return !spectral_.empty() && spectral_.begin()->first <= imt.period
         && imt.period <= spectral_.rbegin()->first;
}

double ValuesByImt::at(const Imt& imt) const {
  if (!imt.is_sa())
    return plain_.at(imt.name());
  const auto upper = spectral_.lower_bound(imt.period);
  if (upper->first == imt.period)
    return upper->second;
  const auto lower = std::prev(upper);
  return lower->second
         + (upper->second - lower->second)
             * ((std::log(imt.period) - std::log(lower->first))
                / (std::log(upper->first) - std::log(lower->first)));
}

} // namespace oq::engine
