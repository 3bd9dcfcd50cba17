// A trampoline's own boxes beside the ring: the sleeps that poll, and who waits for whom.
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <string>

#include "viz/model/answers.h"
#include "viz/panels/loop_scene.h"

namespace loopscope::viz {
namespace {

constexpr float kHead = 44, kRow = 44, kLowRow = 26, kNote = 58, kMore = 20;

/// A row of one of the boxes.
struct TurnRow {
  TaskId task;  ///< selected by a click
  Hue hue;
  std::string title, detail;
};

std::string badge_of(const LoopScene& scene, TaskId task) {
  return task ? traces::task_badge(scene.frame.store, scene.state(), task) : std::string("?");
}

void draw_row(LoopScene& scene, const Rect& r, const TurnRow& row) {
  Paint& p = scene.paint;
  const Theme& t = p.theme();
  const Look look = react(scene, r, {Selection::Kind::task, row.task.value}, std::nullopt, [&] {
    return std::vector<std::string>{traces::task_title(scene.frame.store, *scene.state().task(row.task)),
                                    row.detail};
  });
  p.rect(r, look.hot ? t.hover : t.raised, p.s(6), look.hot ? Edge{t[row.hue].fill, p.s(2)} : Edge{});
  if (look.focused)
    p.rect({r.x - p.s(3), r.y - p.s(3), r.w + p.s(6), r.h + p.s(6)}, {0, 0}, p.s(9), {t.focus, p.s(2)});
  p.rect({r.x, r.y, p.s(4), r.h}, t[row.hue].fill, p.s(2));
  const float x = r.x + p.s(14), room = r.w - p.s(22);
  if (r.h < p.s(kRow)) {
    const float base = r.center().y + p.s(4.6F);
    const float used = p.text(x, base, row.title, {13, Face::semibold, t.text, Align::left, room});
    if (room - used > p.s(30))
      p.text(r.right() - p.s(8), base, row.detail,
             {12, Face::regular, t.dim, Align::right, room - used - p.s(8)});
    return;
  }
  p.text(x, r.y + p.s(18), row.title, {14, Face::semibold, t.text, Align::left, room});
  p.text(x, r.y + p.s(36), row.detail, {12, Face::regular, t.dim, Align::left, room});
}

void draw_none(LoopScene& scene, const Rect& r, std::string_view words) {
  Paint& p = scene.paint;
  p.rect(r, {0, 0}, p.s(6), {p.theme().strong, p.s(1), true});
  p.text(r.center().x, r.center().y + p.s(4.4F), words,
         {12, Face::regular, p.theme().faint, Align::center, r.w - p.s(12)});
}

/// How the rows of a box share its height: in unscaled pixels.
struct RowPlan {
  float row = kRow, gap = 6;
  std::size_t shown = 0;
  bool note = false;
};

/// Two lines a row and a note where there is room; else one line a row; else without the note; else not
/// all of them.
RowPlan plan_rows(float height, std::size_t rows, std::size_t all) {
  const auto fits = [](float room, float row, float gap) {
    return static_cast<std::size_t>(std::max(0.0F, (room + gap) / (row + gap)));
  };
  const float room = height - kHead - 8;
  for (const RowPlan& plan : {RowPlan{kRow, 6, rows, true}, RowPlan{kRow, 6, rows, false},
                              RowPlan{kLowRow, 4, rows, true}, RowPlan{kLowRow, 4, rows, false}})
    if (fits(room - (plan.note ? kNote : 0), plan.row, plan.gap) >= std::max<std::size_t>(all, 1))
      return plan;
  return {kLowRow, 4, std::min(rows, fits(room - kMore, kLowRow, 4)), false};
}

/// `rows` of `all` in `box`, as many as there is room for, and one sentence below them.
void draw_rows(LoopScene& scene, const Rect& box, const std::vector<TurnRow>& rows, std::size_t all,
               std::string_view none, std::string_view note) {
  Paint& p = scene.paint;
  const RowPlan plan = plan_rows(box.h / scene.frame.scale, rows.size(), all);
  float y = box.y + p.s(kHead);
  const auto place = [&] { return Rect{box.x + p.s(10), y, box.w - p.s(20), p.s(plan.row)}; };
  if (rows.empty()) draw_none(scene, place(), none);
  for (std::size_t i = 0; i < plan.shown; ++i, y += p.s(plan.row + plan.gap))
    draw_row(scene, place(), rows[i]);
  if (plan.shown < all)
    p.text(box.x + p.s(14), y + p.s(13), fmt::format("and {} more", grouped(all - plan.shown)),
           {12, Face::regular, p.theme().dim, Align::left, box.w - p.s(28)});
  if (!plan.note) return;
  const float rule = std::round(box.bottom() - p.s(kNote)) + .5F;
  p.line({box.x + p.s(12), rule}, {box.right() - p.s(12), rule}, p.theme().line);
  p.paragraph(box.x + p.s(12), rule + p.s(22), box.w - p.s(22), note, {12, Face::regular, p.theme().dim},
              p.s(17));
}

std::string count_text(std::size_t all) { return all ? grouped(all) : "none"; }

void draw_sleeps(LoopScene& scene, const TurnSides& sides) {
  const Rect& box = scene.layout.selector;
  std::vector<TurnRow> rows;
  for (const PollingSleep& s : sides.sleeps) {
    const std::string asked = s.polls == 0 ? "not asked yet" : fmt::format("asked {}×", grouped(s.polls));
    rows.push_back({s.task, Hue::timer, badge_of(scene, s.task),
                    s.sleeper ? fmt::format("{} · {}", badge_of(scene, s.sleeper), asked) : asked});
  }
  const bool lit = std::any_of(sides.sleeps.begin(), sides.sleeps.end(), [&](const PollingSleep& s) {
    return scene.loop.running_handle && scene.loop.running_handle->task == s.task;
  });
  box_frame(scene.paint, box, {"Sleeps", "Sleeps", count_text(sides.all_sleeps)},
            lit ? std::optional(Hue::timer) : std::nullopt);
  draw_rows(scene, box, rows, sides.all_sleeps, "no sleep polls", "Each asks the clock, then queues again.");
}

void draw_waiters(LoopScene& scene, const TurnSides& sides) {
  const Rect& box = scene.layout.heap;
  std::vector<TurnRow> rows;
  for (const TurnWait& w : sides.waits)
    rows.push_back({w.waiter, Hue::wait, badge_of(scene, w.waiter),
                    w.ends ? "until " + badge_of(scene, w.ends) + " ends" : "until it is woken"});
  box_frame(scene.paint, box, {"Waiters", "Waiters", count_text(sides.all_waits)}, std::nullopt);
  draw_rows(scene, box, rows, sides.all_waits, "nobody waits", "A task that ends pushes its waiter.");
}

}  // namespace

void draw_turn_boxes(LoopScene& scene) {
  if (scene.layout.selector.empty()) return;
  const TurnSides& sides = answers(scene.view).turn(scene.frame, scene.loop);
  draw_sleeps(scene, sides);
  draw_waiters(scene, sides);
}

}  // namespace loopscope::viz
