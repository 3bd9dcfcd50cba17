#include "viz/model/breakpoints.h"

#include <array>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

#include "core/trace/event_reader.h"
#include "traces/fold.h"
#include "traces/narration.h"

namespace loopscope::viz {
namespace {

using Kind = Breakpoint::Kind;
using Field = Breakpoint::Field;
using Compare = Breakpoint::Compare;
using traces::EventIndex;
using traces::LoopState;
using traces::TaskPhase;

template <class Value>
struct Word {
  std::string_view name;
  Value value;
};

constexpr Word<Field> kFields[] = {{"ready", Field::ready},
                                   {"heap", Field::heap},
                                   {"tasks", Field::tasks},
                                   {"fds", Field::fds},
                                   {"iteration", Field::iteration},
                                   {"time", Field::time},
                                   {"select.timeout", Field::select_timeout},
                                   {"select.ready", Field::select_ready}};
// Longer ones first, so that ">=" is not read as ">".
constexpr Word<Compare> kCompares[] = {{"<=", Compare::less_equal}, {">=", Compare::greater_equal},
                                       {"==", Compare::equal},      {"!=", Compare::not_equal},
                                       {"<", Compare::less},        {">", Compare::greater}};
constexpr Word<TaskPhase> kTaskPhases[] = {{"runs", TaskPhase::running},       {"ready", TaskPhase::ready},
                                           {"sleeps", TaskPhase::sleeping},    {"waits", TaskPhase::waiting},
                                           {"done", TaskPhase::done},          {"failed", TaskPhase::failed},
                                           {"cancelled", TaskPhase::cancelled}};
constexpr Word<traces::LoopPhase> kLoopPhases[] = {{"select", traces::LoopPhase::select},
                                                   {"io", traces::LoopPhase::io},
                                                   {"timers", traces::LoopPhase::timers},
                                                   {"run", traces::LoopPhase::run}};
constexpr const char* kForms =
    "write: line 5 · task B done · phase timers · output text · ready > 50 · select.timeout == 0";

template <class Value, std::size_t N>
std::optional<Value> find_word(const Word<Value> (&words)[N], std::string_view name) {
  for (const auto& word : words)
    if (word.name == name) return word.value;
  return std::nullopt;
}
template <class Value, std::size_t N>
std::string_view name_of(const Word<Value> (&words)[N], Value value) {
  for (const auto& word : words)
    if (word.value == value) return word.name;
  return {};
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

template <class Number>
std::optional<Number> number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Breakpoint> parse_condition(std::string_view text) {
  for (const auto& compare : kCompares) {
    const std::size_t at = text.find(compare.name);
    if (at == std::string_view::npos) continue;
    const auto field = find_word(kFields, trim(text.substr(0, at)));
    const auto value = number<double>(trim(text.substr(at + compare.name.size())));
    if (!field || !value || !std::isfinite(*value)) return std::nullopt;
    Breakpoint b;
    b.kind = Kind::condition;
    b.field = *field;
    b.compare = compare.value;
    b.value = *value;
    return b;
  }
  return std::nullopt;
}

std::optional<Breakpoint> parse_task(std::string_view rest) {
  const std::size_t space = rest.rfind(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const auto phase = find_word(kTaskPhases, rest.substr(space + 1));
  const std::string_view name = trim(rest.substr(0, space));
  if (!phase || name.empty()) return std::nullopt;
  Breakpoint b;
  b.kind = Kind::task;
  b.text = name;
  b.task_phase = *phase;
  return b;
}

bool holds(Compare compare, double a, double b) {
  switch (compare) {
    case Compare::less:
      return a < b;
    case Compare::less_equal:
      return a <= b;
    case Compare::equal:
      return a == b;
    case Compare::not_equal:
      return a != b;
    case Compare::greater_equal:
      return a >= b;
    case Compare::greater:
      break;
  }
  return a > b;
}

/// Whether the event says itself that the breakpoint holds; conditions of the state aside.
bool hits(const traces::TraceStore& store, const Breakpoint& b, const TraceEvent& e, EventIndex i) {
  switch (b.kind) {
    case Kind::line:
      return e.kind == EventKind::line && field::line(e) == b.line;
    case Kind::output:
      return e.kind == EventKind::output &&
             store.text(i, TextField::text).value_or("").find(b.text) != std::string_view::npos;
    case Kind::phase:
      return (b.loop_phase == traces::LoopPhase::select && e.kind == EventKind::select_begin) ||
             (b.loop_phase == traces::LoopPhase::io && e.kind == EventKind::io_ready) ||
             (b.loop_phase == traces::LoopPhase::timers && e.kind == EventKind::timers_begin) ||
             (b.loop_phase == traces::LoopPhase::run && e.kind == EventKind::ready_begin);
    case Kind::condition:
      if (b.field == Field::select_timeout)
        return e.kind == EventKind::select_begin && holds(b.compare, field::seconds(e), b.value);
      return b.field == Field::select_ready && e.kind == EventKind::select_end &&
             holds(b.compare, static_cast<double>(field::count(e)), b.value);
    case Kind::task:
      break;
  }
  return false;
}

/// Walks forwards over a stretch and tells where a breakpoint holds.
class Walk {
 public:
  Walk(const traces::TraceStore& store, const std::vector<Breakpoint>& all, EventIndex after)
      : store_(store), all_(all), was_(all.size(), false) {
    for (const Breakpoint& b : all)
      needs_state_ = needs_state_ || b.kind == Kind::task || b.kind == Kind::condition;
    if (!needs_state_) return;
    state_ = store.state_at(after);
    for (std::size_t k = 0; k < all.size(); ++k) was_[k] = is_true(all[k], LoopId{store.event(after).loop});
  }

  std::optional<std::size_t> at(EventIndex i) {
    const TraceEvent e = store_.event(i);
    const TaskId touched = needs_state_ ? traces::apply(state_, store_, e, i) : TaskId{};
    std::optional<std::size_t> found;
    for (std::size_t k = 0; k < all_.size(); ++k)
      if (holds_at(k, e, i, touched) && !found) found = k;
    return found;
  }

 private:
  bool holds_at(std::size_t k, const TraceEvent& e, EventIndex i, TaskId touched) {
    const Breakpoint& b = all_[k];
    if (hits(store_, b, e, i)) return true;
    if (b.kind == Kind::task && !touched) return false;
    if (b.kind != Kind::task && b.kind != Kind::condition) return false;
    const bool now = b.kind == Kind::task ? is_in_state(b, touched, was_[k]) : is_true(b, LoopId{e.loop});
    const bool before = was_[k];
    was_[k] = now;
    return now && !before;
  }

  // Only the event's own task decides, the others keep the answer.
  bool is_in_state(const Breakpoint& b, TaskId touched, bool before) const {
    const traces::TaskState* task = state_.task(touched);
    if (!task || !is_named(b, *task)) return before;
    return task->phase == b.task_phase;
  }
  bool is_named(const Breakpoint& b, const traces::TaskState& task) const {
    return store_.label(task.name) == b.text || store_.names_of(task.id, task.name).badge == b.text ||
           store_.names_of(task.id, task.name).title == b.text;
  }

  bool is_true(const Breakpoint& b, LoopId id) const {
    if (b.kind == Kind::task) {
      for (std::size_t k = 0; k < state_.tasks.size(); ++k)
        if (const auto& task = state_.tasks[k]; task.id && is_named(b, task))
          return task.phase == b.task_phase;
      return false;
    }
    const traces::OneLoopState* loop = state_.focus(id);
    const auto test = [&](auto value) { return holds(b.compare, static_cast<double>(value), b.value); };
    switch (b.field) {
      case Field::ready:
        return test(loop ? loop->ready_count() : 0);
      case Field::heap:
        return test(loop ? loop->heap.size() : 0);
      case Field::fds:
        return test(loop ? loop->fds.size() : 0);
      case Field::iteration:
        return test(loop ? loop->iteration : 0);
      case Field::tasks:
        return test(state_.tasks.size());
      case Field::time:
        return test(static_cast<double>(state_.now) / 1e9);
      default:
        return false;
    }
  }

  const traces::TraceStore& store_;
  const std::vector<Breakpoint>& all_;
  std::vector<bool> was_;
  LoopState state_;
  bool needs_state_ = false;
};

}  // namespace

std::variant<Breakpoint, std::string> parse_breakpoint(std::string_view text) {
  text = trim(text);
  const std::size_t space = text.find(' ');
  const std::string_view word = text.substr(0, space);
  const std::string_view rest =
      space == std::string_view::npos ? std::string_view() : trim(text.substr(space));
  Breakpoint b;
  if (word == "line") {
    const auto line = number<std::uint32_t>(rest);
    if (!line || *line == 0) return kForms;
    b.line = *line;
    return b;
  }
  if (word == "task") {
    if (const auto task = parse_task(rest)) return *task;
    return std::string(
        "write a name and a state: task B done, runs, ready, sleeps, waits, failed or cancelled");
  }
  if (word == "phase") {
    const auto phase = find_word(kLoopPhases, rest);
    if (!phase) return std::string("the phases are select, io, timers and run");
    b.kind = Kind::phase;
    b.loop_phase = *phase;
    return b;
  }
  if (word == "output" && !rest.empty()) {
    b.kind = Kind::output;
    b.text = rest;
    return b;
  }
  if (const auto condition = parse_condition(text)) return *condition;
  return kForms;
}

std::string to_text(const Breakpoint& b) {
  switch (b.kind) {
    case Kind::line:
      return fmt::format("line {}", b.line);
    case Kind::task:
      return fmt::format("task {} {}", b.text, name_of(kTaskPhases, b.task_phase));
    case Kind::phase:
      return fmt::format("phase {}", name_of(kLoopPhases, b.loop_phase));
    case Kind::output:
      return "output " + b.text;
    case Kind::condition:
      break;
  }
  return fmt::format("{} {} {}", name_of(kFields, b.field), name_of(kCompares, b.compare), b.value);
}

std::optional<BreakHit> find_break(const traces::TraceStore& store,
                                   const std::vector<Breakpoint>& breakpoints, EventIndex from,
                                   EventIndex to) {
  if (breakpoints.empty() || from == to || std::max(from, to) >= store.size()) return std::nullopt;
  if (to > from) {
    Walk walk(store, breakpoints, from);
    for (EventIndex i = from + 1; i <= to; ++i)
      if (const auto hit = walk.at(i)) return BreakHit{i, *hit};
    return std::nullopt;
  }
  // Backwards in blocks: each is walked forwards, and its last hit counts.
  constexpr EventIndex kBlock = 4096;
  for (EventIndex end = from; end > to;) {
    const EventIndex begin = end > to + kBlock ? end - kBlock : to;
    std::optional<BreakHit> last;
    Walk walk(store, breakpoints, begin);
    for (EventIndex i = begin + 1; i < end; ++i)
      if (const auto hit = walk.at(i)) last = BreakHit{i, *hit};
    if (last) return last;
    if (begin == to) break;
    end = begin + 1;
  }
  return std::nullopt;
}

}  // namespace loopscope::viz
