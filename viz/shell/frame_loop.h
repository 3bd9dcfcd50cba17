#pragma once

#include <optional>
#include <string>
#include <vector>

#include "viz/model/keys.h"
#include "viz/model/viewer.h"
#include "viz/shell/session.h"

namespace loopscope::viz {

/// What happens in every frame of the viewer, in a window or without one: takes over
/// what the session shows, turns keys into commands, draws, and carries out what the
/// panels ask for. Knows nothing of windows; one thread.
class FrameLoop final {
 public:
  /// Both must outlive the loop.
  FrameLoop(Viewer& viewer, Session& session) : viewer_(viewer), session_(session) {}

  /// Takes over what the session shows now. True when the picture may have changed.
  bool sync();
  /// Takes away what has been shown long enough at `clock`. True when the picture changes.
  bool expire(double clock);
  /// Lets `seconds` pass.
  void advance(double seconds) { viewer_.advance(seconds); }
  /// A key: text for the prompt or the editor while one of them takes it, else a command.
  void press(const KeyPress& press);
  void apply(const Command& command);
  /// The window closes, or another file is opened: edits that nobody saved are kept.
  void leave();
  /// Files were dropped on the window: opens the first.
  void drop(const std::vector<std::string>& paths);

  /// Draws one frame into the current ImGui frame. Fonts must be baked for
  /// scale(content_scale); `clock` is seconds since the window opened.
  void draw(const Fonts& fonts, float width, float height, float content_scale, double clock);

  float scale(float content_scale) const { return viewer_.total_scale(content_scale); }
  /// Whether more events or another file may come without the user doing anything.
  bool expects_more() const;
  bool wants_quit() const { return quit_; }
  std::string window_title() const;

 private:
  void serve_requests();
  void serve(const Command& request);
  void take_text(const SessionView& now);
  void check_typed(double clock);
  void save_as(const std::string& path);
  void copy(CopyWhat what);

  Viewer& viewer_;
  Session& session_;
  SessionView shown_;
  std::size_t size_ = 0;  // of the store when it was last looked at
  // Of the editor's text: what was typed last and when, and what was checked last.
  std::uint64_t typed_revision_ = 0, checked_revision_ = 0;
  double typed_at_ = 0;
  bool finished_ = false, synced_ = false, quit_ = false;
};

}  // namespace loopscope::viz
