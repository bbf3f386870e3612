// Notice: one message to somebody who asked to be told of a calculation, and how it is worded.
#pragma once

#include "actors/protocol.hpp"
#include "engine/base/result.hpp"
#include "store/notice_store.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace oq::actors {

inline constexpr std::size_t kMostTargets = 8; // of one calculation

inline constexpr std::string_view kWebhook = "webhook";   // JSON, when it has ended
inline constexpr std::string_view kCallback = "callback"; // of 2013: a form, at every step

// The targets of a submission; null when there are none. Errc::invalid_input: one is no address, or
// there are more than kMostTargets.
Result<std::shared_ptr<const std::vector<store::NoticeTarget>>>
read_targets(const Submission& submission);

// A target whose URL is one that may be asked for; where its host leads is seen when it is sent to.
// Errc::invalid_input, with `field` as the place: not http or https, no host, a user in it, blanks,
// too long.
Result<store::NoticeTarget> read_target(std::string_view form, std::string_view url,
                                        std::string_view foreign_id, std::string_view field);

struct Notice {
  std::string url;
  std::string content_type = {};
  std::string body = {};
  std::string event = {}; // the state that it tells
  store::CalculationId calculation_id = 0;
  bool last = false; // nothing comes after it
};

// What is told of this state. Nothing: this target is not told of it.
std::optional<Notice> notice_of(const store::NoticeTarget& target,
                                const store::CalculationRecord& record);

// How a notice left the house. Called once, on any thread.
enum class NoticeOutcome : std::uint8_t {
  delivered,
  refused, // will never be taken: a forbidden address, an answer of 4xx
  failed,  // may be taken later
};
using NoticeDone = std::function<void(NoticeOutcome outcome, std::string why)>;

// What sends them. Returns at once; any thread.
class NoticeSender {
public:
  virtual ~NoticeSender() = default;
  virtual void send(const Notice& notice, NoticeDone done) = 0;
};
using NoticeSenderPtr = std::shared_ptr<NoticeSender>;

} // namespace oq::actors
