// The timer heap, drawn as the binary tree it is.
#include <fmt/format.h>

#include "core/trace/event_reader.h"
#include "viz/model/playback.h"
#include "viz/panels/fit.h"
#include "viz/panels/loop_scene.h"

namespace loopscope::viz {
namespace {

using traces::HeapTimer;
using traces::OneLoopState;

bool roomy(const LoopScene& scene) { return scene.layout.heap.h > scene.s(200); }

/// Whether the tree has room below the figures.
bool has_tree(const LoopScene& scene) { return scene.layout.heap.h >= scene.s(140); }

std::string timer_name(const LoopScene& scene, const HeapTimer& timer) {
  // Nodes are small: of "number… 1" they show what tells the task apart.
  if (timer.task) return name_tail(traces::task_badge(scene.frame.store, scene.state(), timer.task));
  std::string label(scene.frame.store.label(timer.label));
  if (const std::size_t call = label.find('('); call != std::string::npos && call > 0) label.resize(call);
  // Of "BaseEventLoop.stop" the method tells what will run.
  if (const std::size_t dot = label.rfind('.'); dot != std::string::npos && dot + 1 < label.size())
    label.erase(0, dot + 1);
  return label.empty() ? fmt::format("#{}", timer.handle.value) : label;
}

/// Where the node of `handle` stood before the step, if it could be seen.
std::optional<Rect> old_place(const LoopScene& scene, const Rect& area, HandleId handle) {
  if (!scene.from) return std::nullopt;
  const auto& heap = scene.from->heap;
  const HeapLayout old = layout_heap(area, heap.size(), scene.frame.scale);
  for (std::size_t i = 0; i < std::min(heap.size(), kHeapNodes); ++i)
    if (heap[i].handle == handle) return heap_place(old, area, i);
  return std::nullopt;
}

/// In a step that plants a timer, the share of the time that the flight takes; the rest is sifting.
float flight_share(const LoopScene& scene) {
  if (!scene.flying || scene.flying->flight.to != Station::heap) return 0;
  constexpr double kFlight = 0.280;
  const double all =
      motion_seconds(scene.frame.store, std::max(scene.frame.transition.from, scene.frame.transition.to));
  return all > 0 ? static_cast<float>(std::min(1.0, kFlight / all)) : 1.0F;
}

/// What a node says: who it is for, beside when it is due.
struct NodeText {
  std::string name, due;  ///< name empty: there is room for the time only
};

/// Fewer digits may make room for the whole name; else its telling end, else the handle's number.
NodeText node_text(const LoopScene& scene, const HeapTimer& timer, float room, const TextStyle& name,
                   const TextStyle& figure) {
  const Paint& p = scene.paint;
  const std::string title = timer_name(scene, timer), number = fmt::format("#{}", timer.handle.value);
  const auto fits = [&](const std::string& text, const std::string& due) {
    return p.width(text, name) + p.width(due, figure) + p.s(5) <= room;
  };
  for (int digits = 4; digits >= 2; --digits)
    if (std::string due = short_when(timer.when, digits); fits(title, due)) return {title, due};
  const std::string due = short_when(timer.when, 3);
  const std::string end = fit_name(p, title, name, room - p.width(due, figure) - p.s(5));
  if (end.find("… ") != std::string::npos && fits(end, due)) return {end, due};
  return fits(number, due) ? NodeText{number, due} : NodeText{};
}

void draw_node_text(LoopScene& scene, const Rect& r, const HeapTimer& timer, bool compact, float alpha) {
  Paint& p = scene.paint;
  const Theme& t = p.theme();
  const bool late = is_overdue(timer.when, scene.now), narrow = r.w < p.s(50);
  const Color ink = (late ? t[Hue::fail].text : t.text).with_alpha(alpha);
  const float cy = r.center().y, pad = p.s(compact ? 6 : r.w < p.s(90) ? 6.5F : 9);
  const TextStyle figure{compact ? 12.0F : 13.0F, Face::mono_semibold, ink, Align::right};
  const TextStyle name{compact ? 12.0F : 14.0F, Face::bold, t.text.with_alpha(alpha)};
  const NodeText said = narrow ? NodeText{} : node_text(scene, timer, r.w - 2 * pad, name, figure);
  if (said.name.empty()) {
    p.text(r.center().x, cy + p.s(4.4F), short_when(timer.when, narrow ? 2 : 4),
           {figure.size, Face::mono_semibold, ink, Align::center, r.w - p.s(4)});
    return;
  }
  p.text(r.x + pad, cy + p.s(compact ? 4.4F : 5), said.name, name);
  p.text(r.right() - pad, cy + p.s(4.5F), said.due, figure);
}

void draw_node(LoopScene& scene, const Rect& r, const HeapTimer& timer, bool compact) {
  Paint& p = scene.paint;
  const Theme& t = p.theme();
  const auto handle = as_handle(timer);
  const Look look =
      react(scene, r, selection_of(handle), std::nullopt, [&] { return handle_tip(scene, handle); });
  const bool hot = look.hot || scene.touch.handle == timer.handle;
  const bool late = is_overdue(timer.when, scene.now);
  const float alpha = timer.cancelled ? .55F : 1;
  const Color hue = t[late ? Hue::fail : Hue::timer].fill, fill = t[Hue::timer].fill;
  p.rect(r, t.raised, p.s(compact ? 6 : 8));
  p.rect(r, fill.with_alpha((hot ? .30F : t.tint) * alpha), p.s(compact ? 6 : 8),
         {hue.with_alpha(alpha), p.s(hot    ? 3
                                     : late ? 2
                                            : 1.5F)});
  if (look.focused)
    p.rect({r.x - p.s(3), r.y - p.s(3), r.w + p.s(6), r.h + p.s(6)}, {0, 0}, p.s(10), {t.focus, p.s(2)});
  draw_node_text(scene, r, timer, compact, alpha);
  if (timer.cancelled)
    p.line({r.x + p.s(6), r.center().y}, {r.right() - p.s(6), r.center().y}, t.text, p.s(1.6F));
}

void draw_target(LoopScene& scene, const Rect& r) {
  Paint& p = scene.paint;
  p.rect(r, p.theme().raised, p.s(8), {p.theme()[Hue::timer].fill, p.s(2), true});
  if (r.w > p.s(60))
    p.text(r.center().x, r.center().y + p.s(4.4F), fmt::format("#{}", scene.flying->flight.handle.value),
           {12, Face::semibold, p.theme().text, Align::center, r.w - p.s(6)});
}

void draw_edges(LoopScene& scene, const HeapLayout& tree) {
  Paint& p = scene.paint;
  const Color color = p.theme().strong;
  for (std::size_t i = 1; i < tree.places.size(); ++i) {
    const Rect& parent = tree.places[(i - 1) / 2].rect;
    const Rect& child = tree.places[i].rect;
    const float side = child.center().x < parent.center().x ? -1.0F : 1.0F;
    const Vec2 a{parent.center().x + side * std::min(p.s(10), parent.w / 4), parent.bottom()},
        b{child.center().x, child.y};
    if (tree.places[i].taken)
      p.line(a, b, color, p.s(1.5F));
    else if (tree.places[(i - 1) / 2].taken || i < 3)
      p.dashed(a, b, color, p.s(1.5F), p.s(3), p.s(4));
  }
}

void draw_tree(LoopScene& scene, const Rect& area) {
  Paint& p = scene.paint;
  const auto& heap = scene.loop.heap;
  const HeapLayout tree = layout_heap(area, heap.size(), scene.frame.scale);
  const float share = flight_share(scene);
  draw_edges(scene, tree);
  for (const HeapPlace& place : tree.places)
    if (!place.taken)
      p.rect(place.rect, {0, 0}, p.s(tree.compact ? 6 : 8), {p.theme().strong.with_alpha(.7F), p.s(1), true});
  for (std::size_t i = std::min(heap.size(), tree.places.size()); i-- > 0;) {
    const HeapTimer& timer = heap[i];
    Rect r = tree.places[i].rect;
    const bool own = scene.lands_at(Station::heap, timer.handle);
    const float t = share > 0 && scene.from && !scene.flying->backwards
                        ? last_part(scene.frame.transition.progress, share)
                        : scene.progress;
    if (own && (scene.flying->backwards || share <= 0 || scene.frame.transition.progress < share)) {
      draw_target(scene, scene.flying->landing());
      continue;
    }
    if (own)
      r = between(scene.flying->landing(), r, t);
    else if (const auto old = old_place(scene, area, timer.handle))
      r = between(*old, r, t);
    draw_node(scene, r, timer, tree.compact);
  }
  if (heap.empty() && scene.loop.id)
    p.text(tree.places[0].rect.center().x, tree.places[0].rect.center().y + p.s(4.4F), "empty",
           {12, Face::regular, p.theme().faint, Align::center});
  if (tree.hidden)
    p.text(area.center().x, tree.more_y, "and " + grouped(tree.hidden) + " more",
           {12, Face::regular, p.theme().dim, Align::center, area.w - p.s(16)});
}

/// When the loop must wake up for a timer.
void draw_next(LoopScene& scene, const Rect& box, float y) {
  Paint& p = scene.paint;
  const Theme& t = p.theme();
  if (scene.loop.heap.empty()) return box_row(p, box, y, {"next wake-up", "next"}, "none", t.dim, false);
  const HeapTimer& root = scene.loop.heap[0];
  const double left = root.when - scene.now;
  if (is_overdue(root.when, scene.now))
    return box_row(p, box, y, {"late by", "late"},
                   left > -0.0005 ? short_seconds(-left) : traces::format_seconds(-left), t[Hue::fail].text);
  const std::string value = left < 1e-9 ? "now" : traces::format_seconds(left);
  // "in 1.000 s" says more than "1.000 s": where it fits beside its label, or the label is short anyway.
  const TextStyle figure{13, Face::mono_semibold, t.text}, label{12, Face::regular, t.text};
  const auto fits = [&](std::string_view name, const std::string& text) {
    return p.width(text, figure) + p.width(name, label) + p.s(6) <= box.w - p.s(24);
  };
  const std::string in = left < 1e-9 ? value : "in " + value;
  const bool told_in = fits("next wake-up", in) || (!fits("next wake-up", value) && fits("next", in));
  box_row(p, box, y, {"next wake-up", "next"}, told_in ? in : value, t.text);
}

std::optional<Hue> lit_hue(const LoopScene& scene) {
  if (scene.loop.phase == traces::LoopPhase::timers || scene.touch.where == Station::heap) return Hue::timer;
  return std::nullopt;
}

}  // namespace

Rect heap_area(const LoopScene& scene) {
  const Rect& box = scene.layout.heap;
  if (box.empty()) return {scene.layout.pills[2].x, scene.layout.pills[2].y, scene.s(104), scene.s(96)};
  if (!has_tree(scene)) return {box.x, box.center().y - scene.s(20), box.w, scene.s(40)};
  const float top = scene.s(roomy(scene) ? 102 : 72);
  const float bottom = scene.s(roomy(scene) ? 30 : 10);
  return {box.x, box.y + top, box.w, std::max(scene.s(60), box.h - top - bottom)};
}

void draw_heap_box(LoopScene& scene) {
  const Rect& box = scene.layout.heap;
  if (box.empty()) return;
  Paint& p = scene.paint;
  const Theme& t = p.theme();
  const OneLoopState& l = scene.loop;
  const bool leaving = scene.event.kind == EventKind::timer_promoted || l.phase == traces::LoopPhase::timers;
  const std::string count = l.heap.empty() ? std::string(l.id ? "empty" : "") : grouped(l.heap.size());
  const bool counts_down = leaving && l.promoted > 0 && !l.heap.empty();
  // An empty heap says so in its tree: there the word may go.
  box_frame(p, box,
            {"Timer heap", l.heap.empty() ? "Timer heap" : "Timers", counts_down ? count + " left" : count,
             l.heap.empty() ? std::string() : count},
            lit_hue(scene));
  draw_next(scene, box, box.y + p.s(56));
  if (roomy(scene) || !has_tree(scene))
    box_row(p, box, box.y + p.s(78), {"cancelled"}, grouped(l.cancelled_timers), t.text);
  if (!has_tree(scene)) return;
  p.push_clip(box);
  draw_tree(scene, heap_area(scene));
  constexpr std::size_t kCap = 100;
  const std::size_t late = roomy(scene) ? count_overdue(l, scene.now, kCap) : 0;
  if (late > 0)
    p.text(box.x + p.s(12), box.bottom() - p.s(10),
           late >= kCap ? "over 99 late" : fmt::format("{} late", late),
           {12, Face::semibold, t[Hue::fail].text});
  p.pop_clip();
}

}  // namespace loopscope::viz
