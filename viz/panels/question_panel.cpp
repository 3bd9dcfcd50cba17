// The question at the foot of the loop's panel: what runs next?
#include <cmath>
#include <imgui.h>

#include "viz/model/loop_geometry.h"
#include "viz/model/playback.h"
#include "viz/panels/fit.h"
#include "viz/panels/rich_text.h"
#include "viz/panels/teaching_panels.h"

namespace loopscope::viz {
namespace {

using traces::RunCandidate;

struct Look {
  Hue hue = Hue::wait;
  Glyph glyph = Glyph::wait;
};

Look look_of(const QuestionChoice& choice) {
  if (!choice.candidate || choice.candidate->where == RunCandidate::Where::waiting) return {};
  if (choice.candidate->where == RunCandidate::Where::heap) return {Hue::timer, Glyph::timer};
  const Cause cause = choice.candidate->handle.cause;
  return {hue_of(cause), glyph_of(cause)};
}

/// Lesson texts without their backticks.
std::string bare(std::string text) {
  std::erase(text, '`');
  return text;
}

/// How one choice is to be shown.
struct ChoiceState {
  bool asks = false, focused = false, hot = false, out = false;  // out: a hint has ruled it out
  bool right = false, wrong = false;                             // the question is answered
  float alpha() const { return out || (!asks && !right && !wrong) ? 0.5F : 1; }
};

class QuestionPanel final {
 public:
  QuestionPanel(const FrameView& frame, ViewState& view, Paint& paint, QuestionLayout layout)
      : frame_(frame),
        view_(view),
        paint_(paint),
        l_(std::move(layout)),
        teaching_(view.teaching),
        question_(*view.teaching.question()),
        pointer_(read_pointer(view.help_open)) {}

  Commands draw() {
    const Theme& t = paint_.theme();
    paint_.rect(l_.area, t.panel, s(8));
    paint_.rect(l_.area, t.selection.with_alpha(t.name == ThemeName::dark ? .55F : .6F), s(8));
    paint_.rect({l_.area.x, l_.area.y, l_.area.w, s(3)}, t[Hue::ready].fill);
    draw_text();
    for (std::size_t i = 0; i < l_.choices.size(); ++i) draw_choice(i);
    if (teaching_.asks())
      draw_asking();
    else
      draw_answered();
    draw_flying();
    return std::move(commands_);
  }

 private:
  using What = command::Teach::What;
  float s(float measure) const { return paint_.s(measure); }
  void ask_for(What what, std::size_t number = 0) { commands_.push_back(command::Teach{what, number}); }

  void draw_text() {
    const Theme& t = paint_.theme();
    const bool order = teaching_.asks() && question_.handles;
    const TextStyle aside{14, Face::semibold, t.dim, Align::right};
    const float used = order ? paint_.width("order hidden", aside) + s(16) : 0;
    const float base = l_.text.y + s(l_.text_size);
    const TextStyle style{l_.text_size, Face::bold, t.text};
    if (l_.lines > 1)
      paint_.paragraph(l_.text.x, base, l_.text.w - used, bare(question_.text), style,
                       s(l_.text_size * 1.3F));
    else
      paint_.text(l_.text.x, base, bare(question_.text),
                  {l_.text_size, Face::bold, t.text, Align::left, l_.text.w - used});
    if (order) paint_.text(l_.text.right(), base - s(2), "order hidden", aside);
  }

  ChoiceState state_of(std::size_t i) const {
    ChoiceState state;
    state.asks = teaching_.asks();
    const auto& hint = teaching_.hint();
    state.out = state.asks && hint && hint->not_this == i;
    state.hot = state.asks && !state.out && pointer_.over(l_.choices[i]);
    state.focused = state.asks && teaching_.focused() == i;
    state.right = !state.asks && i == question_.right;
    state.wrong = !state.asks && teaching_.mark() == Mark::wrong && i == teaching_.chosen();
    return state;
  }

  void draw_choice(std::size_t i) {
    const QuestionChoice& choice = question_.choices[i];
    const ChoiceState state = state_of(i);
    const Theme& t = paint_.theme();
    const Rect& r = l_.choices[i];
    if (state.focused)
      paint_.rect({r.x - s(4), r.y - s(4), r.w + s(8), r.h + s(8)}, {0, 0}, s(12), {t.focus, s(3)});
    if (question_.handles)
      draw_chip(choice, r, state);
    else
      draw_sentence(choice, r, state);
    draw_sign(i, r, state);
    if (state.hot && pointer_.clicked) ask_for(What::answer, i + 1);
  }

  Color edge_of(Color edge, const ChoiceState& state) const {
    const Theme& t = paint_.theme();
    if (state.right) return t[Hue::io].fill;
    if (state.wrong) return t[Hue::fail].fill;
    return edge.with_alpha(state.alpha());
  }

  /// "B · wakes" in the largest type that it fits in, else "B", else B's name by what tells it from others.
  std::pair<std::string, float> fitting_title(const std::string& title, float room) const {
    const float large = l_.tall ? 18 : 15, small = l_.tall ? 15 : 13;
    const std::string who = title.substr(0, title.find(" · "));
    for (const std::string& text : {title, who})
      for (const float size : {large, small})
        if (paint_.width(text, {size, Face::semibold}) <= room) return {text, size};
    return {fit_name(paint_, who, {small, Face::semibold}, room), small};
  }

  void draw_chip(const QuestionChoice& choice, const Rect& r, const ChoiceState& state) {
    const Theme& t = paint_.theme();
    const Look look = look_of(choice);
    const HueColors& hue = t[look.hue];
    const bool strong = state.hot || state.focused || state.right || state.wrong;
    paint_.rect(r, t.raised, s(8));
    paint_.rect(r, hue.fill.with_alpha(state.hot || state.focused ? .34F : t.tint * state.alpha()), s(8),
                {edge_of(hue.fill, state), s(strong ? 3 : 1.6F)});
    const Rect tile{r.x + s(8), r.y + s(8), l_.tall ? s(44) : r.h - s(16), r.h - s(16)};
    paint_.rect(tile, hue.fill.with_alpha(state.alpha()), s(6));
    paint_.glyph(look.glyph, tile.center(), s(l_.tall ? 11 : 8), hue.ink.with_alpha(state.alpha()));
    const float x = tile.right() + s(12), room = std::max(1.0F, r.right() - s(34) - x), cy = r.center().y;
    // On a hot chip the second line uses text: dim would be too faint there.
    const Color second = state.hot || state.focused ? t.text : t.dim;
    const auto [said, size] = fitting_title(bare(choice.title), room);
    paint_.text(x, cy + s(l_.tall ? -4 : -2), said, {size, Face::semibold, t.text, Align::left, room});
    paint_.text(x, cy + s(l_.tall ? 19 : 15), choice.detail,
                {l_.tall ? 13.0F : 12.0F, Face::mono, second, Align::left, room + s(26)});
    if (state.out) paint_.line({r.x + s(8), cy}, {r.right() - s(8), cy}, t.text, s(2));
  }

  void draw_sentence(const QuestionChoice& choice, const Rect& r, const ChoiceState& state) {
    const Theme& t = paint_.theme();
    const Color fill = state.hot || state.focused ? t.hover : t.raised;
    const bool strong = state.hot || state.focused || state.right || state.wrong;
    paint_.rect(r, fill, s(8), {edge_of(t.strong, state), s(strong ? 2.4F : 1.2F)});
    const Color color = state.alpha() < 1 ? t.dim : t.text;
    const float base = r.center().y + s(5.5F), x = r.x + s(44);
    const float room = std::max(1.0F, r.right() - s(state.right || state.wrong ? 40 : 12) - x);
    rich_text(paint_, x, base, room, choice.title, {16, 20, color, color}, base);
    if (state.out) paint_.line({x, r.center().y}, {r.right() - s(10), r.center().y}, t.text, s(2));
  }

  /// Its key, or how it turned out.
  void draw_sign(std::size_t i, const Rect& r, const ChoiceState& state) {
    const Theme& t = paint_.theme();
    const bool chip = question_.handles;
    if (!chip || state.asks) {
      const float y = chip ? r.y + s(l_.tall ? 16 : 14) : r.center().y;
      draw_key_cap(paint_, chip ? r.right() - s(28) : r.x + s(12), y, std::to_string(i + 1));
    }
    if (!state.right && !state.wrong) return;
    const HueColors& hue = t[state.right ? Hue::io : Hue::fail];
    const Vec2 at{r.right() - s(20), chip ? r.y + s(20) : r.center().y};
    paint_.glyph(state.right ? Glyph::done : Glyph::fail, at, s(8), hue.text);
    if (state.wrong && chip) {
      paint_.line({r.x + s(10), r.y + s(10)}, {r.right() - s(10), r.bottom() - s(10)}, hue.fill, s(2));
      paint_.line({r.x + s(10), r.bottom() - s(10)}, {r.right() - s(10), r.y + s(10)}, hue.fill, s(2));
    }
  }

  void draw_asking() {
    const Theme& t = paint_.theme();
    if (draw_button(paint_, l_.hint, "Hint", {.on = !teaching_.hint()})) ask_for(What::hint);
    if (draw_button(paint_, l_.show, "Show me", {})) ask_for(What::show);
    const float base = l_.foot.y + s(16);
    float x = l_.foot.x;
    x += paint_.text(x, base, question_.handles ? "Click a handle, or press" : "Click an answer, or press",
                     {14, Face::regular, t.dim, Align::left, l_.foot.w}) +
         s(10);
    for (std::size_t i = 0; i < question_.choices.size() && x + s(24) < l_.foot.right(); ++i)
      x += draw_key_cap(paint_, x, base - s(5), std::to_string(i + 1)) + s(5);
    draw_second(base);
  }

  /// Under the keys: what is hidden, the hint, or why nothing moved. One line below the buttons where it
  /// fits there, else two beside them.
  void draw_second(float base) {
    const Theme& t = paint_.theme();
    const std::string& note = teaching_.note();
    const TextStyle small{13, Face::regular, t.dim};
    const float below = l_.show.bottom() + s(17), whole = l_.text.w;
    std::string second(first_fitting(
        paint_,
        {"Nothing moves until you answer. What comes after this event stays hidden.",
         "Nothing moves until you answer; the future stays hidden.", "Nothing moves until you answer."},
        small, whole));
    Color color = t.dim;
    if (teaching_.hint()) second = teaching_.hint()->text, color = t.text;
    if (!note.empty()) second = note, color = t[Hue::run].text;
    const bool one_line = paint_.width(bare(second), small) <= whole * 0.97F;
    if (one_line && below + s(6) <= l_.area.bottom())
      rich_text(paint_, l_.foot.x, below, whole, second, {13, 17, color, color}, below);
    else
      rich_text(paint_, l_.foot.x, base + s(22), l_.foot.w, second, {13, 17, color, color},
                l_.area.bottom() - s(6));
  }

  void draw_answered() {
    const Theme& t = paint_.theme();
    const bool last = !teaching_.has_next();
    const std::string next = teaching_.mode() == Teaching::Mode::predict ? "Next" : last ? "The end" : "Next";
    if (draw_button(paint_, l_.show, next, {.fill = Hue::ready, .on = !last, .chevron = 1}))
      ask_for(What::next);
    const Mark mark = teaching_.mark();
    const std::string_view verdict = mark == Mark::right   ? "Right."
                                     : mark == Mark::wrong ? "Not this one."
                                                           : "This is how it goes.";
    const Hue hue = mark == Mark::wrong ? Hue::fail : Hue::io;
    const float base = l_.foot.y + s(16), room = l_.show.x - s(16) - l_.foot.x;
    paint_.text(l_.foot.x, base, verdict, {16, Face::bold, t[hue].text, Align::left, room});
    rich_text(paint_, l_.foot.x, base + s(21), room, teaching_.sentence(), {14, 18, t.text, t.text},
              l_.foot.bottom() + s(6));
  }

  /// The right chip on its way into the slot.
  void draw_flying() {
    const Transition& move = frame_.transition;
    if (teaching_.asks() || !question_.handles || !move.moving() || view_.reduced_motion) return;
    if (move.to != question_.answered || move.from != question_.at || question_.right >= l_.choices.size())
      return;
    const MachineLayout machine = layout_machine(l_.machine, frame_.layout.small, frame_.scale);
    const Rect& from = l_.choices[question_.right];
    const float p = ease_out_cubic(move.progress);
    const auto mix = [p](float a, float b) { return a + (b - a) * p; };
    const Rect r{mix(from.x, machine.slot.x), mix(from.y, machine.slot.y), mix(from.w, machine.slot.w),
                 mix(from.h, machine.slot.h)};
    const Look look = look_of(question_.choices[question_.right]);
    paint_.chip(r, bare(question_.choices[question_.right].title), question_.choices[question_.right].detail,
                {.hue = look.hue, .glyph = look.glyph, .hot = true});
  }

  const FrameView& frame_;
  ViewState& view_;
  Paint& paint_;
  QuestionLayout l_;
  const Teaching& teaching_;
  const Question& question_;
  Pointer pointer_;
  Commands commands_;
};

}  // namespace

std::optional<QuestionLayout> place_question(const FrameView& frame, const ViewState& view,
                                             const Paint& paint) {
  if (!view.teaching.shows_question(frame.cursor)) return std::nullopt;
  const Question& question = *view.teaching.question();
  const Rect& panel = frame.layout.loop;
  const float w =
      paint.width(bare(question.text), {panel.h / frame.scale >= 560 ? 26.0F : 18.0F, Face::bold});
  const bool two = w > panel.w - paint.s(48 + (question.handles ? 110 : 0));
  return layout_question(panel, question, two ? 2 : 1, frame.scale);
}

Commands draw_question_panel(const FrameView& frame, ViewState& view, Paint& paint) {
  auto layout = place_question(frame, view, paint);
  if (!layout || layout->area.h < paint.s(60)) return {};
  return QuestionPanel(frame, view, paint, std::move(*layout)).draw();
}

}  // namespace loopscope::viz
