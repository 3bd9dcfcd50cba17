#include "viz/panels/timeline_labels.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "traces/narration.h"
#include "viz/panels/fit.h"

namespace loopscope::viz {
namespace {

using Iteration = TimelineModel::Iteration;

/// "1 2 3", "5 … 12": the iterations that have events in [begin, end).
std::string iterations_text(const TimelineModel::LoopTrack& track, EventIndex begin, EventIndex end) {
  const auto& all = track.iterations;
  const auto first =
      std::partition_point(all.begin(), all.end(), [&](const Iteration& i) { return i.end <= begin; });
  const auto last = std::partition_point(first, all.end(), [&](const Iteration& i) { return i.begin < end; });
  const auto count = last - first;
  if (count == 0) return {};
  if (count > 3 || (count > 1 && std::prev(last)->n >= 100))
    return fmt::format("{} … {}", grouped(first->n), grouped(std::prev(last)->n));
  std::string text;
  for (auto it = first; it != last; ++it) text += (text.empty() ? "" : " ") + std::to_string(it->n);
  return text;
}

}  // namespace

bool Taken::claim(float x0, float x1, float gap) {
  for (const auto& [a, b] : spans_)
    if (x0 < b + gap && x1 > a - gap) return false;
  spans_.emplace_back(x0, x1);
  return true;
}

std::string clock_text(std::int64_t ns) { return traces::format_seconds(static_cast<double>(ns) / 1e9); }

void draw_pill(TimelineContext& c, float x, float y, std::string_view label, bool now) {
  Paint& paint = c.paint;
  const Theme& theme = paint.theme();
  TextStyle style{12, Face::mono_semibold, now ? theme.panel : theme.dim, Align::center};
  const float w = paint.width(label, style) + paint.s(12);
  paint.rect({x - w / 2, y - paint.s(9), w, paint.s(18)}, now ? theme.text : theme.raised, paint.s(4));
  paint.text(x, y + paint.s(4.4F), label, style);
}

std::vector<PillPlace> place_pills(const TimelineContext& c, float left, float right, EventIndex first,
                                   EventIndex last, const std::function<float(std::int64_t)>& x_of,
                                   std::size_t most) {
  std::vector<PillPlace> pills;
  if (!c.track) return pills;
  const TextStyle style{12, Face::mono_semibold};
  Taken taken;
  const auto place = [&](const Instant& instant, bool now) {
    const std::string label = iterations_text(*c.track, instant.begin, instant.end);
    if (label.empty()) return;
    const float w = c.paint.width(label, style) + c.paint.s(12);
    const float x = std::clamp(x_of(instant.ts), left + w / 2, std::max(left + w / 2, right - w / 2));
    if (std::abs(x - x_of(instant.ts)) > w) return;  // out of sight
    if (taken.claim(x - w / 2, x + w / 2, c.paint.s(24))) pills.push_back({x, label, now});
  };
  const Instant at_cursor = instant_of(c.frame.store, c.frame.size, c.frame.cursor);
  place(at_cursor, true);
  for (EventIndex i = first; i < last && pills.size() < most;) {
    const Instant instant = instant_of(c.frame.store, c.frame.size, i);
    if (instant.begin != at_cursor.begin) place(instant, false);
    // On to the first instant that stands 20 pixels further right.
    const float next_x = x_of(instant.ts) + c.paint.s(20);
    EventIndex low = instant.end, high = last;
    while (low < high) {
      const EventIndex middle = low + (high - low) / 2;
      if (x_of(c.frame.store.event(middle).ts) < next_x)
        low = middle + 1;
      else
        high = middle;
    }
    i = low;
  }
  return pills;
}

}  // namespace loopscope::viz
