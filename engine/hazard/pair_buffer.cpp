// PairBuffer: growth of the columns, and the view that the models read.
#include "engine/hazard/pair_buffer.hpp"

#include <algorithm>

namespace oq::engine {

void PairBuffer::clear() {
  first_pair_.assign(1, 0);
  for (auto* column : {&tag_, &site_})
    column->clear();
  occurrence_.clear();
  weight_.clear();
  for (auto* column :
       {&occurrences_, &mag_,          &rake_,       &dip_,       &strike_,    &ztor_,
        &zbot_,        &width_,        &hypo_depth_, &hypo_lon_,  &hypo_lat_,  &rrup_,
        &rjb_,         &rx_,           &ry0_,        &rhypo_,     &repi_,      &azimuth_,
        &vs30_,        &vs30measured_, &z1pt0_,      &z2pt5_,     &backarc_,   &site_lon_,
        &site_lat_,    &rvolc_,        &xvf_,        &region_,    &geology_,   &slope_,
        &siteclass_,   &soiltype_,     &amplfactor_, &ch_ampl03_, &ch_ampl06_, &ch_phis2s03_,
        &ch_phis2s06_, &ch_phiss03_,   &ch_phiss06_})
    column->clear();
}

void PairBuffer::add(const RuptureOccurrence& occurrence, const RuptureDistances& distances,
                     const SiteTile& tile, std::span<const std::uint32_t> sites,
                     std::span<const double> rrup) {
  const RuptureParameters& rupture = occurrence.parameters;
  tag_.push_back(occurrence.source);
  occurrence_.push_back(occurrence.occurrence);
  weight_.push_back(occurrence.weight);
  mag_.push_back(rupture.mag);
  rake_.push_back(rupture.rake);
  dip_.push_back(rupture.dip);
  strike_.push_back(rupture.strike);
  ztor_.push_back(rupture.ztor);
  zbot_.push_back(rupture.zbot);
  width_.push_back(rupture.width);
  hypo_depth_.push_back(rupture.hypo_depth);
  hypo_lon_.push_back(rupture.hypocentre.lon);
  hypo_lat_.push_back(rupture.hypocentre.lat);

  site_.insert(site_.end(), sites.begin(), sites.end());
  for (std::size_t i = 0; i < sites.size(); ++i) {
    occurrences_.push_back(occurrence.occurrence.expected);
    occurrences_.insert(occurrences_.end(), occurrence.others.begin(), occurrence.others.end());
  }
  first_pair_.push_back(static_cast<std::uint32_t>(site_.size()));
  add_distances(distances, tile, sites, rrup);
  add_parameters(tile, sites);
}

void PairBuffer::add_distances(const RuptureDistances& distances, const SiteTile& tile,
                               std::span<const std::uint32_t> sites, std::span<const double> rrup) {
  const auto grown = [&](std::vector<double>& column, std::uint64_t need) -> std::span<double> {
    if (!(needs_ & need))
      return {};
    column.resize(site_.size());
    return std::span(column).last(sites.size());
  };
  // Every model of OpenQuake gets rrup, whether it asks for it or not.
  rrup_.insert(rrup_.end(), rrup.begin(), rrup.end());
  const DistanceColumns columns{grown(rjb_, need_rjb),   grown(rx_, need_rx),
                                grown(ry0_, need_ry0),   grown(rhypo_, need_rhypo),
                                grown(repi_, need_repi), grown(azimuth_, need_azimuth)};
  distances.fill(tile.points, sites, columns);
  if (needs_ & need_rvolc) // the path through volcanic ground is unknown to sources
    rvolc_.resize(site_.size(), 0.0);
  if (minimum_distance_ <= 0)
    return;
  for (std::span<double> column : {std::span(rrup_).last(sites.size()), columns.rjb, columns.rx,
                                   columns.ry0, columns.rhypo, columns.repi})
    for (double& distance : column)
      distance = std::max(distance, minimum_distance_);
}

void PairBuffer::add_parameters(const SiteTile& tile, std::span<const std::uint32_t> sites) {
  const auto gather = [&](std::vector<double>& column, std::uint64_t need,
                          const std::vector<double>& parameter) {
    if (!(needs_ & need))
      return;
    for (const std::uint32_t site : sites)
      column.push_back(parameter[tile.begin + site]);
  };
  gather(vs30_, need_vs30, tile.sites.vs30);
  gather(vs30measured_, need_vs30measured, tile.sites.vs30measured);
  gather(z1pt0_, need_z1pt0, tile.sites.z1pt0);
  gather(z2pt5_, need_z2pt5, tile.sites.z2pt5);
  gather(backarc_, need_backarc, tile.sites.backarc);
  gather(xvf_, need_xvf, tile.sites.xvf);
  gather(region_, need_region, tile.sites.region);
  gather(geology_, need_geology, tile.sites.geology);
  gather(slope_, need_slope, tile.sites.slope);
  gather(siteclass_, need_siteclass, tile.sites.siteclass);
  gather(soiltype_, need_soiltype, tile.sites.soiltype);
  gather(amplfactor_, need_amplfactor, tile.sites.amplfactor);
  gather(ch_ampl03_, need_ch_amplification, tile.sites.ch_ampl03);
  gather(ch_ampl06_, need_ch_amplification, tile.sites.ch_ampl06);
  gather(ch_phis2s03_, need_ch_amplification, tile.sites.ch_phis2s03);
  gather(ch_phis2s06_, need_ch_amplification, tile.sites.ch_phis2s06);
  gather(ch_phiss03_, need_ch_amplification, tile.sites.ch_phiss03);
  gather(ch_phiss06_, need_ch_amplification, tile.sites.ch_phiss06);
  gather(site_lon_, need_site_location, tile.sites.lon);
  gather(site_lat_, need_site_location, tile.sites.lat);
}

PairBatch PairBuffer::batch() const {
  PairBatch batch;
  batch.first_pair = first_pair_;
  batch.mag = mag_;
  batch.rake = rake_;
  batch.dip = dip_;
  batch.strike = strike_;
  batch.ztor = ztor_;
  batch.zbot = zbot_;
  batch.width = width_;
  batch.hypo_depth = hypo_depth_;
  batch.hypo_lon = hypo_lon_;
  batch.hypo_lat = hypo_lat_;
  batch.rrup = rrup_;
  batch.rjb = rjb_;
  batch.rx = rx_;
  batch.ry0 = ry0_;
  batch.rhypo = rhypo_;
  batch.repi = repi_;
  batch.azimuth = azimuth_;
  batch.vs30 = vs30_;
  batch.vs30measured = vs30measured_;
  batch.z1pt0 = z1pt0_;
  batch.z2pt5 = z2pt5_;
  batch.backarc = backarc_;
  batch.rvolc = rvolc_;
  batch.xvf = xvf_;
  batch.region = region_;
  batch.geology = geology_;
  batch.slope = slope_;
  batch.siteclass = siteclass_;
  batch.soiltype = soiltype_;
  batch.amplfactor = amplfactor_;
  batch.ch_ampl03 = ch_ampl03_;
  batch.ch_ampl06 = ch_ampl06_;
  batch.ch_phis2s03 = ch_phis2s03_;
  batch.ch_phis2s06 = ch_phis2s06_;
  batch.ch_phiss03 = ch_phiss03_;
  batch.ch_phiss06 = ch_phiss06_;
  batch.site_lon = site_lon_;
  batch.site_lat = site_lat_;
  return batch;
}

std::size_t PairBuffer::rupture_of_pair(std::size_t pair) const {
  const auto after = std::upper_bound(first_pair_.begin(), first_pair_.end(), pair);
  return static_cast<std::size_t>(after - first_pair_.begin()) - 1;
}

std::uint32_t PairBuffer::tag_of_pair(std::size_t pair) const {
  return tag_[rupture_of_pair(pair)];
}

const Occurrence& PairBuffer::occurrence_of_pair(std::size_t pair) const {
  return occurrence_[rupture_of_pair(pair)];
}

double PairBuffer::weight_of_pair(std::size_t pair) const {
  return weight_[rupture_of_pair(pair)];
}

} // namespace oq::engine
