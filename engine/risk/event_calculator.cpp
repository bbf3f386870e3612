// The number of tasks depends on the number of events only, so that every node plans the same.
#include "engine/risk/event_calculator.hpp"

#include "engine/nrml/number.hpp"

#include <algorithm>

namespace oq::engine {
namespace {

constexpr std::size_t kMostTasks = 16; // each returns numbers for all assets

} // namespace

EventCalculator::EventCalculator(CalculatorInputs inputs, std::unique_ptr<EventBase> base,
                                 Widths widths)
  : job_(std::move(inputs.job)), hazard_(std::move(inputs.hazard)), base_(std::move(base)),
    widths_(widths),
    block_(std::max<std::size_t>(1, (base_->event_count() + kMostTasks - 1) / kMostTasks)),
    sums_(base_->weights.size() * widths.sums), totals_(base_->event_count() * widths.totals) {}

std::size_t EventCalculator::task_count() const {
  return (base_->event_count() + block_ - 1) / block_;
}

std::size_t EventCalculator::last(std::size_t task) const {
  return std::min((task + 1) * block_, base_->event_count());
}

double EventCalculator::task_weight(std::size_t task) const {
  return static_cast<double>((last(task) - task * block_) * base_->asset_count() + 1);
}

Result<TaskResult> EventCalculator::run_task(std::size_t task, const StopToken& stop) const {
  TaskResult result;
  const std::size_t first = task * block_, events = last(task) - first;
  result.values.assign(sums_.size() + events * widths_.totals, 0.0);
  const std::span values(result.values);
  const AddEvent add_event = event_adder();
  for (std::size_t i = 0; i < events; ++i) {
    if (stop.stop_requested())
      return Error{Errc::aborted, "stopped on request", ""};
    add_event(first + i,
              values.subspan(base_->realization_of(first + i) * widths_.sums, widths_.sums),
              values.subspan(sums_.size() + i * widths_.totals, widths_.totals));
  }
  return result;
}

Result<void> EventCalculator::reduce(std::size_t task, TaskResult result) {
  const std::size_t first = task * block_;
  if (result.values.size() != sums_.size() + (last(task) - first) * widths_.totals)
    return Error{Errc::internal, "a task returned a result of the wrong size",
                 "task " + std::to_string(task)};
  for (std::size_t i = 0; i < sums_.size(); ++i)
    sums_[i] += result.values[i];
  std::copy(result.values.begin() + static_cast<std::ptrdiff_t>(sums_.size()), result.values.end(),
            totals_.begin() + static_cast<std::ptrdiff_t>(first * widths_.totals));
  return {};
}

double EventCalculator::mean(std::size_t realization, std::size_t sum) const {
  const double events = base_->events_of[realization];
  return events == 0 ? 0 : sums_[realization * widths_.sums + sum] / events;
}

void EventCalculator::add_texts(const AssetGroup& group, const std::string& loss_type,
                                std::size_t realization, TextTable& table) const {
  table.texts[0].push_back(loss_type);
  for (std::size_t i = 0; i < group.values.size(); ++i)
    table.texts[i + 1].push_back(group.values[i]);
  if (base_->weights.size() > 1)
    table.texts.back().push_back(std::to_string(realization));
}

TextTable EventCalculator::aggregate(const std::string& group) const {
  std::vector<std::string> tags;
  for (const auto tag : split_list(group, ListSeparators::blanks_and_commas))
    tags.emplace_back(tag);
  TextTable table;
  table.stem = "aggrisk-";
  for (std::size_t i = 0; i < tags.size(); ++i)
    table.stem += (i == 0 ? "" : "-") + tags[i];
  table.text_columns = {"loss_type"};
  table.text_columns.insert(table.text_columns.end(), tags.begin(), tags.end());
  if (base_->weights.size() > 1)
    table.text_columns.emplace_back("rlz_id");
  table.number_columns = aggregate_columns();
  table.texts.resize(table.text_columns.size());
  for (const auto& assets : asset_groups(*base_, tags))
    add_rows(assets, table);
  return table;
}

Result<void> EventCalculator::finish(Datastore& datastore) {
  OQ_CHECK(store_event_head(job_, *base_, loss_types(), *hazard_, datastore));
  OQ_CHECK(write_averages(datastore));
  OQ_CHECK(store_table("risk_by_event", table_by_event(), datastore));
  OQ_CHECK(store_table("aggrisk/0", aggregate(""), datastore));
  for (std::size_t i = 0; i < base_->aggregate_by.size(); ++i)
    OQ_CHECK(store_table("aggrisk/" + std::to_string(i + 1), aggregate(base_->aggregate_by[i]),
                         datastore));
  OQ_CHECK(datastore.put_attributes(
    "aggrisk", {{"exported", true}, {"tables", base_->aggregate_by.size() + 1}}));
  return write_more(datastore);
}

} // namespace oq::engine
