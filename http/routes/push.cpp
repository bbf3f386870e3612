// Reads how long a client waits, and writes event streams as the HTML standard describes them.
#include "http/routes/push.hpp"

#include "http/routes/answer_response.hpp"
#include "http/stream.hpp"
#include "http/target.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace oq::http {
namespace {

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0)
    return std::nullopt;
  return value;
}

std::optional<double> seconds_of(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !(value >= 0)
      || !std::isfinite(value))
    return std::nullopt;
  return value;
}

Error malformed(const QueryParameter& parameter, const char* wanted) {
  return invalid_input("\"" + parameter.value.substr(0, 60) + "\" is not " + wanted,
                       parameter.name);
}

Response stream_head() {
  Response response(200);
  response.add("Content-Type", "text/event-stream; charset=utf-8")
    .add("Cache-Control", "no-store")
    .add("X-Accel-Buffering", "no"); // nginx would keep events until it has enough of them
  return with_cors(std::move(response));
}

using Instant = std::chrono::steady_clock::time_point;

// The event after which nothing comes.
actors::SharedText closing(std::string_view reason) {
  return std::make_shared<const std::string>("event: end\ndata: {\"reason\": \""
                                             + std::string(reason) + "\"}\n\n");
}

// Used by one actor: no two calls at once.
class StreamSink final : public actors::EventSink {
public:
  StreamSink(MeteredReply reply, Instant until) : reply_(std::move(reply)), until_(until) {}

  void refuse(actors::Answer answer) override {
    if (answer.code == Errc::none) // to a client of event streams: do not come again
      reply_->send(with_cors(Response(204)));
    else
      reply_->send(to_response(answer, AnswerForm::plain));
    reply_.reset();
  }
  bool push(const actors::SharedText& piece) override {
    if (!reply_ && std::chrono::steady_clock::now() >= until_)
      end(closing("say again who you are"));
    begin();
    return writer_.push(piece);
  }
  bool is_ready() const override { return reply_ || writer_.is_roomy(); }
  bool is_gone() const override { return !reply_ && !writer_.is_open(); }
  void end(const actors::SharedText& last) override {
    begin();
    writer_.end(last);
  }

private:
  void begin() {
    if (!reply_)
      return;
    writer_ = reply_->stream(stream_head());
    reply_.reset();
    static const auto too_slow = closing("the client does not read");
    writer_.say_when_slow(too_slow);
  }

  std::optional<MeteredReply> reply_; // until the answer has begun
  const Instant until_;
  StreamWriter writer_;
};

} // namespace

Result<std::optional<actors::Wait>> read_wait(std::string_view raw_query,
                                              std::chrono::milliseconds longest) {
  std::optional<std::int64_t> since;
  double seconds = 0;
  for (const auto& parameter : parse_query(raw_query)) {
    if (parameter.name == "since") {
      since = number_of(parameter.value);
      if (!since)
        return malformed(parameter, "a revision");
    } else if (parameter.name == "wait") {
      const auto value = seconds_of(parameter.value);
      if (!value)
        return malformed(parameter, "a number of seconds");
      seconds = *value;
    }
  }
  if (!since)
    return std::optional<actors::Wait>{};
  const double most = std::chrono::duration<double>(longest).count();
  const auto wait = std::chrono::duration<double>(std::min(seconds, most));
  return std::optional<actors::Wait>{
    {*since, std::chrono::duration_cast<std::chrono::milliseconds>(wait)}};
}

std::int64_t read_last_event(std::string_view last_event_id, std::string_view raw_query) {
  if (!last_event_id.empty())
    return number_of(last_event_id).value_or(0);
  for (const auto& parameter : parse_query(raw_query))
    if (parameter.name == "since")
      return number_of(parameter.value).value_or(0);
  return 0;
}

actors::EventSinkPtr event_sink(MeteredReply reply,
                                std::optional<std::chrono::milliseconds> longest) {
  const auto until = longest ? std::chrono::steady_clock::now() + *longest : Instant::max();
  return std::make_shared<StreamSink>(std::move(reply), until);
}

} // namespace oq::http
