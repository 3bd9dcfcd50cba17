#pragma once

#include <vector>

#include "viz/model/geometry.h"
#include "viz/model/question.h"

namespace loopscope::viz {

/// Where a question stands at the foot of the loop panel, in window pixels.
struct QuestionLayout {
  Rect area;                  ///< all of it
  Rect text;                  ///< the question
  std::size_t lines = 1;      ///< of the question
  float text_size = 26;       ///< unscaled
  std::vector<Rect> choices;  ///< one for each
  bool tall = false;          ///< chips of 80 with two lines
  Rect hint, show;            ///< buttons
  Rect foot;                  ///< what stands left of the buttons: keys, or the verdict
  Rect machine;               ///< the panel that is left for the machine, its ready queue under the question
};

/// Lays `question` out in the loop's `panel`. `lines`: lines that its text takes at full size.
QuestionLayout layout_question(const Rect& panel, const Question& question, std::size_t lines, float scale);

}  // namespace loopscope::viz
