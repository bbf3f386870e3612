// OrderedReduction: results that arrive in any order leave in ascending order of task.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <utility>

namespace oq::actors {

template <class T>
class OrderedReduction {
public:
  // Keeps a result until its turn. A second result of the same task is dropped.
  void put(std::size_t task, T result) {
    if (task >= next_)
      waiting_.try_emplace(task, std::move(result));
  }
  // The next task in order with its result, when it is there.
  std::optional<std::pair<std::size_t, T>> take() {
    const auto first = waiting_.find(next_);
    if (first == waiting_.end())
      return std::nullopt;
    std::pair<std::size_t, T> out{next_++, std::move(first->second)};
    waiting_.erase(first);
    return out;
  }
  std::size_t taken() const { return next_; }

private:
  std::map<std::size_t, T> waiting_;
  std::size_t next_ = 0;
};

} // namespace oq::actors
