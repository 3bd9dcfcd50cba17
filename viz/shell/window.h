#pragma once

#include <optional>
#include <string>

#include "traces/formats/viewer_settings.h"
#include "viz/model/theme.h"
#include "viz/shell/session.h"

namespace loopscope::viz {

struct WindowOptions {
  int width = 1600, height = 1000;  ///< screen coordinates; made smaller where the screen is
  /// What is remembered. Its window, where there is one and it still lies on a screen, counts
  /// instead of width and height, but not when `sized`.
  traces::ViewerSettings settings = {};
  bool sized = false;
  std::optional<ThemeName> theme = {};  ///< for this time only, until the user changes it
  std::optional<float> scale = {};      ///< the same; on top of the monitor's own
  bool lesson = false;                  ///< begins with the run's lesson
  bool presenter = false;               ///< large type, few panels
};

/// Whether a window can be opened here. Cheap enough to ask before doing more.
bool display_available();

/// Opens the viewer's window and keeps it until the user closes it. Draws only when
/// something changes. Its title names the run, the event and the iteration. Main thread
/// only, one window at a time. Returns an empty string, or why there is no window.
std::string run_window(const WindowOptions& options, Session& session);

}  // namespace loopscope::viz
