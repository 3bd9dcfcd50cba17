#include "traces/summary.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "core/trace/event_reader.h"
#include "core/trace/event_schema.h"
#include "traces/narration.h"
#include "traces/task_names.h"

namespace loopscope::traces {
namespace {

using Json = nlohmann::ordered_json;

std::string outcome_of(const TaskState& task) {
  switch (task.phase) {
    case TaskPhase::done:
      return "returned";
    case TaskPhase::failed:
      return "raised";
    case TaskPhase::cancelled:
      return "cancelled";
    default:
      return "pending";
  }
}

void add_tasks(const TraceStore& store, const LoopState& last, TraceSummary& summary) {
  for (const TaskId id : store.tasks()) {
    const TaskState* task = last.task(id);
    if (task == nullptr) continue;
    const auto created = store.created_at(id), done = store.done_at(id);
    summary.tasks.push_back({.id = id,
                             .title = task_title(store, *task),
                             .name = std::string(store.label(task->name)),
                             .outcome = outcome_of(*task),
                             .value = task->result,
                             .steps = task->steps,
                             .created = created ? store.event(*created).ts : 0,
                             .ended = done ? store.event(*done).ts : summary.last});
  }
}

void add_problems(const TraceStore& store, TraceSummary& summary) {
  for (const EventIndex i : store.problems()) {
    const TraceEvent e = store.event(i);
    TraceSummary::Problem problem{.event = i, .ts = e.ts, .kind = "error", .text = {}};
    if (e.kind == EventKind::gap) {
      problem.kind = "gap";
      problem.text = fmt::format("{} events were lost", field::n(e));
    } else {
      if (e.kind == EventKind::warning) problem.kind = store.label(field::label(e));
      problem.text = store.text(i, TextField::text).value_or("");
      problem.line = field::line(e);
    }
    summary.problems.push_back(std::move(problem));
  }
}

std::string seconds(std::int64_t ns) { return format_seconds(static_cast<double>(ns) / 1e9); }

std::string plural(std::size_t n, std::string_view one) {
  return fmt::format("{} {}{}", n, one, n == 1 ? "" : "s");
}

constexpr std::size_t kWhole = 1000;  // characters: enough for who waits for whom in a deadlock

// Text that a terminal shows on one line.
std::string shown(std::string_view text, std::size_t most = 80) {
  std::string line(text);
  for (char& c : line)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return cut(line, most);
}

void append_kinds(const TraceSummary& s, std::string& out) {
  std::vector<std::pair<std::size_t, EventKind>> kinds;
  for (int k = 0; k < kEventKinds; ++k)
    if (const std::size_t n = s.kinds[static_cast<std::size_t>(k)])
      kinds.emplace_back(n, static_cast<EventKind>(k));
  std::stable_sort(kinds.begin(), kinds.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  out += "\nevents\n";
  for (const auto& [n, kind] : kinds)
    fmt::format_to(std::back_inserter(out), "  {:>9}  {}\n", n, to_string(kind));
}

void append_tasks(const TraceSummary& s, std::string& out) {
  if (s.tasks.empty()) return;
  out += "\ntasks\n";
  constexpr std::size_t kMost = 50;
  for (std::size_t i = 0; i < std::min(s.tasks.size(), kMost); ++i) {
    const auto& task = s.tasks[i];
    const std::string value = task.value.empty() ? "" : " " + shown(task.value);
    fmt::format_to(std::back_inserter(out), "  {}  {}  {} to {}  {}{}\n", shown(task.title),
                   plural(task.steps, "step"), seconds(task.created),
                   task.outcome == "pending" ? "the end" : seconds(task.ended), task.outcome, value);
  }
  if (s.tasks.size() > kMost) out += fmt::format("  and {} more\n", s.tasks.size() - kMost);
}

void append_findings(const TraceSummary& s, std::string& out) {
  if (s.findings.empty()) return;
  out += "\nfindings\n";
  for (const Finding& f : s.findings) {
    fmt::format_to(std::back_inserter(out), "  {}  event {}  {}{}\n", f.rule, f.at + 1, shown(f.title),
                   f.times > 1 ? fmt::format(" (and {} more like it)", f.times - 1) : "");
    if (!f.place.empty()) out += "    " + shown(f.place, kWhole) + "\n";
    if (!f.remedy.empty()) out += "    try: " + f.remedy + "\n";
  }
}

Json json_of(const Finding& f) {
  Json json{{"rule", f.rule},        {"level", to_string(f.level)},
            {"title", f.title},      {"place", f.place},
            {"why", f.why},          {"remedy", f.remedy},
            {"event", f.at + 1},     {"from_event", f.begin + 1},
            {"to_event", f.end + 1}, {"task", nullptr},
            {"line", nullptr},       {"times", f.times}};
  if (f.task) json["task"] = f.task.value;
  if (f.line != 0) json["line"] = f.line;
  return json;
}

}  // namespace

std::uint64_t TraceSummary::iterations() const {
  std::uint64_t all = 0;
  for (const Loop& loop : loops) all += loop.iterations;
  return all;
}

TraceSummary summarize(const TraceStore& store) {
  TraceSummary summary;
  summary.header = store.header();
  summary.events = store.size();
  if (summary.events == 0) return summary;
  for (EventIndex i = 0; i < summary.events; ++i)
    ++summary.kinds[static_cast<std::size_t>(store.event(i).kind)];
  summary.first = store.event(0).ts;
  summary.last = store.event(summary.events - 1).ts;
  const LoopState last = store.state_at(summary.events - 1);
  std::unordered_map<LoopId, std::uint64_t> iterations;
  for (const IterationSpan& span : store.iterations()) ++iterations[span.loop];
  for (const OneLoopState& loop : last.loops)
    summary.loops.push_back({.id = loop.id,
                             .model = std::string(store.label(loop.model)),
                             .iterations = iterations[loop.id],
                             .closed = loop.closed});
  for (const ThreadState& thread : last.threads) summary.threads.emplace_back(store.label(thread.name));
  summary.outputs = last.outputs;
  add_tasks(store, last, summary);
  add_problems(store, summary);
  summary.findings = find_all(store);
  return summary;
}

TraceSummary summarize(const ReadTrace& trace) {
  TraceSummary summary = summarize(*trace.store);
  summary.unknown_kinds = trace.unknown_kinds;
  summary.unknown_fields = trace.unknown_fields;
  summary.cut_last_line = trace.cut_last_line;
  return summary;
}

std::string summary_text(const TraceSummary& s) {
  std::string out;
  const auto add = [&out](const std::string& line) { out += line + "\n"; };
  if (!s.header.title.empty()) add(shown(s.header.title));
  add(fmt::format("{} on {} loop{}, {}, {} of {} clock, {}", plural(s.iterations(), "iteration"),
                  s.loops.size(), s.loops.size() == 1 ? "" : "s", plural(s.tasks.size(), "task"),
                  seconds(s.last - s.first), shown(s.header.clock), plural(s.events, "event")));
  add(fmt::format("model {}, made by {}", shown(s.header.model),
                  s.header.producer.empty() ? "?" : shown(s.header.producer)));
  add(fmt::format("{}, {}", plural(s.outputs, "line") + " of output", plural(s.threads.size(), "thread")));
  if (s.cut_last_line) add("The last line is cut off; the trace ends before it.");
  if (s.unknown_kinds + s.unknown_fields > 0)
    add(fmt::format("Not understood, left out: {}, {}.", plural(s.unknown_kinds, "event"),
                    plural(s.unknown_fields, "field")));
  append_tasks(s, out);
  if (!s.problems.empty()) out += "\nerrors and warnings\n";
  for (const auto& p : s.problems)
    add(fmt::format("  {}  event {}  {}{}: {}", seconds(p.ts), p.event + 1, shown(p.kind),
                    p.line != 0 ? fmt::format(" at line {}", p.line) : "", shown(p.text, kWhole)));
  append_findings(s, out);
  append_kinds(s, out);
  return out;
}

std::string summary_json(const TraceSummary& s) {
  Json json;
  json["title"] = s.header.title;
  json["producer"] = s.header.producer;
  json["clock"] = s.header.clock;
  json["model"] = s.header.model;
  json["events"] = s.events;
  json["iterations"] = s.iterations();
  json["duration"] = static_cast<double>(s.last - s.first) / 1e9;
  json["outputs"] = s.outputs;
  json["threads"] = s.threads;
  json["loops"] = Json::array();
  for (const auto& loop : s.loops)
    json["loops"].push_back({{"id", loop.id.value},
                             {"model", loop.model},
                             {"iterations", loop.iterations},
                             {"closed", loop.closed}});
  json["tasks"] = Json::array();
  for (const auto& t : s.tasks) {
    Json task{{"id", t.id.value},
              {"title", t.title},
              {"name", t.name},
              {"outcome", t.outcome},
              {"value", nullptr},
              {"steps", t.steps},
              {"created", static_cast<double>(t.created) / 1e9},
              {"ended", nullptr}};
    if (!t.value.empty()) task["value"] = t.value;
    if (t.outcome != "pending") task["ended"] = static_cast<double>(t.ended) / 1e9;
    json["tasks"].push_back(std::move(task));
  }
  json["problems"] = Json::array();
  for (const auto& p : s.problems) {
    Json problem{{"event", p.event + 1},
                 {"time", static_cast<double>(p.ts) / 1e9},
                 {"kind", p.kind},
                 {"text", p.text},
                 {"line", nullptr}};
    if (p.line != 0) problem["line"] = p.line;
    json["problems"].push_back(std::move(problem));
  }
  json["findings"] = Json::array();
  for (const Finding& f : s.findings) json["findings"].push_back(json_of(f));
  json["kinds"] = Json::object();
  for (int k = 0; k < kEventKinds; ++k)
    if (const std::size_t n = s.kinds[static_cast<std::size_t>(k)])
      json["kinds"][std::string(to_string(static_cast<EventKind>(k)))] = n;
  json["unknown_kinds"] = s.unknown_kinds;
  json["unknown_fields"] = s.unknown_fields;
  json["cut_last_line"] = s.cut_last_line;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace loopscope::traces
