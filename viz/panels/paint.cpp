#include "viz/panels/paint.h"

#include <cmath>
#include <imgui.h>
#include <numbers>
#include <string>

namespace loopscope::viz {
namespace {

ImVec2 iv(Vec2 v) { return {v.x, v.y}; }
constexpr float kPi = std::numbers::pi_v<float>;

const char* begin_of(std::string_view t) { return t.data(); }
const char* end_of(std::string_view t) { return t.data() + t.size(); }

float measure(const Fonts::Pick& pick, std::string_view text) {
  if (text.empty()) return 0;  // ImGui would take an empty view's null for a C string
  return pick.font->CalcTextSizeA(pick.size, 1e9F, 0, begin_of(text), end_of(text)).x;
}

/// The start of the code point that ends before `i`.
std::size_t previous_code_point(std::string_view text, std::size_t i) {
  do --i;
  while (i > 0 && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80);
  return i;
}

/// `text` cut with an ellipsis so that it is at most `max` wide.
std::string cut(const Fonts::Pick& pick, std::string_view text, float max) {
  constexpr std::string_view kDots = "…";
  const float room = max - measure(pick, kDots);
  const char* stop = nullptr;
  pick.font->CalcTextSizeA(pick.size, std::max(room, 0.0F), 0, begin_of(text), end_of(text), &stop);
  auto length = static_cast<std::size_t>(stop - text.data());
  while (length > 0 && measure(pick, text.substr(0, length)) > room)
    length = previous_code_point(text, length);
  while (length > 0 && text[length - 1] == ' ') --length;
  return std::string(text.substr(0, length)) + std::string(kDots);
}

}  // namespace

Glyph glyph_of(Hue hue) {
  constexpr Glyph kGlyphs[kHues] = {Glyph::run, Glyph::ready, Glyph::timer, Glyph::io,    Glyph::wait,
                                    Glyph::job, Glyph::fail,  Glyph::done,  Glyph::cancel};
  return kGlyphs[static_cast<std::size_t>(hue)];
}

Glyph glyph_of(Cause cause) {
  switch (cause) {
    case Cause::timer:
      return Glyph::timer;
    case Cause::io:
      return Glyph::io;
    case Cause::threadsafe:
      return Glyph::job;
    case Cause::signal:
      return Glyph::signal;
    case Cause::task_wakeup:
    case Cause::future_callback:
      return Glyph::wake;
    case Cause::call_soon:
    case Cause::task_step:
      break;
  }
  return Glyph::step;
}

std::uint32_t Paint::pack(Color c) const {
  const auto alpha = static_cast<int>(std::lround(std::clamp(c.alpha, 0.0F, 1.0F) * 255));
  return IM_COL32((c.rgb >> 16) & 0xff, (c.rgb >> 8) & 0xff, c.rgb & 0xff, alpha);
}

float Paint::width(std::string_view text, const TextStyle& style) const {
  return measure(fonts_->pick(style.face, style.size), text);
}

float Paint::text(float x, float baseline, std::string_view text, const TextStyle& style) {
  if (text.empty()) return 0;
  const Fonts::Pick pick = fonts_->pick(style.face, style.size);
  float w = measure(pick, text);
  std::string shorter;
  const std::string_view whole = text;
  if (style.max_width > 0 && w > style.max_width) {
    shorter = cut(pick, text, style.max_width);
    text = shorter;
    w = measure(pick, text);
  }
  if (style.align == Align::center) x -= w / 2;
  if (style.align == Align::right) x -= w;
  // Whole pixels keep small type crisp.
  const ImVec2 at{std::round(x), std::round(baseline - pick.ascent)};
  if (!shorter.empty()) {
    const Rect place{at.x, at.y, w, pick.size};
    const ImVec2 low = list_->GetClipRectMin(), high = list_->GetClipRectMax();
    const bool seen =
        pointer_.x >= low.x && pointer_.x < high.x && pointer_.y >= low.y && pointer_.y < high.y;
    if (seen && place.contains(pointer_)) cut_ = CutText{std::string(whole), place};
  }
  list_->AddText(pick.font, pick.size, at, pack(style.color), begin_of(text), end_of(text));
  return w;
}

std::vector<std::string> Paint::wrapped(float w, std::string_view text, const TextStyle& style) const {
  std::vector<std::string> lines(1);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t space = std::min(text.find_first_of(" \n", at), text.size());
    const std::string_view word = text.substr(at, space - at);
    std::string& line = lines.back();
    const std::string longer = line.empty() ? std::string(word) : line + " " + std::string(word);
    if (!line.empty() && width(longer, style) > w)
      lines.emplace_back(word);
    else
      line = longer;
    if (space < text.size() && text[space] == '\n') lines.emplace_back();
    at = space + 1;
  }
  return lines;
}

float Paint::paragraph(float x, float baseline, float w, std::string_view text, const TextStyle& style,
                       float line_height) {
  const std::vector<std::string> lines = wrapped(w, text, style);
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (!lines[i].empty()) this->text(x, baseline + line_height * static_cast<float>(i), lines[i], style);
  return baseline + line_height * static_cast<float>(lines.size() - 1);
}

void Paint::rect(const Rect& r, Color fill, float radius, Edge edge) {
  if (r.empty()) return;
  const ImVec2 a{r.x, r.y}, b{r.right(), r.bottom()};
  if (fill.alpha > 0) list_->AddRectFilled(a, b, pack(fill), radius);
  if (edge.width <= 0 || edge.color.alpha <= 0) return;
  const float in = edge.width / 2;
  if (!edge.dashed) {
    list_->AddRect({a.x + in, a.y + in}, {b.x - in, b.y - in}, pack(edge.color), std::max(0.0F, radius - in),
                   0, edge.width);
    return;
  }
  const Rect i = r.inset(in);
  const float on = s(5), off = s(5), c = radius;
  dashed({i.x + c, i.y}, {i.right() - c, i.y}, edge.color, edge.width, on, off);
  dashed({i.right(), i.y + c}, {i.right(), i.bottom() - c}, edge.color, edge.width, on, off);
  dashed({i.right() - c, i.bottom()}, {i.x + c, i.bottom()}, edge.color, edge.width, on, off);
  dashed({i.x, i.bottom() - c}, {i.x, i.y + c}, edge.color, edge.width, on, off);
  arc({i.x + c, i.y + c}, c, 180, 270, edge.color, edge.width);
  arc({i.right() - c, i.y + c}, c, 270, 360, edge.color, edge.width);
  arc({i.right() - c, i.bottom() - c}, c, 0, 90, edge.color, edge.width);
  arc({i.x + c, i.bottom() - c}, c, 90, 180, edge.color, edge.width);
}

void Paint::box(const Rect& r, Color fill, Color edge, float radius) {
  const Rect crisp{std::round(r.x), std::round(r.y), std::round(r.w), std::round(r.h)};
  rect(crisp, fill, radius, {edge, std::max(1.0F, std::round(s(1)))});
}

void Paint::bars(std::span<const HeatBar> bars) {
  constexpr std::size_t kChunk = 4096;  // its vertices fit 16-bit indices
  while (!bars.empty()) {
    const std::span<const HeatBar> chunk = bars.first(std::min(bars.size(), kChunk));
    bars = bars.subspan(chunk.size());
    list_->PrimReserve(static_cast<int>(6 * chunk.size()), static_cast<int>(4 * chunk.size()));
    for (const HeatBar& bar : chunk)
      list_->PrimRect({bar.rect.x, bar.rect.y}, {bar.rect.right(), bar.rect.bottom()}, bar.color);
  }
}

void Paint::line(Vec2 a, Vec2 b, Color color, float width) {
  list_->AddLine(iv(a), iv(b), pack(color), width);
}

void Paint::dashed(Vec2 a, Vec2 b, Color color, float width, float on, float off) {
  const Vec2 d = b - a;
  const float length = std::hypot(d.x, d.y);
  if (length <= 0 || on + off <= 0) return;
  for (float at = 0; at < length; at += on + off) {
    const float stop = std::min(at + on, length);
    line(a + d * (at / length), a + d * (stop / length), color, width);
  }
}

void Paint::polyline(const std::vector<Vec2>& points, Color color, float width, bool closed) {
  for (const Vec2& p : points) list_->PathLineTo(iv(p));
  list_->PathStroke(pack(color), closed ? ImDrawFlags_Closed : 0, width);
}

void Paint::polygon(const std::vector<Vec2>& points, Color fill) {
  for (const Vec2& p : points) list_->PathLineTo(iv(p));
  list_->PathFillConvex(pack(fill));
}

void Paint::circle(Vec2 center, float radius, Color fill) {
  if (radius > 0) list_->AddCircleFilled(iv(center), radius, pack(fill));
}

void Paint::ring(Vec2 center, float radius, Color color, float width) {
  if (radius > 0) list_->AddCircle(iv(center), radius, pack(color), 0, width);
}

void Paint::arc(Vec2 center, float radius, float from, float to, Color color, float width) {
  if (radius <= 0) return;
  const int segments = std::max(4, static_cast<int>(std::abs(to - from) * radius / 180));
  list_->PathArcTo(iv(center), radius, from * kPi / 180, to * kPi / 180, std::min(segments, 128));
  list_->PathStroke(pack(color), 0, width);
}

void Paint::bezier(Vec2 a, Vec2 b, Vec2 c, Vec2 d, Color color, float width) {
  list_->AddBezierCubic(iv(a), iv(b), iv(c), iv(d), pack(color), width);
}

void Paint::dotted_bezier(Vec2 a, Vec2 b, Vec2 c, Vec2 d, Color color, float width, float gap) {
  const auto at = [&](float t) {
    const float u = 1 - t;
    return a * (u * u * u) + b * (3 * u * u * t) + c * (3 * u * t * t) + d * (t * t * t);
  };
  float length = 0;
  constexpr int kSteps = 64;
  for (int i = 0; i < kSteps; ++i) {
    const Vec2 step = at((static_cast<float>(i) + 1) / kSteps) - at(static_cast<float>(i) / kSteps);
    length += std::hypot(step.x, step.y);
  }
  const int dots = std::max(2, static_cast<int>(length / std::max(gap, 1.0F)));
  for (int i = 0; i <= dots; ++i)
    circle(at(static_cast<float>(i) / static_cast<float>(dots)), width / 2, color);
}

void Paint::arrow_head(Vec2 tip, float angle, float size, Color color) {
  const auto turned = [&](float x, float y) {
    return Vec2{tip.x + x * std::cos(angle) - y * std::sin(angle),
                tip.y + x * std::sin(angle) + y * std::cos(angle)};
  };
  polygon({turned(0, 0), turned(-size * 1.7F, -size), turned(-size * 1.7F, size)}, color);
}

void Paint::push_clip(const Rect& r) { list_->PushClipRect({r.x, r.y}, {r.right(), r.bottom()}, true); }
void Paint::pop_clip() { list_->PopClipRect(); }

}  // namespace loopscope::viz
