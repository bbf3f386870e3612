// Tags: the words that users put on calculations, changed in the store and shown in the lists.
#pragma once

#include "actors/engine_room.hpp"
#include "actors/tag_request.hpp"
#include "actors/tag_table.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <functional>
#include <memory>
#include <vector>

namespace oq::actors {

using TagStoreFactory = std::function<Result<std::unique_ptr<store::TagStore>>()>;

// Also looks at the store, now and every kTagsRefreshed, for what other nodes did.
using Tags = TagsPort::extend<caf::reacts_to<tags_atom>>;

class TagsState {
public:
  static constexpr const char* name = "tags";
  using Self = Tags::stateful_pointer<TagsState>;
  explicit TagsState(Self self) : self_(self) {}

  void begin(TagStoreFactory open, TagObserver observer);
  void answer(const TagRequest& request, const SinkPtr& sink);
  void refresh();

private:
  using Records = TagTable;
  Result<void> open_store();
  Result<Answer> act(const TagRequest& request);
  Result<Answer> list(const TagRequest& request);
  Result<Answer> create(const TagRequest& request);
  Result<Answer> erase(const TagRequest& request);
  Result<Answer> add(const TagRequest& request);
  Result<Answer> remove(const TagRequest& request);
  Result<Answer> prefer(const TagRequest& request);
  Result<Answer> prefer_none(const TagRequest& request);
  Result<Answer> get_preferred(const TagRequest& request);
  // Of the word, on calculations that the viewer is at least `least` to.
  Result<Records> found(const TagRequest& request, Standing least);

  Self self_;
  TagStoreFactory open_;
  TagObserver observer_;
  std::unique_ptr<store::TagStore> store_;
  Records shown_;
};

// Blocks on the store: detached.
Tags::behavior_type tags(Tags::stateful_pointer<TagsState> self, TagStoreFactory open,
                         TagObserver observer, bool has_other_nodes);

} // namespace oq::actors
