// PublishedModel: what the ground-motion models have in common, and the loops they are written
// with.
#pragma once

#include "engine/base/result.hpp"
#include "engine/gsim/ground_motion_model.hpp"

#include <cstddef>
#include <memory>
#include <numbers>
#include <span>
#include <string>
#include <utility>

namespace oq::engine {

inline constexpr double kLn10 = std::numbers::ln10;
inline constexpr double kGravity = 9.80665;               // m/s2
inline constexpr double kLnGravityCm = 6.888230912967695; // ln(980.665): from cm/s2 to g

class PublishedModel : public GroundMotionModel {
public:
  PublishedModel(std::string name, std::uint64_t needs,
                 StandardDeviations deviations = StandardDeviations::total_between_within)
    : name_(std::move(name)), needs_(needs), deviations_(deviations) {}

  std::string name() const override { return name_; }
  std::uint64_t needs() const override { return needs_; }
  StandardDeviations standard_deviations() const override { return deviations_; }

private:
  std::string name_;
  std::uint64_t needs_;
  StandardDeviations deviations_;
};

// The distribution of the logarithm of one motion.
struct LogNormal {
  double ln_mean = 0, sigma = 0, tau = 0, phi = 0;
};

// `rupture_terms(r)` is called once a rupture and returns what is called once a pair: p -> ln_mean.
template <class RuptureTerms>
void fill_means(const PairBatch& batch, const GroundMotion& out, RuptureTerms rupture_terms) {
  for (std::size_t r = 0; r < batch.ruptures(); ++r) {
    const auto ln_mean_of = rupture_terms(r);
    for (std::size_t p = batch.first_pair[r]; p < batch.first_pair[r + 1]; ++p)
      out.ln_mean[p] = ln_mean_of(p);
  }
}

// As fill_means, for deviations that vary with the pair: p -> LogNormal.
// `tau` and `phi` may be empty when nobody reads them.
template <class RuptureTerms>
void fill_motions(const PairBatch& batch, const GroundMotion& out, RuptureTerms rupture_terms) {
  for (std::size_t r = 0; r < batch.ruptures(); ++r) {
    const auto motion_of = rupture_terms(r);
    for (std::size_t p = batch.first_pair[r]; p < batch.first_pair[r + 1]; ++p) {
      const LogNormal motion = motion_of(p);
      out.ln_mean[p] = motion.ln_mean;
      out.sigma[p] = motion.sigma;
      if (!out.tau.empty())
        out.tau[p] = motion.tau;
      if (!out.phi.empty())
        out.phi[p] = motion.phi;
    }
  }
}

// Deviations that depend on the IMT alone.
void fill_deviations(const GroundMotion& out, double sigma, double tau = 0, double phi = 0);

struct GsimSpec;

// How the registry makes a model: its OpenQuake name and the function that checks the arguments.
struct ModelEntry {
  std::string_view name;
  Result<std::shared_ptr<const GroundMotionModel>> (*make)(const GsimSpec&);
};
using ModelFamily = std::span<const ModelEntry>;

// The name under which the model is asked for. (This header knows GsimSpec by name only: it is in
// every model's file, and Boost.JSON is not light.)
const std::string& model_name(const GsimSpec& spec);
// Errc::invalid_input names the first argument, if there is any.
Result<void> expect_no_arguments(const GsimSpec& spec);

// A model without arguments of its own: Model(name, kVariant…).
template <class Model, auto... kVariant>
Result<std::shared_ptr<const GroundMotionModel>> make_plain(const GsimSpec& spec) {
  OQ_CHECK(expect_no_arguments(spec));
  return std::shared_ptr<const GroundMotionModel>(
    std::make_shared<const Model>(model_name(spec), kVariant...));
}

} // namespace oq::engine
