// The selector: what it watches, how long it waited last, and why it woke.
#include <fmt/format.h>

#include "core/trace/event_reader.h"
#include "viz/panels/loop_scene.h"

namespace loopscope::viz {
namespace {

using traces::LoopPhase;
using traces::OneLoopState;
using traces::WatchedFd;

constexpr std::size_t kMostRows = 5;
constexpr float kHead = 46, kRowGap = 6, kFacts = 22;
constexpr float kTwoLines = 42;  // a row of this height has room for two lines

std::string mask_name(std::uint8_t mask) {
  return std::string(mask & kReadable ? "R" : "") + (mask & kWritable ? "W" : "");
}

/// What an fd is for, in few words.
std::string fd_label(const LoopScene& scene, const WatchedFd& fd) {
  std::string label(scene.frame.store.label(fd.reader_label ? fd.reader_label : fd.writer_label));
  if (label.find("read_from_self") != std::string::npos) return "self-pipe";
  if (const std::size_t call = label.find('('); call != std::string::npos && call > 0) label.resize(call);
  return label.empty() ? "watched" : label;
}

/// Whether the fd has something for the loop: its handle waits, runs, or was just reported.
bool is_ready(const LoopScene& scene, const WatchedFd& fd) {
  constexpr std::size_t kLook = 64;  // I/O comes first in an iteration: what matters is near the head
  if (scene.touch.fd == fd.fd && scene.event.kind == EventKind::io_ready) return true;
  const OneLoopState& l = scene.loop;
  const auto own = [&](HandleId h) { return h && (h == fd.reader || h == fd.writer); };
  if (l.running_handle && own(l.running_handle->handle)) return true;
  for (std::size_t i = l.ready_head; i < std::min(l.ready.size(), l.ready_head + kLook); ++i)
    if (own(l.ready[i].handle)) return true;
  return false;
}

struct Facts {
  std::string wait, events, why, note;
};

Facts facts_of(const LoopScene& scene) {
  const OneLoopState& l = scene.loop;
  if (!l.id) return {"–", "–", "–", "It comes with the first event loop."};
  if (l.closed) return {"–", "–", "closed", "It went with its loop."};
  if (l.selecting) {
    if (!l.select_timeout)
      return {"no limit", "–", "still waiting", "Asleep until an fd is ready: no timer will come."};
    if (*l.select_timeout <= 0)
      return {"0 s", "–", "only looks", "It may not wait: there is work to do already."};
    const double until = static_cast<double>(l.select_began) / 1e9 + *l.select_timeout;
    return {"≤ " + traces::format_seconds(*l.select_timeout), "–", "still waiting",
            "Asleep until " + traces::format_seconds(until) + ", or until an fd is ready."};
  }
  if (!l.has_selected) return {"–", "–", "–", "It has not looked yet."};
  Facts out{
      traces::format_seconds(static_cast<double>(l.select_waited) / 1e9), grouped(l.select_ready), {}, {}};
  if (l.select_ready > 0) {
    out.why = l.fds.size() == 1 ? fmt::format("fd {}", l.fds[0].fd) : fmt::format("{} fds", l.select_ready);
    for (const WatchedFd& fd : l.fds)
      if (l.select_ready == 1 && is_ready(scene, fd)) out.why = fmt::format("fd {}", fd.fd);
    if (out.why == "1 fds") out.why = "1 fd";
    out.note = "Their handles join the ready queue before any timer.";
    if (l.select_ready == 1) out.note = "Its handle joins the ready queue before any timer.";
  } else if (l.select_timeout && *l.select_timeout <= 0) {
    out.why = "no wait";
    out.note = "It only looked: there was work to do already.";
  } else {
    out.why = "timeout";
    out.note = "Nothing came. The wait ended for a timer.";
  }
  return out;
}

void draw_mask(Paint& p, float right, float cy, std::string_view mask) {
  const Theme& t = p.theme();
  const TextStyle style{12, Face::mono_semibold, t[Hue::io].text, Align::center};
  const float w = p.width(mask, style) + p.s(10);
  p.rect({right - w, cy - p.s(9), w, p.s(18)}, t[Hue::io].fill.with_alpha(t.tint + .06F), p.s(4));
  p.text(right - w / 2, cy + p.s(4.4F), mask, style);
}

std::vector<std::string> fd_tip(const LoopScene& scene, const WatchedFd& fd) {
  const auto& store = scene.frame.store;
  std::vector<std::string> lines{fmt::format("fd {}", fd.fd)};
  if (fd.mask & kReadable)
    lines.push_back(fmt::format("readable: {} (#{})", store.label(fd.reader_label), fd.reader.value));
  if (fd.mask & kWritable)
    lines.push_back(fmt::format("writable: {} (#{})", store.label(fd.writer_label), fd.writer.value));
  return lines;
}

struct FdLook {
  bool ready, hot, selected;
};

FdLook fd_look(LoopScene& scene, const Rect& r, const WatchedFd& fd) {
  const Look look =
      react(scene, r, {Selection::Kind::fd, fd.fd}, std::nullopt, [&] { return fd_tip(scene, fd); });
  return {is_ready(scene, fd), look.hot || scene.touch.fd == fd.fd, look.focused};
}

void draw_row(LoopScene& scene, const Rect& r, const WatchedFd& fd) {
  Paint& p = scene.paint;
  const Theme& t = p.theme();
  const FdLook look = fd_look(scene, r, fd);
  p.rect(r,
         look.ready ? t[Hue::io].fill.with_alpha(.34F)
         : look.hot ? t.hover
                    : t.raised,
         p.s(6),
         look.ready || look.hot ? Edge{t[Hue::io].fill, p.s(look.ready && look.hot ? 3 : 2)} : Edge{});
  if (look.selected)
    p.rect({r.x - p.s(3), r.y - p.s(3), r.w + p.s(6), r.h + p.s(6)}, {0, 0}, p.s(9), {t.focus, p.s(2)});
  p.rect({r.x, r.y, p.s(4), r.h}, t[Hue::io].fill, p.s(2));
  const std::string number = fmt::format("fd {}", fd.fd), mask = mask_name(fd.mask);
  const bool two = r.h >= p.s(kTwoLines) - .5F;
  const float x = r.x + p.s(14), cy = r.center().y;
  const std::string label = fd_label(scene, fd);
  if (two) {
    p.text(x, r.y + p.s(18), number, {14, Face::mono_semibold, t.text});
    draw_mask(p, r.right() - p.s(8), r.y + p.s(14), mask);
    const std::string line = label + (look.ready ? " · ready" : " · quiet");
    const float room = r.w - p.s(22);
    const TextStyle style{12, Face::regular, look.ready ? t.text : t.dim, Align::left, room};
    p.text(x, r.y + p.s(36), p.width(line, style) <= room ? line : label, style);
    return;
  }
  const float used = p.text(x, cy + p.s(4.4F), number, {12, Face::mono_semibold, t.text});
  draw_mask(p, r.right() - p.s(5), cy, mask);
  const float room = std::max(1.0F, r.right() - p.s(30) - x - used - p.s(8));
  const TextStyle style{12, Face::regular, look.ready ? t.text : t.dim, Align::left, room};
  const bool brief = label == "self-pipe" && p.width(label, style) > room;
  p.text(x + used + p.s(8), cy + p.s(4.4F), brief ? "pipe" : label, style);
}

/// Many fds: one square each, and details of the one that matters.
void draw_squares(LoopScene& scene, const Rect& area) {
  Paint& p = scene.paint;
  const Theme& t = p.theme();
  const auto& fds = scene.loop.fds;
  const float pitch = p.s(18.4F), side = p.s(14), line = p.s(18);
  const auto columns = std::max<std::size_t>(1, static_cast<std::size_t>((area.w + pitch - side) / pitch));
  const auto rows = std::max<std::size_t>(1, static_cast<std::size_t>((area.h - line - p.s(3)) / pitch));
  const std::size_t shown = std::min(fds.size(), columns * rows);
  const WatchedFd* told = nullptr;
  for (std::size_t i = 0; i < shown; ++i) {
    const Rect r{area.x + static_cast<float>(i % columns) * pitch,
                 area.y + static_cast<float>(i / columns) * pitch, side, side};
    const FdLook look = fd_look(scene, r, fds[i]);
    if (look.selected || (!told && (look.hot || look.ready))) told = &fds[i];
    p.rect(r, look.ready ? t[Hue::io].fill : t.raised, p.s(3),
           {look.ready || look.hot ? t[Hue::io].fill : t.strong, p.s(look.hot ? 2 : 1)});
    if (look.selected)
      p.rect({r.x - p.s(2), r.y - p.s(2), side + p.s(4), side + p.s(4)}, {0, 0}, p.s(4), {t.focus, p.s(2)});
  }
  float y = area.y + static_cast<float>((shown + columns - 1) / columns) * pitch + p.s(13);
  if (!told) {
    const std::string text =
        shown < fds.size() ? fmt::format("and {} more", grouped(fds.size() - shown)) : "all quiet";
    p.text(area.x, y, text, {12, Face::regular, t.dim, Align::left, area.w});
    return;
  }
  const std::string number = fmt::format("fd {}", told->fd), label = fd_label(scene, *told);
  const bool two = y + line < area.bottom() + p.s(6);
  p.text(
      area.x, y,
      two ? fmt::format("{} · {}{}", number, mask_name(told->mask), is_ready(scene, *told) ? " · ready" : "")
          : number + " · " + label,
      {12, Face::mono_semibold, t.text, Align::left, area.w});
  if (two) p.text(area.x, y + line, label, {12, Face::regular, t.dim, Align::left, area.w});
}

std::optional<Hue> lit_hue(const LoopScene& scene) {
  if (scene.loop.phase == LoopPhase::select) return Hue::ready;
  if (scene.loop.phase == LoopPhase::io || scene.touch.where == Station::selector) return Hue::io;
  return std::nullopt;
}

/// Height of the rows when `n` of them share `room`; under 20 there is none.
float row_height(float room, std::size_t n) {
  return n == 0 ? 44 : std::min(44.0F, (room + kRowGap) / static_cast<float>(n) - kRowGap);
}

struct RowPlan {
  bool rows;
  float height, gap;
};

/// A box with room for the facts only.
bool is_low(const LoopScene& scene) { return scene.layout.selector.h < scene.s(kHead + 3 * kFacts + 44); }

RowPlan plan_rows(const LoopScene& scene) {
  if (is_low(scene)) return {false, 0, 0};
  const float room = scene.layout.selector.h / scene.frame.scale - kHead - 3 * kFacts - 18;
  const std::size_t n = scene.loop.fds.size();
  if (n > kMostRows) return {false, 0, 0};
  float height = row_height(room, n), gap = kRowGap;
  if (height < kTwoLines && n > 0) {  // one line each, closer together
    gap = 3;
    height = std::min(30.0F, (room + gap) / static_cast<float>(n) - gap);
  }
  return {height >= 19, height, gap};
}

Rect row_rect(const LoopScene& scene, const RowPlan& plan, std::size_t i) {
  const Rect& box = scene.layout.selector;
  return {box.x + scene.s(10), box.y + scene.s(kHead + static_cast<float>(i) * (plan.height + plan.gap)),
          box.w - scene.s(20), scene.s(plan.height)};
}

void draw_facts(LoopScene& scene, float y) {
  Paint& p = scene.paint;
  const Theme& t = p.theme();
  const Rect& box = scene.layout.selector;
  const Facts facts = facts_of(scene);
  const bool selecting = scene.loop.selecting;
  box_row(p, box, y, {selecting ? "this wait" : "last wait", "wait"}, facts.wait, t.text);
  box_row(p, box, y + p.s(kFacts), {"events"}, facts.events, t.text);
  const float last = y + p.s(2 * kFacts);
  if (selecting)
    box_row(p, box, last, {"state"}, facts.why, t.text, false);
  else
    box_row(p, box, last, {"why it woke", "woke by"}, facts.why, t.text, false);
  // The note stands at the box's foot, whole or not at all.
  const TextStyle small{12, Face::regular, t.dim};
  const auto lines = static_cast<float>(p.wrapped(box.w - p.s(22), facts.note, small).size());
  const float first = box.bottom() - p.s(17) * std::max(lines, 2.0F) - p.s(1),
              last_fact = y + p.s(2 * kFacts);
  const float rule = std::round(first - p.s(21)) - .5F;
  if (last_fact + p.s(lines > 2 ? 18 : 8) > first - p.s(8)) return;
  if (rule > last_fact + p.s(8)) p.line({box.x + p.s(12), rule}, {box.right() - p.s(12), rule}, t.line);
  p.paragraph(box.x + p.s(12), first, box.w - p.s(22), facts.note, small, p.s(17));
}

}  // namespace

Rect fd_place(const LoopScene& scene, HandleId handle) {
  const Rect& box = scene.layout.selector;
  if (box.empty()) return scene.layout.pills[1];
  const RowPlan plan = plan_rows(scene);
  if (plan.rows)
    for (std::size_t i = 0; i < scene.loop.fds.size(); ++i)
      if (scene.loop.fds[i].reader == handle || scene.loop.fds[i].writer == handle)
        return row_rect(scene, plan, i);
  return {box.x + scene.s(10), box.center().y - scene.s(22), box.w - scene.s(20), scene.s(44)};
}

void draw_selector_box(LoopScene& scene) {
  const Rect& box = scene.layout.selector;
  if (box.empty()) return;
  Paint& p = scene.paint;
  const OneLoopState& l = scene.loop;
  const std::size_t n = l.fds.size();
  const std::string count = n > kMostRows ? grouped(n) : std::string(), fds = count + " fds";
  box_frame(p, box, {"Selector", "Selector", n > kMostRows ? fds : "epoll", count}, lit_hue(scene));
  float y = box.y + p.s(kHead);
  if (is_low(scene)) return draw_facts(scene, box.y + p.s(56));
  const RowPlan plan = plan_rows(scene);
  if (n == 0) {
    const Rect row{box.x + p.s(10), y, box.w - p.s(20), p.s(44)};
    p.rect(row, {0, 0}, p.s(6), {p.theme().strong, p.s(1), true});
    p.text(row.center().x, row.center().y + p.s(4.4F), "no fd is watched",
           {12, Face::regular, p.theme().faint, Align::center, row.w - p.s(12)});
    y = row.bottom();
  } else if (plan.rows) {
    for (std::size_t i = 0; i < n; ++i) draw_row(scene, row_rect(scene, plan, i), l.fds[i]);
    y = row_rect(scene, plan, n - 1).bottom();
  } else {
    const float bottom = box.bottom() - p.s(3 * kFacts + 12);
    draw_squares(scene, {box.x + p.s(12), y + p.s(2), box.w - p.s(22), bottom - y - p.s(2)});
    y = bottom - p.s(8);
  }
  draw_facts(scene, y + p.s(24));
}

}  // namespace loopscope::viz
