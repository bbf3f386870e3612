// Questions of other nodes become questions to our own actors, and their answers go back.
#include "actors/door.hpp"

#include "actors/caf_error.hpp"
#include "actors/defaults.hpp"

#include <caf/event_based_actor.hpp>
#include <caf/send.hpp>

#include <fcntl.h>
#include <random>
#include <sys/stat.h>
#include <unistd.h>

namespace oq::actors {
namespace {

// Carries one answer to the door; an answer that is never given is told as well.
class DoorSink : public ReplySink {
public:
  DoorSink(caf::actor door, std::uint64_t number) : door_(std::move(door)), number_(number) {}
  ~DoorSink() override {
    if (!delivered_)
      deliver(error_answer({Errc::unavailable, "nobody answered on the other node", {}}));
  }
  void deliver(Answer answer) override {
    delivered_ = true;
    caf::anon_send(door_, answer_atom::value, number_,
                   std::make_shared<const Answer>(std::move(answer)));
  }

private:
  caf::actor door_;
  std::uint64_t number_;
  bool delivered_ = false;
};

// Not to be guessed by whoever else speaks to the door.
std::uint64_t first_number() {
  std::random_device device;
  return (std::uint64_t{device()} << 20) ^ device();
}

} // namespace

// Stays readable when its name is taken away.
class DoorState::OpenFile {
public:
  static std::shared_ptr<OpenFile> open(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat about {};
    if (descriptor < 0)
      return nullptr;
    if (::fstat(descriptor, &about) != 0 || !S_ISREG(about.st_mode)) {
      ::close(descriptor);
      return nullptr;
    }
    return std::make_shared<OpenFile>(descriptor, static_cast<std::uint64_t>(about.st_size));
  }
  OpenFile(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}
  ~OpenFile() { ::close(descriptor_); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  std::uint64_t size() const { return size_; }
  Result<std::string> read(std::uint64_t offset) const {
    if (offset > size_)
      return invalid_input("a piece beyond the end of the file was asked for");
    std::string bytes(std::min(kFilePiece, size_ - offset), '\0');
    for (std::size_t got = 0; got < bytes.size();) {
      const auto n = ::pread(descriptor_, bytes.data() + got, bytes.size() - got,
                             static_cast<off_t>(offset + got));
      if (n <= 0)
        return Error{Errc::unavailable, "the file cannot be read", {}};
      got += static_cast<std::size_t>(n);
    }
    return bytes;
  }

private:
  int descriptor_;
  std::uint64_t size_;
};

SinkPtr DoorState::sink(const Promise& promise) {
  if (last_number_ == 0)
    last_number_ = first_number();
  const auto number = ++last_number_;
  waiting_.emplace(number, promise);
  return std::make_shared<DoorSink>(caf::actor_cast<caf::actor>(self_), number);
}

void DoorState::answer(std::uint64_t number, const AnswerPtr& answer) {
  if (auto waiting = waiting_.extract(number))
    waiting.mapped().deliver(with_file(*answer));
}

WireAnswer DoorState::with_file(const Answer& answer) {
  auto out = to_wire(answer);
  if (!answer.file)
    return out;
  forget_old_offers();
  auto file = OpenFile::open(answer.file->path);
  if (!file)
    return to_wire(error_answer({Errc::unavailable, "the file cannot be opened", {}}));
  if (offers_.size() >= kMostFilesOffered)
    return to_wire(error_answer({Errc::overloaded, "too many files are being fetched", {}}));
  const auto token = ++last_number_;
  out.file = {token, file->size(), answer.file->download_name};
  offers_[token] = {std::move(file), self_->clock().now()};
  return out;
}

void DoorState::forget_old_offers() {
  const auto now = self_->clock().now();
  std::erase_if(offers_, [now](const auto& offer) {
    return now - offer.second.since > kFileOffered;
  });
}

Result<std::string> DoorState::piece(std::uint64_t token, std::uint64_t offset) {
  const auto offer = offers_.find(token);
  if (offer == offers_.end())
    return Error{Errc::not_found, "this file is not offered any more", {}};
  offer->second.since = self_->clock().now();
  auto bytes = offer->second.file->read(offset);
  if (bytes && offset + bytes->size() == offer->second.file->size())
    offers_.erase(offer);
  return bytes;
}

caf::behavior DoorState::behavior() {
  const auto refuse = [](Promise promise, const Error& error) {
    promise.deliver(to_wire(error_answer(error)));
  };
  return {
    [this](name_atom) {
      return peers_.node;
    },
    [this, refuse](ask_atom, const WireQuestion& wire) -> caf::result<WireAnswer> {
      auto promise = self_->make_response_promise<Promise>();
      const auto question = from_wire(wire);
      if (question)
        self_->send(peers_.calculations, ask_atom::value, *question, sink(promise));
      else
        refuse(promise, question.error());
      return promise;
    },
    [this, refuse](command_atom, std::int64_t id, std::uint8_t wire) -> caf::result<WireAnswer> {
      auto promise = self_->make_response_promise<Promise>();
      const auto command = command_from_wire(wire);
      if (command)
        self_->send(peers_.calculations, peer_atom::value, id, *command, sink(promise));
      else
        refuse(promise, command.error());
      return promise;
    },
    [this, refuse](download_atom, std::int64_t output, const std::string& format,
                   std::uint8_t wire) -> caf::result<WireAnswer> {
      auto promise = self_->make_response_promise<Promise>();
      const auto view = view_from_wire(wire);
      if (view)
        self_->send(
          peers_.calculations, download_atom::value,
          Download{
            .output_id = output, .type = {}, .format = format, .view = *view, .from_peer = true},
          sink(promise));
      else
        refuse(promise, view.error());
      return promise;
    },
    [this, refuse](extract_atom, const WireExtract& wire) -> caf::result<WireAnswer> {
      auto promise = self_->make_response_promise<Promise>();
      const auto request = from_wire(wire);
      if (request)
        self_->send(peers_.calculations, extract_atom::value, *request, sink(promise));
      else
        refuse(promise, request.error());
      return promise;
    },
    [this](fetch_atom, std::uint64_t token, std::uint64_t offset) -> caf::result<std::string> {
      return to_caf(piece(token, offset));
    },
    [this](notice_atom, std::int64_t id, std::int64_t revision) {
      if (id <= 0)
        return;
      for (const auto& observer : peers_.observers)
        self_->send(observer, notice_atom::value, id, revision);
    },
    [this](joined_atom, const std::string& node, const caf::actor& door) {
      if (peers_.neighbours && door && node != peers_.node)
        self_->send(peers_.neighbours, joined_atom::value, node, door);
    },
    [this](left_atom) {
      if (peers_.keeper)
        self_->send(peers_.keeper, left_atom::value);
    },
    [this](answer_atom, std::uint64_t number, const AnswerPtr& found) {
      answer(number, found);
    },
  };
}

caf::behavior door(caf::stateful_actor<DoorState>* self, DoorPeers peers) {
  self->state.begin(std::move(peers));
  self->set_exit_handler([self](const caf::exit_msg& message) {
    if (!message.source || message.source.node() == self->node())
      self->quit(message.reason);
  });
  return self->state.behavior();
}

} // namespace oq::actors
