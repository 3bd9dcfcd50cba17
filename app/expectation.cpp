#include "app/expectation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/trace/event_reader.h"

namespace loopscope::app {
namespace {

constexpr std::string_view kWild = "{*}";

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

/// A small diff: common lines around the first difference, then - expected, + got.
void diff_output(const std::vector<std::string>& expected, const std::vector<std::string>& got,
                 std::vector<std::string>& out) {
  const auto same = [&](std::size_t i, std::size_t j) { return matches(expected[i], got[j]); };
  std::size_t head = 0;
  while (head < expected.size() && head < got.size() && same(head, head)) ++head;
  if (head == expected.size() && head == got.size()) return;
  std::size_t tail = 0;
  while (tail < expected.size() - head && tail < got.size() - head &&
         same(expected.size() - 1 - tail, got.size() - 1 - tail))
    ++tail;
  out.push_back(fmt::format("output differs from line {}:", head + 1));
  if (head > 0) out.push_back("    " + got[head - 1]);
  for (std::size_t i = head; i < expected.size() - tail; ++i) out.push_back("  - " + expected[i]);
  for (std::size_t i = head; i < got.size() - tail; ++i) out.push_back("  + " + got[i]);
  if (tail > 0) out.push_back("    " + got[got.size() - tail]);
}

void compare_text(std::string_view what, const std::string& expected, const std::string& got,
                  std::vector<std::string>& out) {
  if (matches(expected, got)) return;
  out.push_back(fmt::format("{} differs:", what));
  out.push_back("  - " + (expected.empty() ? "(none)" : expected));
  out.push_back("  + " + (got.empty() ? "(none)" : got));
}

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, ", ")); }

void compare_endings(const scenarios::Expect& expect, const scenarios::RunResult& result,
                     std::vector<std::string>& out) {
  compare_text("limit", expect.limit.value_or(""), result.limit, out);
  // A limit or deadlock shows in `error` too; it is judged there only when asked for.
  if (expect.error) {
    compare_text("error", *expect.error, result.error, out);
  } else if (result.limit.empty() && !result.error.empty()) {
    out.push_back("the run ended in an error: " + result.error);
    out.push_back("  (when that is right, \"expect\" says so: \"error\": \"{its text}\", with {*} for any text)");
  }
  const bool bad_end_is_expected = expect.error || expect.limit;
  if (out.empty() && result.exit_code != 0 && !bad_end_is_expected)
    out.push_back(fmt::format("the run ended with exit code {}", result.exit_code));
}

}  // namespace

bool matches(std::string_view pattern, std::string_view line) {
  const std::size_t wild = pattern.find(kWild);
  if (wild == std::string_view::npos) return pattern == line;
  if (line.substr(0, wild) != pattern.substr(0, wild)) return false;
  pattern.remove_prefix(wild + kWild.size());
  line.remove_prefix(wild);
  // Greedy search piece by piece; the last piece must end the line.
  while (true) {
    const std::size_t next = pattern.find(kWild);
    const std::string_view piece = pattern.substr(0, next);
    if (next == std::string_view::npos) return line.size() >= piece.size() && line.ends_with(piece);
    const std::size_t found = line.find(piece);
    if (found == std::string_view::npos) return false;
    line.remove_prefix(found + piece.size());
    pattern.remove_prefix(next + kWild.size());
  }
}

Observed observe(const std::string& stdout_text, const traces::TraceStore& store, const scenarios::RunResult& result) {
  Observed observed{lines_of(stdout_text), {}, result};
  for (traces::EventIndex i = 0; i < store.size(); ++i) {
    const TraceEvent event = store.event(i);
    if (event.kind != EventKind::warning) continue;
    std::string rule(store.label(field::label(event)));
    if (std::find(observed.warnings.begin(), observed.warnings.end(), rule) == observed.warnings.end())
      observed.warnings.push_back(std::move(rule));
  }
  return observed;
}

std::vector<std::string> differences(const scenarios::Expect& expect, const Observed& observed) {
  std::vector<std::string> out;
  if (expect.output) diff_output(*expect.output, observed.output, out);
  compare_endings(expect, observed.result, out);
  if (expect.duration && std::abs(*expect.duration - observed.result.duration) > 1e-9)
    out.push_back(fmt::format("duration differs: expected {} s, got {} s", *expect.duration, observed.result.duration));
  if (expect.warnings && *expect.warnings != observed.warnings)
    out.push_back(fmt::format("warnings differ: expected [{}], got [{}]", joined(*expect.warnings), joined(observed.warnings)));
  return out;
}

}  // namespace loopscope::app
