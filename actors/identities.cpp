// Looks tokens and owners up; nothing is remembered here: the edge does that, for a moment.
#include "actors/identities.hpp"

namespace oq::actors {
namespace {

constexpr std::string_view kShared = "shared";

ViewerPtr viewer_of(store::KnownUser known) {
  auto viewer = std::make_shared<Viewer>();
  viewer->name = std::move(known.user.name);
  viewer->level = known.user.level;
  viewer->superuser = known.user.superuser;
  viewer->colleagues = std::move(known.colleagues);
  std::ranges::sort(viewer->colleagues); // the database's order may be a language's
  return viewer;
}

} // namespace

void IdentitiesState::begin(UserStoreFactory open_users, StoreFactory open_store) {
  open_users_ = std::move(open_users);
  open_store_ = std::move(open_store);
}

Result<store::UserStore*> IdentitiesState::users() {
  if (!users_) {
    OQ_TRY(users_, open_users_());
  }
  return users_.get();
}

IdentityAnswer IdentitiesState::identify(const Credential& credential) {
  auto from = users();
  if (!from)
    return {.code = from.error().code, .viewer = nullptr};
  auto known = credential.kind == Credential::Kind::session ? (*from)->by_session(credential.digest)
                                                            : (*from)->by_key(credential.digest);
  if (!known)
    return {.code = known.error().code == Errc::not_found ? Errc::none : known.error().code,
            .viewer = nullptr};
  return {.code = Errc::none, .viewer = viewer_of(*std::move(known))};
}

Result<store::CalculationRecord> IdentitiesState::find(const Subject& subject) {
  if (!calculations_) {
    OQ_TRY(calculations_, open_store_());
  }
  if (subject.kind == Subject::Kind::calculation)
    return calculations_->find(subject.id);
  OQ_TRY(const auto output, calculations_->output(subject.id));
  return calculations_->find(output.calculation_id);
}

StandingAnswer IdentitiesState::standing(const Subject& subject, const Viewer& viewer) {
  const auto record = find(subject);
  if (!record)
    return {.code = record.error().code == Errc::not_found ? Errc::none : record.error().code};
  const auto standing = viewer.standing(record->owner, record->status == kShared);
  if (standing == Standing::hidden)
    return {.standing = standing};
  return {.standing = standing, .owner = record->owner};
}

Errc IdentitiesState::log_out(const Credential& credential) {
  auto from = users();
  if (!from)
    return from.error().code;
  const auto closed = (*from)->close_session(credential.digest);
  return closed ? Errc::none : closed.error().code;
}

Identities::behavior_type identities(Identities::stateful_pointer<IdentitiesState> self,
                                     UserStoreFactory open_users, StoreFactory open_store) {
  auto& state = self->state;
  state.begin(std::move(open_users), std::move(open_store));
  return {
    [&state](identify_atom, const Credential& credential, const IdentitySink& sink) {
      sink->deliver(state.identify(credential));
    },
    [&state](standing_atom, const Subject& subject, const ViewerPtr& viewer,
             const StandingSink& sink) {
      sink->deliver(state.standing(subject, *viewer));
    },
    [&state](logout_atom, const Credential& credential, const LogOutSink& sink) {
      sink->deliver(state.log_out(credential));
    },
  };
}

} // namespace oq::actors
