// The program: its listing, its output where that has no panel of its own, its JSON.
#include <fmt/format.h>

#include "viz/model/scenario_editor.h"
#include "viz/panels/editor_panel.h"
#include "viz/panels/fit.h"
#include "viz/panels/listing.h"
#include "viz/panels/output_list.h"
#include "viz/panels/panels.h"

namespace loopscope::viz {
namespace {

/// The output has a panel of its own where there is room.
ProgramTab shown_tab(const FrameView& frame, const ViewState& view) {
  const bool elsewhere = view.program_tab == ProgramTab::output && !frame.layout.output_is_tab;
  return elsewhere ? ProgramTab::listing : view.program_tab;
}

/// "Program | Output 2 | JSON"; a click chooses. The output only where it is a tab. Returns where
/// they end.
float draw_tabs(const FrameView& frame, ViewState& view, Paint& paint, const Rect& panel,
                const Pointer& pointer) {
  std::vector<std::pair<ProgramTab, std::string>> tabs{{ProgramTab::listing, "Program"}};
  if (frame.layout.output_is_tab)
    tabs.emplace_back(ProgramTab::output, fmt::format("Output {}", grouped(output_count(frame, view))));
  tabs.emplace_back(ProgramTab::json, "JSON");
  const Theme& theme = paint.theme();
  float x = panel.x + paint.s(6);
  for (const auto& [tab, name] : tabs) {
    TextStyle style{14, Face::semibold, theme.text, Align::center};
    const float w = paint.width(name, style) + paint.s(20);
    const Rect place{x, panel.y, w, paint.s(36)};
    const bool on = shown_tab(frame, view) == tab, over = pointer.over(place);
    if (over && pointer.clicked) {
      view.program_tab = tab;
      view.editor->focus(tab == ProgramTab::json);
    }
    if (on)
      paint.rect({x + paint.s(4), panel.y + paint.s(33), w - paint.s(8), paint.s(3)}, theme[Hue::ready].fill,
                 paint.s(1.5F));
    style.color = on || over ? theme.text : theme.faint;
    paint.text(x + w / 2, panel.y + paint.s(23), name, style);
    x += w;
  }
  return x;
}

/// The file's name at the right of the title row, with a disc while the JSON is edited.
void draw_file_name(const FrameView& frame, const ViewState& view, Paint& paint, const Rect& panel,
                    float left) {
  const bool json = view.program_tab == ProgramTab::json;
  if (frame.title.empty() || (!json && !frame.store.header().has_listing)) return;
  const Theme& theme = paint.theme();
  const float right = panel.right() - paint.s(14), room = right - left - paint.s(24);
  const TextStyle style{12, Face::mono, theme.faint, Align::right};
  const std::string whole = frame.title + (json ? ".json" : ".py");
  const std::string_view name = first_fitting(paint, {whole, frame.title}, style, room);
  const float w = paint.text(right, panel.y + paint.s(23), name, style);
  if (view.editor->edited())
    paint.circle({right - w - paint.s(10), panel.y + paint.s(19)}, paint.s(4), theme[Hue::run].fill);
}

}  // namespace

Commands draw_program_panel(const FrameView& frame, ViewState& view, Paint& paint) {
  Commands commands;
  const Rect panel = frame.layout.program;
  if (panel.empty() || frame.size == 0) return commands;
  const Pointer pointer = read_pointer(view.help_open);
  Rect area = paint.panel(panel, "");
  area.h -= 1;
  if (pointer.clicked && !pointer.over(panel)) view.editor->focus(false);
  const float tabs_end = draw_tabs(frame, view, paint, panel, pointer);
  draw_file_name(frame, view, paint, panel, tabs_end);
  const ProgramTab tab = shown_tab(frame, view);
  if (tab == ProgramTab::json) {
    draw_editor(view, paint, area, frame.layout.small, pointer);
    if (view.editor->has_focus()) paint.rect(panel, {0, 0}, paint.s(8), {frame.theme.focus, paint.s(2)});
  } else {
    area = draw_problems(view, paint, area, pointer);
    if (tab == ProgramTab::output)
      draw_output_list(frame, view, paint, area, pointer, commands);
    else
      draw_listing(frame, view, paint, area, pointer, commands);
  }
  return commands;
}

}  // namespace loopscope::viz
