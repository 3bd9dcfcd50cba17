// What the timeline says about the block under the pointer.
#include <fmt/format.h>
#include <string>

#include "traces/narration.h"
#include "viz/panels/fit.h"
#include "viz/panels/timeline_labels.h"

namespace loopscope::viz {
namespace {

constexpr double kDelay = 0.3;

std::string_view doing(traces::TaskPhase phase) {
  using P = traces::TaskPhase;
  switch (phase) {
    case P::ready:
      return "is ready";
    case P::running:
      return "runs";
    case P::sleeping:
      return "sleeps";
    case P::io:
      return "waits for I/O";
    case P::waiting:
      return "waits";
    case P::job:
      return "waits for a job";
    case P::done:
      return "is done";
    case P::failed:
      return "has failed";
    case P::cancelled:
      return "was cancelled";
  }
  return {};
}

std::string extent(const TimelineContext& c, const traces::TaskInterval& interval) {
  const std::size_t last = std::min(interval.end, c.frame.size) - 1;
  const std::int64_t from = c.frame.store.event(interval.begin).ts;
  const std::int64_t to = c.frame.store.event(std::min(interval.end, c.frame.size - 1)).ts;
  const std::string events =
      last > interval.begin ? fmt::format("events {} to {}", grouped(interval.begin + 1), grouped(last + 1))
                            : fmt::format("event {}", grouped(last + 1));
  if (interval.end >= c.frame.size) return fmt::format("{} on, from {}", events, clock_text(from));
  if (from == to) return fmt::format("{}, all at {}", events, clock_text(from));
  return fmt::format("{}, {} to {}: {} long", events, clock_text(from), clock_text(to),
                     clock_text(to - from));
}

}  // namespace

void draw_timeline_tip(TimelineContext& c, const Pointer& pointer) {
  const auto row = c.geometry.lane_at(pointer.at.y, c.scroll);
  if (!row || !pointer.over(c.geometry.plot()) || pointer.down) return;
  const auto& task = c.model.tasks()[c.lanes[*row].index];
  const Selection what{Selection::Kind::task, task.task.value};
  if (c.view.hovered != what || c.frame.clock - c.view.hovered_since < kDelay) return;
  const auto* interval = task.interval_at(c.axis.event_at(pointer.at.x));
  if (!interval || interval->begin >= c.frame.size) return;

  Paint& paint = c.paint;
  const Theme& theme = paint.theme();
  const Rect panel = c.frame.layout.timeline;
  const TextStyle head{14, Face::semibold, theme.text, Align::left, paint.s(396)};
  const TextStyle body{12, Face::regular, theme.dim, Align::left, paint.s(396)};
  const std::string title = fmt::format("{} {}", task.badge, doing(interval->phase)),
                    text = extent(c, *interval);
  const float w =
      std::min(std::max(paint.width(title, head), paint.width(text, body)), paint.s(396)) + paint.s(20);
  const float h = paint.s(54);
  Rect r{pointer.at.x + paint.s(12), pointer.at.y - h - paint.s(12), w, h};
  if (r.y < panel.y + paint.s(4)) r.y = pointer.at.y + paint.s(20);
  r.x = std::clamp(r.x, panel.x + paint.s(4), std::max(panel.x + paint.s(4), panel.right() - w - paint.s(4)));
  r.y = std::clamp(r.y, panel.y, std::max(panel.y, panel.bottom() - h - paint.s(4)));
  paint.rect(r, theme.raised, paint.s(6), {theme.strong, paint.s(1)});
  paint.text(r.x + paint.s(10), r.y + paint.s(22), title, head);
  paint.text(r.x + paint.s(10), r.y + paint.s(41), text, body);
}

}  // namespace loopscope::viz
