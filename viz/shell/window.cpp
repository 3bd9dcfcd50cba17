#include "viz/shell/window.h"

#include <GL/gl.h>
#include <GLFW/glfw3.h>
#include <algorithm>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <cmath>
#include <imgui.h>

#include "viz/shell/font_files.h"
#include "viz/shell/frame_loop.h"
#include "viz/shell/remembered.h"
#include "viz/shell/window_events.h"
#include "viz/shell/window_place.h"

namespace loopscope::viz {
namespace {

constexpr double kFrameSeconds = 1.0 / 60;  // swapping does not always wait for the screen
constexpr double kGrowingSeconds = 0.05;    // how often a growing trace is looked at
constexpr double kQuietSeconds = 0.2;       // how often the session is asked when nothing moves
constexpr double kKeepSeconds = 1;          // how often what is remembered is looked at
constexpr float kWheelScaleStep = 0.1F;

std::string glfw_error() {
  const char* text = nullptr;
  glfwGetError(&text);
  return text ? text : "no reason given";
}

/// Starts GLFW, once or again; false without a display. It is left running at the
/// program's end, when the system takes all of it back: stopping it unloads the OpenGL
/// driver, and Mesa's loses its configuration's memory then.
bool start_glfw() { return glfwInit() == GLFW_TRUE; }

/// A window with an OpenGL 3.3 context and an ImGui context that draws into it.
class GlWindow final {
 public:
  GlWindow() = default;
  ~GlWindow() {
    if (renderer_) ImGui_ImplOpenGL3_Shutdown();
    if (platform_) ImGui_ImplGlfw_Shutdown();
    if (imgui_) ImGui::DestroyContext(imgui_);
    if (window_) glfwDestroyWindow(window_);
  }
  GlWindow(const GlWindow&) = delete;
  GlWindow& operator=(const GlWindow&) = delete;

  /// Empty, or why it cannot open. `events` must outlive the window.
  std::string open(const WindowOptions& options, WindowEvents& events) {
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
    glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);  // until there is something to see
    window_ = glfwCreateWindow(options.width, options.height, "loopscope", nullptr, nullptr);
    if (!window_) return "no window with OpenGL 3.3 can be opened: " + glfw_error();
    if (options.settings.window && !options.sized)
      WindowPlace(window_).restore(*options.settings.window);
    else
      WindowPlace(window_).fit_to_screen();
    glfwMakeContextCurrent(window_);
    glfwSwapInterval(1);
    events.install(window_);  // first: ImGui's backend calls these in turn
    imgui_ = ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    ImGui::GetIO().LogFilename = nullptr;
    platform_ = ImGui_ImplGlfw_InitForOpenGL(window_, true);
    renderer_ = platform_ && ImGui_ImplOpenGL3_Init("#version 330 core");
    return renderer_ ? "" : "OpenGL cannot be used";
  }

  GLFWwindow* handle() const { return window_; }
  bool closing() const { return glfwWindowShouldClose(window_) != 0; }
  float content_scale() const {
    float x = 1, y = 1;
    glfwGetWindowContentScale(window_, &x, &y);
    return std::max(x, 0.25F);
  }

  /// Begins an ImGui frame in which one unit is one pixel.
  void begin_frame(bool without_wheel) {
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplGlfw_NewFrame();
    ImGuiIO& io = ImGui::GetIO();
    int width = 0, height = 0;
    glfwGetFramebufferSize(window_, &width, &height);
    const float per_unit = io.DisplaySize.x > 0 ? static_cast<float>(width) / io.DisplaySize.x : 1;
    if (ImGui::IsMousePosValid(&io.MousePos))
      io.MousePos = {io.MousePos.x * per_unit, io.MousePos.y * per_unit};
    io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
    io.DisplayFramebufferScale = {1, 1};
    if (without_wheel) io.MouseWheel = io.MouseWheelH = 0;
    ImGui::NewFrame();
  }

  void end_frame(Color background) {
    ImGui::Render();
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    glViewport(0, 0, static_cast<int>(size.x), static_cast<int>(size.y));
    glClearColor(static_cast<float>(background.rgb >> 16 & 255) / 255,
                 static_cast<float>(background.rgb >> 8 & 255) / 255,
                 static_cast<float>(background.rgb & 255) / 255, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    if (!shown_) glfwShowWindow(window_);
    shown_ = true;
    glfwSwapBuffers(window_);
  }

 private:
  GLFWwindow* window_ = nullptr;
  ImGuiContext* imgui_ = nullptr;
  bool platform_ = false, renderer_ = false;
  bool shown_ = false;  // its first frame is there
};

/// Runs frames in a window until the user has enough.
class WindowRunner final {
 public:
  WindowRunner(GlWindow& window, WindowEvents& events, Viewer& viewer, Session& session,
               const WindowOptions& options)
      : window_(window),
        events_(events),
        viewer_(viewer),
        session_(session),
        frames_(viewer, session),
        remembered_(options, viewer),
        place_(window.handle()) {}

  void run() {
    opened_ = previous_ = glfwGetTime();
    events_.touch();
    while (!window_.closing() && !frames_.wants_quit()) {
      wait();
      const double now = glfwGetTime();
      const bool changed = frames_.sync(), expired = frames_.expire(now - opened_);
      if (changed || expired) events_.touch();
      if (now - kept_at_ > kKeepSeconds) remember(now);
      frames_.advance(now - previous_);
      previous_ = now;
      if (events_.frames_due <= 0 && !viewer_.busy()) continue;
      events_.frames_due = std::max(0, events_.frames_due - 1);
      frame(now);
    }
    frames_.leave();
    remember(glfwGetTime());
  }

 private:
  void remember(double now) {
    kept_at_ = now;
    session_.keep_settings(remembered_.now(viewer_, place_.now()));
  }

  /// Sleeps until there is something to draw or to ask.
  void wait() {
    if (viewer_.busy() || events_.frames_due > 0) {
      const double rest = previous_ + kFrameSeconds - glfwGetTime();
      if (rest > 0)
        glfwWaitEventsTimeout(rest);
      else
        glfwPollEvents();
      return;
    }
    glfwWaitEventsTimeout(frames_.expects_more() ? kGrowingSeconds : kQuietSeconds);
    // The time that nothing moved is nobody's.
    if (!viewer_.busy()) previous_ = glfwGetTime();
  }

  void handle_events() {
    for (const KeyPress& press : events_.keys.take()) frames_.press(press);
    frames_.drop(std::exchange(events_.dropped, {}));
    if (const float notches = std::exchange(events_.ctrl_wheel, 0.0F); notches != 0)
      frames_.apply(command::SetScale{viewer_.scale() + std::round(notches) * kWheelScaleStep});
  }

  void frame(double now) {
    const bool scaled_by_wheel = events_.ctrl_wheel != 0;
    handle_events();
    const float content_scale = window_.content_scale();
    bake_fonts(frames_.scale(content_scale));
    window_.begin_frame(scaled_by_wheel);
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    if (size.x > 0 && size.y > 0) frames_.draw(fonts_, size.x, size.y, content_scale, now - opened_);
    window_.end_frame(theme(viewer_.theme_name()).bg);
    if (std::string title = frames_.window_title(); title != title_) {
      glfwSetWindowTitle(window_.handle(), title.c_str());
      title_ = std::move(title);
    }
  }

  void bake_fonts(float scale) {
    if (scale == baked_scale_) return;
    baked_scale_ = scale;
    fonts_.build(*ImGui::GetIO().Fonts, embedded_fonts(), scale);
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
    events_.touch();
  }

  GlWindow& window_;
  WindowEvents& events_;
  Viewer& viewer_;
  Session& session_;
  FrameLoop frames_;
  Remembered remembered_;
  WindowPlace place_;
  Fonts fonts_;
  float baked_scale_ = 0;
  double opened_ = 0, previous_ = 0, kept_at_ = 0;
  std::string title_;
};

}  // namespace

bool display_available() { return start_glfw(); }

std::string run_window(const WindowOptions& options, Session& session) {
  if (!start_glfw()) return "no display: " + glfw_error();
  WindowEvents events;
  GlWindow window;
  if (std::string error = window.open(options, events); !error.empty()) return error;
  Viewer viewer;
  viewer.view().presenter = options.presenter;
  viewer.begin_with_lesson(options.lesson);
  WindowRunner(window, events, viewer, session, options).run();
  return {};
}

}  // namespace loopscope::viz
