#include "traces/selector.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <regex>

#include "core/trace/event_reader.h"
#include "traces/narration.h"

namespace loopscope::traces {
namespace {

using Found = std::variant<EventIndex, std::string>;

constexpr const char* kForms =
    "write one of: iteration 3, loop 2 iteration 3, output 'text', line 7, task B done, time 1.5, event 120, "
    "end "
    "(output and line take #2 for the second)";

std::optional<std::uint64_t> number(const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// The `nth` (from 1) event that `matches`, or `otherwise`.
template <class Matches>
Found nth_event(const TraceStore& store, std::uint64_t nth, Matches matches, std::string otherwise) {
  std::uint64_t seen = 0;
  for (EventIndex i = 0; i < store.size(); ++i)
    if (matches(i, store.event(i)) && ++seen == nth) return i;
  if (seen > 0) otherwise += "; it happens " + std::to_string(seen) + (seen == 1 ? " time" : " times");
  return otherwise;
}

Found by_iteration(const TraceStore& store, std::uint64_t loop, std::uint64_t n) {
  return nth_event(
      store, 1,
      [&](EventIndex, const TraceEvent& e) {
        return e.kind == EventKind::iteration_begin && e.loop == loop && field::n(e) == n;
      },
      "no iteration " + std::to_string(n) + " of loop " + std::to_string(loop) + " in this trace");
}

Found by_output(const TraceStore& store, const std::string& text, std::uint64_t nth) {
  return nth_event(
      store, nth,
      [&](EventIndex i, const TraceEvent& e) {
        return e.kind == EventKind::output && store.text(i, TextField::text) == std::string_view(text);
      },
      "no such output in this trace");
}

Found by_line(const TraceStore& store, std::uint64_t line, std::uint64_t nth) {
  return nth_event(
      store, nth,
      [&](EventIndex, const TraceEvent& e) { return e.kind == EventKind::line && field::line(e) == line; },
      "line " + std::to_string(line) + " does not run that often in this trace");
}

Found by_task_end(const TraceStore& store, const std::string& name) {
  const LoopState last = store.state_at(store.size() - 1);
  return nth_event(
      store, 1,
      [&](EventIndex, const TraceEvent& e) {
        if (e.kind != EventKind::task_done) return false;
        const TaskState* task = last.task(field::task(e));
        return task && (store.label(task->name) == name || task_title(store, *task) == name ||
                        task_badge(store, last, task->id) == name);
      },
      "no task '" + name + "' ends in this trace");
}

Found by_time(const TraceStore& store, double seconds) {
  const double ns = seconds * 1e9;
  return nth_event(
      store, 1, [&](EventIndex, const TraceEvent& e) { return static_cast<double>(e.ts) >= ns - 0.5; },
      "the trace ends before that time");
}

Found by_number(const TraceStore& store, std::uint64_t n) {
  if (n >= 1 && n <= store.size()) return static_cast<EventIndex>(n - 1);
  return "no event " + std::to_string(n) + "; the trace has events 1 to " + std::to_string(store.size());
}

}  // namespace

Found select_event(const TraceStore& store, std::string_view selector) {
  const std::string text(selector);
  if (store.size() == 0) return std::string("the trace is empty");
  static const std::regex iteration(R"((?:loop (\d{1,5}) )?iteration (\d{1,18}))");
  static const std::regex output(R"x(output (['"])([\s\S]*)\1(?: #(\d{1,9}))?)x");
  static const std::regex line(R"(line (\d{1,9})(?: #(\d{1,9}))?)");
  static const std::regex task(R"(task (.+) done)");
  static const std::regex time(R"(time (\d{1,12}(?:\.\d{1,12})?))");
  static const std::regex event(R"(event (\d{1,18}))");
  std::smatch m;
  const auto nth = [&m](std::size_t group) {
    return m[group].matched ? number(m[group].str()).value_or(1) : 1;
  };
  if (text == "end") return store.size() - 1;
  if (std::regex_match(text, m, iteration)) return by_iteration(store, nth(1), nth(2));
  if (std::regex_match(text, m, output)) return by_output(store, m[2].str(), nth(3));
  if (std::regex_match(text, m, line)) return by_line(store, nth(1), nth(2));
  if (std::regex_match(text, m, task)) return by_task_end(store, m[1].str());
  if (std::regex_match(text, m, time)) return by_time(store, std::stod(m[1].str()));
  if (std::regex_match(text, m, event)) return by_number(store, nth(1));
  return "'" + text + "' is not a selector; " + kForms;
}

}  // namespace loopscope::traces
