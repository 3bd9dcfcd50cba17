#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "viz/model/instants.h"
#include "viz/panels/timeline_parts.h"

/// Labels of the timeline's ruler and strip.
namespace loopscope::viz {

/// Horizontal room that labels have taken, so that none overlaps another.
class Taken {
 public:
  /// Takes [x0, x1] unless it comes nearer than `gap` to what is taken.
  bool claim(float x0, float x1, float gap);

 private:
  std::vector<std::pair<float, float>> spans_;
};

std::string clock_text(std::int64_t ns);

/// A pill of text on a line; white when it says "you are here".
void draw_pill(TimelineContext& c, float x, float y, std::string_view label, bool now);

/// Where a pill with the iterations of an instant stands.
struct PillPlace {
  float x = 0;
  std::string label;
  bool now = false;
};

/// Pills for the instants that begin in [first, last) on a time line from `left` to
/// `right`, at most `most`: the cursor's first, none overlapping another. `x_of` maps
/// nanoseconds to pixels.
std::vector<PillPlace> place_pills(const TimelineContext& c, float left, float right, EventIndex first,
                                   EventIndex last, const std::function<float(std::int64_t)>& x_of,
                                   std::size_t most);

}  // namespace loopscope::viz
