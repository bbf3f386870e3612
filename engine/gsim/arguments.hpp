// Arguments: reads what a logic tree gives a ground-motion model, and objects to the rest.
#pragma once

#include "engine/base/result.hpp"

#include <boost/json/fwd.hpp>

#include <set>
#include <span>
#include <string>
#include <string_view>

namespace oq::engine {

struct GsimSpec;

// Each reader returns the argument, or `otherwise` when it is absent or wrong. check() then tells
// the first wrong one, or one that nobody asked for.
class Arguments {
public:
  explicit Arguments(const GsimSpec& spec) : spec_(spec) {}

  double number(std::string_view key, double otherwise);
  double positive(std::string_view key, double otherwise);
  bool flag(std::string_view key, bool otherwise);
  std::string text(std::string_view key, std::string_view otherwise);
  // One of `allowed`.
  std::string choice(std::string_view key, std::string_view otherwise,
                     std::span<const std::string_view> allowed);
  // The enumerator whose number is the place of the given name in `names`.
  template <class Enum>
  Enum one_of(std::string_view key, Enum otherwise, std::span<const std::string_view> names) {
    return static_cast<Enum>(place(key, static_cast<std::size_t>(otherwise), names));
  }

  // An argument that is right by itself but not with the others.
  void refuse(std::string_view reason);

  Result<void> check() const;

private:
  const boost::json::value* find(std::string_view key);
  void object(std::string_view key, std::string_view wanted);
  std::size_t place(std::string_view key, std::size_t otherwise,
                    std::span<const std::string_view> names);

  const GsimSpec& spec_;
  std::set<std::string, std::less<>> known_;
  std::string objection_;
};

} // namespace oq::engine
