#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "viz/model/view_state.h"
#include "viz/panels/paint.h"

/// Small helpers that several panels share.
namespace loopscope::viz {

/// What tells a task's name that was cut from its like: "…1" of "number… 1"; else the whole name.
std::string name_tail(std::string_view name);

/// `name` if it is at most `max` wide, else with an ellipsis before what tells it from its like:
/// "wor… 34", "handle…made"; else `name` cut.
std::string fit_name(const Paint& paint, std::string_view name, const TextStyle& style, float max);

/// The same for a name in a badge.
std::string fit_badge(const Paint& paint, std::string_view name, float max, float height = 20);

/// `name` in one row, or in two that meet between words, the second whole: "ha…data", "received".
std::vector<std::string> two_rows(const Paint& paint, std::string_view name, const TextStyle& style,
                                  float max);

/// The first of `texts` that is at most `max` wide; empty when none is. Longest first: a text that
/// holds a value is never cut, it gets shorter by whole words.
std::string_view first_fitting(const Paint& paint, std::initializer_list<std::string_view> texts,
                               const TextStyle& style, float max);

/// "1 204 331".
std::string grouped(std::uint64_t n);

/// `text` with the numbers of iterations, turns and events grouped as everywhere in the window:
/// "Iteration 1 745 · run". Numbers that a program wrote stay as they are.
std::string with_grouped_numbers(std::string text);

/// `text` in lines of at most `w` pixels, at most `most` of them; what does not fit into the last
/// is too long, to be drawn cut.
std::vector<std::string> wrapped_words(const Paint& paint, std::string_view text, const TextStyle& style,
                                       float w, std::size_t most);

/// A slim bar at the right edge of `view` that tells which part of `content` is seen.
void draw_scroll_bar(Paint& paint, const Rect& view, float content, float scroll);

/// The ring of the keyboard's focus around a row that reaches over its panel's width.
void draw_row_focus(Paint& paint, const Rect& row);

/// While the pointer is over `at`: the words that come up when it rests there, and the hand.
void offer_hint(ViewState& view, const Rect& at, std::string text, std::string key = {});

/// The mouse in window pixels, and whether panels may use it.
struct Pointer {
  Vec2 at, pressed_at, delta;
  bool clicked = false, double_clicked = false, down = false, released = false;
  bool dragged = false;  ///< has moved since the button went down
  float wheel = 0;
  bool shift = false, ctrl = false;

  bool over(const Rect& r) const { return r.contains(at); }
  /// The button went down in `r` and came up again without a drag.
  bool tapped(const Rect& r) const {
    return released && !dragged && r.contains(pressed_at) && r.contains(at);
  }
  bool drags(const Rect& r) const { return down && r.contains(pressed_at); }
};
/// The pointer; nowhere and at rest when `blocked` (something lies over the panels).
Pointer read_pointer(bool blocked);

}  // namespace loopscope::viz
