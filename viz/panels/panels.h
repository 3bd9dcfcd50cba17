#pragma once

#include "viz/model/commands.h"
#include "viz/model/view_state.h"
#include "viz/panels/paint.h"

/// The panels of the main window: free functions that read, draw and return commands.
/// Each draws inside its own rectangle of `frame.layout`. They use ImGui only for the
/// mouse (`ImGui::GetIO()`) and the draw list; they never loop over events.
namespace loopscope::viz {

Commands draw_transport(const FrameView& frame, ViewState& view, Paint& paint);
Commands draw_program_panel(const FrameView& frame, ViewState& view, Paint& paint);
Commands draw_output_panel(const FrameView& frame, ViewState& view, Paint& paint);
Commands draw_loop_panel(const FrameView& frame, ViewState& view, Paint& paint);
Commands draw_tasks_panel(const FrameView& frame, ViewState& view, Paint& paint);
Commands draw_timeline_panel(const FrameView& frame, ViewState& view, Paint& paint);
Commands draw_why_panel(const FrameView& frame, ViewState& view, Paint& paint);
Commands draw_findings_panel(const FrameView& frame, ViewState& view, Paint& paint);
/// Over everything; needs no run.
Commands draw_prompt(const Rect& window, ViewState& view, Paint& paint);
/// One line over the panels, above `bottom`.
void draw_toast(const Toast& toast, const Rect& window, float bottom, Paint& paint);
/// Long work under way, from `top` down, in the middle of `window`.
Commands draw_work(const Work& work, const Rect& window, float top, double clock, Paint& paint);
Commands draw_narration(const FrameView& frame, ViewState& view, Paint& paint);
Commands draw_help_overlay(const FrameView& frame, ViewState& view, Paint& paint);

/// All of the main window for one frame, in one borderless ImGui window.
Commands draw_main_window(const FrameView& frame, ViewState& view, const Fonts& fonts);

/// A page instead of the panels: an error (file, lines, what to do), "running ...", or what became of it.
struct Notice {
  enum class Kind : std::uint8_t { error, busy, told };
  std::string title;
  std::string text;
  Kind kind = Kind::error;
  bool is_error() const { return kind == Kind::error; }
};
Commands draw_notice(const Notice& notice, ViewState& view, const Theme& theme, const Fonts& fonts,
                     float width, float height);

}  // namespace loopscope::viz
