#include <array>
#include <cfloat>
#include <cmath>
#include <imgui.h>
#include <utility>

#include "viz/model/prompt.h"
#include "viz/panels/fit.h"
#include "viz/panels/panels.h"
#include "viz/panels/teaching_panels.h"

namespace loopscope::viz {
namespace {

constexpr ImGuiWindowFlags kPlainWindow = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                          ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                                          ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav |
                                          ImGuiWindowFlags_NoScrollWithMouse;

/// The parts of ImGuiIO that tell where the pointer is and what its buttons do.
struct MouseState {
  static constexpr int kButtons = IM_ARRAYSIZE(ImGuiIO::MouseDown);
  struct Button {
    bool down = false, clicked = false, double_clicked = false, released = false;
  };
  ImVec2 position{-FLT_MAX, -FLT_MAX};
  float wheel = 0, wheel_h = 0;
  std::array<Button, kButtons> buttons = {};

  static MouseState get() {
    const ImGuiIO& io = ImGui::GetIO();
    MouseState p;
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
  explicit PointerElsewhere(bool on) : on_(on), kept_(MouseState::get()) {
    if (on_) MouseState{}.set();
  }
  ~PointerElsewhere() {
    if (on_) kept_.set();
  }
  PointerElsewhere(const PointerElsewhere&) = delete;
  PointerElsewhere& operator=(const PointerElsewhere&) = delete;

 private:
  bool on_;
  MouseState kept_;
};

constexpr double kTipDelay = 0.31;  // a little more than what the tooltips wait for

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

/// What the pointer rests on, in words: a text that was cut says itself whole. True once it has rested.
bool rests_on_hint(const FrameView& frame, ViewState& view, const Paint& paint) {
  if (!view.next_hint && paint.cut_text())
    view.next_hint = HoverHint{paint.cut_text()->text, {}, paint.cut_text()->at};
  const bool same = view.hint && view.next_hint && view.hint->text == view.next_hint->text &&
                    view.hint->at == view.next_hint->at;
  if (!same) {
    view.hint_since = frame.clock;
    if (view.next_hint) view.wake_at = frame.clock + kTipDelay;
  }
  view.hint = std::exchange(view.next_hint, std::nullopt);
  return view.hint && frame.clock - view.hint_since >= kTipDelay - 0.01 && !ImGui::GetIO().MouseDown[0];
}

void draw_hint(const FrameView& frame, const HoverHint& hint, Paint& paint) {
  constexpr float kPad = 10, kLine = 18;
  const Theme& t = frame.theme;
  const Rect& window = frame.layout.window;
  const float most = std::min(paint.s(420), window.w - paint.s(24)), pad = paint.s(kPad);
  const TextStyle words{13, Face::regular, t.text, Align::left, most};
  const TextStyle key{12, Face::mono_semibold, t.dim, Align::right};
  const std::vector<std::string> lines = wrapped_words(paint, hint.text, words, most, 8);
  float w = 0;
  for (const std::string& line : lines) w = std::max(w, std::min(paint.width(line, words) + 1, most));
  if (!hint.key.empty()) w += paint.width(hint.key, key) + paint.s(14);
  Rect r{hint.at.center().x - w / 2 - pad, hint.at.bottom() + paint.s(8), w + 2 * pad,
         paint.s(12) + paint.s(kLine) * static_cast<float>(lines.size())};
  if (r.bottom() > window.bottom() - paint.s(4)) r.y = hint.at.y - r.h - paint.s(8);
  r.x = std::round(std::clamp(r.x, paint.s(4), std::max(paint.s(4), window.right() - r.w - paint.s(4))));
  paint.rect(r, t.raised, paint.s(6), {t.strong, paint.s(1)});
  float base = r.y + paint.s(19);
  paint.text(r.right() - pad, base, hint.key, key);
  for (const std::string& line : lines) {
    paint.text(r.x + pad, base, line, words);
    base += paint.s(kLine);
  }
}

}  // namespace

Commands draw_main_window(const FrameView& frame, ViewState& view, const Fonts& fonts) {
  if (view.hovered != view.next_hovered) view.wake_at = frame.clock + kTipDelay;
  view.hovered = view.next_hovered;
  if (view.drawn_size != Vec2{frame.layout.window.w, frame.layout.window.h}) {
    // In another window what was in sight is to be so again.
    view.drawn_size = {frame.layout.window.w, frame.layout.window.h};
    view.listing_follows = view.output_follows = view.lanes_follow = view.tasks_follow =
        static_cast<std::size_t>(-1);
  }
  view.next_hovered = {};
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({frame.layout.window.w, frame.layout.window.h});
  ImGui::Begin("loopscope", nullptr, kPlainWindow);
  Paint paint(*ImGui::GetWindowDrawList(), fonts, frame.theme);
  paint.rect(frame.layout.window, frame.theme.bg);
  const bool covered = view.help_open || prompt_is_open(view);
  if (!covered) paint.watch({ImGui::GetIO().MousePos.x, ImGui::GetIO().MousePos.y});
  Commands commands = draw_panels(frame, view, paint);
  if (view.next_hovered.kind != Selection::Kind::none) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (!covered && rests_on_hint(frame, view, paint)) draw_hint(frame, *view.hint, paint);
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
