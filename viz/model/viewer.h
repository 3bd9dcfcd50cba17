#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "traces/formats/viewer_settings.h"
#include "traces/loop_state.h"
#include "traces/narration.h"
#include "traces/state_cursor.h"
#include "traces/trace_store.h"
#include "viz/model/command_table.h"
#include "viz/model/commands.h"
#include "viz/model/file_choice.h"
#include "viz/model/playback.h"
#include "viz/model/prompt.h"
#include "viz/model/same_place.h"
#include "viz/model/scenario_editor.h"
#include "viz/model/view_state.h"

namespace loopscope::viz {

/// A run to look at, and what to call it.
struct ViewedRun {
  std::shared_ptr<const traces::TraceStore> store;
  std::string title, subtitle;
  std::shared_ptr<const SourceText> source = {};  ///< the scenario's text; null: what the trace carries
};

/// The viewer without a window: where the cursor stands, what is selected, whether it
/// plays. Commands change it, time is told to it, and it answers with what one frame
/// may look at. One thread.
class Viewer final {
 public:
  explicit Viewer(ThemeName theme = ThemeName::dark, float scale = 1);

  /// Shows another run from its first event, or, with `keep_cursor` (the same run made
  /// anew, or of a program that was edited), at the same place where it can.
  void show(ViewedRun run, bool keep_cursor);
  /// Goes on towards the place that `keep_cursor` asked for, as far as the trace has grown.
  void resume();
  /// Begins the run's lesson as soon as the run is over.
  void begin_with_lesson(bool wanted) { lesson_wanted_ = wanted; }
  /// Why the run ended badly, or empty.
  void set_failure(std::string failure) { failure_ = std::move(failure); }

  /// True once there is a run with at least one event: the other queries need that.
  bool has_events() const { return run_.store && run_.store->size() > 0; }

  void apply(const Command& command);
  void apply(const Commands& commands) {
    for (const Command& c : commands) apply(c);
  }
  /// What the viewer cannot do itself (Open, Restart, Quit), in order; empties the list.
  Commands take_requests() { return std::exchange(requests_, {}); }

  /// Lets `seconds` pass: playing goes on, motion moves.
  void advance(double seconds);
  /// Whether time changes the picture.
  /// Findings are looked for beside the frames; they have come and the next frame shows them.
  bool awaits_answers() const;
  bool has_new_answers() const;
  bool busy() const { return view_.folding || view_.playing || motion_.transition().moving(); }

  /// What to draw in a window of `width` x `height` pixels. `content_scale` is the
  /// monitor's, `clock` seconds since the window opened. Requires has_events(); valid
  /// until the viewer changes.
  FrameView frame(float width, float height, float content_scale, double clock);

  /// "lifecycle – event 56/192 – iteration 3".
  std::string window_title() const;

  ViewState& view() { return view_; }
  const ViewState& view() const { return view_; }
  ThemeName theme_name() const { return theme_; }
  float scale() const { return scale_; }  ///< the user's; the monitor's comes on top
  /// What one design pixel measures; fonts are baked for it.
  float total_scale(float content_scale) const {
    const float large = view_.presenter ? kPresenterScale : 1;
    return std::clamp(scale_ * content_scale * large, kMinScale, kMaxScale);
  }
  EventIndex cursor() const { return cursor_; }
  const traces::TraceStore& store() const { return *run_.store; }  ///< requires has_events()
  /// Whether key presses are text for the prompt.
  bool takes_text() const { return view_.prompt && view_.prompt->is_open(); }
  /// A key press for the prompt.
  void type(const KeyPress& press);
  /// The clipboard's text, for the prompt or the editor.
  void paste(const std::string& text);
  /// A key press for the scenario's editor; false when it has not the focus or leaves the key
  /// to the commands.
  bool edit(const KeyPress& press);
  ScenarioEditor& editor() { return *view_.editor; }
  /// The files that the open list offers.
  void set_files(std::vector<FileChoice> files);
  const std::vector<FileChoice>& files() const { return files_; }
  /// What is remembered of the viewer, but for window and files.
  void restore(const traces::ViewerSettings& settings);
  traces::ViewerSettings settings() const;
  /// Shows one line for a few seconds.
  void say(std::string text, bool is_error = false) { view_.toast = Toast{std::move(text), is_error}; }
  /// What Copy puts on the clipboard.
  std::string text_of(CopyWhat what);
  void set_bookmarks(std::vector<Bookmark> bookmarks) { view_.bookmarks.assign(std::move(bookmarks)); }
  CommandContext context() const {
    return {.scale = scale_, .speed = view_.speed, .teaching = view_.teaching.on(), .next_loop = next_loop()};
  }
  /// How much larger everything is in presenter mode.
  static constexpr float kPresenterScale = 1.4F;

 private:
  void go_to(EventIndex event, bool moves);
  void jump(EventIndex event);
  void look(const Command& command);
  void navigate(const Command& command);
  void follow_wake(bool forward);
  void move_focus(const Command& command);
  void run_to_line(std::uint32_t line);
  void run_to_breakpoint(bool forward);
  void add_breakpoint(const std::string& text);
  void open_prompt(PromptKind kind);
  void toggle_editor();
  void show_lesson_from_the_start();
  void teach(const command::Teach& what);
  void resume_lesson();
  void hold_back(const Command& command);
  TaskId asked_task() const;
  LoopId next_loop() const;
  void step(const command::Step& step);
  void toggle_play();
  /// Left and right edge of where the timeline draws events.
  std::pair<float, float> plot() const;
  void zoom(float factor);
  void pan(float share);
  void toggle_axis();
  void dismiss();
  std::size_t size() const { return run_.store ? run_.store->size() : 0; }
  void refresh_states();

  ViewedRun run_;
  std::string failure_;
  ThemeName theme_;
  float scale_;
  ViewState view_;
  EventIndex cursor_ = 0;
  std::optional<PlaceFinder> resume_at_;  // where the cursor stood in the run before this one
  bool lesson_wanted_ = false;
  std::optional<Teaching> held_;  // under way in the run before this one, until this one is over
  Visited visited_;
  Playback playback_;
  Motion motion_;
  Commands requests_;
  std::vector<FileChoice> files_;
  Layout layout_;
  std::optional<traces::StateCursor> states_;
  bool states_known_ = false;  // state_, before_, narration_ belong to cursor_
  traces::LoopState state_, before_;
  traces::Narration narration_, asked_;  // asked_: while a question stands
};

}  // namespace loopscope::viz
