#include "viz/model/transport_layout.h"

#include <algorithm>
#include <cmath>

#include "viz/model/command_table.h"

namespace loopscope::viz {
namespace {

// Unscaled pixels.
constexpr float kWideWidth = 1500, kNarrowWidth = 1100;
constexpr float kButton = 36, kEndButton = 34, kHelpButton = 42;
constexpr float kTitleX = 46, kTitleWidth = 174, kSmallTitleWidth = 218, kWidestTitle = 320;
constexpr float kSpeedWord = 68, kTrack = 80;

/// Lays rectangles out from left to right, in unscaled pixels.
class Row final {
 public:
  Row(float x, float height) : x_(x), y_((height - kButton) / 2) {}
  Rect take(float width) {
    const Rect r{x_, y_, width, kButton};
    x_ += width;
    return r;
  }
  void skip(float gap) { x_ += gap; }
  float x() const { return x_; }

 private:
  float x_, y_;
};

StepperPlace take_stepper(Row& row, float half, float label, bool labelled) {
  StepperPlace s;
  s.labelled = labelled;
  s.whole = row.take(2 * half + (labelled ? label + 8 : 0));
  s.back = {s.whole.x, s.whole.y, half, s.whole.h};
  s.forward = {s.whole.right() - half, s.whole.y, half, s.whole.h};
  return s;
}

/// Everything left of the figures, with `title` pixels for the title.
void place_left(TransportLayout& l, const TransportTexts& texts, bool small, bool labels, float title,
                float height, float scale) {
  Row row(kTitleX, height);
  l.title = {kTitleX, 0, title, height};
  row.skip(title > 0 ? title + (small ? 18 : 12) : 0);
  constexpr float kGap = 6;
  l.first = row.take(kEndButton);
  row.skip(kGap);
  l.play_has_word = !small;
  l.play = row.take(small ? 44 : 84);
  row.skip(kGap);
  l.last = row.take(kEndButton);
  row.skip(small ? 10 : 16);
  for (std::size_t i = 0; i < kSteppers.size(); ++i) {
    const bool labelled = labels || i == texts.current;
    l.steppers[i] = take_stepper(row, small ? 26 : 32, texts.labels[i] / scale, labelled);
    row.skip(small ? 4 : 6);
  }
  l.speed = {row.x() + 10, l.play.y, kSpeedWord + kTrack, kButton};
}

void scale_all(TransportLayout& l, float scale) {
  const auto apply = [scale](Rect& r) {
    const float x = std::round(r.x * scale), y = std::round(r.y * scale);
    r = {x, y, std::round(r.right() * scale) - x, std::round(r.bottom() * scale) - y};
  };
  for (Rect* r : {&l.title, &l.first, &l.play, &l.last, &l.speed, &l.track, &l.figures, &l.theme, &l.help})
    apply(*r);
  for (StepperPlace& s : l.steppers)
    for (Rect* r : {&s.whole, &s.back, &s.forward}) apply(*r);
  l.logo = l.logo * scale;
}

}  // namespace

const char* stepper_label(traces::Granularity granularity) {
  using G = traces::Granularity;
  switch (granularity) {
    case G::event:
      return "event";
    case G::handle:
      return "handle";
    case G::phase:
      return "phase";
    case G::iteration:
      return "iteration";
    case G::task_step:
      return "task step";
    case G::output:
      return "output";
  }
  return "";
}

TransportLayout make_transport_layout(const Layout& layout, const TransportTexts& texts) {
  const float scale = layout.scale, width = layout.transport.w / scale, height = layout.transport.h / scale;
  const bool small = layout.small, wide = width >= kWideWidth;
  TransportLayout l;
  l.logo = {18, height / 2 + 2};

  float right = width - 14;
  if (wide) {
    l.help = {right - kHelpButton, (height - kButton) / 2, kHelpButton, kButton};
    l.theme = {l.help.x - 6 - kHelpButton, l.help.y, kHelpButton, kButton};
    right = l.theme.x - 14;
  }
  const float figures = texts.figures / scale;
  // The title gives way first, then the steppers' labels, then the figures.
  float title = small ? std::min(texts.title / scale, kSmallTitleWidth) : kTitleWidth;
  bool labels = width >= kNarrowWidth;
  place_left(l, texts, small, labels, title, height, scale);
  if (wide) {  // a long title takes what is free at the right of the speed
    const float wanted = std::min(std::max(texts.title, texts.subtitle) / scale, kWidestTitle);
    title += std::clamp(right - figures - 24 - l.speed.right(), 0.0F, std::max(0.0F, wanted - title));
    place_left(l, texts, small, labels, title, height, scale);
  }
  const auto over = [&] { return l.steppers.back().whole.right() + 16 + figures - right; };
  if (over() > 0) {
    title = title - over() < std::min(texts.title, texts.least_title) / scale ? 0 : title - over();
    place_left(l, texts, small, labels, title, height, scale);
  }
  if (over() > 0 && labels) place_left(l, texts, small, labels = false, title, height, scale);
  if (over() <= 0) l.figures = {right - figures, 0, figures, height};
  if (!wide || l.speed.right() + 24 > right - figures) l.speed = {};
  if (!l.speed.empty()) l.track = {l.speed.x + kSpeedWord, l.speed.y, kTrack, kButton};
  scale_all(l, scale);
  return l;
}

float speed_at(const Rect& track, float x) {
  const auto stops = speed_stops();
  float best = stops.front();
  for (const float stop : stops)
    if (std::abs(x_of_speed(track, stop) - x) < std::abs(x_of_speed(track, best) - x)) best = stop;
  return best;
}

float x_of_speed(const Rect& track, float speed) {
  const auto stops = speed_stops();
  speed = std::clamp(speed, stops.front(), stops.back());
  const float slowest = std::log2(stops.front()), fastest = std::log2(stops.back()), at = std::log2(speed);
  const float share = at <= 0 ? 0.5F - 0.5F * at / slowest : 0.5F + 0.5F * at / fastest;  // 1x in the middle
  return track.x + share * track.w;
}

}  // namespace loopscope::viz
