// A tenth of the time for files, and none any more after the first refusal.
#include "actors/result_keeper.hpp"

namespace oq::actors {

ResultKeeper::ResultKeeper(std::unique_ptr<KeptResults> files, Clock clock, engine::LogSink log)
  : files_(std::move(files)), clock_(std::move(clock)), log_(std::move(log)), began_(clock_()) {}

void ResultKeeper::offer(std::size_t task, const engine::TaskResult& result) {
  const auto now = clock_();
  if (!files_ || now - began_ < kKeepAfter || spent_ * kShare > now - began_)
    return;
  const auto kept = files_->keep(task, result);
  spent_ += clock_() - now;
  if (kept)
    return;
  if (log_)
    log_(engine::LogLevel::warning,
         "A restart would compute this calculation from its beginning: " + kept.error().text());
  remove(); // the products need the room more
}

void ResultKeeper::remove() {
  if (files_)
    files_->remove();
  files_.reset();
}

} // namespace oq::actors
