#pragma once

#include <optional>

#include "viz/model/viewer.h"
#include "viz/shell/window.h"

namespace loopscope::viz {

/// What is remembered of a viewer, apart from what its command line asked for this time.
class Remembered final {
 public:
  /// Gives `viewer` what `options` remember and ask for.
  Remembered(const WindowOptions& options, Viewer& viewer);

  /// What is to be remembered of `viewer` now. Theme and scale that were asked for this time
  /// leave those that were remembered until somebody changes them; so does the window's size.
  traces::ViewerSettings now(const Viewer& viewer,
                             const std::optional<traces::ViewerSettings::Place>& window);

 private:
  traces::ViewerSettings before_, start_;
  bool sized_;
};

}  // namespace loopscope::viz
