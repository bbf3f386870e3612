// The archive: answers for calculations that are not live here, from the cache and the store, and
// changes them.
#pragma once

#include "actors/cache_link.hpp"
#include "actors/calculation.hpp"
#include "actors/cluster_links.hpp"
#include "actors/defaults.hpp"
#include "actors/engine_room.hpp"
#include "actors/recorder.hpp"
#include "actors/summary_shelf.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <unordered_map>

namespace oq::actors {

using Archive = caf::typed_actor<
  // Every kind of question. Errc::not_found as QuestionKind says; Errc::unavailable: the store does
  // not answer.
  caf::reacts_to<ask_atom, Question, SinkPtr>,
  // abort never succeeds here; remove, share and unshare answer when they are durable.
  // A calculation that another node has is passed on to it.
  caf::reacts_to<command_atom, CalculationId, Command, SinkPtr>,
  // The same from another node: not passed on again.
  caf::reacts_to<peer_atom, CalculationId, Command, SinkPtr>,
  // Records as they are in the store now: what the cache holds of an older revision is not
  // believed.
  caf::reacts_to<known_atom, RecordsPtr>,
  // Somebody changed a calculation; (0, 0): anything may have changed.
  caf::reacts_to<notice_atom, CalculationId, std::int64_t>,
  // Looks at the newest rows of the store for what other processes did, now and every
  // kRefreshInterval.
  caf::reacts_to<refresh_atom>>;

struct ArchivePeers {
  StoreFactory open;
  EngineRoomPtr room;
  Recorder recorder;
  CacheLink cache;
  RecordObserver catalog;
  ClusterLinksPtr links = nullptr;
  Vocabulary seed_words = Vocabulary::seed;
};

class ArchiveState {
public:
  static constexpr const char* name = "archive";
  using Self = Archive::stateful_pointer<ArchiveState>;
  explicit ArchiveState(Self self) : self_(self) {}

  void begin(ArchivePeers peers) {
    peers_ = std::move(peers);
    shelf_ = SummaryShelf(kArchiveSummaries, peers_.seed_words);
  }
  void ask(const Question& question, const SinkPtr& sink);
  void command(CalculationId id, Command command, const SinkPtr& sink, bool from_peer = false);
  void know(const std::vector<store::CalculationRecord>& records);
  void notice(CalculationId id, std::int64_t revision);
  void refresh();

private:
  Result<store::CalculationStore*> store();
  Result<RecordPtr> find(CalculationId id);

  // Questions.
  void ask_cache(const Question& question, const SinkPtr& sink);
  void ask_store(const Question& question, const SinkPtr& sink);
  RecordPtr believable(const SummaryPtr& summary) const;
  Answer summary_answer(const Question& question, const RecordPtr& record);
  Result<Answer> answer_from_store(const Question& question);
  Result<Answer> results(const Question& question);
  Result<Answer> seed_results(const Question& question, bool risk);
  Result<Answer> datastore(CalculationId id);

  // Other nodes: archive_cluster.cpp.
  struct Live {
    Summary summary;
    std::chrono::steady_clock::time_point since;
  };
  Live* fresh_live(CalculationId id);
  Answer keep_live(const Question& question, const RecordPtr& record);
  bool pass_on(const Question& question, const SinkPtr& sink);
  void ask_owner(const std::string& node, const Question& question, const SinkPtr& sink);
  void ask_last_owner(const Question& question, const Error& why, const SinkPtr& sink);
  bool pass_on(const RecordPtr& record, Command command, const SinkPtr& sink);
  bool store_is_silent() const;
  void tell_catalog(const RecordPtr& record);

  // Commands.
  void command_here(const RecordPtr& record, Command command, const SinkPtr& sink);
  Result<void> may_remove(const store::CalculationRecord& record);
  void remove(const RecordPtr& record, const SinkPtr& sink);
  void share(const RecordPtr& record, Command command, const SinkPtr& sink);
  template <class Then>
  void change(const RecordPtr& record, State next, const SinkPtr& sink, Command command, Then then);
  void publish(const RecordPtr& record);

  Self self_;
  ArchivePeers peers_;
  std::unique_ptr<store::CalculationStore> store_;
  SummaryShelf shelf_{kArchiveSummaries};
  std::unordered_map<CalculationId, std::int64_t> known_; // newest revisions heard of
  std::unordered_map<CalculationId, Live> live_;          // on other nodes, for a moment
};

Archive::behavior_type archive(Archive::stateful_pointer<ArchiveState> self, ArchivePeers peers);

} // namespace oq::actors
