#pragma once

#include "viz/model/question_layout.h"
#include "viz/panels/panels.h"

/// Lessons and predict mode: the tour and the score at the right, the question in the loop's panel.
namespace loopscope::viz {

Commands draw_tour_panel(const FrameView& frame, ViewState& view, Paint& paint);
Commands draw_score_panel(const FrameView& frame, ViewState& view, Paint& paint);
Commands draw_question_panel(const FrameView& frame, ViewState& view, Paint& paint);

/// "Why it matters", and how high it stands.
struct AboutBlock {
  std::string text;
  float height = 0;  ///< window pixels; 0: there is nothing to say, or no room
};
/// The most of the scenario's own words that fits into `width` by `most` pixels.
AboutBlock place_about(const ViewState& view, Paint& paint, float width, float most);
void draw_about(const AboutBlock& block, Paint& paint, const Rect& area);

/// Where the question stands, when one is to be seen.
std::optional<QuestionLayout> place_question(const FrameView& frame, const ViewState& view,
                                             const Paint& paint);

/// A raised (or, with a hue, filled) button with a word; true when it was clicked. `on` false: dim, and
/// a click does nothing.
struct ButtonLook {
  std::optional<Hue> fill = {};
  bool on = true;
  int chevron = 0;  ///< -1: "‹" before the word, 1: "›" after it
};
bool draw_button(Paint& paint, const Rect& r, std::string_view word, const ButtonLook& look);
/// A key's cap; returns its width.
float draw_key_cap(Paint& paint, float x, float center_y, std::string_view key);

}  // namespace loopscope::viz
