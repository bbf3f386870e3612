// Piece after piece into a file that nobody else sees.
#include "actors/courier.hpp"

#include "actors/caf_error.hpp"
#include "actors/defaults.hpp"

#include <caf/all.hpp>

#include <cstdlib>
#include <unistd.h>

namespace oq::actors {
namespace {

// A request whose answer is waited for.
template <class T, class... Words>
Result<T> ask(caf::blocking_actor& self, const caf::actor& whom, std::chrono::seconds patience,
              Words... words) {
  Result<T> out = Error{};
  self.request(whom, patience, std::move(words)...)
    .receive(
      [&out](const T& answer) {
        out = answer;
      },
      [&out](const caf::error& error) {
        out = from_caf(error);
      });
  return out;
}

Result<caf::actor> find_door(caf::blocking_actor& self, const Neighbours& neighbours,
                             const std::string& node) {
  Result<caf::actor> out = Error{};
  self.request(neighbours, kPeerTimeout, find_atom::value, node)
    .receive(
      [&out](const caf::actor& door) {
        out = door;
      },
      [&out](const caf::error& error) {
        out = from_caf(error);
      });
  return out;
}

Error disk_refuses(const std::filesystem::path& folder) {
  return {Errc::unavailable, "the disk refuses a file of another node", folder.string()};
}

Result<void> write_all(int descriptor, const std::string& bytes,
                       const std::filesystem::path& folder) {
  for (std::size_t done = 0; done < bytes.size();) {
    const auto n = ::write(descriptor, bytes.data() + done, bytes.size() - done);
    if (n <= 0)
      return disk_refuses(folder);
    done += static_cast<std::size_t>(n);
  }
  return {};
}

Result<void> copy_pieces(caf::blocking_actor& self, const caf::actor& door, const WireFile& file,
                         int descriptor, const std::filesystem::path& folder) {
  for (std::uint64_t offset = 0; offset < file.size;) {
    OQ_TRY(const auto bytes,
           ask<std::string>(self, door, kPeerExportTimeout, fetch_atom::value, file.token, offset));
    if (bytes.empty() || bytes.size() > file.size - offset)
      return Error{Errc::unavailable, "another node sent a strange piece of a file", file.name};
    OQ_CHECK(write_all(descriptor, bytes, folder));
    offset += bytes.size();
  }
  return {};
}

Result<std::filesystem::path> fetch(caf::blocking_actor& self, const caf::actor& door,
                                    const WireFile& file, const std::filesystem::path& folder) {
  auto pattern = (folder / "fetched-XXXXXX").string();
  const int descriptor = ::mkstemp(pattern.data());
  if (descriptor < 0)
    return disk_refuses(folder);
  const auto copied = copy_pieces(self, door, file, descriptor, folder);
  ::close(descriptor);
  if (copied)
    return std::filesystem::path(pattern);
  ::unlink(pattern.c_str());
  return copied.error();
}

Result<WireAnswer> wish(caf::blocking_actor& self, const caf::actor& door,
                        const Question& question) {
  return ask<WireAnswer>(self, door, kPeerExportTimeout, ask_atom::value, to_wire(question));
}

Result<WireAnswer> wish(caf::blocking_actor& self, const caf::actor& door,
                        const Download& download) {
  return ask<WireAnswer>(self, door, kPeerExportTimeout, download_atom::value, download.output_id,
                         download.format, static_cast<std::uint8_t>(download.view));
}

// A header field is made of it: another node's word is not trusted with line breaks.
std::string harmless(std::string name) {
  for (char& c : name)
    if (static_cast<unsigned char>(c) <= ' ' || c == '"' || c == 127)
      c = '_';
  return name;
}

template <class Wish>
Result<Answer> bring_wish(caf::blocking_actor& self, const CourierSettings& settings,
                          const std::string& node, const Wish& wanted) {
  OQ_TRY(const auto door, find_door(self, settings.neighbours, node));
  OQ_TRY(const auto wire, wish(self, door, wanted));
  OQ_TRY(auto answer, from_wire(wire));
  if (wire.file.token == 0)
    return answer;
  OQ_TRY(auto path, fetch(self, door, wire.file, settings.folder));
  answer.file = FileAnswer{std::move(path), harmless(wire.file.name)};
  return answer;
}

// That a node does not answer does not mean that there is nothing.
Answer without_file(const Error& error) {
  if (error.code == Errc::timeout)
    return error_answer({Errc::unavailable, error.message, error.where});
  return error_answer(error);
}

} // namespace

Result<Answer> bring(caf::actor_system& system, const CourierSettings& settings,
                     const std::string& node, const Question& question) {
  caf::scoped_actor self{system};
  return bring_wish(*self, settings, node, question);
}

template <class Wish>
void Couriers::send(const std::string& node, const Wish& wish, const SinkPtr& sink) {
  if (on_their_way_->fetch_add(1) >= kMostFetches) {
    on_their_way_->fetch_sub(1);
    return sink->deliver(
      error_answer({Errc::overloaded, "too many files are being fetched from other nodes", {}}));
  }
  system_.spawn<caf::detached>(
    [settings = settings_, counter = on_their_way_, node, wish, sink](caf::blocking_actor* self) {
      auto answer = bring_wish(*self, settings, node, wish);
      const auto file = answer && answer->file ? answer->file->path : std::filesystem::path();
      sink->deliver(answer ? *std::move(answer) : without_file(answer.error()));
      if (!file.empty())
        ::unlink(file.c_str());
      counter->fetch_sub(1);
    });
}

void Couriers::send_for(const std::string& node, const Question& question, const SinkPtr& sink) {
  send(node, question, sink);
}

void Couriers::send_for(const std::string& node, const Download& download, const SinkPtr& sink) {
  send(node, download, sink);
}

} // namespace oq::actors
