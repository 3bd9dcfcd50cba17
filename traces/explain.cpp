#include "traces/explain.h"

#include <fmt/format.h>

#include "traces/fold.h"
#include "traces/narration.h"

namespace loopscope::traces {
namespace {

// "Iteration 3" of "Iteration 3 · timers": what stands above the lines.
std::string_view group_of(const std::string& place) {
  const std::size_t iteration = place.find("teration ");
  if (iteration == std::string::npos) return place;
  const std::size_t dot = place.find(" · ", iteration);
  return std::string_view(place).substr(0, dot);
}

std::string_view rest_of(const std::string& place, std::string_view group) {
  return place.size() > group.size()
             ? std::string_view(place).substr(group.size() + std::string_view(" · ").size())
             : std::string_view();
}

// Text that Markdown would take for markup.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\`*_<>[]#|").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

class Explainer {
 public:
  Explainer(const TraceStore& store, ExplainAs as) : store_(store), markdown_(as == ExplainAs::markdown) {}

  void title(std::string& out) const {
    const std::string& title = store_.header().title;
    if (title.empty()) return;
    out += markdown_ ? "# " + escaped(title) + "\n" : title + "\n";
  }

  void event(std::string& out, EventIndex i) {
    const LoopState before = i == 0 ? LoopState{} : std::move(after_);
    after_ = before;
    apply(after_, store_, store_.event(i), i);
    const Narration told = narrate(store_, i, before, after_);
    const std::string_view group = group_of(told.place);
    if (group != group_) head(out, group);
    const std::string_view phase = rest_of(told.place, group);
    if (markdown_)
      out += fmt::format("- {}{}\n", phase.empty() ? "" : fmt::format("**{}** ", phase), escaped(told.text));
    else
      out += fmt::format("{:>7}  {:<7} {}\n", i + 1, phase, told.text);
  }

 private:
  void head(std::string& out, std::string_view group) {
    group_ = group;
    const std::string time = format_seconds(static_cast<double>(after_.now) / 1e9);
    out += markdown_ ? fmt::format("\n## {} ({})\n\n", group, time) : fmt::format("\n{} ({})\n", group, time);
  }

  const TraceStore& store_;
  const bool markdown_;
  LoopState after_;
  std::string group_;
};

}  // namespace

bool explain(const TraceStore& store, ExplainAs as, std::function<bool(std::string_view)> write_bytes) {
  constexpr std::size_t kFull = 1 << 16;
  Explainer explainer(store, as);
  std::string out;
  explainer.title(out);
  const std::size_t size = store.size();
  for (EventIndex i = 0; i < size; ++i) {
    explainer.event(out, i);
    if (out.size() < kFull) continue;
    if (!write_bytes(out)) return false;
    out.clear();
  }
  return out.empty() || write_bytes(out);
}

}  // namespace loopscope::traces
