// Every deadline and bound of the actors, in one place.
#pragma once

#include <caf/duration.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace oq::actors {

using namespace std::chrono_literals;

// A cached summary that does not come within this is looked up in the store instead.
inline constexpr std::chrono::milliseconds kCacheTimeout = 50ms;
// While the store is silent there is nothing else to look it up in.
inline constexpr std::chrono::milliseconds kOnlyCacheTimeout = 500ms;
// A write of the store, the wait for its turn included.
inline constexpr std::chrono::seconds kStoreTimeout = 30s;
// How often a node looks for words that others put on calculations.
inline constexpr std::chrono::seconds kTagsRefreshed = 5s;
// A question whether the store answers at all: less than who asks for readiness waits.
inline constexpr std::chrono::seconds kProbeTimeout = 2s;
// Unpacking and reading one upload, the wait for those before it included.
inline constexpr std::chrono::minutes kIntakeTimeout = 10min;
// Reading and checking all input files of a calculation, on a worker elsewhere.
inline constexpr std::chrono::minutes kPrepareTimeout = 120min;
// CAF keeps a timer for each request until it expires, answered or not, and with it the memory of
// who asked. What is asked once a calculation, or once a task, of an actor of this process that is
// monitored has therefore no timer: nobody can say how long a computation may take, and a death is
// told at once.
inline constexpr auto kUntilDown = caf::infinite;
// The longest task that the sizes of later ones are derived from.
inline constexpr std::chrono::minutes kLongestTaskCounted = 120min;

// How often an end that the store refused is offered again: doubling from the first to the last.
inline constexpr std::chrono::milliseconds kFirstStoreRetry = 500ms;
inline constexpr std::chrono::seconds kLastStoreRetry = 30s;
// After this many refusals pollers are told of the end although the store does not know it.
inline constexpr int kRefusalsBeforeTold = 4;

// A worker that died is replaced after this, so that one that dies at once does not burn a core.
inline constexpr std::chrono::milliseconds kWorkerRespawn = 200ms;

// Between a node and a worker elsewhere: how often each shows that it lives, and after which
// silence the other is given up.
inline constexpr std::chrono::milliseconds kCrewPing = 500ms;
inline constexpr std::chrono::milliseconds kCrewSilence = 5s;
// One question of a worker to its node: a piece of a file, an offer.
inline constexpr std::chrono::seconds kCrewRequest = 30s;
// How long a worker waits before it looks for its node again: doubling from the first to the last.
inline constexpr std::chrono::milliseconds kFirstRejoin = 250ms;
inline constexpr std::chrono::milliseconds kLastRejoin = 10s;
// A calculation without a task for so long is forgotten by a worker elsewhere.
inline constexpr std::chrono::minutes kKitIdle = 10min;

// While somebody is free and something runs: how often it is looked whether a task is slow.
inline constexpr std::chrono::milliseconds kSlowTaskCheck = 250ms;

inline constexpr std::size_t kMostRunning = 2;   // calculations that share the workers
inline constexpr std::size_t kMostWaiting = 100; // submitted ones
// How often the ready answers of a calculation are made again to tell its progress.
inline constexpr std::chrono::milliseconds kProgressShown = 500ms;
// How often those who wait are looked after, and how often those who listen hear that they are not
// forgotten.
inline constexpr std::chrono::milliseconds kHeraldTick = 250ms;
inline constexpr std::chrono::seconds kProgressTold = 1s;
inline constexpr std::chrono::seconds kHeartbeat = 15s;
// Changes of the list that are kept for those who come back.
inline constexpr std::size_t kListChangesKept = 1024;
// A notice that was not taken is sent again: the first time after this, doubling to the last.
inline constexpr std::chrono::milliseconds kFirstNoticeRetry = 1s;
inline constexpr std::chrono::milliseconds kLastNoticeRetry = 5min;
// So many times in all, which takes twenty minutes; one that tells no end fewer.
inline constexpr int kNoticeAttempts = 12;
inline constexpr int kPassingNoticeAttempts = 3;
// Calculations that ended stay with their actor, ready to be polled, until this many newer ones
// ended.
inline constexpr std::size_t kEndedKept = 256;
// Summaries that an archive keeps ready.
inline constexpr std::size_t kArchiveSummaries = 512;
// Log rows that wait for a store that refuses; further ones are lost.
inline constexpr std::size_t kMostLogRowsWaiting = 20'000;

// How often the newest rows are looked at for what other processes did on the same store.
inline constexpr std::chrono::seconds kRefreshInterval = 5s;
inline constexpr std::int64_t kRowsRefreshed = 50;

// Between machines: how often a connection says that it lives, when a silent one is given up, and
// how long an address gets to accept a connection.
inline constexpr std::chrono::milliseconds kNetworkHeartbeat = 250ms;
inline constexpr std::chrono::milliseconds kNetworkSilence = 1500ms;
inline constexpr std::chrono::milliseconds kConnectTimeout = 1000ms;
inline constexpr std::chrono::milliseconds kHandshakeTimeout = 3000ms;

// A question to another node; its asker has the store to fall back on.
inline constexpr std::chrono::milliseconds kPeerTimeout = 1500ms;
// What the other node may have to compute first: an export of a large output.
inline constexpr std::chrono::seconds kPeerExportTimeout = 50s;
// From a failed or lost connection to the next attempt, doubling from the first to the last.
inline constexpr std::chrono::milliseconds kFirstSeek = 250ms;
inline constexpr std::chrono::milliseconds kLastSeek = 2000ms;
// Files that other nodes may be fetching at the same time, and how long one waits for its fetcher.
inline constexpr std::size_t kMostFilesOffered = 256;
inline constexpr std::chrono::minutes kFileOffered = 10min;
// Files that are being fetched here at the same time; more are refused.
inline constexpr std::size_t kMostFetches = 32;

// A lease lasts this long from the moment before it was asked for, and is asked for so often. Its
// holder stops believing in it a little before the judge does.
inline constexpr std::chrono::milliseconds kLeaseTime = 10'000ms;
inline constexpr std::chrono::milliseconds kLeaseMargin = 250ms;
inline constexpr std::chrono::milliseconds kLeaseTick = 750ms;
// Calculations of lost nodes that are taken over at one tick.
inline constexpr std::int64_t kMostClaims = 2;
// How far back changes are read again: one may become visible that late.
inline constexpr std::chrono::seconds kChangeOverlap = 10s;
// How long what the store, or another node, said about a live calculation is repeated.
inline constexpr std::chrono::milliseconds kLiveShelfTime = 400ms;
// The summary of a live calculation leaves the cache so long after its owner last put it there.
inline constexpr std::chrono::milliseconds kLiveSummaryTime = 1500ms;
inline constexpr std::chrono::milliseconds kLiveSummaryPut = 500ms;
// A store that was silent for longer is not waited for by those who answer polls.
inline constexpr std::chrono::milliseconds kStoreSilence = 2500ms;
// A list that is older is not shown.
inline constexpr std::chrono::milliseconds kListAge = 1900ms;

// How long a shutdown waits for tasks to notice and the recorder to write what it has.
inline constexpr std::chrono::seconds kDrainTimeout = 10s;

} // namespace oq::actors
