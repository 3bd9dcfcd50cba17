#include <cmath>
#include <imgui.h>

#include "traces/narration.h"
#include "viz/model/command_table.h"
#include "viz/panels/fit.h"
#include "viz/panels/panels.h"
#include "viz/panels/timeline_parts.h"

namespace loopscope::viz {
namespace {

constexpr float kZoomStep = 1.2F;

/// The loop whose phases are shown: the pinned one, else the cursor's, else, where that one never
/// runs, the one that ran before the cursor. Until a loop runs, the first to do so stands in, so that the
/// future can be seen.
const TimelineModel::LoopTrack* shown_track(const FrameView& frame, const ViewState& view,
                                            const TimelineModel& model) {
  const auto* focus = frame.state.focus(LoopId{frame.store.event(frame.cursor).loop});
  for (const LoopId id : {view.loop_shown, focus ? focus->id : LoopId{}})
    if (const auto* track = model.track(id); track && !track->iterations.empty()) return track;
  const TimelineModel::LoopTrack* shown = nullptr;
  EventIndex latest = 0;
  for (const auto& track : model.tracks()) {
    const auto* last = track.last_iteration(frame.cursor);
    if (last && (!shown || last->begin >= latest)) shown = &track, latest = last->begin;
  }
  for (const auto& track : model.tracks())
    if (!shown && !track.iterations.empty()) shown = &track;
  return shown;
}

/// The room that the longest name of all lanes wants at the left of the plot, unscaled; a crowd's names
/// have to do with what there is.
float width_of_names(const Paint& paint, const TimelineModel& model) {
  constexpr std::size_t kMost = 100;
  float widest = 1;
  const auto tasks = model.tasks();
  if (tasks.size() <= kMost)
    for (const auto& task : tasks) widest = std::max(widest, paint.badge_width(task.badge));
  const auto side = model.side().shown();
  for (std::size_t k = 0; k < std::min(side.size(), kMost); ++k)
    widest = std::max(widest, side_name_width(paint, model.side().all()[side[k]]) + paint.s(22));  // and "+3"
  return (widest + paint.s(24)) / paint.s(1);
}

TimelineContext make_context(const FrameView& frame, ViewState& view, Paint& paint) {
  const TimelineModel& model = trace_model(frame, view);
  const auto* track = shown_track(frame, view, model);
  if (!view.lane_blocks) view.lane_blocks = std::make_shared<BlockCache>();
  if (!view.lane_list) view.lane_list = std::make_shared<LaneList>();
  LaneChoice choice = view.lanes;
  if (view.teaching.asks()) choice.until = frame.cursor;
  const std::uint64_t known = view.lane_list->generation();
  const std::vector<Lane>& lanes = view.lane_list->of(model, choice);
  if (view.lane_list->generation() != known || view.lane_names == 0)
    view.lane_names = width_of_names(paint, model);
  const TimelineGeometry geometry = timeline_geometry(
      frame.layout, {lanes.size(), model.timer_rows(), view.lane_list->side().size(), view.lane_names});
  view.lanes_scroll = std::clamp(view.lanes_scroll, 0.0F, geometry.max_scroll());
  TimelineContext context{
      frame,
      view,
      paint,
      model,
      track,
      geometry,
      TimeAxis(frame.store, frame.size, view.axis, view.timeline, geometry.plot_left, geometry.plot_right),
      geometry.snapped(view.lanes_scroll),
      lanes};
  view.lane_blocks->begin(model.version(), frame.size, context.axis, frame.scale);
  return context;
}

/// "steps | clock"; returns its rectangle.
Rect draw_axis_switch(TimelineContext& c, float x, const Pointer& pointer) {
  Paint& paint = c.paint;
  const Theme& theme = paint.theme();
  const Rect title = c.geometry.title;
  constexpr std::string_view kNames[] = {"steps", "clock"};
  TextStyle style{13, Face::semibold, theme.text, Align::center};
  const float y = title.y + paint.s(6), h = paint.s(24);
  const float widths[] = {paint.width(kNames[0], style) + paint.s(24),
                          paint.width(kNames[1], style) + paint.s(24)};
  const Rect whole{x, y, widths[0] + widths[1], h};
  paint.box(whole, pointer.over(whole) ? theme.hover : theme.raised, theme.line, paint.s(6));
  const int on = c.view.axis == AxisKind::steps ? 0 : 1;
  for (int i = 0; i < 2; ++i) {
    const Rect part{i == 0 ? x : x + widths[0], y, widths[i], h};
    if (i == on) paint.box(part, theme.selection, theme[Hue::ready].fill, paint.s(6));
    style.color = i == on ? theme.text : theme.dim;
    paint.text(part.center().x, y + h / 2 + paint.s(4.6F), kNames[i], style);
  }
  return whole;
}

/// What the user has chosen to see, where it is not the usual; else empty.
std::string state_of_lanes(const ViewState& view) {
  if (view.folding)
    return "taking in the run: " + std::to_string(static_cast<int>(*view.folding * 100)) + " %";
  if (!view.lanes.filter.empty())
    return "only lanes with “" + view.lanes.filter + "” in their name · L changes it";
  if (view.selection.kind != Selection::Kind::task || view.arrows == ArrowMode::direct) return {};
  return view.arrows == ArrowMode::ancestors
             ? "who woke the selected task, and who woke that one · E for the critical path"
             : "the critical path: what had to come before the task stood here · E";
}

void draw_title(TimelineContext& c, const Pointer& pointer, Commands& commands) {
  Paint& paint = c.paint;
  const Theme& theme = paint.theme();
  const Layout& layout = c.frame.layout;
  paint.panel(layout.timeline, "Timeline");
  const float base = layout.timeline.y + paint.s(23);
  const float x =
      layout.timeline.x + paint.s(14) + paint.width("Timeline", {14, Face::semibold}) + paint.s(19);
  const Rect axis_switch = draw_axis_switch(c, x, pointer);
  if (pointer.over(axis_switch))
    offer_hint(c.view, axis_switch, "Steps or clock axis", key_of("Steps or clock axis"));
  if (pointer.clicked && pointer.over(axis_switch)) commands.push_back(command::ToggleAxis{});

  TextStyle faint{12, Face::regular, theme.faint};
  const std::string_view right = layout.small ? "F fit" : "wheel zoom · drag pan · F fit";
  const float right_edge = layout.timeline.right() - paint.s(14);
  const Rect fit{right_edge - paint.width("F fit", faint), c.geometry.title.y, paint.width("F fit", faint),
                 c.geometry.title.h};
  const float right_width = paint.width(right, faint);
  paint.text(right_edge - right_width, base, right, faint);
  if (pointer.over(fit)) {
    offer_hint(c.view, fit, "Fit the whole run", "F");
    faint.color = theme.text;
    paint.text(fit.x, base, "F fit", faint);
    if (pointer.clicked) commands.push_back(command::Fit{});
  }
  faint.color = theme.faint;
  const std::string told = state_of_lanes(c.view);
  const std::string_view help =
      !told.empty()  ? std::string_view(told)
      : layout.small ? "X switches the axis"
      : c.view.axis == AxisKind::steps
          ? "every event has the same width, so one instant can be read · X shows true durations"
          : "true durations; what happens at one instant stands on one line · X gives every event its width";
  const float help_x = axis_switch.right() + paint.s(14);
  faint.max_width = right_edge - right_width - paint.s(24) - help_x;
  if (faint.max_width > paint.s(40)) paint.text(help_x, base, help, faint);
}

void scroll_lanes(TimelineContext& c, float by) {
  c.view.lanes_scroll = std::clamp(c.view.lanes_scroll + by, 0.0F, c.geometry.max_scroll());
}

/// Where "+3" stands: the side lanes that have no room.
Rect hidden_side_count(const TimelineContext& c) {
  const std::size_t all = c.view.lane_list->side().size(), rows = c.geometry.side_rows;
  if (rows == 0 || all <= rows) return {};
  const Rect last = c.geometry.side_lane(rows - 1);
  return {c.geometry.plot_left - c.paint.s(44), last.y, c.paint.s(40), last.h};
}

/// By so many rows; a step past the last one begins again at the first when `around`.
void scroll_side(TimelineContext& c, float rows, bool around) {
  const std::size_t all = c.view.lane_list->side().size();
  const auto hidden = static_cast<float>(all - std::min(all, c.geometry.side_rows));
  const float wished = static_cast<float>(c.side_first()) + rows;
  const bool past = around && static_cast<float>(c.side_first()) >= hidden;
  c.view.side_scroll = past ? 0 : std::clamp(wished, 0.0F, hidden);
}

/// Shift and a drag mark a range.
bool mark_range(TimelineContext& c, const Pointer& pointer, Commands& commands) {
  const Rect plot = c.geometry.plot();
  if (!pointer.shift || !pointer.down || !plot.contains(pointer.pressed_at)) return false;
  if (!pointer.dragged) return true;
  const EventIndex a = c.axis.event_at(pointer.pressed_at.x), b = c.axis.event_at(pointer.at.x);
  commands.push_back(command::MarkRange{std::min(a, b), std::max(a, b)});
  return true;
}

/// What the pointer looks like over what can be dragged.
void shape_cursor(const TimelineGeometry& g, const Rect& body, const Pointer& pointer) {
  const float left = g.plot().x;
  const bool scrubs = pointer.down ? pointer.drags(g.ruler) && pointer.pressed_at.x >= left
                                   : pointer.over(g.ruler) && pointer.at.x >= left;
  if (scrubs)
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  else if (pointer.dragged && pointer.drags(body) && pointer.pressed_at.x >= left)
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
}

/// Zooming, panning, scrubbing, choosing.
void handle_pointer(TimelineContext& c, const Pointer& pointer, Commands& commands) {
  const TimelineGeometry& g = c.geometry;
  const Rect panel = c.frame.layout.timeline;
  const Rect body{panel.x, g.ruler.bottom(), panel.w, g.timers.bottom() - g.ruler.bottom()};
  const Rect plot = g.plot();
  if (pointer.over(panel) && pointer.wheel != 0 && !pointer.ctrl) {
    if (pointer.shift && pointer.over(g.side))
      scroll_side(c, -pointer.wheel, false);
    else if (pointer.shift)
      scroll_lanes(c, -pointer.wheel * g.lane_height);
    else
      c.view.timeline =
          c.axis.zoomed(std::clamp(pointer.at.x, plot.x, plot.right()), std::pow(kZoomStep, pointer.wheel));
  }
  shape_cursor(g, body, pointer);
  if (const Rect count = hidden_side_count(c); pointer.clicked && pointer.over(count))
    scroll_side(c, static_cast<float>(g.side_rows), true);
  if (mark_range(c, pointer, commands)) return;
  if (pointer.drags(g.ruler) && pointer.pressed_at.x >= plot.x) {
    commands.push_back(command::Seek{c.axis.event_at(pointer.at.x)});
  } else if (pointer.drags(g.strip) && pointer.pressed_at.x >= plot.x) {
    commands.push_back(command::Seek{c.axis.shows_all() ? strip_event_at(c, pointer.at.x)
                                                        : minimap_event_at(c, pointer.at.x)});
  } else if (pointer.drags(body) && pointer.dragged) {
    if (pointer.delta.x != 0) c.view.timeline = c.axis.panned(pointer.delta.x);
    scroll_lanes(c, -pointer.delta.y);
  }
  const auto row = g.lane_at(pointer.at.y, c.scroll);
  if (!row || !pointer.over(panel)) {
    if (pointer.over(plot) && pointer.double_clicked)
      commands.push_back(command::Seek{c.axis.event_at(pointer.at.x)});
    return;
  }
  if (pointer.double_clicked && pointer.over(plot))
    commands.push_back(command::Seek{c.axis.event_at(pointer.at.x)});
  const Lane& lane = c.lanes[*row];
  const Selection task{Selection::Kind::task, c.model.tasks()[lane.index].task.value};
  c.view.next_hovered = task;
  if (pointer.tapped(g.lanes)) commands.push_back(command::Select{task});
}

/// The keyboard's way through the lanes: first the tasks', then the others.
std::optional<std::size_t> focus_lanes(TimelineContext& c, Commands& commands) {
  const std::size_t tasks = c.lanes.size(), side = c.view.lane_list->side().size();
  std::size_t start = 0;
  if (c.view.selection.kind == Selection::Kind::task)
    start = c.lane_of(TaskId{c.view.selection.id}).value_or(0);
  const auto focus = take_focus(c.view.focus, FocusStop::timeline, tasks + side, start);
  if (!focus) return std::nullopt;
  if (focus->row >= tasks) {
    const auto row = static_cast<float>(focus->row - tasks), rows = static_cast<float>(c.geometry.side_rows);
    if (focus->moved) c.view.side_scroll = std::clamp(c.view.side_scroll, row + 1 - rows, row);
    return focus->row;
  }
  const Selection task{Selection::Kind::task, c.model.tasks()[c.lanes[focus->row].index].task.value};
  if (focus->moved) {
    c.view.lanes_scroll = c.geometry.scroll_to(focus->row, c.view.lanes_scroll);
    c.scroll = c.geometry.snapped(c.view.lanes_scroll);
    if (c.view.selection != task) commands.push_back(command::Select{task});
  }
  if (focus->enter) commands.push_back(command::FollowWake{true});
  return focus->row;
}

void draw_lane_focus(TimelineContext& c, std::size_t row) {
  const std::size_t tasks = c.lanes.size(), first = c.side_first();
  if (row < tasks) {
    const Rect lane = c.geometry.lane(row, c.scroll);
    if (c.geometry.lanes.contains(lane.center())) draw_row_focus(c.paint, lane);
  } else if (row - tasks >= first && row - tasks < first + c.geometry.side_rows) {
    draw_row_focus(c.paint, c.geometry.side_lane(row - tasks - first));
  }
}

/// When the cursor moves, the task that runs comes into sight.
void follow_cursor(TimelineContext& c) {
  if (c.view.lanes_follow == c.frame.cursor) return;
  c.view.lanes_follow = c.frame.cursor;
  const auto row = c.lane_of(c.model.running_task(c.frame.cursor));
  if (row) c.view.lanes_scroll = c.geometry.scroll_to(*row, c.view.lanes_scroll);
  c.scroll = c.geometry.snapped(c.view.lanes_scroll);
}

void draw_body(TimelineContext& c) {
  Paint& paint = c.paint;
  const TimelineGeometry& g = c.geometry;
  draw_instant_bands(c);
  draw_lane_names(c);
  const Rect plot = g.plot();
  const Rect clip{plot.x - paint.s(8), plot.y, plot.w + paint.s(16), plot.h};
  paint.push_clip(clip);
  draw_phases(c);
  draw_ready_depth(c);
  draw_task_lanes(c);
  draw_side_lanes(c);
  draw_timers(c);
  draw_wakeups(c);
  draw_links(c);
  // The recorded future: there, but not yet.
  const float x = std::max(c.cursor_x(), plot.x), top = g.ruler.bottom();
  const float veil = paint.theme().name == ThemeName::dark ? 0.5F : 0.55F;
  if (x < clip.right())
    paint.rect({x, top, clip.right() - x, plot.bottom() - top}, paint.theme().panel.with_alpha(veil));
  draw_range(c);
  if (!c.view.teaching.on()) draw_open_finding(c);
  paint.pop_clip();
  if (c.view.teaching.asks()) {
    draw_hidden_future(c);
    return;
  }
  draw_playhead(c);
  draw_ruler(c);
  if (c.axis.shows_all())
    draw_strip(c);
  else
    draw_minimap(c);
  draw_scroll_bar(paint, {g.lanes.x, g.lanes.y, g.lanes.w - paint.s(2), g.lanes.h}, g.content_height,
                  c.scroll);
}

}  // namespace

Commands draw_timeline_panel(const FrameView& frame, ViewState& view, Paint& paint) {
  Commands commands;
  if (frame.layout.timeline.empty() || frame.size == 0) return commands;
  TimelineContext c = make_context(frame, view, paint);
  const Pointer pointer = read_pointer(view.help_open);
  paint.push_clip(frame.layout.timeline);
  follow_cursor(c);
  const auto lane = focus_lanes(c, commands);
  draw_title(c, pointer, commands);
  draw_body(c);
  if (lane) draw_lane_focus(c, *lane);
  if (!view.teaching.asks()) draw_timeline_tip(c, pointer);
  const std::size_t asked = commands.size();
  draw_range_card(c, pointer, commands);
  paint.pop_clip();
  if (commands.size() == asked) handle_pointer(c, pointer, commands);
  return commands;
}

}  // namespace loopscope::viz
