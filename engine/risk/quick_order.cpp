// Quicksort with the median of three and insertion up to 16 values: R. Sedgewick, "Implementing
// quicksort programs", Comm. ACM 21 (1978) 847-857; D. R. Musser (1997) for the limit of depth.
#include "engine/risk/quick_order.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace oq::engine {
namespace {

constexpr std::ptrdiff_t kInsertionSpan = 15; // last - first of what insertion sorts

struct Range {
  std::ptrdiff_t first = 0, last = 0; // both within
  int depth = 0;                      // partitions that are left
};

class Sorter {
public:
  Sorter(std::span<const float> values, std::vector<std::size_t>& order)
    : values_(values), order_(order) {}

  void sort(Range range) {
    pending_.push_back(range);
    while (!pending_.empty()) {
      range = pending_.back();
      pending_.pop_back();
      while (range.depth >= 0 && range.last - range.first > kInsertionSpan)
        range = split(range);
      if (range.last - range.first > kInsertionSpan)
        sort_evenly(range);
      else
        insert(range);
    }
  }

private:
  std::size_t& at(std::ptrdiff_t i) { return order_[static_cast<std::size_t>(i)]; }
  float value(std::ptrdiff_t i) { return values_[at(i)]; }
  void put_in_order(std::ptrdiff_t a, std::ptrdiff_t b) {
    if (value(b) < value(a))
      std::swap(at(a), at(b));
  }

  // Leaves the larger part for later and returns the smaller.
  Range split(Range range) {
    const auto middle = range.first + ((range.last - range.first) >> 1);
    put_in_order(range.first, middle);
    put_in_order(middle, range.last);
    put_in_order(range.first, middle);
    const float pivot = value(middle);
    auto up = range.first, down = range.last - 1;
    std::swap(at(middle), at(down));
    while (true) {
      do
        ++up;
      while (value(up) < pivot);
      do
        --down;
      while (pivot < value(down));
      if (up >= down)
        break;
      std::swap(at(up), at(down));
    }
    std::swap(at(up), at(range.last - 1));
    const Range left{range.first, up - 1, range.depth - 1};
    const Range right{up + 1, range.last, range.depth - 1};
    const bool left_is_smaller = up - range.first < range.last - up;
    pending_.push_back(left_is_smaller ? right : left);
    return left_is_smaller ? left : right;
  }

  void insert(Range range) {
    for (auto i = range.first + 1; i <= range.last; ++i) {
      const auto moved = at(i);
      auto to = i;
      for (; to > range.first && values_[moved] < value(to - 1); --to)
        at(to) = at(to - 1);
      at(to) = moved;
    }
  }

  void sort_evenly(Range range) {
    std::stable_sort(order_.begin() + range.first, order_.begin() + range.last + 1,
                     [this](std::size_t a, std::size_t b) {
                       return values_[a] < values_[b];
                     });
  }

  std::span<const float> values_;
  std::vector<std::size_t>& order_;
  std::vector<Range> pending_;
};

} // namespace

std::vector<std::size_t> quick_order(std::span<const float> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (values.size() > 1)
    Sorter(values, order)
      .sort({0, std::ssize(values) - 1, 2 * (static_cast<int>(std::bit_width(values.size())) - 1)});
  return order;
}

} // namespace oq::engine
