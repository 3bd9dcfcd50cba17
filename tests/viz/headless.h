#pragma once

#include <imgui.h>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/viz/sample_trace.h"
#include "viz/panels/transport.h"
#include "viz/shell/font_files.h"
#include "viz/shell/frame_loop.h"

namespace loopscope::viz {

/// A session that shows what a test gives it and remembers what it was asked for.
class FakeSession final : public Session {
 public:
  explicit FakeSession(std::shared_ptr<const traces::TraceStore> store) {
    shown.run = {std::move(store), "lifecycle", "Two tasks share one loop"};
    shown.generation = 1;
  }
  SessionView view() override { return shown; }
  void open(const std::string& path) override { opened.push_back(path); }
  void restart() override { ++restarts; }
  void cancel() override { ++cancels; }
  void run_text(const std::string& text) override { texts.push_back(text); }
  void check_text(std::uint64_t revision, const std::string& text) override {
    checks.emplace_back(revision, text);
  }
  std::string save_as(const std::string& path, const std::string& text) override {
    saved.emplace_back(path, text);
    return save_error;
  }
  std::string keep_unsaved(const std::string& text) override {
    unsaved.push_back(text);
    return "unsaved.json";
  }
  std::vector<FileChoice> files() override { return choices; }
  void keep_settings(const traces::ViewerSettings& settings) override { remembered = settings; }
  void keep_bookmarks(const std::vector<Bookmark>& bookmarks) override { kept = bookmarks; }

  SessionView shown;
  std::vector<Bookmark> kept;
  std::vector<std::string> opened, texts, unsaved;
  std::vector<std::pair<std::string, std::string>> saved;
  std::vector<std::pair<std::uint64_t, std::string>> checks;
  std::vector<FileChoice> choices;
  traces::ViewerSettings remembered;
  std::string save_error;  // what save_as answers
  int restarts = 0, cancels = 0;
};

/// Fonts baked for one UI scale, with their atlas. Baking takes a while, so drivers share them.
struct BakedFonts {
  explicit BakedFonts(float scale) {
    fonts.build(atlas, embedded_fonts(), scale);
    unsigned char* pixels = nullptr;
    int w = 0, h = 0;
    atlas.GetTexDataAsAlpha8(&pixels, &w, &h);
    atlas.SetTexID(reinterpret_cast<ImTextureID>(1));
  }
  ImFontAtlas atlas;
  Fonts fonts;
};

inline BakedFonts& baked_fonts(float scale) {
  static std::map<float, std::unique_ptr<BakedFonts>> kept;
  auto& baked = kept[scale];
  if (!baked) baked = std::make_unique<BakedFonts>(scale);
  return *baked;
}

/// The viewer without a window and without a GPU: frames on ImGui's null platform, a
/// mouse and keys that go the same way as a window's.
class HeadlessDriver final {
 public:
  explicit HeadlessDriver(std::shared_ptr<const traces::TraceStore> store = sample_trace(),
                          float width = 1600, float height = 1000, float scale = 1)
      : session(std::move(store)),
        viewer(ThemeName::dark, scale),
        frames(viewer, session),
        width_(width),
        height_(height) {
    context_ = ImGui::CreateContext(&baked_fonts(scale).atlas);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
    for (int k = 0; k < ImGuiKey_COUNT; ++k) io.KeyMap[k] = 256 + k;
    frame(2);
  }
  ~HeadlessDriver() { ImGui::DestroyContext(context_); }
  HeadlessDriver(const HeadlessDriver&) = delete;
  HeadlessDriver& operator=(const HeadlessDriver&) = delete;

  /// Draws `count` frames of `seconds` each.
  void frame(int count = 1, double seconds = 1.0 / 60) {
    for (int i = 0; i < count; ++i) one_frame(seconds);
  }
  void press(const KeyPress& press) {
    frames.press(press);
    frame();
  }
  void type(char32_t character) { press(typed(character)); }
  void move_to(Vec2 p) {
    mouse_ = p;
    frame(2);
  }
  void click(Vec2 p) {
    move_to(p);
    down_ = true;
    frame();
    down_ = false;
    frame(2);
  }
  /// Presses the button at `from`, moves to `to`, lets go.
  void drag(Vec2 from, Vec2 to) {
    move_to(from);
    down_ = true;
    frame();
    move_to((from + to) * 0.5F);
    move_to(to);
    down_ = false;
    frame(2);
  }
  void wheel(Vec2 p, float notches) {
    move_to(p);
    wheel_ = notches;
    frame();
  }
  void resize(float width, float height) {
    width_ = width, height_ = height;
    frame(2);
  }

  Layout layout() const {
    const auto& store = session.shown.run.store;
    return make_layout(width_, height_, frames.scale(1), store ? store->task_count() : 0);
  }
  /// Where the transport's parts stand now.
  TransportLayout transport() {
    ImDrawList nowhere(ImGui::GetDrawListSharedData());
    const FrameView frame = viewer.frame(width_, height_, 1, clock_);
    Paint paint(nowhere, fonts(), frame.theme);
    return place_transport(frame, viewer.view(), paint);
  }
  const Fonts& fonts() const { return baked().fonts; }
  /// Vertices of the last frame: how much was drawn.
  int vertices() const { return vertices_; }

  FakeSession session;
  Viewer viewer;
  FrameLoop frames;

 private:
  BakedFonts& baked() const { return baked_fonts(frames.scale(1)); }

  void one_frame(double seconds) {
    frames.sync();
    frames.expire(clock_);
    frames.advance(seconds);
    ImGuiIO& io = ImGui::GetIO();
    const Fonts& fonts = baked().fonts;
    io.Fonts = &baked().atlas;
    io.DisplaySize = {width_, height_};
    io.DeltaTime = static_cast<float>(seconds);
    io.MousePos = {mouse_.x, mouse_.y};
    io.MouseDown[0] = down_;
    io.MouseWheel = std::exchange(wheel_, 0.0F);
    ImGui::NewFrame();
    frames.draw(fonts, width_, height_, 1, clock_ += seconds);
    ImGui::Render();
    vertices_ = ImGui::GetDrawData()->TotalVtxCount;
  }
  ImGuiContext* context_ = nullptr;
  float width_, height_, wheel_ = 0;
  double clock_ = 0;
  Vec2 mouse_{-1, -1};
  bool down_ = false;
  int vertices_ = 0;
};

}  // namespace loopscope::viz
