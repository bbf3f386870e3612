// Piece after piece into a file that nobody else sees; a node that is lost ends the errand at once.
#include "actors/courier.hpp"

#include "actors/caf_error.hpp"
#include "actors/defaults.hpp"

#include <caf/actor_system.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <cstdlib>
#include <future>
#include <unistd.h>

namespace oq::actors {
namespace {

// A header field is made of it: another node's word is not trusted with line breaks.
std::string harmless(std::string name) {
  for (char& c : name)
    if (static_cast<unsigned char>(c) <= ' ' || c == '"' || c == 127)
      c = '_';
  return name;
}

bool write_all(int descriptor, const std::string& bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const auto n = ::write(descriptor, bytes.data() + done, bytes.size() - done);
    if (n <= 0)
      return false;
    done += static_cast<std::size_t>(n);
  }
  return true;
}

// That a node does not answer does not mean that there is nothing.
Error absent(const caf::error& error) {
  auto ours = from_caf(error);
  if (ours.code == Errc::timeout)
    ours.code = Errc::unavailable;
  return ours;
}

} // namespace

CourierState::~CourierState() {
  if (descriptor_ >= 0)
    ::close(descriptor_);
}

void CourierState::begin(CourierSettings settings, Errand errand) {
  settings_ = std::move(settings);
  errand_ = std::move(errand);
}

void CourierState::finish(Result<Answer> answer) {
  if (std::exchange(finished_, true))
    return;
  if (!answer && !path_.empty())
    ::unlink(path_.c_str());
  errand_.done(std::move(answer));
  self_->quit();
}

void CourierState::lose() {
  finish(Error{Errc::unavailable, "the node " + errand_.node + " was lost on the way", {}});
}

void CourierState::set_out() {
  self_->request(settings_.neighbours, kPeerTimeout, find_atom::value, errand_.node)
    .then(
      [this](const caf::actor& door) {
        ask(door);
      },
      [this](const caf::error& error) {
        finish(absent(error));
      });
}

void CourierState::ask(const caf::actor& door) {
  door_ = door;
  self_->monitor(door_);
  const auto answered_ = [this](const WireAnswer& wire) {
    answered(wire);
  };
  const auto failed = [this](const caf::error& error) {
    finish(absent(error));
  };
  if (const auto* question = std::get_if<Question>(&errand_.wish)) {
    self_->request(door_, kPeerExportTimeout, ask_atom::value, to_wire(*question))
      .then(answered_, failed);
    return;
  }
  if (const auto* extract = std::get_if<Extract>(&errand_.wish)) {
    self_->request(door_, kPeerExportTimeout, extract_atom::value, to_wire(*extract))
      .then(answered_, failed);
    return;
  }
  const auto& download = std::get<Download>(errand_.wish);
  self_
    ->request(door_, kPeerExportTimeout, download_atom::value, download.output_id, download.format,
              static_cast<std::uint8_t>(download.view))
    .then(answered_, failed);
}

void CourierState::answered(const WireAnswer& wire) {
  auto answer = from_wire(wire);
  if (!answer || wire.file.token == 0)
    return finish(std::move(answer));
  answer_ = *std::move(answer);
  file_ = wire.file;
  auto pattern = (settings_.folder / "fetched-XXXXXX").string();
  descriptor_ = ::mkstemp(pattern.data());
  if (descriptor_ < 0)
    return finish(Error{Errc::unavailable, "the disk refuses a file of another node",
                        settings_.folder.string()});
  path_ = pattern;
  next_piece();
}

void CourierState::next_piece() {
  if (offset_ == file_.size) {
    answer_.file = FileAnswer{path_, harmless(file_.name)};
    return finish(std::move(answer_));
  }
  self_->request(door_, kPeerExportTimeout, fetch_atom::value, file_.token, offset_)
    .then(
      [this](const std::string& bytes) {
        take(bytes);
      },
      [this](const caf::error& error) {
        finish(absent(error));
      });
}

void CourierState::take(const std::string& bytes) {
  if (bytes.empty() || bytes.size() > file_.size - offset_)
    return finish(
      Error{Errc::unavailable, "another node sent a strange piece of a file", file_.name});
  if (!write_all(descriptor_, bytes))
    return finish(Error{Errc::unavailable, "the disk refuses a file of another node",
                        settings_.folder.string()});
  offset_ += bytes.size();
  self_->send(self_, fetch_atom::value);
}

Courier::behavior_type courier(Courier::stateful_pointer<CourierState> self,
                               CourierSettings settings, Errand errand) {
  auto& state = self->state;
  state.begin(std::move(settings), std::move(errand));
  self->set_down_handler([&state](const caf::down_msg&) {
    state.lose();
  });
  self->monitor(state.neighbours()); // gone when the service stops
  self->send(self, find_atom::value);
  return {
    [&state](find_atom) {
      state.set_out();
    },
    [&state](fetch_atom) {
      state.next_piece();
    },
  };
}

Result<Answer> bring(caf::actor_system& system, const CourierSettings& settings,
                     const std::string& node, const Question& question) {
  auto result = std::make_shared<std::promise<Result<Answer>>>();
  auto future = result->get_future();
  system.spawn<caf::detached>(courier, settings,
                              Errand{node, question, [result](Result<Answer> answer) {
                                       result->set_value(std::move(answer));
                                     }});
  return future.get();
}

void Couriers::send_for(const std::string& node, Wish wish, const SinkPtr& sink) {
  if (on_their_way_->fetch_add(1) >= kMostFetches) {
    on_their_way_->fetch_sub(1);
    return sink->deliver(
      error_answer({Errc::overloaded, "too many files are being fetched from other nodes", {}}));
  }
  const auto done = [counter = on_their_way_, sink](Result<Answer> answer) {
    const auto file = answer && answer->file ? answer->file->path : std::filesystem::path();
    sink->deliver(answer ? *std::move(answer) : error_answer(answer.error()));
    if (!file.empty())
      ::unlink(file.c_str()); // whoever took the answer has opened it
    counter->fetch_sub(1);
  };
  system_.spawn<caf::detached>(courier, settings_, Errand{node, std::move(wish), done});
}

} // namespace oq::actors
