// Tells the thread sanitizer what Debian's uninstrumented CAF hides from it: a message handed over
// is an order.
#include <caf/actor_control_block.hpp>
#include <caf/blocking_actor.hpp>
#include <caf/mailbox_element.hpp>
#include <caf/ref_counted.hpp>
#include <caf/scheduled_actor.hpp>

#include <dlfcn.h>

extern "C" {
void __tsan_acquire(void* address); // NOLINT(bugprone-reserved-identifier)
void __tsan_release(void* address); // NOLINT(bugprone-reserved-identifier)
}

// These definitions take the place of the library's own, annotate, and call them. An actor's
// address stands for its mailbox: who enqueues releases it, who handles a message acquires it first
// and releases it after.
namespace {

template <class Function>
Function next(const char* symbol) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, symbol));
}

} // namespace

namespace caf {

void scheduled_actor::enqueue(mailbox_element_ptr element, execution_unit* unit) {
  using Real = void (*)(scheduled_actor*, mailbox_element_ptr, execution_unit*);
  static const auto real =
    next<Real>("_ZN3caf15scheduled_actor7enqueueESt10unique_ptrINS_15mailbox_"
               "elementENS_6detail8disposerEEPNS_14execution_unitE");
  __tsan_release(this);
  real(this, std::move(element), unit);
}

void scheduled_actor::launch(execution_unit* unit, bool lazy, bool hide) {
  using Real = void (*)(scheduled_actor*, execution_unit*, bool, bool);
  static const auto real = next<Real>("_ZN3caf15scheduled_actor6launchEPNS_14execution_unitEbb");
  __tsan_release(this);
  real(this, unit, lazy, hide);
}

bool scheduled_actor::activate(execution_unit* unit) {
  using Real = bool (*)(scheduled_actor*, execution_unit*);
  static const auto real = next<Real>("_ZN3caf15scheduled_actor8activateEPNS_14execution_unitE");
  __tsan_acquire(this);
  const bool active = real(this, unit);
  __tsan_release(this);
  return active;
}

scheduled_actor::activation_result scheduled_actor::reactivate(mailbox_element& element) {
  using Real = activation_result (*)(scheduled_actor*, mailbox_element&);
  static const auto real =
    next<Real>("_ZN3caf15scheduled_actor10reactivateERNS_15mailbox_elementE");
  __tsan_acquire(this);
  const auto result = real(this, element);
  __tsan_release(this);
  return result;
}

void blocking_actor::enqueue(mailbox_element_ptr element, execution_unit* unit) {
  using Real = void (*)(blocking_actor*, mailbox_element_ptr, execution_unit*);
  static const auto real = next<Real>("_ZN3caf14blocking_actor7enqueueESt10unique_ptrINS_15mailbox_"
                                      "elementENS_6detail8disposerEEPNS_14execution_unitE");
  __tsan_release(this);
  real(this, std::move(element), unit);
}

void blocking_actor::await_data() {
  using Real = void (*)(blocking_actor*);
  static const auto real = next<Real>("_ZN3caf14blocking_actor10await_dataEv");
  real(this);
  __tsan_acquire(this);
}

bool blocking_actor::await_data(timeout_type timeout) {
  using Real = bool (*)(blocking_actor*, timeout_type);
  static const auto real = next<Real>(
    "_ZN3caf14blocking_actor10await_dataENSt6chrono10time_pointINS1_3_V212system_clockENS1_"
    "8durationIlSt5ratioILl1ELl1000000000EEEEEE");
  const bool there = real(this, timeout);
  __tsan_acquire(this);
  return there;
}

// Sorts messages by kind before it handles them: looks into them already.
resumable::resume_result scheduled_actor::resume(execution_unit* unit, std::size_t most) {
  using Real = resume_result (*)(scheduled_actor*, execution_unit*, std::size_t);
  static const auto real = next<Real>("_ZN3caf15scheduled_actor6resumeEPNS_14execution_unitEm");
  __tsan_acquire(this);
  return real(this, unit, most);
}

// The last one to let go destroys: after all that the others did.
void intrusive_ptr_release(actor_control_block* block) {
  using Real = void (*)(actor_control_block*);
  static const auto real = next<Real>("_ZN3caf21intrusive_ptr_releaseEPNS_19actor_control_blockE");
  __tsan_release(block);
  __tsan_acquire(block);
  real(block);
}

void intrusive_ptr_release_weak(actor_control_block* block) {
  using Real = void (*)(actor_control_block*);
  static const auto real =
    next<Real>("_ZN3caf26intrusive_ptr_release_weakEPNS_19actor_control_blockE");
  __tsan_release(block);
  __tsan_acquire(block);
  real(block);
}

void ref_counted::deref() const noexcept {
  using Real = void (*)(const ref_counted*);
  static const auto real = next<Real>("_ZNK3caf11ref_counted5derefEv");
  auto* address = const_cast<ref_counted*>(this);
  __tsan_release(address);
  __tsan_acquire(address);
  real(this);
}

} // namespace caf
