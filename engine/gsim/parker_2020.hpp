// Parker2020: the form of Parker et al. (2022), its regions and its coefficients.
#pragma once

#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"

#include <cstdint>
#include <string_view>

namespace oq::engine::parker_2020_form {

enum class Region : std::uint8_t {
  none,
  alaska,
  cascadia,
  central_america,
  japan,
  south_america,
  taiwan
};
constexpr std::string_view kRegionNames[] = {"", "AK", "Cascadia", "CAM", "JP", "SA", "TW"};
constexpr std::size_t kRegions = 7;
// Where magnitude scaling saturates (Ji and Archuleta 2018); `unlisted`: a region without a value.
enum class Saturation : std::uint8_t {
  none,
  aleutian,
  alaska,
  cascadia,
  cam_n,
  cam_s,
  jp_pac,
  jp_phi,
  sa_n,
  sa_s,
  tw_w,
  tw_e,
  unlisted
};
constexpr std::string_view kSaturationNames[] = {
  "",     "Aleutian", "AK",   "Cascadia", "CAM_N", "CAM_S", "JP_Pac", "JP_Phi",
  "SA_N", "SA_S",     "TW_W", "TW_E",     "CAM",   "JP",    "SA",     "TW"};
constexpr std::size_t kSaturations = 12;
enum class Basin : std::uint8_t { none, outside, seattle };

// [interface, slab]; by region or saturation region. The slab's constants: none, Aleutian, Alaska,
// Cascadia, Central America, Japan, South America N and S, Taiwan.
struct Row {
  double c1[2], c4[2], c5[2], c6[2], d, m, db, v2, f4, f5;
  double c0[kSaturations], c0_slab[9];
  double a0[2][kRegions], s2[kRegions], japan_s1, taiwan_s1;
  double japan_e[3], cascadia_e[3], del_outside, del_seattle;
  double tau, phi21, phi22, phi2v;
};

const CoefficientTable<Row>& coefficients();

struct Form {
  bool is_slab = false, reads_basin = false;
  Region region = Region::none;
  Saturation saturation = Saturation::none;
  Basin basin = Basin::none;
  bool m9 = false, usgs = false;
  double epsilon = 0; // number of epistemic deviations added to the median

  std::size_t type() const { return is_slab ? 1 : 0; }
  double break_magnitude() const;
  double constant(const Row& c) const;
  // Whether the published tables have a constant for this pair of regions.
  bool has_constant() const;
};

// REQUIRES: form.has_constant().
std::shared_ptr<const GroundMotionModel> make_model(std::string name, const Form& form);

} // namespace oq::engine::parker_2020_form
