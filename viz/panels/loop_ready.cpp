// The ready queue: a numbered conveyor with the snapshot's bracket below.
#include <fmt/format.h>

#include "core/trace/event_reader.h"
#include "viz/panels/loop_scene.h"

namespace loopscope::viz {
namespace {

using traces::LoopPhase;
using traces::OneLoopState;
using traces::QueuedHandle;

const QueuedHandle& at(const OneLoopState& l, std::size_t i) { return l.ready[l.ready_head + i]; }

std::optional<Rect> old_place(const LoopScene& scene, HandleId handle) {
  if (!scene.from) return std::nullopt;
  const std::size_t n = scene.from->ready_count();
  const ReadyLayout old = layout_ready(scene.layout.queue, n, scene.frame.scale);
  for (std::size_t i = 0; i < std::min(n, old.places.size() + 1); ++i)
    if (at(*scene.from, i).handle == handle) return ready_place(old, i);
  return std::nullopt;
}

/// What this loop's model runs next, from the head, and the words for it.
struct NextRun {
  std::size_t count = 0;  ///< handles that the bracket stands under
  bool all = false;       ///< no bracket: whatever joins runs too
  std::string text;
};

/// drain: the queue is run until it is empty.
NextRun until_empty(const OneLoopState& l, std::size_t n) {
  const std::string next = grouped(l.iteration + 1);
  if (!l.running) return {0, n > 0, n ? "waits for the loop to run" : ""};
  if (l.phase == LoopPhase::run) {
    if (n > 0)
      return {0, true, "no snapshot: run goes on until the queue is empty, so what joins now still runs"};
    return {0, false, l.running_handle ? "run ends with this handle, unless it queues another" : ""};
  }
  const bool before_run = !l.in_iteration || l.phase == LoopPhase::between;
  if (n == 0) return {};
  return {0, true,
          l.in_iteration && !before_run ? "run comes first in iteration " + next + ", and takes all of them"
                                        : "no snapshot: run takes all of them, and what they queue"};
}

/// asyncio: an iteration runs the handles that were ready when it came to run.
NextRun snapshot(const OneLoopState& l, std::size_t n, bool brief) {
  const std::string next = grouped(l.iteration + 1);
  if (!l.running) return {n, false, n ? "waits for the loop to run" : ""};
  if (l.phase == LoopPhase::run) {
    const std::size_t later = n - std::min(n, l.snapshot_left);
    if (l.snapshot_left == 0) {
      if (n == 0)
        return {0, false, l.running_handle ? "the snapshot is used up: this is its last handle" : ""};
      return {0, false,
              brief ? "for iteration " + next
                    : "the snapshot is used up: what stands here joined later and waits for iteration " +
                          next + "."};
    }
    if (later > 0)
      return {l.snapshot_left, false,
              fmt::format("{} of the snapshot still to run; {} wait{} for iteration {}.", l.snapshot_left,
                          grouped(later), later == 1 ? "s" : "", next)};
    return {l.snapshot_left, false,
            brief ? "snapshot: what “run” still runs in this iteration"
                  : "the snapshot: what “run” still runs in this iteration. Later arrivals wait for "
                    "iteration " +
                        next + "."};
  }
  if (n == 0) return {};
  if (!l.in_iteration) return {n, false, "these run in iteration " + next + ", with what I/O and timers add"};
  return {n, false,
          brief ? "snapshot: what “run” runs in this iteration"
                : "the snapshot: what “run” will run in this iteration. Later arrivals wait for iteration " +
                      next + "."};
}

/// The handles that stand in the queue, and the one that is just coming.
std::size_t place_count(const LoopScene& scene) { return scene.loop.ready_count() + (scene.limbo ? 1 : 0); }

NextRun next_run(const LoopScene& scene, bool brief) {
  const OneLoopState& l = scene.loop;
  const std::size_t n = place_count(scene);
  if (!l.id || l.closed) return {};
  switch (l.order) {
    case traces::RunOrder::one:
      return {std::min<std::size_t>(n, 1), false, n ? "one turn runs one task, then the clock moves on" : ""};
    case traces::RunOrder::until_empty:
      return until_empty(l, n);
    case traces::RunOrder::snapshot:
      break;
  }
  return snapshot(l, n, brief);
}

/// An arrow along the whole row, towards its head: all of it runs, however long it grows.
float draw_flow(LoopScene& scene, const ReadyLayout& row, float y, Color color) {
  Paint& p = scene.paint;
  const float left = row.places.front().x + p.s(1), right = row.places.back().right();
  p.line({left + p.s(4), y}, {right, y}, color, p.s(1.8F));
  p.arrow_head({left, y}, 3.14159F, p.s(6), color);
  return right;
}

void draw_bracket(LoopScene& scene, const ReadyLayout& row) {
  Paint& p = scene.paint;
  const Theme& t = p.theme();
  const Rect& queue = scene.layout.queue;
  const NextRun next = next_run(scene, scene.layout.small);
  const Bracket b = snapshot_bracket(row, next.count);
  // Under low chips the bracket comes up with them.
  const float y = row.crowded ? row.places.front().bottom() + p.s(8) : scene.layout.bracket_y;
  if (y + p.s(5) > scene.layout.bottom) return;  // no room below the chips
  const Color amber = t.run_edge.alpha > 0 ? t.run_edge : t[Hue::run].fill;
  const float w = p.s(1.8F), drop = p.s(5);
  float right = b.right;
  if (!b.empty()) {
    std::vector<Vec2> points{{b.left + p.s(1), y}, {b.left + p.s(1), y + drop}, {b.right - p.s(1), y + drop}};
    if (!b.open) points.push_back({b.right - p.s(1), y});
    p.polyline(points, amber, w);
  } else if (next.all) {
    right = draw_flow(scene, row, y + p.s(1), amber);
  }
  if (next.text.empty()) return;
  const bool drawn = next.all || !b.empty();
  const TextStyle style{12, Face::regular, t.dim};
  float x = drawn ? right + p.s(10) : queue.x, baseline = y + p.s(9);
  if (drawn && queue.right() - x < p.width(next.text, style)) {
    // No room beside the bracket: below it.
    x = queue.x;
    baseline = y + drop + p.s(15);
  }
  if (baseline > scene.layout.bottom) baseline = scene.layout.bottom;
  p.text(x, baseline, next.text, {12, Face::regular, t.dim, Align::left, queue.right() - x});
}

void draw_target(LoopScene& scene, const Rect& r, std::size_t index, bool crowded) {
  Paint& p = scene.paint;
  const Theme& t = p.theme();
  const FlyingChip& chip = scene.limbo ? *scene.limbo : *scene.flying;
  const bool flash = scene.view.reduced_motion && scene.flying;
  const Color hue = t[chip.hue].fill;
  p.rect(r, flash ? hue.with_alpha(.30F) : t.raised, p.s(8), {hue, p.s(2), true});
  const std::uint32_t id = chip.flight.handle.value;
  const float room = r.w - p.s(10), cx = r.center().x;
  if (crowded) {
    p.text(cx, r.center().y + p.s(4.4F), fmt::format("#{}", id),
           {12, Face::semibold, t.text, Align::center, room});
    return;
  }
  p.text(cx, r.y + p.s(22), fmt::format("#{} lands here", id),
         {13, Face::semibold, t.text, Align::center, room});
  const std::string where = index == 0 ? (scene.loop.running_handle ? "next in the queue" : "runs next")
                                       : fmt::format("behind {}", index == 1 ? "one" : std::to_string(index));
  p.text(cx, r.y + p.s(39), where, {12, Face::regular, t.dim, Align::center, room});
}

/// A crowded chip has room for the name only, in one row or two: a task's own name where it is whole so,
/// else its badge, which tells it from its siblings.
std::vector<std::string> crowded_name(const LoopScene& scene, const QueuedHandle& handle,
                                      const std::string& title, float width) {
  const TextStyle style{12, Face::semibold};
  const float room = width - scene.paint.s(27);
  const std::string name = title.substr(0, title.find(" · "));
  const auto is_whole = [](const auto& rows) { return rows.front().find("…") == std::string::npos; };
  auto rows = two_rows(scene.paint, name, style, room);
  const TaskId task = handle.task ? handle.task : handle.timer_task;
  // Of "say('hello')" the function's name.
  if (!task && !is_whole(rows)) rows = two_rows(scene.paint, name.substr(0, name.find('(')), style, room);
  if (!task || is_whole(rows)) return rows;
  return {fit_name(scene.paint, traces::task_badge(scene.frame.store, scene.state(), task), style, room)};
}

void draw_handle(LoopScene& scene, const Rect& place, const QueuedHandle& handle, bool crowded) {
  Paint& p = scene.paint;
  Rect r = place;
  if (const auto old = old_place(scene, handle.handle))
    r = between(*old, place, first_part(scene.progress, .7F));
  const Look look =
      react(scene, r, selection_of(handle), handle.queued_at, [&] { return handle_tip(scene, handle); });
  const auto [title, detail] = traces::handle_title(scene.frame.store, scene.state(), handle);
  const Paint::ChipLook chip{hue_of(handle.cause),
                             glyph_of(handle.cause),
                             look.hot || scene.touch.handle == handle.handle,
                             false,
                             handle.cancelled,
                             look.focused,
                             1};
  if (crowded)
    p.mini_chip(r, crowded_name(scene, handle, title, r.w), chip);
  else
    p.chip(r, title, detail, chip);
}

/// "3 waiting · 1 arriving", "empty".
std::string count_text(const LoopScene& scene) {
  const OneLoopState& l = scene.loop;
  std::size_t n = l.ready_count();
  const bool arriving =
      scene.flying && !scene.flying->backwards && scene.flying->flight.to == Station::queue && n > 0;
  if (arriving) --n;
  if (arriving || scene.limbo) return grouped(n) + " waiting · 1 arriving";
  if (n == 0) return "empty";
  std::string text = grouped(n) + " waiting";
  const std::uint64_t since = at(l, 0).queued_at;
  if (since < scene.frame.size) {
    const double waited = scene.now - static_cast<double>(scene.frame.store.event(since).ts) / 1e9;
    if (waited > 1e-3) text += " · oldest for " + traces::format_seconds(waited);
  }
  return text;
}

}  // namespace

void draw_ready_queue(LoopScene& scene) {
  Paint& p = scene.paint;
  const Theme& t = p.theme();
  const OneLoopState& l = scene.loop;
  const Rect& queue = scene.layout.queue;
  const float title_y = scene.layout.queue_title_y;
  const float used = p.text(queue.x, title_y, "Ready queue", {15, Face::semibold, t.text});
  if (l.id)
    p.text(queue.x + used + p.s(10), title_y, count_text(scene),
           {12, Face::regular, t.dim, Align::left, queue.w - used - p.s(10)});
  const ReadyLayout row = layout_ready(queue, place_count(scene), scene.frame.scale);
  const std::size_t there = std::min(row.shown, l.ready_count());
  for (std::size_t i = 0; i < row.places.size(); ++i) {
    const bool lands =
        i < there ? scene.lands_at(Station::queue, at(l, i).handle) : scene.limbo && i == l.ready_count();
    if (lands) draw_target(scene, row.places[i], i, row.crowded);
    if (i < there || lands) continue;
    p.rect(row.places[i], {0, 0}, p.s(8), {t.line, p.s(1), true});
    p.text(row.places[i].center().x, row.places[i].center().y + p.s(4.5F), std::to_string(i + 1),
           {13, Face::mono, t.faint, Align::center});
  }
  for (std::size_t i = 0; i < there; ++i)
    if (!scene.lands_at(Station::queue, at(l, i).handle))
      draw_handle(scene, row.places[i], at(l, i), row.crowded);
  if (row.hidden)
    p.text(row.more.center().x, row.more.center().y + p.s(4.5F), "+" + grouped(row.hidden),
           {13, Face::mono_semibold, t.dim, Align::center, row.more.w});
  draw_bracket(scene, row);
}

}  // namespace loopscope::viz
