// SiteCollection: parameters by name, and parts of a collection.
#include "engine/geo/site_collection.hpp"

#include <algorithm>
#include <utility>

namespace oq::engine {

namespace {

using Parameter = std::vector<double> SiteCollection::*;

constexpr std::pair<std::string_view, Parameter> kParameters[] = {
  {"vs30", &SiteCollection::vs30},
  {"vs30measured", &SiteCollection::vs30measured},
  {"z1pt0", &SiteCollection::z1pt0},
  {"z2pt5", &SiteCollection::z2pt5},
  {"backarc", &SiteCollection::backarc},
  {"xvf", &SiteCollection::xvf},
  {"slope", &SiteCollection::slope},
  {"region", &SiteCollection::region},
  {"geology", &SiteCollection::geology},
  {"siteclass", &SiteCollection::siteclass},
  {"soiltype", &SiteCollection::soiltype},
  {"amplfactor", &SiteCollection::amplfactor},
  {"ch_ampl03", &SiteCollection::ch_ampl03},
  {"ch_ampl06", &SiteCollection::ch_ampl06},
  {"ch_phis2s03", &SiteCollection::ch_phis2s03},
  {"ch_phis2s06", &SiteCollection::ch_phis2s06},
  {"ch_phiss03", &SiteCollection::ch_phiss03},
  {"ch_phiss06", &SiteCollection::ch_phiss06},
};

template <class T>
std::vector<T> picked(const std::vector<T>& values, std::span<const std::size_t> positions) {
  std::vector<T> result;
  if (values.empty())
    return result;
  result.reserve(positions.size());
  for (const std::size_t position : positions)
    result.push_back(values[position]);
  return result;
}

} // namespace

SiteColumn SiteColumn::selected(std::span<const std::size_t> positions) const {
  return {name, kind, picked(numbers, positions), picked(texts, positions)};
}

const std::vector<double>* SiteCollection::parameter(std::string_view name) const {
  for (const auto& [known, member] : kParameters)
    if (known == name)
      return &(this->*member);
  return nullptr;
}

std::vector<double>* SiteCollection::parameter(std::string_view name) {
  return const_cast<std::vector<double>*>(std::as_const(*this).parameter(name));
}

const SiteColumn* SiteCollection::column(std::string_view name) const {
  const auto found = std::ranges::find(columns, name, &SiteColumn::name);
  return found == columns.end() ? nullptr : &*found;
}

SiteCollection SiteCollection::selected(std::span<const std::size_t> positions) const {
  SiteCollection part;
  part.lon = picked(lon, positions);
  part.lat = picked(lat, positions);
  part.depth = picked(depth, positions);
  for (const auto& [name, member] : kParameters)
    part.*member = picked(this->*member, positions);
  for (const SiteColumn& all : columns)
    part.columns.push_back(all.selected(positions));
  part.custom_ids = picked(custom_ids, positions);
  return part;
}

void SiteCollection::append(const SiteCollection& more) {
  const auto extend = [](auto& values, const auto& others) {
    values.insert(values.end(), others.begin(), others.end());
  };
  extend(lon, more.lon);
  extend(lat, more.lat);
  extend(depth, more.depth);
  for (const auto& [name, member] : kParameters)
    extend(this->*member, more.*member);
  for (SiteColumn& mine : columns)
    if (const SiteColumn* other = more.column(mine.name)) {
      extend(mine.numbers, other->numbers);
      extend(mine.texts, other->texts);
    }
  extend(custom_ids, more.custom_ids);
}

} // namespace oq::engine
