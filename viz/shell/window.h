#pragma once

#include <string>

#include "viz/model/theme.h"
#include "viz/shell/session.h"

namespace loopscope::viz {

struct WindowOptions {
  int width = 1600, height = 1000;  ///< screen coordinates; made smaller where the screen is
  ThemeName theme = ThemeName::dark;
  float scale = 1;  ///< on top of the monitor's own
  bool reduced_motion = false;
};

/// Whether a window can be opened here. Cheap enough to ask before doing more.
bool display_available();

/// Opens the viewer's window and keeps it until the user closes it. Draws only when
/// something changes. Its title names the run, the event and the iteration. Main thread
/// only, one window at a time. Returns an empty string, or why there is no window.
std::string run_window(const WindowOptions& options, Session& session);

}  // namespace loopscope::viz
