// Summary: one calculation's ready-made JSON texts, built once a change and never once a request.
#pragma once

#include "actors/projections.hpp"
#include "actors/protocol.hpp"
#include "store/calculation_store.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oq::actors {

using RecordPtr = std::shared_ptr<const store::CalculationRecord>;

// How far a calculation is. Empty: not known (where it was heard of, or since it did not end well).
struct Progress {
  std::optional<double> fraction = {};     // 0..1 of the work
  std::optional<double> seconds_left = {}; // as the tasks done so far suggest
};
// What the state alone tells: nothing is done before the start, all is done at a good end.
Progress progress_of(const store::CalculationRecord& record);

// A text with the client's base URL in its middle.
struct UrlText {
  std::string before, after;
  std::string with(std::string_view base) const;
};

// `{"id", "owner", "calculation_mode", "status", …}`: the item of the modern list and the status
// object.
UrlText status_text(const store::CalculationRecord& record);
// `{"description", "id", "status", "url"}`, exactly the members of the founding lists.
UrlText seed_item_text(const store::CalculationRecord& record,
                       Vocabulary vocabulary = Vocabulary::seed);
// `{"user_name", "status", "start_time", "stop_time", "is_running"}`.
std::string detail_text(const store::CalculationRecord& record);
// The founding detail object: parameters of the job with id, status and hazard_calculation, sorted
// by key.
std::string seed_detail_text(const store::CalculationRecord& record,
                             Vocabulary vocabulary = Vocabulary::seed);
// `["line", …]`, empty when nothing went wrong.
std::string traceback_text(const store::CalculationRecord& record);
// `{"status", "phase", "progress", "seconds_left", "error"}`; a progress that is not known is 0.
std::string progress_text(const store::CalculationRecord& record, const Progress& progress);
// `, "phase": …, "progress": …, "seconds_left": …`: what status and detail have besides the members
// that clients have always known.
std::string progress_members(const store::CalculationRecord& record, const Progress& progress);

std::string results_text(const std::vector<store::OutputRecord>& outputs, std::string_view base);
// `risk`: the url is below /v1/calc/risk, else below /v1/calc/hazard.
std::string seed_results_text(const std::vector<store::OutputRecord>& outputs, bool risk,
                              std::string_view base);

// What the owner of a calculation answers polls from. Nothing is serialized twice for one revision
// and base, and nothing long before somebody asks.
class Summary {
public:
  explicit Summary(RecordPtr record, Vocabulary seed_words = Vocabulary::seed);

  const store::CalculationRecord& record() const noexcept { return *record_; }
  const RecordPtr& shared_record() const noexcept { return record_; }
  State state() const noexcept { return state_; }

  // The next answers tell it.
  void set_progress(const Progress& progress);

  // Answers status, detail, seed_hazard, seed_risk and traceback. REQUIRES: one of these kinds.
  Answer answer(QuestionKind kind, const BaseUrl& base);

private:
  SharedText status(const BaseUrl& base);
  SharedText seed();
  SharedText traceback();
  Answer found(SharedText body) const;
  Answer unknown() const;

  RecordPtr record_;
  Vocabulary seed_words_;
  State state_;
  UrlText status_;
  SharedText detail_;
  SharedText seed_, traceback_; // null until they are asked for
  // Bodies by base, newest last; bounded, since the Host header is the client's to choose.
  std::vector<std::pair<BaseUrl, SharedText>> by_base_;
};

} // namespace oq::actors
