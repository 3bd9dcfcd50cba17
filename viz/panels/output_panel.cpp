#include <cmath>
#include <fmt/format.h>

#include "traces/narration.h"
#include "viz/model/timeline_model.h"
#include "viz/model/wrap.h"
#include "viz/panels/fit.h"
#include "viz/panels/output_list.h"
#include "viz/panels/panels.h"
#include "viz/panels/teaching_panels.h"

namespace loopscope::viz {
namespace {

constexpr float kRow = 24, kPad = 16, kFirstBaseline = 22;
constexpr float kFailureLine = 18;
constexpr std::size_t kMostFailureLines = 4;
constexpr std::size_t kHanging = 2, kMostRows = 8;  // of one line that is broken

/// What the list shows below the rows.
struct Foot {
  std::string here;                  ///< "you are here: 2 more lines to come"
  std::vector<std::string> failure;  ///< why the run ended, in lines
  float height(const Paint& paint) const {
    return paint.s((here.empty() ? 0 : kRow) +
                   (failure.empty() ? 0 : 8 + kFailureLine * static_cast<float>(failure.size())));
  }
};

Foot make_foot(const FrameView& frame, const Paint& paint, const std::vector<OutputRow>& rows,
               std::size_t shown, float width, bool hidden) {
  Foot foot;
  const std::size_t more = rows.size() - shown;
  if (hidden)
    ;  // how much is to come is hidden too
  else if (more > 0)
    foot.here = fmt::format("you are here: {} more {} to come", grouped(more), more == 1 ? "line" : "lines");
  else if (shown > 0 && rows.back().text_at(frame.cursor).size() < rows.back().text.size())
    foot.here = "you are here: this line goes on";
  else if (!frame.finished)
    foot.here = "the program is still running";
  if (!frame.failure.empty() && frame.finished && (frame.cursor + 1 == frame.size || frame.state.last_error))
    foot.failure = wrapped_words(paint, frame.failure, {13, Face::regular}, width, kMostFailureLines);
  return foot;
}

void draw_empty(const FrameView& frame, Paint& paint, const Rect& area, std::size_t all, bool hidden) {
  const Theme& theme = paint.theme();
  const bool ever = all > 0 && !hidden;
  const bool silent = all == 0 && frame.finished && !hidden;
  const std::string_view first = silent ? "This program prints nothing" : "Nothing printed yet";
  const float y = area.y + paint.s(kFirstBaseline);
  paint.rect({area.x + paint.s(kPad), y - paint.s(11), paint.s(8), paint.s(14)}, theme.dim);
  TextStyle style{13, Face::regular, theme.faint, Align::left, area.w - paint.s(kPad + 16 + kPad)};
  const std::string text =
      ever ? fmt::format("{}: {} {} to come", first, grouped(all), all == 1 ? "line" : "lines")
           : std::string(first);
  paint.text(area.x + paint.s(kPad + 16), y, text, style);
}

std::string time_text(const OutputRow& row) {
  return traces::format_seconds(static_cast<double>(row.ts) / 1e9);
}
std::string iteration_text(const OutputRow& row) {
  return row.iteration ? "iter " + grouped(row.iteration) : "–";
}

/// Where a row's time and iteration stand.
struct Columns {
  float time_right, iteration_right, text_right;
  bool iteration;
};

/// Columns as wide as `last`, the widest row, needs.
Columns columns(const FrameView& frame, const Paint& paint, const Rect& area, const OutputRow* last) {
  const TextStyle style{12, Face::mono};
  const float right = area.right() - paint.s(kPad);
  const float time = last ? paint.width(time_text(*last), style) : 0, gap = paint.s(16);
  if (frame.layout.small) return {right, right, right - time - gap, false};
  const float iteration = last ? paint.width(iteration_text(*last), style) : 0;
  const float time_right = right - std::max(paint.s(68), iteration + gap);
  return {time_right, right, time_right - std::max(paint.s(64), time) - gap, true};
}

/// The end of `text` that fits, with "…" before it.
std::string tail(const Paint& paint, std::string_view text, const TextStyle& style) {
  if (paint.width(text, style) <= style.max_width) return std::string(text);
  const float letter = std::max(paint.width("0", style), 1.0F);
  const auto room = static_cast<std::size_t>(std::max(1.0F, style.max_width / letter - 2));
  std::size_t from = text.size() > room ? text.size() - room : 0;
  while (from < text.size() && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80) ++from;
  return "…" + std::string(text.substr(from));
}

/// The rows of a line from `at` on, one below the other; those after the first end at `right`.
void draw_pieces(Paint& paint, std::string_view line, const std::vector<WrapPiece>& pieces, Vec2 at,
                 float right, const TextStyle& style) {
  const float column = paint.width("0123456789", style) / 10;
  for (const WrapPiece& piece : pieces) {
    TextStyle row = style;
    const float x = at.x + column * static_cast<float>(piece.indent);
    if (piece.begin > 0) row.max_width = std::max(1.0F, right - x);
    paint.text(x, at.y, line.substr(std::min(piece.begin, line.size()), piece.end - piece.begin), row);
    at.y += paint.s(kRow);
  }
}

/// What of a line of output is broken into rows: one that several prints make stays one row.
std::vector<WrapPiece> pieces_of(const OutputRow& row, const OutputColumns& columns) {
  if (row.growth.size() > 1 || row.text.size() <= columns.first) return {{0, row.text.size(), 0}};
  return wrap_columns(row.text, columns.rest, kHanging, kMostRows, columns.first);
}

/// The rows that the lines take at `columns`, kept; only what is new is measured.
const RowTable& output_table(const FrameView& frame, ViewState& view, const std::vector<OutputRow>& rows,
                             const OutputColumns& columns) {
  OutputWrap& kept = view.output_wrap;
  if (kept.store != &frame.store || kept.columns != columns || kept.rows.lines() > rows.size())
    kept = {.store = &frame.store, .columns = columns, .rows = {}};
  // The last line may have grown since.
  if (kept.rows.lines() > 0) kept.rows.drop_last();
  for (std::size_t i = kept.rows.lines(); i < rows.size(); ++i)
    kept.rows.add(static_cast<std::uint32_t>(pieces_of(rows[i], columns).size()));
  return kept.rows;
}

void draw_row(const FrameView& frame, Paint& paint, const OutputRow& row, const Rect& r, bool hovered,
              const Columns& columns, const OutputColumns& wrap) {
  const Theme& theme = paint.theme();
  if (hovered) paint.rect({r.x + 1, r.y, r.w - 2, r.h}, theme.hover);
  const float base = r.y + paint.s(17), x = r.x + paint.s(kPad);
  const float code = frame.layout.small ? 12 : 14;
  const TextStyle text{code, Face::mono, theme.text, Align::left, columns.text_right - x};
  // Of a row that several prints make, the newest end counts.
  if (row.growth.size() > 1)
    paint.text(x, base, tail(paint, row.text_at(frame.cursor), text), text);
  else
    draw_pieces(paint, row.text_at(frame.cursor), pieces_of(row, wrap), {x, base}, r.right() - paint.s(kPad),
                text);
  TextStyle style{12, Face::mono, theme.faint, Align::right};
  paint.text(columns.time_right, base, time_text(row), style);
  if (columns.iteration) paint.text(columns.iteration_right, base, iteration_text(row), style);
}

/// `scroll` so that what stands from `top` to `bottom` is in sight in `height`, on whole rows.
float scroll_to_row(float scroll, float top, float bottom, float height, float row_height) {
  scroll = std::clamp(scroll, std::min(bottom - height, top), top);
  return std::ceil(scroll / row_height) * row_height;
}

void draw_foot(Paint& paint, const Foot& foot, const Rect& area, float y) {
  const Theme& theme = paint.theme();
  const float x = area.x + paint.s(kPad), width = area.w - paint.s(2 * kPad);
  if (!foot.here.empty()) {
    const float base = y + paint.s(17);
    paint.rect({x, base - paint.s(11), paint.s(8), paint.s(14)}, theme.dim);
    paint.text(x + paint.s(16), base, foot.here,
               {13, Face::regular, theme.faint, Align::left, width - paint.s(16)});
    y += paint.s(kRow);
  }
  if (foot.failure.empty()) return;
  y += paint.s(4);
  const float h = paint.s(kFailureLine) * static_cast<float>(foot.failure.size());
  paint.rect({area.x + 1, y, area.w - 2, h + paint.s(4)}, theme[Hue::fail].fill.with_alpha(theme.tint));
  paint.rect({area.x + 1, y, paint.s(4), h + paint.s(4)}, theme[Hue::fail].fill);
  for (const std::string& line : foot.failure) {
    y += paint.s(kFailureLine);
    paint.text(x, y - paint.s(3), line, {13, Face::regular, theme[Hue::fail].text, Align::left, width});
  }
}

/// Characters of a line of output that stand side by side: the rows after its first go below its time.
OutputColumns text_columns(const FrameView& frame, const Paint& paint, const Rect& area,
                           const Columns& columns) {
  const TextStyle style{frame.layout.small ? 12.0F : 14.0F, Face::mono};
  const float column = paint.width("0123456789", style) / 10, left = area.x + paint.s(kPad);
  const auto fitting = [&](float right) {
    return static_cast<std::size_t>(std::max(8.0F, (right - left) / column));
  };
  return {fitting(columns.text_right), fitting(area.right() - paint.s(kPad))};
}

}  // namespace

std::size_t output_count(const FrameView& frame, ViewState& view) {
  return trace_model(frame, view).output().rows_at(frame.cursor);
}

void draw_output_list(const FrameView& frame, ViewState& view, Paint& paint, const Rect& area,
                      const Pointer& pointer, Commands& commands) {
  const auto& rows = trace_model(frame, view).output().rows();
  const std::size_t shown = output_count(frame, view);
  const Foot foot = make_foot(frame, paint, rows, shown, area.w - paint.s(2 * kPad), view.teaching.asks());
  const bool nothing = shown == 0 && foot.failure.empty();
  if (nothing) return draw_empty(frame, paint, area, rows.size(), view.teaching.asks());

  const Columns place = columns(frame, paint, area, shown > 0 ? &rows[shown - 1] : nullptr);
  const OutputColumns wrap = text_columns(frame, paint, area, place);
  const RowTable& table = output_table(frame, view, rows, wrap);
  const float row_height = paint.s(kRow), top = paint.s(5);
  const auto y_of = [&](std::size_t line) { return row_height * static_cast<float>(table.before(line)); };
  const float content = top + y_of(shown) + foot.height(paint) + paint.s(4);
  // Whole rows, so that none is cut at the top.
  const float most = std::ceil(std::max(0.0F, content - area.h) / row_height) * row_height;
  if (view.output_follows != frame.cursor) view.output_scroll = most;  // the newest line is in sight
  view.output_follows = frame.cursor;
  if (pointer.over(area) && !pointer.ctrl) view.output_scroll -= pointer.wheel * 3 * row_height;
  const auto focus = take_focus(view.focus, FocusStop::output, shown, shown > 0 ? shown - 1 : 0);
  if (focus && focus->moved)
    view.output_scroll =
        scroll_to_row(view.output_scroll, y_of(focus->row), y_of(focus->row + 1), area.h - top, row_height);
  if (focus && focus->enter) commands.push_back(command::Seek{rows[focus->row].event});
  view.output_scroll = std::clamp(view.output_scroll, 0.0F, most);

  paint.push_clip({area.x, area.y + top, area.w, area.h - top});
  const auto first_row = static_cast<std::size_t>(std::max(0.0F, view.output_scroll) / row_height);
  const auto rect_of = [&](std::size_t line) {
    return Rect{area.x, area.y + top - view.output_scroll + y_of(line), area.w,
                row_height * static_cast<float>(table.rows_of(line))};
  };
  for (std::size_t i = table.line_at(first_row); i < shown; ++i) {
    const Rect r = rect_of(i);
    if (r.y + row_height > area.bottom() + 1) break;
    const bool hovered = pointer.over(area) && pointer.over(r);
    draw_row(frame, paint, rows[i], r, hovered, place, wrap);
    if (hovered && pointer.clicked) commands.push_back(command::Seek{rows[i].event});
  }
  if (focus) draw_row_focus(paint, rect_of(focus->row));
  draw_foot(paint, foot, area, area.y + top - view.output_scroll + y_of(shown));
  paint.pop_clip();
  draw_scroll_bar(paint, area, content, view.output_scroll);
}

Commands draw_output_panel(const FrameView& frame, ViewState& view, Paint& paint) {
  Commands commands;
  const Rect panel = frame.layout.output;
  if (panel.empty() || frame.layout.output_is_tab || frame.size == 0) return commands;
  const std::size_t shown = output_count(frame, view);
  Rect area =
      paint.panel(panel, "Output", {}, fmt::format("{} {}", grouped(shown), shown == 1 ? "line" : "lines"));
  area.h -= 1;
  const AboutBlock about = place_about(view, paint, area.w, area.h - paint.s(2.5F * kRow));
  if (about.height > 0) {
    // Right under the first lines, or at the foot when there are many.
    const float lines = paint.s(kRow * (1.6F + static_cast<float>(std::max<std::size_t>(shown, 1))));
    const float y = std::min(area.y + lines, area.bottom() - about.height);
    draw_about(about, paint, {area.x, y, area.w, about.height});
    area.h = y - area.y;
  }
  draw_output_list(frame, view, paint, area, read_pointer(view.help_open), commands);
  return commands;
}

}  // namespace loopscope::viz
