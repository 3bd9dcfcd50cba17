#include "viz/shell/offscreen.h"

// EGL must come before GL's headers.
#include <EGL/egl.h>
#include <EGL/eglext.h>
#define GL_GLEXT_PROTOTYPES
#include <GL/gl.h>
#include <GL/glext.h>
#include <algorithm>
#include <backends/imgui_impl_opengl3.h>
#include <cstdlib>
#include <imgui.h>

#include "viz/shell/font_files.h"

namespace loopscope::viz {
namespace {

constexpr int kMinFrames = 3;  // ImGui settles hover and window sizes over three frames
constexpr float kFrameSeconds = 1.0F / 60;

/// A current OpenGL 3.3 core context without a surface.
class SurfacelessContext final {
 public:
  SurfacelessContext() = default;
  /// The display stays initialized: EGL has one for the whole process, and ends it itself.
  ~SurfacelessContext() {
    if (context_ == EGL_NO_CONTEXT) return;
    eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    eglDestroyContext(display_, context_);
  }
  SurfacelessContext(const SurfacelessContext&) = delete;
  SurfacelessContext& operator=(const SurfacelessContext&) = delete;

  /// Empty when the context stands, else what failed.
  std::string open() {
    setenv("LIBGL_ALWAYS_SOFTWARE", "1", 1);
    const auto get_display =
        reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(eglGetProcAddress("eglGetPlatformDisplayEXT"));
    if (get_display) display_ = get_display(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
    if (display_ == EGL_NO_DISPLAY) return "no surfaceless EGL display (Mesa's EGL is needed)";
    if (!eglInitialize(display_, nullptr, nullptr)) return "EGL cannot be initialized";
    if (!eglBindAPI(EGL_OPENGL_API)) return "EGL has no desktop OpenGL";
    return make_context();
  }

 private:
  std::string make_context() {
    const EGLint want[] = {EGL_SURFACE_TYPE,
                           EGL_PBUFFER_BIT,
                           EGL_RENDERABLE_TYPE,
                           EGL_OPENGL_BIT,
                           EGL_RED_SIZE,
                           8,
                           EGL_GREEN_SIZE,
                           8,
                           EGL_BLUE_SIZE,
                           8,
                           EGL_ALPHA_SIZE,
                           8,
                           EGL_NONE};
    EGLConfig config{};
    EGLint count = 0;
    if (!eglChooseConfig(display_, want, &config, 1, &count) || count == 0)
      return "EGL offers no 8-bit RGBA configuration";
    const EGLint version[] = {EGL_CONTEXT_MAJOR_VERSION,
                              3,
                              EGL_CONTEXT_MINOR_VERSION,
                              3,
                              EGL_CONTEXT_OPENGL_PROFILE_MASK,
                              EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                              EGL_NONE};
    context_ = eglCreateContext(display_, config, EGL_NO_CONTEXT, version);
    if (context_ == EGL_NO_CONTEXT) return "EGL cannot make an OpenGL 3.3 context";
    if (!eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_))
      return "EGL cannot use a context without a surface";
    return {};
  }

  EGLDisplay display_ = EGL_NO_DISPLAY;
  EGLContext context_ = EGL_NO_CONTEXT;
};

/// A framebuffer of `width` x `height` RGBA pixels, bound while it lives.
class Framebuffer final {
 public:
  Framebuffer(int width, int height) : width_(width), height_(height) {
    glGenFramebuffers(1, &frame_);
    glGenRenderbuffers(1, &pixels_);
    glBindFramebuffer(GL_FRAMEBUFFER, frame_);
    glBindRenderbuffer(GL_RENDERBUFFER, pixels_);
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width, height);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, pixels_);
  }
  ~Framebuffer() {
    glDeleteFramebuffers(1, &frame_);
    glDeleteRenderbuffers(1, &pixels_);
  }
  Framebuffer(const Framebuffer&) = delete;
  Framebuffer& operator=(const Framebuffer&) = delete;

  bool complete() const { return glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE; }

  void clear(Color color) const {
    glViewport(0, 0, width_, height_);
    glClearColor(static_cast<float>(color.rgb >> 16 & 255) / 255,
                 static_cast<float>(color.rgb >> 8 & 255) / 255, static_cast<float>(color.rgb & 255) / 255,
                 1);
    glClear(GL_COLOR_BUFFER_BIT);
  }

  /// The pixels, top row first, opaque.
  std::vector<std::uint8_t> read() const {
    const auto row = static_cast<std::size_t>(width_) * 4;
    std::vector<std::uint8_t> upside_down(row * static_cast<std::size_t>(height_)), rgba(upside_down.size());
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, width_, height_, GL_RGBA, GL_UNSIGNED_BYTE, upside_down.data());
    for (std::size_t y = 0; y < static_cast<std::size_t>(height_); ++y)
      std::copy_n(upside_down.data() + (static_cast<std::size_t>(height_) - 1 - y) * row, row,
                  rgba.data() + y * row);
    for (std::size_t i = 3; i < rgba.size(); i += 4) rgba[i] = 255;
    return rgba;
  }

 private:
  int width_, height_;
  unsigned frame_ = 0, pixels_ = 0;
};

/// An ImGui context of its own, with no ini file; the caller's is current again after.
class OwnImGuiContext final {
 public:
  OwnImGuiContext() : previous_(ImGui::GetCurrentContext()), own_(ImGui::CreateContext()) {
    ImGui::SetCurrentContext(own_);
    ImGui::GetIO().IniFilename = nullptr;
    ImGui::GetIO().LogFilename = nullptr;
  }
  ~OwnImGuiContext() {
    if (renderer_) ImGui_ImplOpenGL3_Shutdown();
    ImGui::DestroyContext(own_);
    ImGui::SetCurrentContext(previous_);
  }
  OwnImGuiContext(const OwnImGuiContext&) = delete;
  OwnImGuiContext& operator=(const OwnImGuiContext&) = delete;

  bool start_renderer() { return renderer_ = ImGui_ImplOpenGL3_Init("#version 330 core"); }

 private:
  ImGuiContext* previous_;
  ImGuiContext* own_;
  bool renderer_ = false;
};

}  // namespace

bool render_offscreen(const OffscreenOptions& options, const std::function<void(const Fonts&, int)>& draw,
                      std::vector<std::uint8_t>& rgba, std::string& error) {
  SurfacelessContext context;
  error = context.open();
  if (!error.empty()) return false;
  OwnImGuiContext imgui;
  if (!imgui.start_renderer()) {
    error = "the OpenGL 3 renderer cannot start";
    return false;
  }
  const Framebuffer target(options.width, options.height);
  if (!target.complete()) {
    error = "OpenGL cannot draw a picture of this size";
    return false;
  }
  ImGuiIO& io = ImGui::GetIO();
  Fonts fonts;
  fonts.build(*io.Fonts, embedded_fonts(), options.scale);
  for (int frame = 0; frame < std::max(options.frames, kMinFrames); ++frame) {
    io.DisplaySize = {static_cast<float>(options.width), static_cast<float>(options.height)};
    io.DeltaTime = kFrameSeconds;
    ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
    draw(fonts, frame);
    ImGui::Render();
    target.clear(options.background);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  }
  rgba = target.read();
  return true;
}

}  // namespace loopscope::viz
