// SectionIndices: the ids of sections as ruptures name them, each kept once.
#pragma once

#include "engine/nrml/number.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace oq::engine {

class SectionIndices {
public:
  // Appends to `ids`, which outlives the object.
  explicit SectionIndices(std::vector<std::string>& ids) : ids_(ids) {
    for (std::uint32_t i = 0; i < ids.size(); ++i)
      index_.emplace(ids[i], i);
  }

  // Of ids separated by commas or blanks.
  std::vector<std::uint32_t> of_list(std::string_view text) {
    std::vector<std::uint32_t> indices;
    for (const auto word : split_list(text, ListSeparators::blanks_and_commas)) {
      const auto [known, is_new] =
        index_.emplace(std::string(word), static_cast<std::uint32_t>(ids_.size()));
      if (is_new)
        ids_.push_back(known->first);
      indices.push_back(known->second);
    }
    return indices;
  }

private:
  std::vector<std::string>& ids_;
  std::unordered_map<std::string, std::uint32_t> index_;
};

} // namespace oq::engine
