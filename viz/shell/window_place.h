#pragma once

#include <optional>

#include "traces/formats/viewer_settings.h"

struct GLFWwindow;

namespace loopscope::viz {

/// Where `window` is and how large, in screen coordinates.
class WindowPlace final {
 public:
  explicit WindowPlace(GLFWwindow* window) : window_(window) {}

  /// Makes the window, with its frame, no larger than the screen's free area.
  void fit_to_screen();
  /// To where it was, if its title row would lie on one of the screens; never larger than that
  /// screen.
  void restore(const traces::ViewerSettings::Place& place);
  /// Now; of a window that fills the screen, where it was before it did. None while it is an icon.
  std::optional<traces::ViewerSettings::Place> now();

 private:
  GLFWwindow* window_;
  std::optional<traces::ViewerSettings::Place> free_;  // when it last did not fill the screen
};

}  // namespace loopscope::viz
