#include "viz/model/command_table.h"

#include <algorithm>
#include <cmath>

namespace loopscope::viz {
namespace {

using Context = CommandContext;
using G = Granularity;

constexpr float kScaleStep = 0.1F;
constexpr float kZoomStep = 1.5F;
constexpr float kPanStep = 0.15F;
constexpr int kManyRows = 10;
constexpr EventIndex kLast = static_cast<EventIndex>(-1);

constexpr KeyPress letter(char32_t c) { return {.key = KeyName::character, .character = c}; }
constexpr KeyPress ctrl(char32_t c) { return {.key = KeyName::character, .character = c, .ctrl = true}; }
constexpr KeyPress named(KeyName key, bool with_shift = false, bool with_ctrl = false,
                         bool with_alt = false) {
  return {.key = key, .shift = with_shift, .ctrl = with_ctrl, .alt = with_alt};
}

constexpr KeyName kRight = KeyName::right, kLeft = KeyName::left;
constexpr KeyPress kSpace[] = {named(KeyName::space)};
constexpr KeyPress kNextEvent[] = {named(kRight)}, kBackEvent[] = {named(kLeft)};
constexpr KeyPress kNextHandle[] = {named(kRight, true)}, kBackHandle[] = {named(kLeft, true)};
constexpr KeyPress kNextPhase[] = {named(kRight, false, false, true)};
constexpr KeyPress kBackPhase[] = {named(kLeft, false, false, true)};
constexpr KeyPress kNextIteration[] = {named(kRight, false, true)},
                   kBackIteration[] = {named(kLeft, false, true)};
constexpr KeyPress kNextStep[] = {named(kRight, true, true)}, kBackStep[] = {named(kLeft, true, true)};
constexpr KeyPress kNextOutput[] = {named(kRight, true, false, true)};
constexpr KeyPress kBackOutput[] = {named(kLeft, true, false, true)};
constexpr KeyPress kHome[] = {named(KeyName::home)}, kEnd[] = {named(KeyName::end)};
constexpr KeyPress kSlower[] = {letter(U',')}, kFaster[] = {letter(U'.')};
constexpr KeyPress kRestart[] = {letter(U'r')};
constexpr KeyPress kAxis[] = {letter(U'x')}, kFit[] = {letter(U'f')};
constexpr KeyPress kZoomIn[] = {letter(U'+'), letter(U'='), letter(U'w')};
constexpr KeyPress kZoomOut[] = {letter(U'-'), letter(U's')};
constexpr KeyPress kPanBack[] = {letter(U'a')}, kPanOn[] = {letter(U'd')};
constexpr KeyPress kTheme[] = {letter(U't')};
constexpr KeyPress kLarger[] = {ctrl(U'+'), ctrl(U'=')}, kSmaller[] = {ctrl(U'-')}, kNormal[] = {ctrl(U'0')};
constexpr KeyPress kWakeBack[] = {letter(U'['), named(KeyName::page_up)},
                   kWakeOn[] = {letter(U']'), named(KeyName::page_down)};
constexpr KeyPress kBack[] = {named(KeyName::backspace)}, kForward[] = {named(KeyName::backspace, true)};
constexpr KeyPress kSearch[] = {letter(U'/'), ctrl(U'f'), named(KeyName::f3)}, kPalette[] = {ctrl(U'p')};
constexpr KeyPress kBreakLine[] = {letter(U'b')}, kBreakAt[] = {ctrl(U'b')};
constexpr KeyPress kRunOn[] = {named(KeyName::f5), letter(U'g')}, kRunBack[] = {named(KeyName::f5, true)};
constexpr KeyPress kMark[] = {letter(U'm')}, kNextMark[] = {letter(U'n')}, kArrows[] = {letter(U'e')};
constexpr KeyPress kStopWork[] = {ctrl(U'.')};
constexpr KeyPress kAwait[] = {letter(U'u')};
constexpr KeyPress kPin[] = {letter(U'p')}, kSort[] = {letter(U'o')}, kFilter[] = {letter(U'l')};
constexpr KeyPress kCopy[] = {ctrl(U'c')}, kCopyOutput[] = {ctrl(U'u')}, kCopyFindings[] = {ctrl(U'i')};
constexpr KeyPress kUnmark[] = {ctrl(U'm')}, kLastMark[] = {ctrl(U'n')}, kMotion[] = {letter(U'v')};
constexpr KeyPress kEdit[] = {ctrl(U'e')}, kRunText[] = {named(KeyName::enter, false, true)};
constexpr KeyPress kProblem[] = {named(KeyName::f8)};
constexpr KeyPress kOpen[] = {ctrl(U'o')};
constexpr KeyPress kReset[] = {ctrl(U'r')}, kSaveAs[] = {ctrl(U's')};
constexpr KeyPress kHelp[] = {letter(U'?')}, kEscape[] = {named(KeyName::escape)}, kQuit[] = {ctrl(U'q')};

constexpr KeyPress kLesson[] = {letter(U'c')}, kPredict[] = {letter(U'q')};
constexpr KeyPress kNextStop[] = {named(KeyName::enter)}, kBackStop[] = {named(KeyName::enter, true)};
constexpr KeyPress kAnswer[] = {letter(U'1'), letter(U'2'), letter(U'3'), letter(U'4'), letter(U'5'),
                                letter(U'6'), letter(U'7'), letter(U'8'), letter(U'9')};
constexpr KeyPress kHint[] = {letter(U'h')}, kShow[] = {letter(U'y')}, kAgain[] = {letter(U'k')};
constexpr KeyPress kNextPanel[] = {named(KeyName::tab)}, kBackPanel[] = {named(KeyName::tab, true)};
constexpr KeyPress kRowDown[] = {named(KeyName::down)}, kRowUp[] = {named(KeyName::up)};
constexpr KeyPress kRowsDown[] = {named(KeyName::down, true)}, kRowsUp[] = {named(KeyName::up, true)};
constexpr KeyPress kEnterRow[] = {named(KeyName::enter)};
constexpr KeyPress kNextLoop[] = {letter(U'j')};
constexpr KeyPress kPresenter[] = {letter(U'z')};

template <command::Teach::What what>
Command teach(const Context&) {
  return command::Teach{what};
}
using Teach = command::Teach::What;

template <G by, bool forward>
Command step(const Context&) {
  return command::Step{by, forward};
}

/// The scale one step up or down, on whole tenths.
Command scale_by(const Context& c, float step) {
  const float tenths = std::round((c.scale + step) * 10) / 10;
  return command::SetScale{std::clamp(tenths, kMinScale, kMaxScale)};
}

constexpr CommandGroup kWalk = CommandGroup::walk, kLook = CommandGroup::look, kMarks = CommandGroup::marks,
                       kFile = CommandGroup::file, kWindow = CommandGroup::window,
                       kTeach = CommandGroup::teach;

constexpr CommandRow kTable[] = {
    {kWalk, "Play or pause", "", kSpace, [](const Context&) -> Command { return command::TogglePlay{}; }},
    {kWalk, "Next event", "", kNextEvent, step<G::event, true>},
    {kWalk, "Previous event", "", kBackEvent, step<G::event, false>},
    {kWalk, "Next handle", "", kNextHandle, step<G::handle, true>},
    {kWalk, "Previous handle", "", kBackHandle, step<G::handle, false>},
    {kWalk, "Next phase", "", kNextPhase, step<G::phase, true>},
    {kWalk, "Previous phase", "", kBackPhase, step<G::phase, false>},
    {kWalk, "Next iteration", "", kNextIteration, step<G::iteration, true>},
    {kWalk, "Previous iteration", "", kBackIteration, step<G::iteration, false>},
    {kWalk, "Next task step", "", kNextStep, step<G::task_step, true>},
    {kWalk, "Previous task step", "", kBackStep, step<G::task_step, false>},
    {kWalk, "Next output", "", kNextOutput, step<G::output, true>},
    {kWalk, "Previous output", "", kBackOutput, step<G::output, false>},
    {kWalk, "First event", "", kHome, [](const Context&) -> Command { return command::Seek{0}; }},
    {kWalk, "Last event", "", kEnd, [](const Context&) -> Command { return command::Seek{kLast}; }},

    {kWalk, "To what woke the task", "", kWakeBack,
     [](const Context&) -> Command { return command::FollowWake{false}; }},
    {kWalk, "To where it goes on", "", kWakeOn,
     [](const Context&) -> Command { return command::FollowWake{true}; }},
    {kWalk, "Back to the last place", "", kBack, [](const Context&) -> Command { return command::Back{}; }},
    {kWalk, "Forward again", "", kForward, [](const Context&) -> Command { return command::Forward{}; }},

    {kMarks, "Search", "tasks, lines, output, events", kSearch,
     [](const Context&) -> Command { return command::OpenPrompt{PromptKind::search}; }},
    {kMarks, "All commands", "type a few letters", kPalette,
     [](const Context&) -> Command { return command::OpenPrompt{PromptKind::palette}; }},
    {kMarks, "Breakpoint on the line", "or click left of it", kBreakLine,
     [](const Context&) -> Command { return command::ToggleLineBreakpoint{0}; }},
    {kMarks, "Breakpoint …", "ready > 50, task B done", kBreakAt,
     [](const Context&) -> Command { return command::OpenPrompt{PromptKind::breakpoint}; }},
    {kMarks, "Run to the breakpoint", "", kRunOn,
     [](const Context&) -> Command { return command::RunToBreakpoint{true}; }},
    {kMarks, "Run back to it", "", kRunBack,
     [](const Context&) -> Command { return command::RunToBreakpoint{false}; }},
    {kMarks, "Bookmark with a note", "", kMark,
     [](const Context&) -> Command { return command::OpenPrompt{PromptKind::bookmark}; }},
    {kMarks, "Remove the bookmark", "", kUnmark,
     [](const Context&) -> Command { return command::RemoveBookmark{}; }},
    {kMarks, "Next bookmark", "", kNextMark,
     [](const Context&) -> Command { return command::NextBookmark{true}; }},
    {kMarks, "Previous bookmark", "", kLastMark,
     [](const Context&) -> Command { return command::NextBookmark{false}; }},

    {kLook, "Steps or clock axis", "", kAxis,
     [](const Context&) -> Command { return command::ToggleAxis{}; }},
    {kLook, "Zoom in", "also the wheel", kZoomIn,
     [](const Context&) -> Command { return command::Zoom{kZoomStep}; }},
    {kLook, "Zoom out", "", kZoomOut, [](const Context&) -> Command { return command::Zoom{1 / kZoomStep}; }},
    {kLook, "Pan to the left", "or drag the lanes", kPanBack,
     [](const Context&) -> Command { return command::Pan{-kPanStep}; }},
    {kLook, "Pan to the right", "", kPanOn, [](const Context&) -> Command { return command::Pan{kPanStep}; }},
    {kLook, "Fit the whole run", "", kFit, [](const Context&) -> Command { return command::Fit{}; }},
    {kLook, "Arrows of wake-ups", "direct, all, critical", kArrows,
     [](const Context&) -> Command { return command::SetArrows{}; }},
    {kLook, "Await tree or why", "who awaits what", kAwait,
     [](const Context&) -> Command { return command::ToggleAwaitTree{}; }},
    {kLook, "Show another loop", "last: the cursor's", kNextLoop,
     [](const Context& c) -> Command { return command::ShowLoop{c.next_loop}; }},
    {kLook, "Pin the task's lane", "", kPin, [](const Context&) -> Command { return command::PinLane{}; }},
    {kLook, "Sort the lanes", "made, most runs, living", kSort,
     [](const Context&) -> Command { return command::SortLanes{}; }},
    {kLook, "Filter the lanes", "", kFilter,
     [](const Context&) -> Command { return command::OpenPrompt{PromptKind::filter}; }},
    {kLook, "Slower", "", kSlower,
     [](const Context& c) -> Command { return command::SetSpeed{next_speed(c.speed, false)}; }},
    {kLook, "Faster", "", kFaster,
     [](const Context& c) -> Command { return command::SetSpeed{next_speed(c.speed, true)}; }},

    {kFile, "Open …", "library, recent, folder; or drop it", kOpen,
     [](const Context&) -> Command { return command::OpenPrompt{PromptKind::open}; }},
    {kFile, "Run again", "reads the file anew", kRestart,
     [](const Context&) -> Command { return command::Restart{}; }},
    {kFile, "Stop reading or running", "also Esc", kStopWork,
     [](const Context&) -> Command { return command::CancelWork{}; }},
    {kFile, "Edit the scenario", "its JSON, or the listing", kEdit,
     [](const Context&) -> Command { return command::ToggleEditor{}; }},
    {kFile, "Run the edited text", "", kRunText,
     [](const Context&) -> Command { return command::RunText{}; }},
    {kFile, "Next problem", "in the edited text", kProblem,
     [](const Context&) -> Command { return command::NextProblem{}; }},
    {kFile, "Back to the file's text", "Ctrl Z undoes it", kReset,
     [](const Context&) -> Command { return command::ResetText{}; }},
    {kFile, "Save the text as …", "", kSaveAs,
     [](const Context&) -> Command { return command::OpenPrompt{PromptKind::save_as}; }},
    {kFile, "Copy the narration", "", kCopy,
     [](const Context&) -> Command { return command::Copy{CopyWhat::narration}; }},
    {kFile, "Copy the output", "", kCopyOutput,
     [](const Context&) -> Command { return command::Copy{CopyWhat::output}; }},
    {kFile, "Copy the findings", "", kCopyFindings,
     [](const Context&) -> Command { return command::Copy{CopyWhat::findings}; }},

    {kTeach, "Lesson", "begins it, or leaves it", kLesson, teach<Teach::lesson>},
    {kTeach, "Predict", "which handle runs next?", kPredict, teach<Teach::predict>},
    {kTeach, "Next stop", "or the answer in focus", kNextStop, teach<Teach::next>},
    {kTeach, "Stop before", "", kBackStop, teach<Teach::previous>},
    {kTeach, "Answer", "1 to 9; arrows move the focus", kAnswer,
     [](const Context& c) -> Command {
       const bool digit = c.typed >= U'1' && c.typed <= U'9';
       return command::Teach{Teach::answer, digit ? static_cast<std::size_t>(c.typed - U'0') : 0};
     }},
    {kTeach, "Hint", "", kHint, teach<Teach::hint>},
    {kTeach, "Show me", "the answer", kShow, teach<Teach::show>},
    {kTeach, "Ask it again", "your last miss", kAgain, teach<Teach::again>},

    {kWindow, "Next panel", "Shift Tab: the one before", kNextPanel,
     [](const Context&) -> Command { return command::MoveFocus{true}; }},
    {kWindow, "Panel before", "", kBackPanel,
     [](const Context&) -> Command { return command::MoveFocus{false}; }},
    {kWindow, "Next row of the panel", "Shift: ten", kRowDown,
     [](const Context&) -> Command { return command::MoveRow{1}; }},
    {kWindow, "Row before", "", kRowUp, [](const Context&) -> Command { return command::MoveRow{-1}; }},
    {kWindow, "Ten rows down", "", kRowsDown,
     [](const Context&) -> Command { return command::MoveRow{kManyRows}; }},
    {kWindow, "Ten rows up", "", kRowsUp,
     [](const Context&) -> Command { return command::MoveRow{-kManyRows}; }},
    {kWindow, "Go to the row", "as a click does", kEnterRow,
     [](const Context&) -> Command { return command::EnterRow{}; }},
    {kWindow, "Presenter", "large type, few panels", kPresenter,
     [](const Context&) -> Command { return command::TogglePresenter{}; }},
    {kWindow, "Dark or light", "", kTheme, [](const Context&) -> Command { return command::ToggleTheme{}; }},
    {kWindow, "Less motion", "nothing travels", kMotion,
     [](const Context&) -> Command { return command::ToggleReducedMotion{}; }},
    {kWindow, "Larger", "also Ctrl and the wheel", kLarger,
     [](const Context& c) -> Command { return scale_by(c, kScaleStep); }},
    {kWindow, "Smaller", "", kSmaller, [](const Context& c) -> Command { return scale_by(c, -kScaleStep); }},
    {kWindow, "Normal size", "", kNormal, [](const Context&) -> Command { return command::SetScale{1}; }},
    {kWindow, "This help", "", kHelp, [](const Context&) -> Command { return command::ToggleHelp{}; }},
    {kWindow, "Close, then deselect", "", kEscape,
     [](const Context&) -> Command { return command::Dismiss{}; }},
    {kWindow, "Quit", "", kQuit, [](const Context&) -> Command { return command::Quit{}; }},
};

constexpr float kSpeeds[] = {0.25F, 0.5F, 1, 2, 4, 8, 16, 32, 64};

}  // namespace

std::string_view title_of(CommandGroup group) {
  switch (group) {
    case CommandGroup::walk:
      return "Walk through the run";
    case CommandGroup::look:
      return "Timeline and speed";
    case CommandGroup::marks:
      return "Find and mark";
    case CommandGroup::file:
      return "Scenario and files";
    case CommandGroup::teach:
      return "Lessons";
    case CommandGroup::window:
      break;
  }
  return "Window";
}

std::span<const CommandRow> command_table() { return kTable; }

std::string key_of(std::string_view name) {
  for (const CommandRow& row : kTable)
    if (row.name == name) return key_text(row.keys.front());
  return {};
}

std::optional<Command> command_for(const KeyPress& press, const CommandContext& context) {
  CommandContext pressed = context;
  pressed.typed = press.key == KeyName::character ? press.character : 0;
  // Two rows may share a key: one for lessons, one for the rest of the time.
  const CommandRow* found = nullptr;
  for (const CommandRow& row : kTable)
    if (std::find(row.keys.begin(), row.keys.end(), press) != row.keys.end())
      if (!found || (row.group == CommandGroup::teach) == context.teaching) found = &row;
  if (!found) return std::nullopt;
  return found->make(pressed);
}

std::span<const float> speed_stops() { return kSpeeds; }

float next_speed(float speed, bool faster) {
  if (faster) {
    const auto* above = std::upper_bound(std::begin(kSpeeds), std::end(kSpeeds), speed);
    return above == std::end(kSpeeds) ? kSpeeds[std::size(kSpeeds) - 1] : *above;
  }
  const auto* here = std::lower_bound(std::begin(kSpeeds), std::end(kSpeeds), speed);
  return here == std::begin(kSpeeds) ? kSpeeds[0] : *(here - 1);
}

}  // namespace loopscope::viz
