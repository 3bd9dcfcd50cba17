#pragma once

#include <algorithm>

namespace loopscope::viz {

/// A point or vector in window pixels.
struct Vec2 {
  float x = 0, y = 0;
  friend Vec2 operator+(Vec2 a, Vec2 b) { return {a.x + b.x, a.y + b.y}; }
  friend Vec2 operator-(Vec2 a, Vec2 b) { return {a.x - b.x, a.y - b.y}; }
  friend Vec2 operator*(Vec2 a, float k) { return {a.x * k, a.y * k}; }
  friend bool operator==(Vec2, Vec2) = default;
};

/// An upright rectangle in window pixels.
struct Rect {
  float x = 0, y = 0, w = 0, h = 0;

  float right() const { return x + w; }
  float bottom() const { return y + h; }
  Vec2 center() const { return {x + w / 2, y + h / 2}; }
  bool contains(Vec2 p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
  bool empty() const { return w <= 0 || h <= 0; }
  Rect inset(float by) const { return {x + by, y + by, std::max(0.0F, w - 2 * by), std::max(0.0F, h - 2 * by)}; }
  friend bool operator==(const Rect&, const Rect&) = default;
};

}  // namespace loopscope::viz
