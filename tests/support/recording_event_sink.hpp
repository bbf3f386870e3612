// RecordingEventSink: a listener of a test, who reads, or does not, or goes away.
#pragma once

#include "actors/protocol.hpp"

#include <memory>
#include <optional>
#include <string>

namespace oq::testing {

class RecordingEventSink : public actors::EventSink {
public:
  void refuse(actors::Answer answer) override { refusal = std::move(answer); }
  bool push(const actors::SharedText& piece) override {
    if (is_gone())
      return false;
    text += *piece;
    return true;
  }
  bool is_ready() const override { return reads && !is_gone(); }
  bool is_gone() const override { return gone || ended; }
  void end(const actors::SharedText& last) override {
    text += *last;
    ended = true;
  }

  // The ids of the events so far, in order.
  std::string ids() const {
    std::string out;
    for (auto at = text.find("id: "); at != std::string::npos; at = text.find("id: ", at + 1))
      if (at == 0 || text[at - 1] == '\n')
        out += (out.empty() ? "" : " ") + text.substr(at + 4, text.find('\n', at) - at - 4);
    return out;
  }
  bool has(const std::string& part) const { return text.find(part) != std::string::npos; }

  std::string text;
  std::optional<actors::Answer> refusal;
  bool reads = true, gone = false, ended = false;
};
using RecordingEventSinkPtr = std::shared_ptr<RecordingEventSink>;

} // namespace oq::testing
