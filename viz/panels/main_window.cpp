#include <array>
#include <cfloat>
#include <imgui.h>

#include "viz/model/prompt.h"
#include "viz/panels/panels.h"
#include "viz/panels/teaching_panels.h"

namespace loopscope::viz {
namespace {

constexpr ImGuiWindowFlags kPlainWindow = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                          ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                                          ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav |
                                          ImGuiWindowFlags_NoScrollWithMouse;

/// The parts of ImGuiIO that tell where the pointer is and what its buttons do.
struct Pointer {
  static constexpr int kButtons = IM_ARRAYSIZE(ImGuiIO::MouseDown);
  struct Button {
    bool down = false, clicked = false, double_clicked = false, released = false;
  };
  ImVec2 position{-FLT_MAX, -FLT_MAX};
  float wheel = 0, wheel_h = 0;
  std::array<Button, kButtons> buttons = {};

  static Pointer get() {
    const ImGuiIO& io = ImGui::GetIO();
    Pointer p;
    p.position = io.MousePos;
    p.wheel = io.MouseWheel;
    p.wheel_h = io.MouseWheelH;
    for (int i = 0; i < kButtons; ++i)
      p.buttons[static_cast<std::size_t>(i)] = {io.MouseDown[i], io.MouseClicked[i], io.MouseDoubleClicked[i],
                                                io.MouseReleased[i]};
    return p;
  }
  void set() const {
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = position;
    io.MouseWheel = wheel;
    io.MouseWheelH = wheel_h;
    for (int i = 0; i < kButtons; ++i) {
      const Button& b = buttons[static_cast<std::size_t>(i)];
      io.MouseDown[i] = b.down;
      io.MouseClicked[i] = b.clicked;
      io.MouseDoubleClicked[i] = b.double_clicked;
      io.MouseReleased[i] = b.released;
    }
  }
};

/// While it lives, the pointer is nowhere and no button is down: for what lies under an overlay.
class PointerElsewhere final {
 public:
  explicit PointerElsewhere(bool on) : on_(on), kept_(Pointer::get()) {
    if (on_) Pointer{}.set();
  }
  ~PointerElsewhere() {
    if (on_) kept_.set();
  }
  PointerElsewhere(const PointerElsewhere&) = delete;
  PointerElsewhere& operator=(const PointerElsewhere&) = delete;

 private:
  bool on_;
  Pointer kept_;
};

bool prompt_is_open(const ViewState& view) { return view.prompt && view.prompt->is_open(); }

void append(Commands& all, Commands&& more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

Commands draw_panels(const FrameView& frame, ViewState& view, Paint& paint) {
  const PointerElsewhere under_overlay(view.help_open || prompt_is_open(view));
  Commands commands;
  using Panel = Commands (*)(const FrameView&, ViewState&, Paint&);
  // The loop comes last of the panels: a chip in flight may pass over its edges.
  constexpr Panel kPanels[] = {draw_transport,      draw_program_panel, draw_output_panel,
                               draw_tasks_panel,    draw_why_panel,     draw_findings_panel,
                               draw_timeline_panel, draw_narration,     draw_tour_panel,
                               draw_score_panel,    draw_loop_panel,    draw_question_panel};
  if (ImGui::GetIO().MouseClicked[0]) view.focus = {};  // the mouse takes over
  for (const Panel panel : kPanels) append(commands, panel(frame, view, paint));
  if (const Rect& r = rect_of(view.focus.stop, frame.layout); !r.empty()) {
    const float out = paint.s(2);
    paint.rect({r.x - out, r.y - out, r.w + 2 * out, r.h + 2 * out}, {0, 0}, paint.s(10),
               {frame.theme.focus, paint.s(3)});
  }
  return commands;
}

}  // namespace

Commands draw_main_window(const FrameView& frame, ViewState& view, const Fonts& fonts) {
  constexpr double kTipDelay = 0.31;  // a little more than what the tooltips wait for
  if (view.hovered != view.next_hovered) view.wake_at = frame.clock + kTipDelay;
  view.hovered = view.next_hovered;
  view.next_hovered = {};
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({frame.layout.window.w, frame.layout.window.h});
  ImGui::Begin("loopscope", nullptr, kPlainWindow);
  Paint paint(*ImGui::GetWindowDrawList(), fonts, frame.theme);
  paint.rect(frame.layout.window, frame.theme.bg);
  Commands commands = draw_panels(frame, view, paint);
  if (view.help_open) append(commands, draw_help_overlay(frame, view, paint));
  if (prompt_is_open(view)) append(commands, draw_prompt(frame.layout.window, view, paint));
  if (view.work)
    append(commands,
           draw_work(*view.work, frame.layout.window, frame.layout.loop.y + paint.s(44), frame.clock, paint));
  if (view.toast) draw_toast(*view.toast, frame.layout.window, frame.layout.narration.y, paint);
  ImGui::End();
  ImGui::PopStyleVar(2);
  return commands;
}

}  // namespace loopscope::viz
