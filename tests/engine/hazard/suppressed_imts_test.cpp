// Types of weight 0 are not asked of a model and make no hazard.
#include "engine/hazard/suppressed_imts.hpp"

#include "engine/hazard/constant_model.hpp"

#include <gtest/gtest.h>

#include <array>

namespace oq::engine {
namespace {

// Knows PGA alone.
class OnlyPga : public testing::ConstantModel {
public:
  OnlyPga() : ConstantModel(-1.5, 0.6) {}
  bool supports(const Imt& imt) const override { return imt == kPga; }
  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (const Imt& imt : imts)
      EXPECT_EQ(imt, kPga);
    ConstantModel::predict(imts, batch, out);
  }
};

TEST(SuppressedImts, AreSupportedAndHaveNoMotion) {
  const auto model = with_suppressed_imts(std::make_shared<OnlyPga>(), {sa(1.0)});
  std::array<double, 8> values{};
  const auto motion = [&](std::size_t at) {
    const std::span all(values);
    return GroundMotion{all.subspan(at, 1), all.subspan(at + 1, 1), all.subspan(at + 2, 1),
                        all.subspan(at + 3, 1)};
  };
  const std::array<std::uint32_t, 2> first_pair{0, 1};
  const std::array imts{kPga, sa(1.0)};

  PairBatch batch;
  batch.first_pair = first_pair;
  model->predict(imts, batch, std::array{motion(0), motion(4)});

  EXPECT_TRUE(model->supports(sa(1.0)));
  EXPECT_FALSE(model->supports(sa(2.0)));
  EXPECT_EQ(values[0], -1.5);
  EXPECT_LT(values[4], -100); // e^-100 g is below any level
  EXPECT_EQ(values[5], 1);
}

TEST(SuppressedImts, OfNoTypeAreTheModelItself) {
  const auto model = std::make_shared<OnlyPga>();

  EXPECT_EQ(with_suppressed_imts(model, {}), model);
}

} // namespace
} // namespace oq::engine
