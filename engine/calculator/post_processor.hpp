// PostProcessor: what a classical calculation does after its curves, as `postproc_func` says.
#pragma once

#include "engine/calculator/calculator.hpp"
#include "engine/calculator/classical_model.hpp"
#include "engine/output/datastore.hpp"

#include <memory>
#include <string_view>

namespace oq::engine {

class PostProcessor {
public:
  virtual ~PostProcessor() = default;
  // After everything else is stored; the rates of the model are gone by then. Errc::aborted.
  virtual Result<void> run(const Job& job, const FullLogicTree& tree, const ClassicalModel& model,
                           Datastore& datastore, const FinishWatch& watch) const = 0;
};

// Whether `postproc_func` may have this value.
bool is_post_processor(std::string_view name);
// Null without `postproc_func`, and for a function that is left out, as the log then tells. Errors
// name the option that is unknown or does not fit.
Result<std::unique_ptr<PostProcessor>>
make_post_processor(const Job& job, const SiteCollection& sites, const LogSink& log);

// The makers, one a function; their errors are those of `postproc_args`.
Result<std::unique_ptr<PostProcessor>> make_disaggregation_by_source(const Job& job,
                                                                     const SiteCollection& sites);
Result<std::unique_ptr<PostProcessor>> make_median_spectra(const Job& job,
                                                           const SiteCollection& sites);
Result<std::unique_ptr<PostProcessor>> make_conditional_spectra(const Job& job,
                                                                const SiteCollection& sites);

} // namespace oq::engine
