#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "viz/model/geometry.h"
#include "viz/model/heat_rows.h"
#include "viz/model/theme.h"
#include "viz/panels/fonts.h"

struct ImDrawList;

namespace loopscope::viz {

enum class Align : std::uint8_t { left, center, right };

/// How a piece of text looks. `size` in unscaled pixels (em).
struct TextStyle {
  float size = 14;
  Face face = Face::regular;
  Color color = {};
  Align align = Align::left;
  float max_width = 0;  ///< > 0: cut with "…" at this many window pixels
};

/// The shapes that tell kinds apart without colour.
enum class Glyph : std::uint8_t { run, ready, timer, io, wait, job, fail, done, cancel, step, wake, signal };

Glyph glyph_of(Hue hue);
Glyph glyph_of(Cause cause);

/// Stroke of a rectangle; width 0 = none.
struct Edge {
  Color color = {};
  float width = 0;
  bool dashed = false;
};

/// The drawing primitives of the design, on one ImDrawList. All coordinates are window
/// pixels; text stands on its baseline. `s(x)` scales a design measure.
class Paint {
 public:
  Paint(ImDrawList& list, const Fonts& fonts, const Theme& theme)
      : list_(&list), fonts_(&fonts), theme_(&theme) {}

  const Theme& theme() const { return *theme_; }
  float s(float measure) const { return measure * fonts_->scale(); }
  ImDrawList& list() { return *list_; }

  float width(std::string_view text, const TextStyle& style) const;
  /// Returns the width drawn.
  float text(float x, float baseline, std::string_view text, const TextStyle& style);
  /// The lines that paragraph() makes of it; at least one.
  std::vector<std::string> wrapped(float w, std::string_view text, const TextStyle& style) const;
  /// Words wrapped at `w`; returns the baseline of the last line.
  float paragraph(float x, float baseline, float w, std::string_view text, const TextStyle& style,
                  float line_height);

  void rect(const Rect& r, Color fill, float radius = 0, Edge edge = {});
  /// A rectangle with a crisp one-pixel edge inside.
  void box(const Rect& r, Color fill, Color edge, float radius);
  /// `color` as a draw list's vertices hold it.
  std::uint32_t pack(Color color) const;
  /// Many plain rectangles at once.
  void bars(std::span<const HeatBar> bars);
  void line(Vec2 a, Vec2 b, Color color, float width = 1);
  void dashed(Vec2 a, Vec2 b, Color color, float width, float on, float off);
  void polyline(const std::vector<Vec2>& points, Color color, float width, bool closed = false);
  void polygon(const std::vector<Vec2>& points, Color fill);  ///< convex
  void circle(Vec2 center, float radius, Color fill);
  void ring(Vec2 center, float radius, Color color, float width);
  void arc(Vec2 center, float radius, float from_degrees, float to_degrees, Color color, float width);
  void bezier(Vec2 a, Vec2 b, Vec2 c, Vec2 d, Color color, float width);
  void dotted_bezier(Vec2 a, Vec2 b, Vec2 c, Vec2 d, Color color, float width, float gap);
  void arrow_head(Vec2 tip, float angle_radians, float size, Color color);

  void glyph(Glyph glyph, Vec2 center, float radius, Color color);
  /// A task's name in a rounded square; returns its width.
  float badge(float x, float center_y, std::string_view name, float height = 20, float alpha = 1);
  float badge_width(std::string_view name, float height = 20) const;
  /// Glyph and word in a small pill; returns its width.
  float state_tag(float x, float center_y, Hue hue, std::string_view word);
  /// The frame of a panel with its title row; returns the area below the title row.
  Rect panel(const Rect& r, std::string_view title, std::string_view sub = {}, std::string_view right = {});
  /// A handle.
  struct ChipLook {
    Hue hue;
    Glyph glyph;
    bool hot = false, ghost = false, struck = false, focused = false;
    float alpha = 1;
  };
  void chip(const Rect& r, std::string_view title, std::string_view detail, const ChipLook& look);
  /// A name of one row, or two.
  void mini_chip(const Rect& r, const std::vector<std::string>& rows, const ChipLook& look);
  void chevron(Vec2 center, bool right, float radius, Color color);

  /// Of the texts that are drawn from now on, one that is cut under `pointer` is remembered whole.
  void watch(Vec2 pointer) { pointer_ = pointer; }
  struct CutText {
    std::string text;
    Rect at;
  };
  const std::optional<CutText>& cut_text() const { return cut_; }

  void push_clip(const Rect& r);
  void pop_clip();

 private:
  Color hue_fill(Glyph glyph) const;

  ImDrawList* list_;
  const Fonts* fonts_;
  const Theme* theme_;
  Vec2 pointer_{-1e9F, -1e9F};
  std::optional<CutText> cut_;
};

}  // namespace loopscope::viz
