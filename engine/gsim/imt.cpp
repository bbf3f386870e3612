// Intensity measure types: their text form and their order.
#include "engine/gsim/imt.hpp"

#include "engine/base/json.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace oq::engine {

namespace {

struct NamedKind {
  ImtKind kind;
  std::string_view name;
};
constexpr std::array kNames{
  NamedKind{ImtKind::pga, "PGA"},         NamedKind{ImtKind::pgv, "PGV"},
  NamedKind{ImtKind::pgd, "PGD"},         NamedKind{ImtKind::sa, "SA"},
  NamedKind{ImtKind::mmi, "MMI"},         NamedKind{ImtKind::cav, "CAV"},
  NamedKind{ImtKind::ia, "IA"},           NamedKind{ImtKind::rsd, "RSD"},
  NamedKind{ImtKind::rsd595, "RSD595"},   NamedKind{ImtKind::rsd575, "RSD575"},
  NamedKind{ImtKind::rsd2080, "RSD2080"}, NamedKind{ImtKind::avg_sa, "AvgSA"},
  NamedKind{ImtKind::jma, "JMA"},
};
static_assert(kNames.size() == static_cast<std::size_t>(ImtKind::jma) + 1);

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const auto first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::string_view name_of(ImtKind kind) {
  return std::ranges::find(kNames, kind, &NamedKind::kind)->name;
}

bool read_number(std::string_view text, double& value) {
  const std::string_view digits = trimmed(text);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc{} && end == digits.data() + digits.size() && std::isfinite(value);
}

// What stands between the parentheses of "SA(0.2)" or "SA(0.2,10)"; nothing of a name without them.
Result<Imt> parse_spectral(std::string_view text, std::string_view arguments) {
  const auto comma = arguments.find(',');
  Imt imt{.kind = ImtKind::sa};
  if (!read_number(arguments.substr(0, comma), imt.period) || imt.period <= 0.0)
    return invalid_input("'" + std::string(text)
                         + "' needs a positive period in seconds, as SA(0.2)");
  if (comma != std::string_view::npos
      && (!read_number(arguments.substr(comma + 1), imt.damping) || imt.damping <= 0.0))
    return invalid_input("'" + std::string(text) + "' needs a positive damping in percent");
  return imt;
}

} // namespace

Result<Imt> Imt::parse(std::string_view given) {
  const std::string_view text = trimmed(given).substr(0, 64);
  if (text.starts_with("SA(")) // OpenQuake reads "SA(1.0" too
    return parse_spectral(text, text.substr(3, text.size() - (text.ends_with(")") ? 4 : 3)));
  const auto named = std::ranges::find(kNames, text, &NamedKind::name);
  if (named == kNames.end() || named->kind == ImtKind::sa)
    return invalid_input("unknown intensity measure type '" + std::string(text) + "'");
  return Imt{.kind = named->kind};
}

std::string Imt::name() const {
  if (!is_sa())
    return std::string(name_of(kind));
  std::string text = "SA(" + number_text(period);
  if (damping != 5.0)
    text += "," + number_text(damping);
  return text + ")";
}

std::partial_ordering operator<=>(const Imt& a, const Imt& b) {
  if (const auto order = a.period <=> b.period; order != 0)
    return order;
  if (const auto order = name_of(a.kind) <=> name_of(b.kind); order != 0)
    return order;
  return a.damping <=> b.damping;
}

} // namespace oq::engine
