// ResultKeeper: which results of a running calculation are worth a file, so that a restart need not
// compute them again.
#pragma once

#include "actors/engine_room.hpp"
#include "actors/task_board.hpp"

#include <functional>
#include <memory>
#include <set>
#include <vector>

namespace oq::actors {

using Clock = std::function<Instant()>;

class ResultKeeper {
public:
  // What ends sooner is computed again as quickly as it is read.
  static constexpr std::chrono::seconds kKeepAfter{2};
  // Writing takes one part in so many of the time; what does not fit in is not kept.
  static constexpr int kShare = 10;

  // The calculation begins now. `log` hears of a disk that refuses, once.
  ResultKeeper(std::unique_ptr<KeptResults> files, Clock clock, engine::LogSink log);

  // Tasks whose results an earlier run kept, ascending; they stay on the disk until taken.
  std::vector<std::size_t> found();
  // The result of one of them, once. Errc::unavailable when the disk has lost it since.
  Result<engine::TaskResult> take(std::size_t task);

  // Keeps the result, or does not; no failure is the caller's.
  void offer(std::size_t task, const engine::TaskResult& result);
  void remove();

private:
  void refuse(const Error& why);

  std::unique_ptr<KeptResults> files_; // null when there is nothing more to do with them
  std::set<std::size_t> found_;        // not taken yet
  bool refused_ = false;               // by the disk
  Clock clock_;
  engine::LogSink log_;
  Instant began_;
  std::chrono::nanoseconds spent_{0};
};

} // namespace oq::actors
