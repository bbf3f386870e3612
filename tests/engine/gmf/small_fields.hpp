// Fields small enough to be followed by hand.
#pragma once

#include "engine/gmf/field_table.hpp"

namespace oq::engine {

// Two events of one realization at two sites; the second event does not shake site 1.
inline FieldTable small_table() {
  FieldTable table;
  table.imts = {"PGA"};
  table.event = {0, 0, 1};
  table.site = {0, 1, 0};
  table.values = {0.1F, 0.2F, 0.4F};
  return table;
}
inline FieldEvents two_events() {
  return {{0, 1}, {0, 0}};
}

} // namespace oq::engine
