#include "viz/shell/window_place.h"

#include <GLFW/glfw3.h>
#include <algorithm>

namespace loopscope::viz {
namespace {

using Place = traces::ViewerSettings::Place;

constexpr int kGrip = 80;  // of the title row that must be on a screen

struct Area {
  int x = 0, y = 0, w = 0, h = 0;
};

Area free_area(GLFWmonitor* monitor) {
  Area a;
  glfwGetMonitorWorkarea(monitor, &a.x, &a.y, &a.w, &a.h);
  return a;
}

/// The screen that the top of `place` lies on.
std::optional<Area> screen_of(const Place& place) {
  int count = 0;
  GLFWmonitor** monitors = glfwGetMonitors(&count);
  for (int i = 0; i < count; ++i) {
    const Area a = free_area(monitors[i]);
    const int seen = std::min(place.x + place.width, a.x + a.w) - std::max(place.x, a.x);
    if (seen >= std::min(kGrip, place.width) && place.y >= a.y && place.y + kGrip <= a.y + a.h) return a;
  }
  return std::nullopt;
}

}  // namespace

void WindowPlace::fit_to_screen() {
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  if (!monitor) return;
  Area a = free_area(monitor);
  int left = 0, top = 0, right = 0, bottom = 0, width = 0, height = 0;
  glfwGetWindowFrameSize(window_, &left, &top, &right, &bottom);
  glfwGetWindowSize(window_, &width, &height);
  a.w -= left + right;
  a.h -= top + bottom;
  if (a.w <= 0 || a.h <= 0 || (width <= a.w && height <= a.h)) return;
  glfwSetWindowSize(window_, std::min(width, a.w), std::min(height, a.h));
  glfwSetWindowPos(window_, a.x + left, a.y + top);
}

void WindowPlace::restore(const Place& place) {
  const auto screen = screen_of(place);
  if (!screen) return fit_to_screen();
  glfwSetWindowSize(window_, std::min(place.width, screen->w), std::min(place.height, screen->h));
  glfwSetWindowPos(window_, place.x, place.y);
  free_ = place;
  if (place.maximized) glfwMaximizeWindow(window_);
}

std::optional<Place> WindowPlace::now() {
  if (glfwGetWindowAttrib(window_, GLFW_ICONIFIED)) return std::nullopt;
  Place place;
  glfwGetWindowPos(window_, &place.x, &place.y);
  glfwGetWindowSize(window_, &place.width, &place.height);
  place.maximized = glfwGetWindowAttrib(window_, GLFW_MAXIMIZED) != 0;
  if (place.maximized) {
    if (free_) free_->maximized = true;
    return free_ ? free_ : std::optional(place);
  }
  if (place.width > 0 && place.height > 0) free_ = place;
  return free_;
}

}  // namespace loopscope::viz
