// nearest_float: alone in its file, so that no caller sees its inside.
#include "engine/base/nearest_float.hpp"

namespace oq {

double nearest_float(double x) {
  return static_cast<double>(static_cast<float>(x));
}

} // namespace oq
