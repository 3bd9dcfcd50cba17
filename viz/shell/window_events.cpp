#include "viz/shell/window_events.h"

#include <GLFW/glfw3.h>
#include <optional>
#include <utility>

namespace loopscope::viz {
namespace {

WindowEvents& events_of(GLFWwindow* window) {
  return *static_cast<WindowEvents*>(glfwGetWindowUserPointer(window));
}

constexpr std::pair<int, KeyName> kNamedKeys[] = {
    {GLFW_KEY_SPACE, KeyName::space},   {GLFW_KEY_LEFT, KeyName::left},
    {GLFW_KEY_RIGHT, KeyName::right},   {GLFW_KEY_UP, KeyName::up},
    {GLFW_KEY_DOWN, KeyName::down},     {GLFW_KEY_HOME, KeyName::home},
    {GLFW_KEY_END, KeyName::end},       {GLFW_KEY_PAGE_UP, KeyName::page_up},
    {GLFW_KEY_ESCAPE, KeyName::escape}, {GLFW_KEY_PAGE_DOWN, KeyName::page_down},
    {GLFW_KEY_ENTER, KeyName::enter},   {GLFW_KEY_KP_ENTER, KeyName::enter},
    {GLFW_KEY_TAB, KeyName::tab},       {GLFW_KEY_BACKSPACE, KeyName::backspace},
    {GLFW_KEY_F3, KeyName::f3},         {GLFW_KEY_DELETE, KeyName::delete_forward},
    {GLFW_KEY_F5, KeyName::f5},         {GLFW_KEY_F8, KeyName::f8}};

std::optional<KeyName> named_key(int key) {
  for (const auto& [code, name] : kNamedKeys)
    if (code == key) return name;
  return std::nullopt;
}

/// What `key` types on the user's layout without Shift; 0 when nothing simple.
char32_t layout_character(int key, int scancode) {
  const char* name = glfwGetKeyName(key, scancode);
  if (name && name[0] > ' ' && name[1] == '\0') return static_cast<unsigned char>(name[0]);
  const bool digit = key >= GLFW_KEY_0 && key <= GLFW_KEY_9;  // where digits need Shift
  return digit ? U'0' + static_cast<char32_t>(key - GLFW_KEY_0) : 0;
}

}  // namespace

void KeyQueue::on_key(int key, int scancode, int action, int modifiers) {
  if (action == GLFW_RELEASE) return;
  const bool shift = modifiers & GLFW_MOD_SHIFT, ctrl = modifiers & GLFW_MOD_CONTROL,
             alt = modifiers & GLFW_MOD_ALT, held = action == GLFW_REPEAT;
  if (const auto name = named_key(key)) {
    presses_.push_back({.key = *name, .shift = shift, .ctrl = ctrl, .alt = alt, .held = held});
    return;
  }
  if (!ctrl) return;  // a character will come
  if (const char32_t character = layout_character(key, scancode)) {
    presses_.push_back(typed(character, true, alt));
    presses_.back().held = held;
  }
}

void KeyQueue::on_character(char32_t character) {
  if (character != U' ') presses_.push_back(typed(character));
}

void KeyQueue::install(GLFWwindow* window) {
  glfwSetKeyCallback(window, [](GLFWwindow* w, int key, int scancode, int action, int modifiers) {
    events_of(w).keys.on_key(key, scancode, action, modifiers);
    events_of(w).touch();
  });
  glfwSetCharCallback(window, [](GLFWwindow* w, unsigned character) {
    events_of(w).keys.on_character(character);
    events_of(w).touch();
  });
}

void WindowEvents::on_drop(int count, const char* const* paths) {
  for (int i = 0; i < count; ++i)
    if (paths[i] && *paths[i] != '\0') dropped.emplace_back(paths[i]);
  touch();
}

void WindowEvents::install(GLFWwindow* window) {
  glfwSetWindowUserPointer(window, this);
  keys.install(window);
  glfwSetDropCallback(
      window, [](GLFWwindow* w, int count, const char** paths) { events_of(w).on_drop(count, paths); });
  glfwSetCursorPosCallback(window, [](GLFWwindow* w, double, double) { events_of(w).touch(); });
  glfwSetCursorEnterCallback(window, [](GLFWwindow* w, int) { events_of(w).touch(); });
  glfwSetMouseButtonCallback(window, [](GLFWwindow* w, int, int, int) { events_of(w).touch(); });
  glfwSetScrollCallback(window, [](GLFWwindow* w, double, double y) {
    const bool ctrl = glfwGetKey(w, GLFW_KEY_LEFT_CONTROL) == GLFW_PRESS ||
                      glfwGetKey(w, GLFW_KEY_RIGHT_CONTROL) == GLFW_PRESS;
    if (ctrl) events_of(w).ctrl_wheel += static_cast<float>(y);
    events_of(w).touch();
  });
  glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) { events_of(w).touch(); });
  glfwSetFramebufferSizeCallback(window, [](GLFWwindow* w, int, int) { events_of(w).touch(); });
  glfwSetWindowContentScaleCallback(window, [](GLFWwindow* w, float, float) { events_of(w).touch(); });
  glfwSetWindowFocusCallback(window, [](GLFWwindow* w, int) { events_of(w).touch(); });
}

}  // namespace loopscope::viz
