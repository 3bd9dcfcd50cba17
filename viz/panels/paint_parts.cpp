// The design's small parts: glyphs, badges, tags, chips, panels.
#include <cmath>
#include <imgui.h>
#include <numbers>

#include "viz/panels/fit.h"
#include "viz/panels/paint.h"

namespace loopscope::viz {

Color Paint::hue_fill(Glyph glyph) const {
  if (glyph == Glyph::run && theme_->run_edge.alpha > 0) return {0xA87400};
  return {};
}

void Paint::glyph(Glyph glyph, Vec2 c, float r, Color color) {
  // Amber is too pale for a small shape on white.
  if (color == (*theme_)[Hue::run].fill && hue_fill(glyph).rgb != 0) color = hue_fill(glyph);
  const auto at = [&](float x, float y) { return Vec2{c.x + x * r, c.y + y * r}; };
  switch (glyph) {
    case Glyph::run:
      polygon({at(-0.75F, -1), at(1, 0), at(-0.75F, 1)}, color);
      break;
    case Glyph::ready:
      circle(c, r * 0.86F, color);
      break;
    case Glyph::timer:
      polygon({at(0, -1.1F), at(1.1F, 0), at(0, 1.1F), at(-1.1F, 0)}, color);
      break;
    case Glyph::io:
      rect({c.x - r * 0.9F, c.y - r * 0.9F, r * 1.8F, r * 1.8F}, color, s(1));
      break;
    case Glyph::wait:
      ring(c, r * 0.72F, color, std::max(s(1.6F), r * 0.42F));
      break;
    case Glyph::job: {
      std::vector<Vec2> corners;
      for (int i = 0; i < 6; ++i) {
        const float a = static_cast<float>(i) * std::numbers::pi_v<float> / 3;
        corners.push_back(at(1.02F * std::cos(a), 1.02F * std::sin(a)));
      }
      polygon(corners, color);
      break;
    }
    case Glyph::done:
      polyline({at(-0.8F, 0), at(-0.15F, 0.65F), at(0.9F, -0.7F)}, color, std::max(s(1.8F), r * 0.38F));
      break;
    case Glyph::fail:
    case Glyph::signal:
      line(at(-0.7F, -0.7F), at(0.7F, 0.7F), color, std::max(s(2), r * 0.42F));
      line(at(0.7F, -0.7F), at(-0.7F, 0.7F), color, std::max(s(2), r * 0.42F));
      break;
    case Glyph::cancel:
      ring(c, r * 0.8F, color, s(1.6F));
      line(at(-0.55F, 0.55F), at(0.55F, -0.55F), color, s(1.6F));
      break;
    case Glyph::step:
      polyline({at(-0.6F, -0.8F), at(0.5F, 0), at(-0.6F, 0.8F)}, color, std::max(s(2), r * 0.4F));
      break;
    case Glyph::wake:
      polyline({at(-0.8F, 0.3F), at(0, -0.6F), at(0.8F, 0.3F)}, color, std::max(s(2), r * 0.4F));
      line(at(0, -0.5F), at(0, 1), color, std::max(s(2), r * 0.4F));
      break;
  }
}

void Paint::chevron(Vec2 c, bool right, float r, Color color) {
  const float d = right ? 0.5F : -0.5F;
  polyline({{c.x - d * r, c.y - r}, {c.x + d * r, c.y}, {c.x - d * r, c.y + r}}, color, s(2));
}

namespace {
TextStyle badge_style(Color color) { return {12, Face::bold, color, Align::center, 0}; }
}  // namespace

float Paint::badge_width(std::string_view name, float height) const {
  return std::max(s(height), width(name, badge_style({})) + s(10));
}

float Paint::badge(float x, float center_y, std::string_view name, float height, float alpha) {
  const float w = badge_width(name, height), h = s(height);
  rect({x, center_y - h / 2, w, h}, theme_->strong.with_alpha(alpha), s(5));
  text(x + w / 2, center_y + s(4.4F), name, badge_style(theme_->badge_text.with_alpha(alpha)));
  return w;
}

float Paint::state_tag(float x, float center_y, Hue hue, std::string_view word) {
  const bool solid = hue == Hue::run;
  const HueColors& colors = (*theme_)[hue];
  const Color ink = solid ? colors.ink : colors.text;
  TextStyle style{12, Face::semibold, ink};
  const float w = s(22) + width(word, style) + s(8);
  if (hue == Hue::cancel)
    rect({x, center_y - s(10), w, s(20)}, {0, 0}, s(5), {colors.fill, s(1)});
  else
    rect({x, center_y - s(10), w, s(20)}, solid ? colors.fill : colors.fill.with_alpha(theme_->tag_tint()),
         s(5));
  glyph(glyph_of(hue), {x + s(11), center_y}, s(4.6F), ink);
  text(x + s(21), center_y + s(4.3F), word, style);
  return w;
}

Rect Paint::panel(const Rect& r, std::string_view title, std::string_view sub, std::string_view right) {
  box(r, theme_->panel, theme_->line, s(8));
  const float pad = s(14), base = r.y + s(23);
  float used = text(r.x + pad, base, title, {14, Face::semibold, theme_->text});
  float right_width = 0;
  if (!right.empty()) {
    TextStyle style{12, Face::mono, theme_->faint, Align::right};
    style.max_width = std::max(1.0F, r.w - 2 * pad - used - s(12));
    right_width = text(r.right() - pad, base, right, style) + s(12);
  }
  const float room = r.w - 2 * pad - used - s(10) - right_width;
  if (!sub.empty() && room > s(24)) {
    TextStyle style{13, Face::regular, theme_->faint};
    style.max_width = room;
    text(r.x + pad + used + s(10), base, sub, style);
  }
  const float y = std::round(r.y + s(36)) - 0.5F;
  line({r.x + 1, y}, {r.right() - 1, y}, theme_->line);
  return {r.x, r.y + s(36), r.w, r.h - s(36)};
}

namespace {

/// What a chip says first: two rows take the detail's place.
struct ChipTitle {
  std::vector<std::string> rows;
  float size = 15;
};

/// "worker 7 · wakes": where it does not fit, who it is matters most; in smaller type rather than cut,
/// without its article, or in two rows where the detail is no time.
ChipTitle chip_title(const Paint& paint, std::string_view title, std::string_view detail, float room) {
  const std::string_view who = title.substr(0, title.find(" · "));
  const bool called_by_us = who.size() == title.size() && who.starts_with("the ");  // no task's own name
  const std::string_view bare = called_by_us ? who.substr(4) : who;
  const TextStyle large{15, Face::semibold}, small{13, Face::semibold};
  for (const std::string_view said : {title, who})
    if (paint.width(said, large) <= room) return {{std::string(said)}, large.size};
  const std::string_view called = bare.substr(0, bare.find('('));  // of "say('hello')"
  for (const std::string_view said : {who, bare})
    if (paint.width(said, small) <= room) return {{std::string(said)}, small.size};
  if (detail.find("due ") == std::string_view::npos)
    for (const std::string_view said : {bare, called})
      if (auto rows = two_rows(paint, said, small, room); rows.size() == 2)
        return {std::move(rows), small.size};
  if (paint.width(called, large) <= room) return {{std::string(called)}, large.size};
  return {{fit_name(paint, called, small, room)}, small.size};
}

}  // namespace

void Paint::chip(const Rect& r, std::string_view title, std::string_view detail, const ChipLook& look) {
  const HueColors& hue = (*theme_)[look.hue];
  const float a = look.alpha * (look.struck ? 0.55F : 1.0F);
  const auto faded = [&](Color c) { return c.with_alpha(c.alpha * a); };
  rect(r, faded(theme_->raised), s(8));
  const Color edge = look.hue == Hue::run && theme_->run_edge.alpha > 0 ? theme_->run_edge : hue.fill;
  rect(r, faded(hue.fill.with_alpha(look.hot ? 0.30F : theme_->tint)), s(8),
       {faded(edge), s(look.hot ? 3 : 1.6F), look.ghost});
  if (look.focused)
    rect({r.x - s(4), r.y - s(4), r.w + s(8), r.h + s(8)}, {0, 0}, s(11), {theme_->focus, s(3)});
  const float tile = r.h - s(12);
  rect({r.x + s(6), r.y + s(6), tile, tile}, faded(hue.fill), s(5));
  glyph(look.glyph, {r.x + r.h / 2, r.center().y}, s(8), faded(hue.ink));
  const float x = r.x + r.h + s(2), room = std::max(1.0F, r.right() - x - s(8));
  TextStyle first{15, Face::semibold, faded(theme_->text), Align::left, room};
  const ChipTitle said = chip_title(*this, title, detail, room);
  first.size = said.size;
  if (said.rows.size() == 2) {
    text(x, r.center().y - s(3), said.rows.front(), first);
    text(x, r.center().y + s(13), said.rows.back(), first);
    if (look.struck) line({r.x + s(8), r.center().y}, {r.right() - s(8), r.center().y}, theme_->text, s(2));
    return;
  }
  text(x, r.center().y - s(2), said.rows.front(), first);
  // "#5 due 1.000": the time before the number, and neither cut.
  const TextStyle second{12, Face::mono, faded(look.hot ? theme_->text : theme_->dim), Align::left, room};
  const std::size_t space = detail.starts_with('#') ? detail.find(' ') : std::string_view::npos;
  std::string_view told = detail;
  if (space != std::string_view::npos && width(detail, second) > room)
    told =
        width(detail.substr(space + 1), second) <= room ? detail.substr(space + 1) : detail.substr(0, space);
  text(x, r.center().y + s(15), told, second);
  if (look.struck) line({r.x + s(8), r.center().y}, {r.right() - s(8), r.center().y}, theme_->text, s(2));
}

void Paint::mini_chip(const Rect& r, const std::vector<std::string>& rows, const ChipLook& look) {
  const HueColors& hue = (*theme_)[look.hue];
  const float a = look.alpha * (look.struck ? 0.55F : 1.0F);
  const auto faded = [&](Color c) { return c.with_alpha(c.alpha * a); };
  rect(r, faded(theme_->raised), s(6));
  const Color edge = look.hue == Hue::run && theme_->run_edge.alpha > 0 ? theme_->run_edge : hue.fill;
  rect(r, faded(hue.fill.with_alpha(look.hot ? 0.34F : theme_->tint)), s(6),
       {faded(edge), s(look.hot ? 3 : 1.5F), look.ghost});
  if (look.focused)
    rect({r.x - s(3), r.y - s(3), r.w + s(6), r.h + s(6)}, {0, 0}, s(9), {theme_->focus, s(3)});
  glyph(look.glyph, {r.x + s(12), r.center().y}, s(5), faded(hue.fill));
  const TextStyle name{12, Face::semibold, faded(theme_->text), Align::left, std::max(1.0F, r.w - s(27))};
  constexpr float kPitch = 14;
  float base = r.center().y + s(4.5F) - s(kPitch / 2) * static_cast<float>(rows.size() - 1);
  for (const std::string& row : rows) {
    text(r.x + s(22), base, row, name);
    base += s(kPitch);
  }
  if (look.struck) line({r.x + s(6), r.center().y}, {r.right() - s(6), r.center().y}, theme_->text, s(1.5F));
}

}  // namespace loopscope::viz
