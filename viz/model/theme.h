#pragma once

#include <array>
#include <cstdint>

#include "traces/loop_state.h"

namespace loopscope::viz {

/// 0xRRGGBB with an alpha from 0 to 1.
struct Color {
  std::uint32_t rgb = 0;
  float alpha = 1;
  constexpr Color with_alpha(float a) const { return {rgb, a}; }
  friend bool operator==(const Color&, const Color&) = default;
};

/// The kinds of thing that have a hue, a shape and a letter of their own.
enum class Hue : std::uint8_t { run, ready, timer, io, wait, job, fail, done, cancel };
inline constexpr int kHues = 9;

/// How one kind is coloured.
struct HueColors {
  Color fill, text, ink;  ///< fill; as text on panels; ink on the fill
};

enum class ThemeName : std::uint8_t { dark, light };

/// The colour tokens of one theme.
struct Theme {
  ThemeName name;
  Color bg, panel, raised, hover, selection, text, dim, faint, focus, line, strong;
  Color run_edge;      ///< an edge that amber needs on white; alpha 0 in dark
  Color badge_text;
  float tint;          ///< alpha of a hue behind text
  std::array<HueColors, kHues> hues;

  /// The same behind the small words of a state tag.
  float tag_tint() const { return tint - 0.02F; }
  const HueColors& operator[](Hue hue) const { return hues[static_cast<std::size_t>(hue)]; }
};

const Theme& theme(ThemeName name);

/// The hue of a task's state, of a phase, and of a handle's cause.
Hue hue_of(traces::TaskPhase phase);
Hue hue_of(traces::LoopPhase phase);
Hue hue_of(Cause cause);
/// R Q T I W X D F C.
char letter_of(traces::TaskPhase phase);

}  // namespace loopscope::viz
