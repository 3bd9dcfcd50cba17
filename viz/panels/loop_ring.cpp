// The ring of phases, what stands inside it, and the running slot.
#include <cmath>
#include <fmt/format.h>
#include <numbers>

#include "core/trace/event_reader.h"
#include "viz/panels/loop_scene.h"

namespace loopscope::viz {
namespace {

using traces::LoopPhase;
using traces::OneLoopState;

/// What an arc of the ring stands for: a phase of an iteration, or a part of a turn.
struct RingPart {
  std::string_view name;
  Hue hue;
};
constexpr std::array<RingPart, kRingPhases> kPhases{
    {{"select", Hue::ready}, {"I/O", Hue::io}, {"timers", Hue::timer}, {"run", Hue::run}}};
constexpr std::array<RingPart, kTurnParts> kTurn{
    {{"take", Hue::ready}, {"run", Hue::run}, {"push", Hue::ready}, {"clock", Hue::timer}}};
static_assert(kRingPhases == kTurnParts);

const RingPart& part_of(const LoopScene& scene, int index) {
  return (goes_by_turns(scene.loop) ? kTurn : kPhases)[static_cast<std::size_t>(index)];
}

bool exists(const LoopScene& scene) { return static_cast<bool>(scene.loop.id); }

/// The arc that the cursor's event belongs to.
std::optional<int> lit_part(const LoopScene& scene) {
  if (!goes_by_turns(scene.loop)) return ring_index(scene.loop.phase);
  const auto part = turn_part(scene.state(), scene.loop, scene.event.kind);
  return part ? std::optional(static_cast<int>(*part)) : std::nullopt;
}

/// Whether the hue is the amber that needs an edge on white.
bool needs_edge(const Theme& theme, Hue hue) { return hue == Hue::run && theme.run_edge.alpha > 0; }

/// The figure in a phase's pill.
std::string count_of(const LoopScene& scene, int index) {
  const OneLoopState& l = scene.loop;
  if (!exists(scene)) return {};
  if (goes_by_turns(l)) return index == 0 ? grouped(l.ready_count()) : std::string();
  switch (index) {
    case 0:
      if (l.selecting) return l.select_timeout ? short_seconds(*l.select_timeout) : "∞";
      return l.has_selected ? short_seconds(static_cast<double>(l.select_waited) / 1e9) : std::string();
    case 1:
      return grouped(l.io_queued);
    case 2:
      return grouped(l.promoted);
    default:
      return grouped(l.phase == LoopPhase::run ? l.snapshot_left + (l.running_handle ? 1 : 0)
                                               : l.ready_count());
  }
}

void draw_arc(LoopScene& scene, int index, bool lit) {
  Paint& p = scene.paint;
  const Theme& t = p.theme();
  const MachineLayout& m = scene.layout;
  const float middle = ring_degrees(index);
  const Hue kind = part_of(scene, index).hue;
  const Color hue = t[kind].fill;
  if (lit && needs_edge(t, kind))
    p.arc(m.center, m.radius, middle - kArcHalf - 0.5F, middle + kArcHalf + 0.5F, t.run_edge,
          m.stroke + p.s(2));
  p.arc(m.center, m.radius, middle - kArcHalf, middle + kArcHalf, lit ? hue : t.line, m.stroke);
  if (lit)
    p.arc(m.center, m.radius + m.stroke / 2 + p.s(5), middle - kArcHalf, middle + kArcHalf,
          hue.with_alpha(.55F), p.s(2));
  // A small triangle in the gap shows the way round.
  const float gap = (middle + kArcHalf + kGapHalf) * std::numbers::pi_v<float> / 180;
  const float ahead = gap + std::numbers::pi_v<float> / 2;
  const Vec2 at = ring_point(m, middle + kArcHalf + kGapHalf);
  p.arrow_head({at.x + p.s(5) * std::cos(ahead), at.y + p.s(5) * std::sin(ahead)}, ahead, p.s(5),
               lit ? hue : t.strong);
}

void draw_pill(LoopScene& scene, int index, bool lit) {
  Paint& p = scene.paint;
  const Theme& t = p.theme();
  const Rect& r = scene.layout.pills[static_cast<std::size_t>(index)];
  const RingPart& part = part_of(scene, index);
  const HueColors& hue = t[part.hue];
  const bool edged = lit && needs_edge(t, part.hue);
  const float moat = p.s(3);
  p.rect({r.x - moat, r.y - moat, r.w + 2 * moat, r.h + 2 * moat}, t.panel, r.h / 2 + moat);
  p.rect(r, lit ? hue.fill : t.raised, r.h / 2, {edged ? t.run_edge : lit ? hue.fill : t.strong, p.s(1.5F)});

  const std::string_view name = part.name;
  std::string count = count_of(scene, index);
  TextStyle label{lit ? 17.0F : 15.0F, lit ? Face::bold : Face::semibold, lit ? hue.ink : t.dim};
  TextStyle figure{13, Face::mono_semibold, lit ? hue.ink : t.faint};
  const auto total = [&] {
    return p.width(name, label) + (count.empty() ? 0 : p.width(count, figure) + p.s(8));
  };
  const float room = r.w - p.s(20);
  if (total() > room) label.size = lit ? 14 : 15, figure.size = 12;
  if (total() > room) label.size = 14;
  if (total() > room) label.size = 12;
  if (total() > r.w - p.s(8)) count.clear();  // the name matters more
  const float x = r.center().x - total() / 2, y = r.center().y;
  const float w = p.text(x, y + p.s(label.size * .36F), name, label);
  if (!count.empty()) p.text(x + w + p.s(8), y + p.s(5), count, figure);
}

/// Where the marker stood before the step that is under way.
std::optional<float> marker_before(const LoopScene& scene) {
  if (!scene.from) return std::nullopt;
  const TraceEvent event = scene.frame.store.event(scene.frame.transition.from);
  if (!goes_by_turns(scene.loop))
    return marker_degrees(scene.layout, *scene.from, event.kind, static_cast<double>(event.ts) / 1e9);
  return turn_degrees(scene.layout, scene.frame.before, *scene.from, event.kind);
}

void draw_marker(LoopScene& scene, std::optional<int> lit) {
  auto at = goes_by_turns(scene.loop)
                ? turn_degrees(scene.layout, scene.state(), scene.loop, scene.event.kind)
                : marker_degrees(scene.layout, scene.loop, scene.event.kind, scene.now);
  if (!at) return;
  if (const auto before = marker_before(scene)) at = between_degrees(*before, *at, scene.progress);
  Paint& p = scene.paint;
  const Vec2 c = ring_point(scene.layout, *at);
  const float r = scene.layout.stroke / 2;
  p.circle(c, r + p.s(3), p.theme().panel);
  p.circle(c, r, p.theme().text);
  p.circle(c, r - p.s(4), lit ? p.theme()[part_of(scene, *lit).hue].fill : p.theme().strong);
}

/// The two lines of an empty slot.
std::pair<std::string, std::string> empty_slot(const LoopScene& scene) {
  const OneLoopState& l = scene.loop;
  if (!exists(scene)) {
    if (!scene.frame.store.next_of({EventKind::loop_created}, 0)) return {"no loop", "none is made"};
    return {"no loop yet", "module code runs"};
  }
  if (l.closed) return {"closed", "the loop is over"};
  if (!l.running) return {"idle", l.iteration == 0 ? "not started" : "not running"};
  if (l.selecting) {
    if (!l.select_timeout) return {"asleep", "until an fd is ready"};
    if (*l.select_timeout > 0)
      return {"asleep", "until " + traces::format_seconds(static_cast<double>(l.select_began) / 1e9 +
                                                          *l.select_timeout)};
  }
  return {"running slot", "empty"};
}

void draw_slot(LoopScene& scene) {
  Paint& p = scene.paint;
  const Theme& t = p.theme();
  const Rect& r = scene.layout.slot;
  const auto& running = scene.loop.running_handle;
  const auto& left = scene.from ? scene.from->running_handle : running;
  if (running && !scene.lands_at(Station::slot, running->handle)) {
    const auto [title, detail] = traces::handle_title(scene.frame.store, scene.state(), *running);
    const Look look = react(scene, r, selection_of(*running), running->queued_at,
                            [&] { return handle_tip(scene, *running); });
    p.rect({r.x - p.s(2), r.y - p.s(2), r.w + p.s(4), r.h + p.s(4)}, t.panel, p.s(9));
    const Paint::ChipLook chip{Hue::run, glyph_of(running->cause), true, false, false, look.focused, 1};
    if (r.h >= p.s(42))
      p.chip(r, title, detail, chip);
    else
      p.mini_chip(r, {title}, chip);
    return;
  }
  const bool target = running.has_value();
  p.rect(r, t.panel, p.s(8), {target ? t[Hue::run].fill : t.strong, p.s(target ? 2 : 1), true});
  const float cx = r.center().x, cy = r.center().y;
  auto [first, second] = target
                             ? std::pair{fmt::format("#{} runs here", running->handle.value), std::string()}
                             : empty_slot(scene);
  // A handle that is done fades where it stood.
  if (scene.from && left && !running && scene.frame.transition.to > scene.frame.transition.from &&
      r.h >= p.s(42)) {
    const auto [title, detail] = traces::handle_title(scene.frame.store, scene.state(), *left);
    p.chip(r, title, detail,
           {Hue::run, glyph_of(left->cause), true, false, false, false, 1 - scene.progress});
    return;
  }
  const float room = r.w - p.s(16);
  const bool two = !second.empty() && r.h >= p.s(36);
  p.text(cx, two ? cy - p.s(3) : cy + p.s(4.5F), first,
         {13, Face::semibold, target ? t.text : t.dim, Align::center, room});
  if (two) p.text(cx, cy + p.s(14), second, {12, Face::regular, t.faint, Align::center, room});
}

/// What the clock may take of `room`: on a small ring it stands between the pills of select and timers.
float clock_room(const LoopScene& scene, float room) {
  const MachineLayout& m = scene.layout;
  const Rect &left = m.pills[0], &right = m.pills[2];
  if (m.form != MachineLayout::Form::ring || m.clock_y + scene.paint.s(4) < left.y) return room;
  return std::min(room, right.x - left.right() - scene.paint.s(10));
}

void draw_inside(LoopScene& scene) {
  Paint& p = scene.paint;
  const Theme& t = p.theme();
  const MachineLayout& m = scene.layout;
  p.text(m.center.x, m.caption_y, goes_by_turns(scene.loop) ? "TURN" : "ITERATION",
         {12, Face::semibold, t.faint, Align::center});
  const std::string number = scene.loop.iteration == 0 ? "–" : grouped(scene.loop.iteration);
  TextStyle style{m.number_size, Face::bold, scene.loop.iteration == 0 ? t.dim : t.text, Align::center};
  const float room = 1.4F * m.radius;
  for (const float smaller : {34.0F, 28.0F, 20.0F, 17.0F})
    if (p.width(number, style) > room) style.size = std::min(style.size, smaller);
  p.text(m.center.x, m.number_y, number, style);
  const std::string now = traces::format_seconds(static_cast<double>(scene.state().now) / 1e9);
  TextStyle clock{16, Face::mono_semibold, t.dim, Align::center, clock_room(scene, room)};
  for (const float smaller : {15.0F, 14.0F, 13.0F, 12.0F})
    if (p.width(now, clock) > clock.max_width) clock.size = smaller;
  p.text(m.center.x, m.clock_y, now, clock);
}

/// "Iteration 3 · 1.000 s", and what selector and heap have to say, in one line.
void draw_summary(LoopScene& scene) {
  Paint& p = scene.paint;
  const Theme& t = p.theme();
  const OneLoopState& l = scene.loop;
  const Vec2 at = scene.layout.summary;
  const TextStyle bold{14, Face::semibold, t.text}, plain{13, Face::regular, t.dim};
  float x =
      at.x + p.text(at.x, at.y,
                    fmt::format("{} {} · {}", goes_by_turns(l) ? "Turn" : "Iteration", grouped(l.iteration),
                                traces::format_seconds(static_cast<double>(scene.state().now) / 1e9)),
                    bold);
  const auto item = [&](Hue hue, const std::string& text) {
    if (x + p.s(34) + p.width(text, plain) > scene.layout.queue.right()) return;
    p.glyph(glyph_of(hue), {x + p.s(22), at.y - p.s(4.5F)}, p.s(4.4F), t[hue].fill);
    x += p.s(32);
    x += p.text(x, at.y, text, plain);
  };
  if (!exists(scene) || goes_by_turns(l)) return;
  item(Hue::io,
       l.fds.size() == 1 ? fmt::format("fd {}", l.fds[0].fd) : fmt::format("{} fds", grouped(l.fds.size())));
  const std::string count =
      fmt::format("{} {}", grouped(l.heap.size()), l.heap.size() == 1 ? "timer" : "timers");
  item(Hue::timer,
       l.heap.empty() ? "no timer" : count + ", next at " + traces::format_seconds(l.heap[0].when));
}

/// The same beside the queue's title, at the right, where there is no row for it.
void draw_short_summary(LoopScene& scene) {
  Paint& p = scene.paint;
  const OneLoopState& l = scene.loop;
  if (!exists(scene) || goes_by_turns(l)) return;
  const TextStyle plain{13, Face::regular, p.theme().dim, Align::right};
  const std::string text =
      l.heap.empty() ? "no timer" : "next timer " + traces::format_seconds(l.heap[0].when);
  const float right = scene.layout.queue.right(), w = p.width(text, plain), y = scene.layout.queue_title_y;
  if (w + p.s(32) > scene.layout.queue.w * 0.45F) return;
  p.text(right, y, text, plain);
  p.glyph(glyph_of(Hue::timer), {right - w - p.s(10), y - p.s(4.5F)}, p.s(4.4F), p.theme()[Hue::timer].fill);
}

void draw_strip(LoopScene& scene, std::optional<int> lit) {
  for (int i = 0; i < kRingPhases; ++i) draw_pill(scene, i, lit == i);
  draw_slot(scene);
  if (!scene.layout.selector.empty())
    draw_inside(scene);
  else if (scene.layout.summary.y > 0)
    draw_summary(scene);
  else
    draw_short_summary(scene);
}

}  // namespace

void draw_ring(LoopScene& scene) {
  const std::optional<int> lit = lit_part(scene);
  if (scene.layout.form == MachineLayout::Form::strip) return draw_strip(scene, lit);
  Paint& p = scene.paint;
  const MachineLayout& m = scene.layout;
  p.circle(m.center, m.radius - m.stroke / 2 - p.s(1),
           p.theme().bg.with_alpha(p.theme().name == ThemeName::dark ? .55F : .6F));
  for (int i = 0; i < kRingPhases; ++i) draw_arc(scene, i, lit == i);
  draw_marker(scene, lit);
  for (int i = 0; i < kRingPhases; ++i) draw_pill(scene, i, lit == i);
  draw_inside(scene);
  draw_slot(scene);
}

}  // namespace loopscope::viz
