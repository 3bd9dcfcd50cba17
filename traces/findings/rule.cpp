#include "traces/findings/rule.h"

#include <algorithm>
#include <fmt/format.h>

#include "traces/names.h"
#include "traces/narration.h"
#include "traces/narration_scene.h"

namespace loopscope::traces {

Evidence::Evidence(const TraceStore& store)
    : store_(store), size_(store.size()), finished_(store.finished()) {
  if (size_ == 0) return;
  last_ = store.state_at(size_ - 1);
  for (const EventIndex i : store.problems())
    if (store.event(i).kind == EventKind::gap) gaps_.push_back(i);
}

bool Evidence::whole(EventIndex from, EventIndex to) const {
  const auto gap = std::lower_bound(gaps_.begin(), gaps_.end(), from);
  return gap == gaps_.end() || *gap > to;
}

std::string Evidence::time(std::int64_t ns) const {
  if (store_.header().clock == "real") return fmt::format("{:.1f} ms", static_cast<double>(ns) / 1e6);
  return format_seconds(static_cast<double>(ns) / 1e9);
}

std::string Evidence::task(TaskId id) const { return name_of_task(store_, last_, id); }

std::string Evidence::owner(const HandleRun& run) const {
  return run.task ? task(run.task) : callback_name(store_.label(run.label));
}

std::string Evidence::source(std::uint32_t line) const {
  const auto& lines = store_.header().listing;
  if (line == 0 || line > lines.size()) return {};
  const std::string& text = lines[line - 1];
  return text.substr(std::min(text.find_first_not_of(' '), text.size()));
}

std::string Evidence::place(const std::string& who, std::uint32_t line, EventIndex i) const {
  std::string text = who;
  if (line != 0) text += fmt::format(", line {}", line);
  if (const auto iteration = store_.iteration_at(i)) text += fmt::format(", iteration {}", iteration->n);
  return text;
}

Evidence::Statement Evidence::slowest_statement(const HandleRun& run) const {
  Statement slowest{.begin = run.begin};
  EventIndex before = run.begin;
  std::uint32_t line = 0;
  for (EventIndex i = run.begin + 1; i <= run.end; ++i) {
    const TraceEvent e = store_.event(i);
    if (e.thread != run.thread.value) continue;
    if (const std::int64_t took = e.ts - ns(before); took > slowest.duration) slowest = {before, line, took};
    if (e.kind == EventKind::line) line = field::line(e);
    before = i;
  }
  return slowest;
}

bool WorstByPlace::add(const Key& key, std::int64_t size) {
  Entry& entry = found_[key];
  ++entry.times;
  if (size <= entry.size) return false;
  entry.size = size;
  return true;
}

void WorstByPlace::take(std::vector<Finding>& out) {
  for (auto& [key, entry] : found_) {
    entry.finding.times = entry.times;
    out.push_back(std::move(entry.finding));
  }
  found_.clear();
}

void find_reported(const Evidence& evidence, std::string_view rule, const Finding& words,
                   std::vector<Finding>& out) {
  const TraceStore& store = evidence.store();
  for (const EventIndex i : store.problems()) {
    const TraceEvent e = store.event(i);
    if (e.kind != EventKind::warning || store.label(field::label(e)) != rule) continue;
    Finding found = words;
    found.place = excerpt(store.text(i, TextField::text).value_or(""));
    found.line = field::line(e);
    if (found.line != 0) found.place = fmt::format("line {}: {}", found.line, found.place);
    found.at = found.begin = found.end = i;
    out.push_back(std::move(found));
  }
}

}  // namespace loopscope::traces
