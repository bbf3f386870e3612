// ValuesByImt: numbers that a logic tree gives by intensity measure type.
#pragma once

#include "engine/base/result.hpp"
#include "engine/gsim/imt.hpp"

#include <boost/json/object.hpp>

#include <map>
#include <string>

namespace oq::engine {

// Between two spectral periods linear in ln T; nothing is extrapolated.
class ValuesByImt {
public:
  // Errc::invalid_input for a name that is no IMT, a value that is no number, or no value at all.
  static Result<ValuesByImt> read(const boost::json::object& values);

  bool supports(const Imt& imt) const;
  // REQUIRES: supports(imt).
  double at(const Imt& imt) const;

private:
  std::map<std::string, double> plain_;
  std::map<double, double> spectral_; // by period
};

} // namespace oq::engine
