// The courier: brings a file that lies on another node's disk, and answers the client with it.
#pragma once

#include "actors/neighbours.hpp"
#include "actors/wire.hpp"

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <variant>

namespace oq::actors {

// Where files are brought from, and to.
struct CourierSettings {
  Neighbours neighbours;
  std::filesystem::path folder; // for files on their way; exists
};

using Wish = std::variant<Question, Download, Extract>;

// What another node is asked for, and who gets its answer; a file lies under a name of its own in
// the folder and is the receiver's. Errc::unavailable: the node or the disk refuses, or the node
// was lost on the way; otherwise the node's own.
struct Errand {
  std::string node;
  Wish wish;
  std::function<void(Result<Answer>)> done; // called once, on the courier's thread
};

using Courier = caf::typed_actor<
  // To itself: set out; ask for the next piece.
  caf::reacts_to<find_atom>, caf::reacts_to<fetch_atom>>;

class CourierState {
public:
  static constexpr const char* name = "courier";
  using Self = Courier::stateful_pointer<CourierState>;
  explicit CourierState(Self self) : self_(self) {}
  ~CourierState();
  CourierState(const CourierState&) = delete;
  CourierState& operator=(const CourierState&) = delete;

  void begin(CourierSettings settings, Errand errand);
  const Neighbours& neighbours() const { return settings_.neighbours; }
  void set_out();
  void next_piece();
  void lose();

private:
  void ask(const caf::actor& door);
  void answered(const WireAnswer& wire);
  void take(const std::string& bytes);
  void finish(Result<Answer> answer);

  Self self_;
  CourierSettings settings_;
  Errand errand_;
  caf::actor door_;
  Answer answer_;
  WireFile file_;
  std::filesystem::path path_;
  int descriptor_ = -1;
  std::uint64_t offset_ = 0;
  bool finished_ = false;
};

// Blocks on the disk: detached. Ends when the errand is done.
Courier::behavior_type courier(Courier::stateful_pointer<CourierState> self,
                               CourierSettings settings, Errand errand);

// As an engine room may hold it, before there are neighbours. Blocks.
using BringFile = std::function<Result<Answer>(const std::string& node, const Question& question)>;
Result<Answer> bring(caf::actor_system& system, const CourierSettings& settings,
                     const std::string& node, const Question& question);

// Sends couriers for what clients wait for. Errc::overloaded beyond kMostFetches.
class Couriers {
public:
  Couriers(caf::actor_system& system, CourierSettings settings)
    : system_(system), settings_(std::move(settings)) {}

  void send_for(const std::string& node, Wish wish, const SinkPtr& sink);

private:
  caf::actor_system& system_;
  CourierSettings settings_;
  std::shared_ptr<std::atomic<std::size_t>> on_their_way_ =
    std::make_shared<std::atomic<std::size_t>>(0);
};

} // namespace oq::actors
