#pragma once

#include <string>
#include <vector>

#include "viz/shell/key_queue.h"

namespace loopscope::viz {

/// What the operating system told a window since it was last asked.
struct WindowEvents {
  KeyQueue keys;
  std::vector<std::string> dropped;  ///< files
  float ctrl_wheel = 0;              ///< notches turned with Ctrl down
  int frames_due = 0;                ///< frames to draw until the picture has settled

  /// Something happened: the next frames are drawn.
  void touch() { frames_due = kSettleFrames; }
  /// `count` files were dropped on the window.
  void on_drop(int count, const char* const* paths);
  /// Takes over the callbacks of `window`; see KeyQueue::install for when.
  void install(GLFWwindow* window);

  static constexpr int kSettleFrames = 3;
};

}  // namespace loopscope::viz
