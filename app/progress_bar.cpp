// Draws with a carriage return; only when standard error is a terminal.
#include "app/progress_bar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace oq::app {
namespace {

constexpr int kWidth = 40;

} // namespace

ProgressBar::ProgressBar(bool wanted) : visible_(wanted && ::isatty(STDERR_FILENO)) {}

ProgressBar::~ProgressBar() {
  if (visible_ && shown_ >= 0)
    fmt::print(stderr, "\r{:{}}\r", "", kWidth + 40);
}

void ProgressBar::show(double fraction, std::string_view what) {
  const int percent = static_cast<int>(std::clamp(fraction, 0.0, 1.0) * 100);
  if (!visible_ || percent == shown_)
    return;
  shown_ = percent;
  const int filled = percent * kWidth / 100;
  fmt::print(stderr, "\r[{:#<{}}{:{}}] {:3}% {:<20}", "", filled, "", kWidth - filled, percent,
             what);
  std::fflush(stderr);
}

} // namespace oq::app
