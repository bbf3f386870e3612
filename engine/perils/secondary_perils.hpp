// The secondary perils that a job asks for.
#pragma once

#include "engine/job/job.hpp"
#include "engine/perils/secondary_peril.hpp"

#include <memory>

namespace oq::engine {

// The measures that the perils of the option secondary_perils give, or that files of fields may
// have of them; unknown ones give none.
std::vector<std::string> measures_of_perils(const Job& job);

using SecondaryPerils = std::vector<std::shared_ptr<const SecondaryPeril>>;

// In the order of the option secondary_perils; none without it. Errc::invalid_input at the option:
// an unknown peril, a column that the site model lacks, a measure that the hazard (`imts`) lacks or
// that two perils give.
Result<SecondaryPerils> make_secondary_perils(const Job& job, const SiteCollection& sites,
                                              const std::vector<Imt>& imts);

} // namespace oq::engine
