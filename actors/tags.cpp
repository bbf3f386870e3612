// Each command reads what there is, decides by who asks, and writes; the lists hear of it after.
#include "actors/tags.hpp"

#include "actors/command_text.hpp"
#include "actors/defaults.hpp"
#include "actors/json_string.hpp"

#include <algorithm>
#include <set>

namespace oq::actors {
namespace {

Answer said(Errc code, std::string body) {
  Answer answer;
  answer.code = code;
  answer.body = std::make_shared<const std::string>(std::move(body));
  return answer;
}

Answer succeeded(const std::string& text) {
  return said(Errc::none, "{\"success\": " + json_string(text) + "}");
}

Answer refused(const std::string& text) {
  return said(Errc::forbidden, "{\"error\": " + json_string(text) + "}");
}

std::string quoted(const std::string& tag) {
  return "\"" + tag + "\"";
}

Standing standing_of(const ViewerPtr& viewer, const std::string& owner, bool shared) {
  return viewer ? viewer->standing(owner, shared) : Standing::owner;
}

bool same(const store::TagRecord& a, const store::TagRecord& b) {
  return a.calculation_id == b.calculation_id && a.tag == b.tag && a.preferred == b.preferred;
}

} // namespace

void TagsState::begin(TagStoreFactory open, TagObserver observer) {
  open_ = std::move(open);
  observer_ = std::move(observer);
}

Result<void> TagsState::open_store() {
  if (!store_) {
    OQ_TRY(store_, open_());
  }
  return {};
}

void TagsState::answer(const TagRequest& request, const SinkPtr& sink) {
  auto done = act(request);
  if (!done)
    return sink->deliver(error_answer(done.error()));
  refresh(); // before the answer: the list that is asked for next has it
  sink->deliver(*std::move(done));
}

void TagsState::refresh() {
  const auto opened = open_store();
  auto all = opened ? store_->tags() : Result<Records>(opened.error());
  if (!all || std::ranges::equal(*all, shown_, same))
    return; // the next one may find the store again
  shown_ = *all;
  self_->send(observer_, tags_atom::value,
              TagTablePtr(std::make_shared<const Records>(*std::move(all))));
}

Result<Answer> TagsState::act(const TagRequest& request) {
  if (valid_utf8(request.tag) != request.tag)
    return Error{Errc::invalid_input, "the tag is not UTF-8", {}};
  OQ_CHECK(open_store());
  switch (request.kind) {
  case TagRequest::Kind::list:
    return list(request);
  case TagRequest::Kind::create:
    return create(request);
  case TagRequest::Kind::erase:
    return erase(request);
  case TagRequest::Kind::add:
    return add(request);
  case TagRequest::Kind::remove:
    return remove(request);
  case TagRequest::Kind::prefer:
    return prefer(request);
  case TagRequest::Kind::prefer_none:
    return prefer_none(request);
  case TagRequest::Kind::get_preferred:
    return get_preferred(request);
  }
  return list(request);
}

Result<std::vector<store::TagRecord>> TagsState::found(const TagRequest& request, Standing least) {
  OQ_TRY(auto all, store_->tags());
  std::erase_if(all, [&](const store::TagRecord& tag) {
    return tag.tag != request.tag || standing_of(request.viewer, tag.owner, tag.shared) < least;
  });
  return all;
}

Result<Answer> TagsState::list(const TagRequest& request) {
  OQ_TRY(const auto all, store_->tags());
  OQ_TRY(const auto names, store_->names());
  std::set<std::string> seen;
  for (const auto& tag : all)
    if (standing_of(request.viewer, tag.owner, tag.shared) > Standing::hidden)
      seen.insert(tag.tag);
  for (const auto& word : names)
    if (standing_of(request.viewer, word.owner, false) > Standing::hidden)
      seen.insert(word.tag);
  std::string text;
  for (const auto& tag : seen)
    text += (text.empty() ? "" : ", ") + json_string(tag);
  return said(Errc::none, "{\"tags\": [" + text + "]}");
}

Result<Answer> TagsState::create(const TagRequest& request) {
  OQ_TRY(const auto names, store_->names());
  const bool known = std::ranges::any_of(names, [&](const store::TagName& word) {
    return word.tag == request.tag
           && standing_of(request.viewer, word.owner, false) > Standing::hidden;
  });
  if (known)
    return refused("The tag " + quoted(request.tag) + " exists already");
  OQ_CHECK(store_->add_name(request.tag, request.owner));
  return succeeded("The tag " + quoted(request.tag) + " was created");
}

Result<Answer> TagsState::erase(const TagRequest& request) {
  OQ_TRY(const auto tags, found(request, Standing::colleague));
  OQ_TRY(const auto names, store_->names());
  bool known = !tags.empty();
  for (const auto& word : names) {
    if (word.tag != request.tag
        || standing_of(request.viewer, word.owner, false) < Standing::colleague)
      continue;
    known = true;
    OQ_CHECK(store_->remove_name(word.tag, word.owner));
  }
  if (!known)
    return refused("There is no tag " + quoted(request.tag));
  OQ_CHECK(store_->remove(tags));
  return succeeded("The tag " + quoted(request.tag) + " was deleted");
}

Result<Answer> TagsState::add(const TagRequest& request) {
  OQ_TRY(const auto tags, found(request, Standing::onlooker));
  for (const auto& tag : tags) // it may be the preferred one, and stays so
    if (tag.calculation_id == request.id)
      return refused("Calculation " + std::to_string(request.id) + " has the tag "
                     + quoted(request.tag) + " already");
  OQ_CHECK(store_->add_name(request.tag, request.owner));
  OQ_CHECK(store_->put({{.calculation_id = request.id, .tag = request.tag}}));
  return succeeded("The tag " + quoted(request.tag) + " was added to calculation "
                   + std::to_string(request.id));
}

Result<Answer> TagsState::remove(const TagRequest& request) {
  OQ_TRY(auto tags, found(request, Standing::colleague));
  std::erase_if(tags, [&](const store::TagRecord& tag) {
    return tag.calculation_id != request.id;
  });
  if (tags.empty())
    return has_no_tag(request.id, request.tag);
  OQ_CHECK(store_->remove(tags));
  return succeeded("The tag " + quoted(request.tag) + " was removed from calculation "
                   + std::to_string(request.id));
}

Result<Answer> TagsState::prefer(const TagRequest& request) {
  OQ_TRY(auto tags, found(request, Standing::colleague));
  for (auto& tag : tags)
    tag.preferred = tag.calculation_id == request.id;
  const bool has_it = std::ranges::any_of(tags, &store::TagRecord::preferred);
  if (!has_it)
    tags.push_back({.calculation_id = request.id, .tag = request.tag, .preferred = true});
  OQ_CHECK(store_->add_name(request.tag, request.owner));
  OQ_CHECK(store_->put(tags));
  return succeeded("Calculation " + std::to_string(request.id)
                   + " is the preferred one for the tag " + quoted(request.tag));
}

Result<Answer> TagsState::prefer_none(const TagRequest& request) {
  OQ_TRY(auto tags, found(request, Standing::colleague));
  for (auto& tag : tags)
    tag.preferred = false;
  OQ_CHECK(store_->put(tags));
  return succeeded("The tag " + quoted(request.tag) + " has no preferred calculation");
}

// What is shared may be somebody else's preference: one's own comes first, then the newest.
Result<Answer> TagsState::get_preferred(const TagRequest& request) {
  OQ_TRY(const auto tags, found(request, Standing::onlooker));
  CalculationId best = 0;
  Standing nearest = Standing::hidden;
  for (const auto& tag : tags) {
    const auto standing = standing_of(request.viewer, tag.owner, tag.shared);
    if (tag.preferred && standing >= nearest)
      (best = tag.calculation_id, nearest = standing);
  }
  return said(Errc::none,
              "{\"job_id\": " + (best > 0 ? std::to_string(best) : std::string("null")) + "}");
}

Tags::behavior_type tags(Tags::stateful_pointer<TagsState> self, TagStoreFactory open,
                         TagObserver observer, bool has_other_nodes) {
  auto& state = self->state;
  state.begin(std::move(open), std::move(observer));
  self->send(self, tags_atom::value);
  return {
    [&state](tag_atom, const TagRequest& request, const SinkPtr& sink) {
      state.answer(request, sink);
    },
    [self, &state, has_other_nodes](tags_atom) {
      state.refresh();
      if (has_other_nodes)
        self->delayed_send(self, kTagsRefreshed, tags_atom::value);
    },
  };
}

} // namespace oq::actors
