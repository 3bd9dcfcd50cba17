#include "viz/panels/transport.h"

#include <cmath>
#include <imgui.h>
#include <string>

#include "viz/model/command_table.h"
#include "viz/panels/fit.h"
#include "viz/panels/panels.h"

namespace loopscope::viz {
namespace {

Vec2 pointer() { return {ImGui::GetIO().MousePos.x, ImGui::GetIO().MousePos.y}; }
bool clicked(const Rect& r) { return ImGui::GetIO().MouseClicked[0] && r.contains(pointer()); }
bool held(const Rect& r) { return ImGui::GetIO().MouseDown[0] && r.contains(pointer()); }

/// The position figures: what stands above, what below.
struct Figure {
  std::string value, caption;
  float width = 0;
};

/// What the bar says about the cursor's place.
struct Figures {
  Figure columns[3];         // iteration, clock, event: the tall bar
  std::string line, second;  // the small bar
  float width = 0;
};

class Bar final {
 public:
  Bar(const FrameView& frame, ViewState& view, Paint& paint) : frame_(frame), view_(view), paint_(paint) {}

  const TransportLayout& place() {
    measure();
    return l_;
  }

  Commands draw() {
    measure();
    const Theme& t = frame_.theme;
    const Rect& bar = frame_.layout.transport;
    paint_.rect(bar, t.panel);
    paint_.line({bar.x, bar.bottom() - 0.5F}, {bar.right(), bar.bottom() - 0.5F}, t.line);
    draw_logo();
    draw_title();
    draw_ends();
    draw_play();
    for (std::size_t i = 0; i < kSteppers.size(); ++i) draw_stepper(i);
    if (view_.teaching.asks()) draw_paused();
    if (!l_.track.empty() && !view_.teaching.asks()) draw_speed();
    if (!l_.figures.empty()) draw_figures();
    if (!l_.help.empty()) draw_buttons();
    return std::move(commands_);
  }

 private:
  float s(float measure) const { return paint_.s(measure); }
  float middle() const { return frame_.layout.transport.h / 2; }
  TextStyle style(float size, Face face, Color color, Align align = Align::left) const {
    return {size, face, color, align, 0};
  }

  void measure() {
    TransportTexts texts;
    for (std::size_t i = 0; i < kSteppers.size(); ++i) {
      texts.labels[i] = paint_.width(stepper_label(kSteppers[i]), style(14, Face::semibold, {}));
      if (kSteppers[i] == view_.granularity) texts.current = i;
    }
    make_figures(!view_.teaching.asks());  // a total would tell how much is to come
    const float room = frame_.layout.transport.w * 0.36F;
    if (figures_.width > room) make_figures(false);
    texts.figures = figures_.width;
    texts.title = std::ceil(paint_.width(frame_.title, style(16, Face::semibold, {})));
    texts.subtitle = std::ceil(paint_.width(frame_.subtitle, style(12, Face::regular, {}))) + 1;
    texts.least_title = paint_.width("lifecy…", style(16, Face::semibold, {}));
    l_ = make_transport_layout(frame_.layout, texts);
  }

  /// `totals`: "3 / 12" rather than "3".
  void make_figures(bool totals) {
    const auto* loop = frame_.state.focus(LoopId{frame_.store.event(frame_.cursor).loop});
    const std::uint64_t iteration = loop ? loop->iteration : 0;
    const auto iterations = grouped(std::max<std::uint64_t>(iteration_total(loop), iteration));
    const std::string events = grouped(frame_.size);
    const std::string clock = traces::format_seconds(static_cast<double>(frame_.state.now) / 1e9);
    const bool any = iterations != "0";  // a program without a loop has none
    const std::string at_iteration = any ? grouped(iteration) : "–", at_event = grouped(frame_.cursor + 1);
    const auto of = [totals](const std::string& at, const std::string& total, const char* between) {
      return totals ? at + between + total : at;
    };
    const std::string of_iterations = any ? of(at_iteration, iterations, " / ") : at_iteration;
    if (frame_.layout.small) {
      figures_.line = of_iterations + " · " + clock;
      figures_.second = "event " + of(at_event, events, " / ");
      const float top = mono(14, of(iterations, iterations, " / ") + " · " + clock);
      figures_.width = std::max(top, mono(12, "event " + of(events, events, " / ")));
      return;
    }
    figures_.columns[0] = {of_iterations, "iteration", 0};
    figures_.columns[1] = {clock, "loop time", 0};
    figures_.columns[2] = {of(at_event, events, " / "), "event", 0};
    const std::string widest[3] = {of(iterations, iterations, " / "), clock, of(events, events, " / ")};
    figures_.width = 2 * s(28);
    for (int i = 0; i < 3; ++i) {
      // Digits come and go; the columns stay.
      figures_.columns[i].width = std::max(mono(16, widest[i]), s(68));
      figures_.width += figures_.columns[i].width;
    }
  }

  float mono(float size, const std::string& text) const {
    return paint_.width(text, style(size, Face::mono_semibold, {}));
  }

  /// Iterations of `loop` (before there is one: of the loop that iterates last) in the
  /// whole trace so far. Other loops' iterations may come after its last one; beyond a
  /// few it is not worth looking.
  std::uint64_t iteration_total(const traces::OneLoopState* loop) const {
    constexpr std::size_t kLook = 64;
    const std::size_t count = frame_.store.iteration_count();
    for (std::size_t back = 1; back <= std::min(count, kLook); ++back)
      if (const auto span = frame_.store.iteration(count - back); !loop || span.loop == loop->id)
        return span.n;
    return 0;
  }

  void draw_logo() {
    // The loop, and something that goes round in it.
    const Color run = frame_.theme[Hue::run].fill;
    const Vec2 center{l_.logo.x + s(7.5F), l_.logo.y + s(0.4F)};
    paint_.arc(center, s(10), -69, 236, run, s(3.4F));
    paint_.arrow_head({l_.logo.x + s(16), l_.logo.y - s(6)}, 0.6F, s(4.5F), run);
    paint_.circle({l_.logo.x + s(6.5F), l_.logo.y}, s(2.6F), frame_.theme[Hue::ready].fill);
  }

  void draw_title() {
    if (l_.title.empty()) return;
    const Theme& t = frame_.theme;
    TextStyle title = style(16, Face::semibold, t.text);
    title.max_width = l_.title.w;
    const bool failed = !frame_.failure.empty();
    if (frame_.layout.small) {
      if (failed) title.color = t[Hue::fail].text;
      paint_.text(l_.title.x, middle() + s(6), frame_.title, title);
      return;
    }
    paint_.text(l_.title.x, middle() - s(2), frame_.title, title);
    TextStyle sub = style(12, Face::regular, failed ? t[Hue::fail].text : t.faint);
    sub.max_width = l_.title.w;
    const std::string_view mode = view_.teaching.mode() == Teaching::Mode::tour ? "Lesson" : "Predict";
    const std::string both = std::string(mode) + " · " + frame_.subtitle;
    const std::string lesson(view_.teaching.on() ? first_fitting(paint_, {both, mode}, sub, l_.title.w) : "");
    const std::string& text = !lesson.empty()   ? lesson
                              : failed          ? frame_.failure
                              : frame_.finished ? frame_.subtitle
                                                : running_;
    paint_.text(l_.title.x, middle() + s(16), text, sub);
  }

  /// The command's name and key, once the pointer rests on `r`.
  void hint(const Rect& r, const std::string& command) {
    if (r.contains(pointer())) offer_hint(view_, r, command, key_of(command));
  }

  /// A raised button; true when it was clicked.
  bool button(const Rect& r, const std::string& command) {
    const Theme& t = frame_.theme;
    hint(r, command);
    const Color fill = held(r) ? t.line : r.contains(pointer()) ? t.hover : t.raised;
    paint_.box(r, fill, t.line, s(6));
    return clicked(r);
  }

  void draw_ends() {
    const Color ink = frame_.theme.text;
    for (const bool forward : {false, true}) {
      const Rect& r = forward ? l_.last : l_.first;
      if (button(r, forward ? "Last event" : "First event"))
        commands_.push_back(command::Seek{forward ? frame_.size - 1 : 0});
      const float cx = r.center().x, cy = r.center().y, d = forward ? 1.0F : -1.0F;
      paint_.line({cx + d * s(5), cy - s(7)}, {cx + d * s(5), cy + s(7)}, ink, s(2));
      paint_.polygon({{cx - d * s(7), cy - s(7)}, {cx + d * s(2), cy}, {cx - d * s(7), cy + s(7)}}, ink);
    }
  }

  void draw_play() {
    const Theme& t = frame_.theme;
    const HueColors& run = t[Hue::run];
    const Rect& r = l_.play;
    paint_.rect(r, run.fill, s(6), {t.run_edge, t.run_edge.alpha > 0 ? s(1) : 0});
    if (r.contains(pointer())) paint_.rect(r, Color{0xFFFFFF, held(r) ? 0.0F : 0.18F}, s(6));
    const float cy = r.center().y, x = l_.play_has_word ? r.x + s(18) : r.center().x - s(6);
    if (view_.playing) {
      paint_.rect({x, cy - s(7), s(4.5F), s(14)}, run.ink, s(1));
      paint_.rect({x + s(8.5F), cy - s(7), s(4.5F), s(14)}, run.ink, s(1));
    } else {
      paint_.polygon({{x, cy - s(8)}, {x + s(13), cy}, {x, cy + s(8)}}, run.ink);
    }
    if (l_.play_has_word)
      paint_.text(r.x + s(38), cy + s(5), view_.playing ? "Pause" : "Play",
                  style(15, Face::semibold, run.ink));
    hint(r, "Play or pause");
    if (clicked(r)) commands_.push_back(command::TogglePlay{});
  }

  void draw_stepper(std::size_t i) {
    const Theme& t = frame_.theme;
    const StepperPlace& p = l_.steppers[i];
    const bool current = kSteppers[i] == view_.granularity;
    paint_.rect(p.whole, current ? t.selection : t.raised, s(6));
    for (const bool forward : {false, true}) {
      const Rect& half = forward ? p.forward : p.back;
      const bool at_end = forward ? frame_.cursor + 1 >= frame_.size : frame_.cursor == 0;
      if (!at_end && half.contains(pointer()))
        paint_.rect(half.inset(s(2)),
                    held(half) ? t.line
                    : current  ? t[Hue::ready].fill.with_alpha(0.2F)
                               : t.hover,
                    s(4));
      paint_.chevron(half.center(), forward, s(5), t.text.with_alpha(at_end ? 0.38F : 1));
      hint(half, std::string(forward ? "Next " : "Previous ") + stepper_label(kSteppers[i]));
      if (clicked(half)) commands_.push_back(command::Step{kSteppers[i], forward});
    }
    paint_.box(p.whole, {0, 0}, current ? t[Hue::ready].fill : t.line, s(6));
    const float top = p.whole.y + s(6), bottom = p.whole.bottom() - s(6);
    for (const float x : {p.back.right(), p.forward.x}) paint_.line({x, top}, {x, bottom}, t.line);
    if (p.labelled)
      paint_.text(p.whole.center().x, p.whole.center().y + s(5), stepper_label(kSteppers[i]),
                  style(14, Face::semibold, t.text, Align::center));
  }

  /// While a question stands nothing moves.
  void draw_paused() {
    const Theme& t = frame_.theme;
    const float left = l_.first.x - s(2), right = l_.steppers.back().whole.right() + s(2);
    const Rect& bar = frame_.layout.transport;
    paint_.rect({left, bar.y, right - left, bar.h - s(2)}, t.panel.with_alpha(0.62F));
    const TextStyle word = style(14, Face::semibold, t[Hue::run].text);
    const float room = l_.figures.x - right - s(28);
    if (paint_.width("paused for your answer", word) < room)
      paint_.text(right + s(18), middle() + s(5), "paused for your answer", word);
  }

  void draw_speed() {
    const Theme& t = frame_.theme;
    const float cy = l_.speed.center().y;
    paint_.text(l_.speed.x, cy + s(5), "speed", style(13, Face::regular, t.faint));
    paint_.text(l_.speed.x + s(60), cy + s(5), speed_text(),
                style(14, Face::mono_semibold, t.text, Align::right));
    const Rect& track = l_.track;
    const float knob = x_of_speed(track, view_.speed), half = s(2);
    paint_.rect({track.x - half, cy - half, track.w + 2 * half, 2 * half}, t.strong, half);
    paint_.rect({track.x - half, cy - half, knob - track.x + half, 2 * half}, t.dim, half);
    const Rect grip{track.x - s(8), track.y, track.w + s(16), track.h};
    const bool over = grip.contains(pointer());
    paint_.circle({knob, cy}, s(over ? 8 : 7), t.text);
    if (over && !ImGui::GetIO().MouseDown[0]) offer_hint(view_, grip, "Speed", ", .");
    if (over && ImGui::GetIO().MouseDown[0]) {
      const float speed = speed_at(track, pointer().x);
      if (speed != view_.speed) commands_.push_back(command::SetSpeed{speed});
    }
  }

  std::string speed_text() const {
    if (view_.speed == 0.25F) return "¼×";
    if (view_.speed == 0.5F) return "½×";
    return std::to_string(std::lround(view_.speed)) + "×";
  }

  void draw_figures() {
    const Theme& t = frame_.theme;
    if (frame_.layout.small) {
      const float right = l_.figures.right();
      paint_.text(right, middle() - s(2), figures_.line,
                  style(14, Face::mono_semibold, t.text, Align::right));
      paint_.text(right, middle() + s(16), figures_.second, style(12, Face::mono, t.faint, Align::right));
      return;
    }
    float right = l_.figures.x;
    for (const Figure& f : figures_.columns) {
      right += f.width;
      paint_.text(right, middle() - s(1), f.value, style(16, Face::mono_semibold, t.text, Align::right));
      paint_.text(right, middle() + s(17), f.caption, style(12, Face::regular, t.faint, Align::right));
      right += s(28);
    }
  }

  void draw_buttons() {
    const Theme& t = frame_.theme;
    if (button(l_.theme, "Dark or light")) commands_.push_back(command::ToggleTheme{});
    const Vec2 c = l_.theme.center();
    paint_.ring(c, s(7), t.text, s(2));  // half of it dark
    std::vector<Vec2> half;
    for (int i = 0; i <= 16; ++i) {
      const float a = (-90 + static_cast<float>(i) * 180 / 16) * 3.14159265F / 180;
      half.push_back({c.x + s(7) * std::cos(a), c.y + s(7) * std::sin(a)});
    }
    paint_.polygon(half, t.text);
    if (button(l_.help, "This help")) commands_.push_back(command::ToggleHelp{});
    paint_.text(l_.help.center().x, l_.help.center().y + s(6), "?",
                style(16, Face::semibold, t.text, Align::center));
  }

  const FrameView& frame_;
  ViewState& view_;
  Paint& paint_;
  TransportLayout l_;
  Figures figures_;
  Commands commands_;
  const std::string running_ = "running …";
};

}  // namespace

TransportLayout place_transport(const FrameView& frame, ViewState& view, Paint& paint) {
  return Bar(frame, view, paint).place();
}

Commands draw_transport(const FrameView& frame, ViewState& view, Paint& paint) {
  return Bar(frame, view, paint).draw();
}

}  // namespace loopscope::viz
