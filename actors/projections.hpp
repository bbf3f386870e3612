// The three vocabularies in which a calculation's state is told.
#pragma once

#include "actors/lifecycle.hpp"

#include <string>
#include <string_view>

namespace oq::actors {

enum class Vocabulary : std::uint8_t {
  modern,      // /v1/calc/list, /v1/calc/:id…
  seed,        // /v1/calc/hazard…, /v1/calc/risk…
  seed_strict, // the words of 2013 only: a calculation that stopped keeps the name of its last
               // phase
};

std::string_view status_word(Vocabulary vocabulary, State state, Phase phase) noexcept;

// `is_running` of the modern view: anything that will still change by itself.
bool shows_running(State state) noexcept;
// `abortable` of the modern view. A calculation that was only created can be aborted too, but the
// clients that read this field know it as false there.
bool shows_abortable(State state) noexcept;

// "classical_risk" is "classical" to a client of 2013; scenario_damage and *_bcr keep their names.
std::string seed_calculation_mode(std::string_view mode);

} // namespace oq::actors
