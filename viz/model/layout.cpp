#include "viz/model/layout.h"

#include <algorithm>
#include <cmath>

namespace loopscope::viz {
namespace {

// Unscaled pixels.
constexpr float kSmallWidth = 1400, kLowHeight = 860;
constexpr float kMinTimeline = 150, kMinLeft = 300, kMinRight = 260;
constexpr Vec2 kMinHero{560, 400};
constexpr std::size_t kManyTasks = 20;
constexpr float kLeastSide = 440;                  // below, Why and Findings become tabs
constexpr float kTeachingTimeline = 212.0F / 848;  // of the height between transport and narration
constexpr float kTeachingOutput = 0.38F;           // of the left column: room for why it matters
constexpr float kLeastTour = 280, kScore = 250, kPresenterNarration = 84;
constexpr float kPresenterProgram = 0.34F;  // over a lesson's text, which is to stand whole
constexpr float kMinOutput = 110, kMaxOutput = 240;

/// What the size of the window leaves to everything else.
struct Measures {
  float gap, transport, narration;
  float timeline_share;  // of the height between transport and narration
};

Measures measures(bool small, bool low, bool large) {
  Measures m = small ? Measures{6, 48, 50, 0} : Measures{8, 56, 64, 0};
  m.timeline_share = large ? 0.46F : low ? 184.0F / 598 : 284.0F / 848;
  return m;
}

struct Columns {
  float left, hero, right;
};

Columns columns(float width, float gap, bool small, bool narrow) {
  if (narrow) {
    const float right = std::clamp(width * 0.32F, kMinRight, 340.0F);
    return {0, width - 3 * gap - right, right};
  }
  const float right =
      std::round(small ? std::max(width * 266 / 1280, kMinRight) : std::min(width * 372 / 1600, 480.0F));
  const float left = std::round(small ? width * 350 / 1280 : std::min(width * 424 / 1600, 560.0F));
  const float most = width - 4 * gap - right - kMinHero.x;  // what the loop leaves to the program
  const float fitting = std::max(std::min(left, most), kMinLeft);
  return {fitting, width - 4 * gap - fitting - right, right};
}

/// Height of the timeline of `height` pixels shared with the panels above it.
float timeline_height(float height, float share) {
  const float wished = std::max(std::round(height * share), kMinTimeline);
  if (height - wished >= kMinHero.y) return wished;
  return std::clamp(height - kMinHero.y, std::min(kMinTimeline, height * 0.42F), wished);
}

Rect scaled(const Rect& r, float scale) {
  const float x = std::round(r.x * scale), y = std::round(r.y * scale);
  return {x, y, std::max(0.0F, std::round(r.right() * scale) - x),
          std::max(0.0F, std::round(r.bottom() * scale) - y)};
}

/// Tasks over Why over Findings, or all three as tabs of one panel.
void place_right_column(Layout& l, const Rect& right, float gap) {
  l.tasks = right;
  l.side_tabs = l.small || right.h < kLeastSide;
  if (l.side_tabs) return;
  const float room = right.h - 2 * gap;
  const float findings = std::round(std::clamp(room * 0.17F, 92.0F, 200.0F));
  const float why = std::round(std::clamp(room * 0.44F, 160.0F, 300.0F));
  l.tasks.h = room - why - findings;
  l.why = {right.x, l.tasks.bottom() + gap, right.w, why};
  l.findings = {right.x, l.why.bottom() + gap, right.w, findings};
}

/// The lesson's tour over the score.
void place_tour(Layout& l, Rect right, float gap) {
  l.tasks = {};
  l.side_tabs = false;
  l.tour = right;
  if (right.h < kLeastTour + gap + kScore) return;
  l.tour.h = right.h - gap - kScore;
  l.score = {right.x, l.tour.bottom() + gap, right.w, kScore};
}

/// Program over Output, side by side with the loop and the tasks.
void place_top_row(Layout& l, const Columns& c, float gap, float y, float height, bool narrow,
                   bool teaching) {
  const float hero_x = narrow ? gap : 2 * gap + c.left;
  l.loop = {hero_x, y, c.hero, height};
  const Rect right{hero_x + c.hero + gap, y, c.right, height};
  if (narrow) {
    const float program = std::round((height - gap) * (teaching ? 0.32F : 0.55F));
    l.program = l.output = {right.x, right.y, right.w, program};
    l.tasks = {right.x, right.y + program + gap, right.w, std::max(0.0F, height - program - gap)};
    l.side_tabs = true;
    if (teaching) place_tour(l, l.tasks, gap);
    return;
  }
  if (teaching)
    place_tour(l, right, gap);
  else
    place_right_column(l, right, gap);
  l.program = {gap, y, c.left, height};
  l.output = l.program;
  if (l.output_is_tab) return;
  const float wished =
      teaching ? height * kTeachingOutput : std::clamp(height * 148 / 564, kMinOutput, kMaxOutput);
  const float output = std::round(std::clamp(wished, 0.0F, std::max(0.0F, (height - gap) / 2)));
  l.program.h = std::max(0.0F, height - gap - output);
  l.output = {gap, l.program.bottom() + gap, c.left, output};
}

/// Program, loop and narration, large; a lesson's tour under the program.
void place_presenter(Layout& l, float w, float top, float gap, float height, bool teaching) {
  l.output_is_tab = true;
  l.large = false;
  const float left =
      std::round(std::clamp(w * 0.36F, kMinRight, std::max(kMinRight, w - kMinHero.x - 3 * gap)));
  l.program = {gap, top, left, height};
  l.loop = {2 * gap + left, top, w - 3 * gap - left, height};
  if (teaching) {
    l.program.h = std::round((height - gap) * kPresenterProgram);
    l.tour = {gap, l.program.bottom() + gap, left, height - gap - l.program.h};
  }
  l.output = l.program;
}

}  // namespace

Layout make_layout(float width, float height, float scale, std::size_t tasks, const LayoutPurpose& purpose) {
  Layout l;
  l.scale = scale;
  const float w = width / scale, h = height / scale;
  l.small = w < kSmallWidth;
  l.low = h < kLowHeight;
  l.output_is_tab = l.small;
  l.large = tasks > kManyTasks;
  l.teaching = purpose.teaching;
  Measures m = measures(l.small, l.low, l.large);
  if (purpose.teaching) m.timeline_share = kTeachingTimeline;
  if (purpose.presenter && !purpose.teaching) m.narration = kPresenterNarration;
  // The loop, the program and the tasks no longer stand side by side.
  const bool narrow = w < kMinLeft + kMinHero.x + kMinRight + 4 * m.gap;

  const float top = m.transport + m.gap;
  const float shared = std::max(0.0F, h - top - m.narration - 3 * m.gap);
  l.window = {0, 0, w, h};
  l.transport = {0, 0, w, m.transport};
  if (purpose.presenter) {
    place_presenter(l, w, top, m.gap, shared + m.gap, purpose.teaching);
    l.narration = {m.gap, l.loop.bottom() + m.gap, w - 2 * m.gap, m.narration};
  } else {
    const float timeline = timeline_height(shared, m.timeline_share);
    place_top_row(l, columns(w, m.gap, l.small, narrow), m.gap, top, std::max(0.0F, shared - timeline),
                  narrow, purpose.teaching);
    l.timeline = {m.gap, l.loop.bottom() + m.gap, w - 2 * m.gap, timeline};
    l.narration = {m.gap, l.timeline.bottom() + m.gap, w - 2 * m.gap, m.narration};
  }

  for (Rect* r : {&l.window, &l.transport, &l.program, &l.output, &l.loop, &l.tasks, &l.timeline,
                  &l.narration, &l.why, &l.findings, &l.tour, &l.score})
    *r = scaled(*r, scale);
  return l;
}

}  // namespace loopscope::viz
