#pragma once

#include <utility>
#include <vector>

#include "viz/model/keys.h"

struct GLFWwindow;

namespace loopscope::viz {

/// Presses of keys in the order they came, none lost, however short.
///
/// ImGui 1.86 sees only whether a key is down when a frame begins; this queue is fed by
/// the window's own callbacks.
class KeyQueue final {
 public:
  /// Takes over the key and character callbacks of `window`. Before ImGui's GLFW backend
  /// is installed, which then calls these.
  void install(GLFWwindow* window);

  std::vector<KeyPress> take() { return std::exchange(presses_, {}); }

  void on_key(int key, int scancode, int action, int modifiers);
  void on_character(char32_t character);

 private:
  std::vector<KeyPress> presses_;
};

}  // namespace loopscope::viz
