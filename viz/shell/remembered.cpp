#include "viz/shell/remembered.h"

namespace loopscope::viz {

Remembered::Remembered(const WindowOptions& options, Viewer& viewer)
    : before_(options.settings), start_(options.settings), sized_(options.sized) {
  if (options.theme) start_.theme = *options.theme == ThemeName::light ? "light" : "dark";
  if (options.scale) start_.scale = static_cast<double>(*options.scale);
  viewer.restore(start_);
  start_ = viewer.settings();
  start_.window.reset();
}

traces::ViewerSettings Remembered::now(const Viewer& viewer,
                                       const std::optional<traces::ViewerSettings::Place>& window) {
  traces::ViewerSettings now = viewer.settings();
  if (now.theme == start_.theme) now.theme = before_.theme;
  if (now.scale == start_.scale) now.scale = before_.scale;
  if (window && !start_.window) start_.window = window;
  const bool as_asked = sized_ && window && start_.window && window->width == start_.window->width &&
                        window->height == start_.window->height;
  now.window = window && !as_asked ? window : before_.window;
  return now;
}

}  // namespace loopscope::viz
