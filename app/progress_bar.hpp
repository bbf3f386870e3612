// ProgressBar: one line on a terminal that fills while a calculation runs; nothing elsewhere.
#pragma once

#include <string_view>

namespace oq::app {

class ProgressBar {
public:
  explicit ProgressBar(bool wanted);
  ~ProgressBar(); // leaves the line clear
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  // `fraction` from 0 to 1.
  void show(double fraction, std::string_view what);

private:
  bool visible_;
  int shown_ = -1; // percent
};

} // namespace oq::app
