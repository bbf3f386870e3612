// The courier: brings a file that lies on another node's disk, and answers the client with it.
#pragma once

#include "actors/neighbours.hpp"
#include "actors/wire.hpp"

#include <caf/scoped_actor.hpp>

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace oq::actors {

// Where files are brought from, and to.
struct CourierSettings {
  Neighbours neighbours;
  std::filesystem::path folder; // for files on their way; exists
};

// The same as a function that an engine room may hold before there are neighbours.
using BringFile = std::function<Result<Answer>(const std::string& node, const Question& question)>;

// Brings the answer to `question` (datastore) of that node, its file included, to a new file
// in the folder. Blocks. Errc::unavailable: the node or the disk refuses; otherwise the node's own.
Result<Answer> bring(caf::actor_system& system, const CourierSettings& settings,
                     const std::string& node, const Question& question);

// Answers `sink` with what `node` answers to the question or download, from a thread of its own;
// the file is gone from the folder when the answer was taken. Errc::overloaded beyond kMostFetches.
class Couriers {
public:
  Couriers(caf::actor_system& system, CourierSettings settings)
    : system_(system), settings_(std::move(settings)) {}

  void send_for(const std::string& node, const Question& question, const SinkPtr& sink);
  void send_for(const std::string& node, const Download& download, const SinkPtr& sink);

private:
  template <class Wish>
  void send(const std::string& node, const Wish& wish, const SinkPtr& sink);
  caf::actor_system& system_;
  CourierSettings settings_;
  std::shared_ptr<std::atomic<std::size_t>> on_their_way_ =
    std::make_shared<std::atomic<std::size_t>>(0);
};

} // namespace oq::actors
