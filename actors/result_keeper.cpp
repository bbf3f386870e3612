// A tenth of the time for files, and none any more after the first refusal.
#include "actors/result_keeper.hpp"

namespace oq::actors {

ResultKeeper::ResultKeeper(std::unique_ptr<KeptResults> files, Clock clock, engine::LogSink log)
  : files_(std::move(files)), clock_(std::move(clock)), log_(std::move(log)), began_(clock_()) {}

std::vector<std::size_t> ResultKeeper::found() {
  for (const auto task : files_->tasks())
    if (files_->load(task))
      found_.insert(task);
  return {found_.begin(), found_.end()};
}

Result<engine::TaskResult> ResultKeeper::take(std::size_t task) {
  std::optional<engine::TaskResult> result;
  if (found_.erase(task) > 0)
    result = files_->load(task);
  if (refused_ && found_.empty())
    remove();
  if (!result)
    return Error{Errc::unavailable, "a result that was kept is gone from the disk", {}};
  return *std::move(result);
}

void ResultKeeper::offer(std::size_t task, const engine::TaskResult& result) {
  const auto now = clock_();
  if (!files_ || refused_ || now - began_ < kKeepAfter || spent_ * kShare > now - began_)
    return;
  const auto kept = files_->keep(task, result);
  spent_ += clock_() - now;
  if (!kept)
    refuse(kept.error());
}

void ResultKeeper::refuse(const Error& why) {
  refused_ = true;
  if (log_)
    log_(engine::LogLevel::warning,
         "A restart would compute this calculation from its beginning: " + why.text());
  if (found_.empty())
    remove(); // the products need the room more
}

void ResultKeeper::remove() {
  if (files_)
    files_->remove();
  files_.reset();
}

} // namespace oq::actors
