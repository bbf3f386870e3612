// What a node and a worker on another machine send each other: types, pieces of results, and what
// is believed of them.
#pragma once

#include "actors/protocol.hpp"
#include "engine/base/result.hpp"
#include "engine/calculator/calculator.hpp"

#include <caf/meta/type_name.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace caf {
class actor_system_config;
}

namespace oq::actors {

// Grows with every change of what is below.
inline constexpr std::uint32_t kTaskProtocol = 2;
// Arrays and files travel in pieces of this size, the last one smaller.
inline constexpr std::size_t kPieceSize = std::size_t{1} << 20;
// What one result may take; the largest task of a plan stays far below.
inline constexpr std::uint64_t kMostResultBytes = std::uint64_t{512} << 20;
inline constexpr std::size_t kMostThreads = 1024;
inline constexpr std::size_t kLongestText = 4096;
// Input files of one calculation.
inline constexpr std::size_t kMostInputs = 10'000;

using join_atom = caf::atom_constant<caf::atom("join")>;
using order_atom = caf::atom_constant<caf::atom("order")>;
using piece_atom = caf::atom_constant<caf::atom("piece")>;
using failed_atom = caf::atom_constant<caf::atom("failed")>;
using ping_atom = caf::atom_constant<caf::atom("ping")>;
using pong_atom = caf::atom_constant<caf::atom("pong")>;
using inputs_atom = caf::atom_constant<caf::atom("inputs")>;
using fetch_atom = caf::atom_constant<caf::atom("fetch")>;

// Who wants to work.
struct CrewOffer {
  std::uint32_t protocol = kTaskProtocol;
  std::string program; // name and version: results are the same bits only from the same program
  std::string name;    // for people
  std::uint32_t threads = 1;
};

// One task to be run.
struct TaskCall {
  std::uint64_t ticket = 0;
  CalculationId calculation = 0;
  CalculationId hazard = -1; // that it starts from; -1: none
  std::string ini;
  std::uint64_t task = 0, tasks = 0;
  std::uint64_t fingerprint = 0; // of the plan
  std::uint64_t tiles = 1;       // that its sites are cut into
};

// Bytes [offset, offset + bytes.size()) of a result: its values, then its integers, as they lie in
// memory.
struct ResultPiece {
  std::uint64_t ticket = 0;
  std::uint64_t values = 0, integers = 0; // how many the whole has
  std::uint64_t checksum = 0;             // of the whole
  std::uint64_t microseconds = 0;         // that the task took
  std::uint64_t offset = 0;
  std::string bytes;
};

struct TaskFailure {
  std::uint64_t ticket = 0;
  std::uint8_t code = 0; // Errc
  std::string message, where;
  bool declined = false; // this worker cannot; another may
};

// Files that another machine needs to run a calculation, by their names below a data directory.
struct InputList {
  std::vector<std::string> names;
  std::vector<std::uint64_t> sizes;
};

struct FilePiece {
  std::uint64_t checksum = 0;
  std::string bytes;
};

template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, CrewOffer& x) {
  return f(caf::meta::type_name("CrewOffer"), x.protocol, x.program, x.name, x.threads);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, TaskCall& x) {
  return f(caf::meta::type_name("TaskCall"), x.ticket, x.calculation, x.hazard, x.ini, x.task,
           x.tasks, x.fingerprint, x.tiles);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, ResultPiece& x) {
  return f(caf::meta::type_name("ResultPiece"), x.ticket, x.values, x.integers, x.checksum,
           x.microseconds, x.offset, x.bytes);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, TaskFailure& x) {
  return f(caf::meta::type_name("TaskFailure"), x.ticket, x.code, x.message, x.where, x.declined);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, InputList& x) {
  return f(caf::meta::type_name("InputList"), x.names, x.sizes);
}
template <class Inspector>
typename Inspector::result_type inspect(Inspector& f, FilePiece& x) {
  return f(caf::meta::type_name("FilePiece"), x.checksum, x.bytes);
}

// Makes the types known to an actor system that uses the network.
void add_task_wire(caf::actor_system_config& config);

// A result in pieces, at least one.
class ResultCutter {
public:
  ResultCutter(std::uint64_t ticket, const engine::TaskResult& result, std::uint64_t microseconds);
  std::size_t pieces() const;
  ResultPiece piece(std::size_t index) const;

private:
  const engine::TaskResult& result_;
  ResultPiece head_; // without bytes
};

// The pieces of one result, in any order, any of them more than once.
class ResultCollector {
public:
  // The result when this piece was the last that was missing. Errc::invalid_input for what cannot
  // be a piece of it.
  Result<std::optional<engine::TaskResult>> add(ResultPiece piece);

private:
  Result<void> check(const ResultPiece& piece) const;
  Result<engine::TaskResult> join() const;

  std::optional<ResultPiece> head_; // the first to come, without its bytes
  std::map<std::uint64_t, std::string> pieces_;
};

// Errc::invalid_input, in words for who offers, unless the offer fits this program.
Result<void> check_offer(const CrewOffer& offer, const std::string& program);
// The error that a failure tells; nothing when it is none of ours.
std::optional<Error> error_of(const TaskFailure& failure);
TaskFailure failure_of(std::uint64_t ticket, const Error& error, bool declined);
FilePiece file_piece(std::string bytes);
bool is_whole(const FilePiece& piece);

} // namespace oq::actors
