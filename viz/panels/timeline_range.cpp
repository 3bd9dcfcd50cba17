// A marked range of the timeline and its statistics.
#include <fmt/format.h>

#include "traces/narration.h"
#include "viz/model/answers.h"
#include "viz/panels/fit.h"
#include "viz/panels/timeline_labels.h"

namespace loopscope::viz {
namespace {

constexpr float kRow = 20, kWidth = 560;
constexpr std::size_t kMostRows = 5;

std::string short_time(std::int64_t ns) {
  if (ns == 0) return "0";
  if (ns < 1'000'000) return fmt::format("{:.3g} µs", static_cast<double>(ns) / 1e3);
  if (ns < 1'000'000'000) return fmt::format("{:.3g} ms", static_cast<double>(ns) / 1e6);
  return fmt::format("{:.3f} s", static_cast<double>(ns) / 1e9);
}

void draw_columns(Paint& paint, const Rect& card, float base, const std::array<std::string, 7>& cells,
                  Color color, Face face) {
  constexpr float kRights[] = {0, 232, 304, 366, 428, 490, 546};
  for (std::size_t k = 0; k < cells.size(); ++k) {
    const bool name = k == 0;
    paint.text(card.x + paint.s(name ? 14 : kRights[k]), base, cells[k],
               {12, name ? Face::semibold : face, color, name ? Align::left : Align::right,
                paint.s(name ? 160 : 66)});
  }
}

std::array<std::string, 7> cells_of(const traces::RunStats& s) {
  return {s.name,
          grouped(s.runs),
          short_time(s.total),
          short_time(s.mean),
          short_time(s.p50),
          short_time(s.p99),
          short_time(s.longest)};
}

struct Rows {
  std::vector<const traces::RunStats*> tasks, causes;
  std::size_t count() const { return tasks.size() + causes.size(); }
};

/// As many rows as fit the timeline.
Rows rows_of(const traces::RangeStats& stats, std::size_t room) {
  Rows rows;
  const std::size_t causes = std::min(stats.by_cause.size(), room / 3);
  for (std::size_t k = 0; k < std::min({stats.by_task.size(), room - causes, kMostRows}); ++k)
    rows.tasks.push_back(&stats.by_task[k]);
  for (std::size_t k = 0; k < causes; ++k) rows.causes.push_back(&stats.by_cause[k]);
  return rows;
}

void draw_rows(TimelineContext& c, const Rect& card, float y, const Rows& rows, const Pointer& pointer,
               Commands& commands) {
  Paint& paint = c.paint;
  const auto draw = [&](const traces::RunStats& s) {
    const Rect row{card.x + paint.s(4), y, card.w - paint.s(8), paint.s(kRow)};
    if (pointer.over(row)) paint.rect(row, paint.theme().hover, paint.s(4));
    if (pointer.over(row) && pointer.clicked) {
      if (s.task) commands.push_back(command::Select{{Selection::Kind::task, s.task.value}});
      commands.push_back(command::Seek{s.longest_at});
    }
    draw_columns(paint, card, y + paint.s(14.5F), cells_of(s), paint.theme().text, Face::mono);
    y += paint.s(kRow);
  };
  for (const auto* s : rows.tasks) draw(*s);
  if (!rows.causes.empty()) {
    paint.line({card.x + paint.s(14), y + paint.s(3)}, {card.right() - paint.s(14), y + paint.s(3)},
               paint.theme().line);
    y += paint.s(6);
  }
  for (const auto* s : rows.causes) draw(*s);
}

}  // namespace

void draw_open_finding(TimelineContext& c) {
  const auto& all = answers(c.view).findings(c.frame);
  if (!c.view.finding || *c.view.finding >= all.size()) return;
  const traces::Finding& f = all[*c.view.finding];
  if (f.begin >= c.frame.size) return;
  Paint& paint = c.paint;
  const Rect plot = c.geometry.plot();
  const float x0 = c.clamp_x(c.axis.x_of(f.begin)),
              x1 = c.clamp_x(c.axis.x_of(std::min(f.end + 1, c.frame.size)));
  const Color color = paint.theme()[Hue::fail].fill;
  const float top = c.geometry.phases.y;
  paint.rect({x0, top, std::max(paint.s(2), x1 - x0), plot.bottom() - top}, color.with_alpha(0.16F));
  paint.rect({x0, top, std::max(paint.s(2), x1 - x0), paint.s(2)}, color);
}

void draw_range(TimelineContext& c) {
  if (!c.view.range) return;
  Paint& paint = c.paint;
  const Rect plot = c.geometry.plot();
  const float x0 = c.clamp_x(c.axis.x_of(c.view.range->from));
  const float x1 = c.clamp_x(c.axis.x_of(std::min(c.view.range->to + 1, c.frame.size)));
  const Color edge = paint.theme()[Hue::ready].fill;
  paint.rect({x0, plot.y, std::max(1.0F, x1 - x0), plot.h}, edge.with_alpha(0.13F));
  for (const float x : {x0, x1}) paint.line({x, plot.y}, {x, plot.bottom()}, edge, paint.s(1.6F));
}

void draw_range_card(TimelineContext& c, const Pointer& pointer, Commands& commands) {
  if (!c.view.range) return;
  Paint& paint = c.paint;
  const Theme& theme = paint.theme();
  const traces::RangeStats& stats = answers(c.view).stats(c.frame, *c.view.range);
  const Rect panel = c.frame.layout.timeline;
  const float room = panel.h / paint.s(1) - 36 - 72;
  const Rows rows = rows_of(stats, static_cast<std::size_t>(std::max(3.0F, room / kRow)));
  const float w = std::min(paint.s(kWidth), panel.w - paint.s(24));
  const float h = paint.s(62 + kRow * static_cast<float>(rows.count()) + (rows.causes.empty() ? 0 : 6));
  // On the side that the range leaves free.
  const float middle = (c.axis.x_of(stats.from) + c.axis.x_of(stats.to)) / 2;
  const bool left = middle > panel.center().x;
  const Rect card{left ? c.geometry.plot_left + paint.s(4) : panel.right() - w - paint.s(10),
                  panel.bottom() - h - paint.s(8), w, h};
  paint.rect(card, theme.raised, paint.s(8), {theme.strong, paint.s(1)});
  const std::string title =
      fmt::format("{} events · {} iterations · {} runs · {}", grouped(stats.events),
                  grouped(stats.iterations), grouped(stats.all.runs), short_time(stats.duration));
  paint.text(card.x + paint.s(14), card.y + paint.s(22), title,
             {14, Face::semibold, theme.text, Align::left, card.w - paint.s(90)});
  paint.text(card.right() - paint.s(14), card.y + paint.s(22), "Esc closes",
             {12, Face::regular, theme.faint, Align::right});
  draw_columns(paint, card, card.y + paint.s(42),
               {"by task, by cause", "runs", "total", "mean", "p50", "p99", "longest"}, theme.faint,
               Face::regular);
  draw_rows(c, card, card.y + paint.s(50), rows, pointer, commands);
  if (pointer.over(card) && pointer.clicked && commands.empty())
    commands.push_back(command::Select{c.view.selection});  // the card keeps the click to itself
}

}  // namespace loopscope::viz
