// Geohash: bisection of longitude and latitude in turn, five bits a letter.
#include "engine/geo/geohash.hpp"

namespace oq::engine {

std::string geohash(LonLat place, std::size_t length) {
  constexpr char kLetters[] = "0123456789bcdefghjkmnpqrstuvwxyz";
  double low[] = {-180, -90}, high[] = {180, 90};
  const double at[] = {place.lon, place.lat};
  std::string word;
  int axis = 0;
  while (word.size() < length) {
    unsigned letter = 0;
    for (int bit = 0; bit < 5; ++bit, axis = 1 - axis) {
      const double middle = (low[axis] + high[axis]) / 2;
      const bool upper = at[axis] > middle;
      letter = letter * 2 + (upper ? 1 : 0);
      (upper ? low[axis] : high[axis]) = middle;
    }
    word += kLetters[letter];
  }
  return word;
}

} // namespace oq::engine
