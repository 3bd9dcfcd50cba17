#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/base/ids.h"
#include "traces/stepping.h"
#include "traces/trace_store.h"

namespace loopscope::viz {

using traces::EventIndex;
using traces::Granularity;

/// What is selected: shared by all panels.
struct Selection {
  enum class Kind : std::uint8_t { none, task, handle, fd, line };
  Kind kind = Kind::none;
  std::uint32_t id = 0;  ///< task, handle or fd id, or listing line
  friend bool operator==(const Selection&, const Selection&) = default;
};

/// What the one-line prompt is asked for.
enum class PromptKind : std::uint8_t { search, palette, breakpoint, bookmark, filter, save_as, open };
/// What goes to the clipboard.
enum class CopyWhat : std::uint8_t { narration, output, findings };

/// What a panel asks the session to do before the next frame. Panels return commands;
/// they change nothing but their own view state.
namespace command {
struct Seek {
  EventIndex event;
};  ///< clamps to the trace
struct Step {
  Granularity by;
  bool forward;
};  ///< also makes `by` the current granularity
struct TogglePlay {};
struct SetSpeed {
  float factor;
};
struct Select {
  Selection what;
};
struct ToggleAxis {};
struct ToggleHelp {};
struct ToggleTheme {};
struct SetScale {
  float scale;
};
struct Restart {};
struct CancelWork {};  ///< stops what is read or runs
struct Zoom {
  float factor;
};  ///< the timeline, about the playhead; > 1 shows less
struct Pan {
  float share;
};  ///< the timeline moves on by this share of what it shows
struct Fit {};
struct MarkRange {
  EventIndex from, to;
};                          ///< of the timeline, for statistics
struct SetArrows {};        ///< direct, ancestors, critical path, in turn
struct ToggleAwaitTree {};  ///< who awaits what, or why the selected task waits
struct PinLane {};          ///< the selected task's lane, or not any more
struct SortLanes {};        ///< the next order
struct ShowLoop {
  LoopId loop;
};  ///< in the loop panel; none: the cursor's
struct FollowWake {
  bool forward;
};               ///< to what woke the task, or to where it goes on
struct Back {};  ///< to the place visited before
struct Forward {};
struct ToggleReducedMotion {};
struct MoveFocus {
  bool forward;
};  ///< of the keyboard, to the next panel
struct MoveRow {
  int rows;
};                   ///< in the panel that has the focus; > 0: downwards
struct EnterRow {};  ///< what a click on that row does
struct RunToLine {
  std::uint32_t line;
};  ///< to where the line runs next
struct OpenPrompt {
  PromptKind kind;
};
struct ToggleLineBreakpoint {
  std::uint32_t line;
};
struct RunToBreakpoint {
  bool forward;
};
struct SetFilter {
  std::string text;
};  ///< of the lanes
struct AddBreakpoint {
  std::string text;
};
struct RemoveBreakpoints {};
struct SetBookmark {
  std::string note;
};                         ///< at the cursor; an empty note too
struct RemoveBookmark {};  ///< the one at the cursor
struct NextBookmark {
  bool forward;
};
struct KeepBookmarks {};  ///< saves them beside the trace
struct Copy {
  CopyWhat what;
};
/// Lessons and predict mode.
struct Teach {
  enum class What : std::uint8_t {
    lesson,       ///< begins the run's lesson, or leaves it
    predict,      ///< a question before every handle's run, or not any more
    next,         ///< to the next stop; while a question stands: answers with the choice in focus
    previous,     ///< to the stop before
    answer,       ///< with choice `number`, from 1; 0: the one in focus
    choose_next,  ///< the focus on to the next choice
    choose_back,
    hint,
    show,   ///< the answer, without a guess
    again,  ///< the last question answered wrongly
    leave,
  };
  What what;
  std::size_t number = 0;
};
struct TogglePresenter {};  ///< large type, few panels
struct Open {
  std::string path;
};
struct ListFiles {};     ///< for the open list
struct ToggleEditor {};  ///< the scenario's JSON instead of the listing, or its focus
struct NextProblem {};   ///< to the next place in the JSON that is wrong
struct RunText {};       ///< runs what stands in the editor
struct ResetText {};     ///< the file's text again, and its run
struct SaveAs {
  std::string path;
};  ///< what stands in the editor
struct CopyText {
  std::string text;
};
struct PasteText {};  ///< the clipboard's, into the prompt or the editor
struct Dismiss {};    ///< Esc: closes, then deselects
struct Quit {};
}  // namespace command

using Command = std::variant<
    command::Seek, command::Step, command::TogglePlay, command::SetSpeed, command::Select,
    command::ToggleAxis, command::ToggleHelp, command::ToggleTheme, command::SetScale, command::Restart,
    command::CancelWork, command::Zoom, command::Pan, command::Fit, command::MarkRange, command::SetArrows,
    command::ToggleAwaitTree, command::PinLane, command::SortLanes, command::ShowLoop, command::FollowWake,
    command::Back, command::Forward, command::ToggleReducedMotion, command::MoveFocus, command::MoveRow,
    command::EnterRow, command::RunToLine, command::OpenPrompt, command::ToggleLineBreakpoint,
    command::RunToBreakpoint, command::SetFilter, command::AddBreakpoint, command::RemoveBreakpoints,
    command::SetBookmark, command::RemoveBookmark, command::NextBookmark, command::KeepBookmarks,
    command::Copy, command::Teach, command::TogglePresenter, command::Open, command::ListFiles,
    command::ToggleEditor, command::NextProblem, command::RunText, command::ResetText, command::SaveAs,
    command::CopyText, command::PasteText, command::Dismiss, command::Quit>;
using Commands = std::vector<Command>;

}  // namespace loopscope::viz
