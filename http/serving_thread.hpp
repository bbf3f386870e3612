// Threads that answer come before those that compute, as far as the system permits.
#pragma once

namespace oq::http {

// Lifts the calling thread above all of ordinary scheduling; further calls by it cost nothing.
//
// A thread that wakes for a microsecond of work waits up to a timer tick (4 ms) when the scheduler
// finds the thread that computes still within its slice; neither niceness nor SCHED_BATCH or
// SCHED_IDLE changes that (Linux 6.18), only the real-time class does. Needs CAP_SYS_NICE or
// RLIMIT_RTPRIO; without them nothing happens, and answers come somewhat later. A thread gone
// astray cannot take the machine: real-time threads get 95 % of it at the most
// (sched_rt_runtime_us), and threads that this one starts are ordinary again.
void become_serving_thread() noexcept;

} // namespace oq::http
