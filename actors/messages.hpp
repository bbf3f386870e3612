// What the actors say to each other: atoms and payloads. The edge needs none of this.
#pragma once

#include "actors/node_report.hpp"
#include "actors/protocol.hpp"
#include "actors/summary.hpp"
#include "cache/summary_cache.hpp"
#include "engine/base/stop_token.hpp"
#include "engine/calculator/calculator.hpp"
#include "store/calculation_store.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace oq::actors {

// The directory and its calculations.
using ready_atom = caf::atom_constant<caf::atom("ready")>;
using start_atom = caf::atom_constant<caf::atom("start")>;
using ended_atom = caf::atom_constant<caf::atom("ended")>;
using retire_atom = caf::atom_constant<caf::atom("retire")>;
using resume_atom = caf::atom_constant<caf::atom("resume")>;
using abandon_atom = caf::atom_constant<caf::atom("abandon")>;
using drain_atom = caf::atom_constant<caf::atom("drain")>;
using retry_atom = caf::atom_constant<caf::atom("retry")>;
// Tasks.
using prepare_atom = caf::atom_constant<caf::atom("prepare")>;
using reduce_atom = caf::atom_constant<caf::atom("reduce")>;
using finish_atom = caf::atom_constant<caf::atom("finish")>;
using enqueue_atom = caf::atom_constant<caf::atom("enqueue")>;
using cancel_atom = caf::atom_constant<caf::atom("cancel")>;
using enlist_atom = caf::atom_constant<caf::atom("enlist")>;
using respawn_atom = caf::atom_constant<caf::atom("respawn")>;
using resize_atom = caf::atom_constant<caf::atom("resize")>;
using leave_atom = caf::atom_constant<caf::atom("leave")>;
using look_atom = caf::atom_constant<caf::atom("look")>;
using run_atom = caf::atom_constant<caf::atom("run")>;
using result_atom = caf::atom_constant<caf::atom("result")>;
// What lasts.
using create_atom = caf::atom_constant<caf::atom("create")>;
using transit_atom = caf::atom_constant<caf::atom("transit")>;
using log_atom = caf::atom_constant<caf::atom("log")>;
using find_atom = caf::atom_constant<caf::atom("find")>;
using output_atom = caf::atom_constant<caf::atom("output")>;
using flush_atom = caf::atom_constant<caf::atom("flush")>;
using sync_atom = caf::atom_constant<caf::atom("sync")>;
// What is shared and shown.
using get_atom = caf::atom_constant<caf::atom("get")>;
using put_atom = caf::atom_constant<caf::atom("put")>;
using drop_atom = caf::atom_constant<caf::atom("drop")>;
using observe_atom = caf::atom_constant<caf::atom("observe")>;
using changed_atom = caf::atom_constant<caf::atom("changed")>;
using notice_atom = caf::atom_constant<caf::atom("notice")>;
using refresh_atom = caf::atom_constant<caf::atom("refresh")>;
using known_atom = caf::atom_constant<caf::atom("known")>;
// Between nodes.
using joined_atom = caf::atom_constant<caf::atom("joined")>;
using lost_atom = caf::atom_constant<caf::atom("lost")>;
using seek_atom = caf::atom_constant<caf::atom("seek")>;
using name_atom = caf::atom_constant<caf::atom("name")>;
using fetch_atom = caf::atom_constant<caf::atom("fetch")>;
using left_atom = caf::atom_constant<caf::atom("left")>;
using peer_atom = caf::atom_constant<caf::atom("peer")>;
using tick_atom = caf::atom_constant<caf::atom("tick")>;
using takeover_atom = caf::atom_constant<caf::atom("takeover")>;
using yield_atom = caf::atom_constant<caf::atom("yield")>;
using nodes_atom = caf::atom_constant<caf::atom("nodes")>;
using answer_atom = caf::atom_constant<caf::atom("answer")>;
// To those who asked to be told.
using notify_atom = caf::atom_constant<caf::atom("notify")>;

using TransitionPtr = std::shared_ptr<const store::Transition>;
using LogRowsPtr = std::shared_ptr<const std::vector<store::LogRow>>;
using RecordsPtr = std::shared_ptr<const std::vector<store::CalculationRecord>>;
// Null: the cache has nothing.
using SummaryPtr = std::shared_ptr<const cache::Summary>;

// A calculation's plan, shared by whoever runs its tasks.
using PlanPtr = std::shared_ptr<engine::Calculator>;

// A plan, and those of its tasks whose results a process before this one left on the disk.
struct Prepared {
  PlanPtr plan;
  std::vector<std::size_t> done;
};

// What became of one task. Exactly one of the two is set; the result is moved from by who reduces
// it.
struct TaskOutcome {
  std::shared_ptr<engine::TaskResult> result;
  std::shared_ptr<const Error> error;
  bool declined = false; // the error is the worker's, not the task's: another one may do it
};

struct TaskOrder {
  PlanPtr plan;
  std::size_t task = 0;
  StopToken stop; // of this order alone
  // For a worker elsewhere, which makes the plan again from the same inputs.
  RecordPtr record = {};
  std::uint64_t ticket = 0;
};

// What a finished calculation left behind.
struct Products {
  std::vector<store::OutputRecord> outputs;
  std::int64_t size_bytes = -1;
};
using ProductsPtr = std::shared_ptr<const Products>;

// A submission after intake: the record as stored, and why it failed, if it did.
struct Admitted {
  RecordPtr record;
  std::shared_ptr<const Error> error;
};

} // namespace oq::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::ReportsPtr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::RecordPtr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::RecordsPtr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::TransitionPtr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::LogRowsPtr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::SummaryPtr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::PlanPtr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::Prepared)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::TaskOutcome)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::TaskOrder)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::ProductsPtr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::Admitted)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::StopToken)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::store::LogRow)
