// The notifier: tells those who asked for it what became of a calculation, again and again until
// they hear.
#pragma once

#include "actors/engine_room.hpp"
#include "actors/messages.hpp"
#include "actors/notice.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

namespace oq::actors {

using NoticeTargets = std::vector<store::NoticeTarget>;
using NoticeTargetsPtr = std::shared_ptr<const NoticeTargets>;
using NoticeStoreFactory = std::function<Result<std::unique_ptr<store::NoticeStore>>()>;

} // namespace oq::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::NoticeTargetsPtr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::NoticeOutcome)

namespace oq::actors {

using Notifier = caf::typed_actor<
  // Writes down whom to tell of a calculation; answers true when that is durable.
  // Errc::unavailable.
  caf::replies_to<notify_atom, CalculationId, NoticeTargetsPtr>::with<bool>,
  // A calculation of this node has changed, durably.
  caf::reacts_to<changed_atom, RecordPtr>,
  // To itself: what became of the notice to this target; try again; look for what an earlier
  // process did not tell.
  caf::reacts_to<result_atom, std::int64_t, NoticeOutcome, std::string>,
  caf::reacts_to<retry_atom, std::int64_t>, caf::reacts_to<look_atom>>;

struct NotifierSetup {
  NoticeStoreFactory open;
  StoreFactory open_calculations; // for what an earlier process did not tell
  NoticeSenderPtr sender;
  std::string node; // this node's name
  engine::LogSink log = {};
};

class NotifierState {
public:
  static constexpr const char* name = "notifier";
  using Self = Notifier::stateful_pointer<NotifierState>;
  explicit NotifierState(Self self) : self_(self) {}

  void begin(NotifierSetup setup) { setup_ = std::move(setup); }
  Result<bool> add(CalculationId id, const NoticeTargets& targets);
  void change(const RecordPtr& record);
  void sent(std::int64_t row, NoticeOutcome outcome, const std::string& why);
  void send_next(std::int64_t row);
  void look();

private:
  // What one target is still to be told; the first is on its way, or waits for its next attempt.
  struct Queue {
    store::NoticeRow row;
    std::deque<Notice> notices;
    int attempts = 0; // of the first
    bool busy = false;
  };
  Result<store::NoticeStore*> store();
  const std::vector<std::int64_t>& rows_of(CalculationId id);
  void enqueue(std::int64_t row, Notice notice);
  void retry(std::int64_t row, Queue& queue, const std::string& why);
  void finish(std::int64_t row);
  void say(engine::LogLevel level, const std::string& message) const;

  Self self_;
  NotifierSetup setup_;
  std::unique_ptr<store::NoticeStore> store_;
  std::unordered_map<CalculationId, std::vector<std::int64_t>> rows_; // of those that live
  std::unordered_map<CalculationId, std::int64_t> told_;              // revisions, of the same
  std::unordered_map<std::int64_t, Queue> queues_;                    // by row
};

// Blocks on the store: detached.
Notifier::behavior_type notifier(Notifier::stateful_pointer<NotifierState> self,
                                 NotifierSetup setup);

} // namespace oq::actors
