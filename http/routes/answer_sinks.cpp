// Where an actor's answer becomes a response; the worker that owns the connection writes it.
#include "http/routes/answer_sinks.hpp"

#include "http/routes/page_links.hpp"
#include "http/routes/readiness.hpp"
#include "http/serving_thread.hpp"

namespace oq::http {
namespace {

constexpr std::int64_t kUsualPage = 100;

class ResponseSink : public actors::ReplySink {
public:
  ResponseSink(MeteredReply reply, AnswerForm form) : reply_(std::move(reply)), form_(form) {}
  void deliver(actors::Answer answer) override { reply_.send(to_response(answer, form_)); }

private:
  MeteredReply reply_;
  AnswerForm form_;
};

// Whoever answers polls comes before whoever computes.
class PollSink final : public ResponseSink {
public:
  using ResponseSink::ResponseSink;
  void deliver(actors::Answer answer) override {
    become_serving_thread();
    ResponseSink::deliver(std::move(answer));
  }
};

// A page of the list, which says where the others are.
class PageSink final : public actors::ReplySink {
public:
  PageSink(MeteredReply reply, PageQuery page, bool precedence)
    : reply_(std::move(reply)), page_(std::move(page)), precedence_(precedence) {}
  void deliver(actors::Answer answer) override {
    if (precedence_)
      become_serving_thread();
    auto response = to_response(answer, AnswerForm::plain);
    if (const auto links = page_links(page_, answer.total); !links.empty())
      response.add("Link", links);
    reply_.send(std::move(response));
  }

private:
  MeteredReply reply_;
  PageQuery page_;
  bool precedence_;
};

class ReadinessSink : public actors::ReplySink {
public:
  explicit ReadinessSink(MeteredReply reply) : reply_(std::move(reply)) {}
  void deliver(actors::Answer answer) override { reply_.send(readiness_of(answer)); }

private:
  MeteredReply reply_;
};

} // namespace

actors::SinkPtr sink(MeteredReply reply, AnswerForm form) {
  return std::make_shared<ResponseSink>(std::move(reply), form);
}

actors::SinkPtr poll_sink(MeteredReply reply, AnswerForm form, bool precedence) {
  if (precedence)
    return std::make_shared<PollSink>(std::move(reply), form);
  return sink(std::move(reply), form);
}

actors::SinkPtr page_sink(const actors::ListQuestion& question, std::string_view query,
                          MeteredReply reply, bool precedence) {
  if (question.kind != actors::ListKind::modern)
    return poll_sink(std::move(reply), AnswerForm::plain, precedence);
  PageQuery page{question.base, "/v1/calc/list", std::string(query),
                 question.limit.value_or(kUsualPage), question.offset};
  return std::make_shared<PageSink>(std::move(reply), std::move(page), precedence);
}

actors::SinkPtr readiness_sink(MeteredReply reply) {
  return std::make_shared<ReadinessSink>(std::move(reply));
}

} // namespace oq::http
