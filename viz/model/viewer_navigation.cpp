// The viewer's commands beyond stepping: jumps, breakpoints, bookmarks, the prompt, lanes.
#include <algorithm>

#include "traces/findings/finding.h"
#include "traces/wakers.h"
#include "viz/model/listing_model.h"
#include "viz/model/viewer.h"

namespace loopscope::viz {

/// To a place that is not the next one: one can come back.
void Viewer::jump(EventIndex event) {
  constexpr EventIndex kNear = 8;
  if (!has_events()) return;
  const EventIndex target = std::min(event, size() - 1), from = cursor_;
  const EventIndex far = target > from ? target - from : from - target;
  if (far > kNear) visited_.leave(from);
  go_to(target, false);
}

/// Commands that change what is shown, not where.
void Viewer::look(const Command& command) {
  if (const auto* range = std::get_if<command::MarkRange>(&command)) {
    view_.range = EventRange{std::min(range->from, range->to), std::max(range->from, range->to)};
  } else if (std::holds_alternative<command::SetArrows>(command)) {
    view_.arrows = static_cast<ArrowMode>((static_cast<int>(view_.arrows) + 1) % 3);
  } else if (std::holds_alternative<command::ToggleAwaitTree>(command)) {
    view_.await.shown = layout_.side_tabs ? view_.side_tab != kAwaitTab : !view_.await.shown;
    view_.side_tab = view_.await.shown ? kAwaitTab : kWhyTab;
  } else if (std::holds_alternative<command::PinLane>(command)) {
    if (view_.selection.kind != Selection::Kind::task) return;
    const TaskId task{view_.selection.id};
    if (std::erase(view_.lanes.pinned, task) == 0) view_.lanes.pinned.push_back(task);
  } else if (std::holds_alternative<command::SortLanes>(command)) {
    view_.lanes.sort = static_cast<LaneSort>((static_cast<int>(view_.lanes.sort) + 1) % 3);
  } else if (const auto* filter = std::get_if<command::SetFilter>(&command)) {
    view_.lanes.filter = filter->text;
  } else if (const auto* loop = std::get_if<command::ShowLoop>(&command)) {
    view_.loop_shown = loop->loop;
  } else if (std::holds_alternative<command::ToggleReducedMotion>(command)) {
    view_.reduced_motion = !view_.reduced_motion;
    motion_.finish();
  } else if (const auto* prompt = std::get_if<command::OpenPrompt>(&command)) {
    open_prompt(prompt->kind);
  } else if (std::holds_alternative<command::ToggleEditor>(command)) {
    toggle_editor();
  } else if (std::holds_alternative<command::NextProblem>(command)) {
    if (editor().problems().empty()) return;
    view_.program_tab = ProgramTab::json;
    editor().focus(true);
    editor().next_problem();
  } else {
    move_focus(command);
  }
}

/// Tab, the arrows up and down, and Enter: the keyboard's way through the panels.
void Viewer::move_focus(const Command& command) {
  Focus& focus = view_.focus;
  if (const auto* rows = std::get_if<command::MoveRow>(&command)) {
    if (focus.stop == FocusStop::none) return focus.go_to(FocusStop::timeline);
    focus.moves += rows->rows;
  } else if (std::holds_alternative<command::EnterRow>(command)) {
    focus.enter = focus.stop != FocusStop::none;
  } else if (const auto* move = std::get_if<command::MoveFocus>(&command)) {
    view_.help_open = false;
    focus.go_to(next_stop(focus_stops(layout_), focus.stop, move->forward));
    if (focus.stop == FocusStop::program) view_.program_tab = ProgramTab::listing;
    if (focus.stop == FocusStop::output && layout_.output_is_tab) view_.program_tab = ProgramTab::output;
    if (focus.stop == FocusStop::tasks) view_.side_tab = kTasksTab;
    if (focus.stop == FocusStop::why) view_.side_tab = kWhyTab;
    if (focus.stop == FocusStop::awaits) view_.side_tab = kAwaitTab;
    if (focus.stop == FocusStop::findings) view_.side_tab = kFindingsTab;
    if (focus.stop == FocusStop::why || focus.stop == FocusStop::awaits)
      view_.await.shown = focus.stop == FocusStop::awaits;
  }
}

void Viewer::navigate(const Command& command) {
  if (!has_events()) return;
  if (const auto* wake = std::get_if<command::FollowWake>(&command)) {
    follow_wake(wake->forward);
  } else if (std::holds_alternative<command::Back>(command)) {
    if (const auto place = visited_.back(cursor_)) go_to(*place, false);
  } else if (std::holds_alternative<command::Forward>(command)) {
    if (const auto place = visited_.forward(cursor_)) go_to(*place, false);
  } else if (const auto* line = std::get_if<command::ToggleLineBreakpoint>(&command)) {
    const std::uint32_t number = line->line != 0 ? line->line
                                 : view_.selection.kind == Selection::Kind::line
                                     ? view_.selection.id
                                     : states_->seek(cursor_).line;
    if (number != 0) add_breakpoint("line " + std::to_string(number));
  } else if (const auto* to = std::get_if<command::RunToLine>(&command)) {
    run_to_line(to->line);
  } else if (const auto* added = std::get_if<command::AddBreakpoint>(&command)) {
    add_breakpoint(added->text);
  } else if (std::holds_alternative<command::RemoveBreakpoints>(command)) {
    view_.breakpoints.clear();
  } else if (const auto* run = std::get_if<command::RunToBreakpoint>(&command)) {
    run_to_breakpoint(run->forward);
  } else if (const auto* mark = std::get_if<command::SetBookmark>(&command)) {
    view_.bookmarks.set(cursor_, mark->note);
    requests_.push_back(command::KeepBookmarks{});
  } else if (std::holds_alternative<command::RemoveBookmark>(command)) {
    if (view_.bookmarks.remove(cursor_)) requests_.push_back(command::KeepBookmarks{});
  } else if (const auto* next = std::get_if<command::NextBookmark>(&command)) {
    if (const Bookmark* bookmark = view_.bookmarks.next(cursor_, next->forward)) jump(bookmark->event);
  }
}

void Viewer::teach(const command::Teach& what) {
  if (!has_events()) return;
  view_.playing = false;
  view_.help_open = false;
  const bool was_on = view_.teaching.on();
  const bool begins = what.what == command::Teach::What::lesson && !was_on;
  const auto target = view_.teaching.apply(what, *run_.store, cursor_);
  if (begins && !view_.teaching.on())
    say(view_.lesson_stops == 0 ? "This scenario has no lesson; Q asks what runs next."
                                : "The lesson begins when the run is over.");
  if (!was_on && view_.teaching.on()) show_lesson_from_the_start();
  // The scenario's text would give the answers away.
  if (view_.teaching.on() && view_.program_tab == ProgramTab::json) view_.program_tab = ProgramTab::listing;
  if (target) go_to(*target, true);
  view_.teaching.arrived(*run_.store, cursor_);
}

/// The program, and every event with its width: on the clock, what one instant holds has none.
void Viewer::show_lesson_from_the_start() {
  view_.program_tab = ProgramTab::listing;
  if (view_.axis == AxisKind::steps) return;
  view_.axis = AxisKind::steps;
  view_.timeline = {};
}

/// A command that would show what a question hides: the arrows move between its choices, Space
/// takes the one in focus, all others wait.
void Viewer::hold_back(const Command& command) {
  using What = command::Teach::What;
  const auto* step = std::get_if<command::Step>(&command);
  if (step && step->by == Granularity::event)
    teach({step->forward ? What::choose_next : What::choose_back});
  else if (std::holds_alternative<command::TogglePlay>(command))
    teach({What::answer});
  else
    view_.teaching.refuse();
}

/// The selected task, else the one that the event at the cursor is about.
TaskId Viewer::asked_task() const {
  if (view_.selection.kind == Selection::Kind::task) return TaskId{view_.selection.id};
  const traces::LoopState before = cursor_ > 0 ? run_.store->state_at(cursor_ - 1) : traces::LoopState{};
  return task_of_event(run_.store->event(cursor_), before, run_.store->state_at(cursor_));
}

/// Round the loops: none pinned, the first, the second, and so on.
LoopId Viewer::next_loop() const {
  if (!has_events()) return {};
  const traces::LoopState state = run_.store->state_at(cursor_);
  bool passed = !view_.loop_shown;
  for (const traces::OneLoopState& loop : state.loops) {
    if (passed) return loop.id;
    passed = loop.id == view_.loop_shown;
  }
  return {};
}

void Viewer::follow_wake(bool forward) {
  const TaskId task = asked_task();
  if (!task) return;
  if (forward) {
    const auto next = traces::next_wake(*run_.store, task, cursor_);
    const auto last = traces::last_wake(*run_.store, task, size() - 1);
    // Queued but not run yet: on to the run.
    const std::size_t k = run_.store->runs_before(task, cursor_ + 1);
    if (k < run_.store->run_count(task)) return jump(run_.store->run(task, k).begin);
    if (next) return jump(next->queued);
    if (last && last->queued > cursor_) jump(last->queued);
    return;
  }
  const auto link = traces::last_wake(*run_.store, task, cursor_ > 0 ? cursor_ - 1 : 0);
  if (!link) return;
  // First to where it was queued, then to what did that.
  jump(link->queued < cursor_ && link->source.event < link->queued && cursor_ > link->queued
           ? link->queued
           : link->source.event);
  if (link->source.kind == traces::WakeSource::Kind::task && cursor_ == link->source.event)
    view_.selection = {Selection::Kind::task, link->source.task.value};
}

void Viewer::run_to_breakpoint(bool forward) {
  view_.playing = false;
  const EventIndex end = forward ? size() - 1 : 0;
  const auto hit = find_break(*run_.store, view_.breakpoints, cursor_, end);
  jump(hit ? hit->event : end);
  if (hit) view_.stopped_at = hit->breakpoint;
}

/// To the line's next run, or, after its last one, to its first.
void Viewer::run_to_line(std::uint32_t line) {
  Breakpoint at;
  at.line = line;
  const std::vector<Breakpoint> here{at};
  auto hit = find_break(*run_.store, here, cursor_, size() - 1);
  if (!hit) hit = find_break(*run_.store, here, 0, cursor_);
  if (!hit) return say("Line " + std::to_string(line) + " never runs.");
  view_.playing = false;
  jump(hit->event);
}

/// Adds it, or removes the one that is there already.
void Viewer::add_breakpoint(const std::string& text) {
  const auto parsed = parse_breakpoint(text);
  const auto* breakpoint = std::get_if<Breakpoint>(&parsed);
  if (breakpoint && std::erase(view_.breakpoints, *breakpoint) == 0) view_.breakpoints.push_back(*breakpoint);
  view_.stopped_at.reset();
}

void Viewer::open_prompt(PromptKind kind) {
  if (needs_run(kind) && !has_events()) return;
  if (!view_.prompt) view_.prompt = std::make_shared<Prompt>();
  std::string text;
  if (kind == PromptKind::filter) text = view_.lanes.filter;
  if (kind == PromptKind::bookmark)
    if (const Bookmark* bookmark = view_.bookmarks.at(cursor_)) text = bookmark->note;
  if (kind == PromptKind::save_as && editor().source()) text = editor().source()->path;
  view_.help_open = false;
  if (kind == PromptKind::open) {
    files_.clear();
    requests_.push_back(command::ListFiles{});
  }
  view_.prompt->open(kind, std::move(text), *this);
}

void Viewer::set_files(std::vector<FileChoice> files) {
  files_ = std::move(files);
  if (view_.prompt && view_.prompt->is_open()) view_.prompt->refresh(*this);
}

/// Shows the JSON and gives it the keys; where it has them, back to the listing.
void Viewer::toggle_editor() {
  const bool close = view_.program_tab == ProgramTab::json && editor().has_focus();
  view_.program_tab = close ? ProgramTab::listing : ProgramTab::json;
  view_.help_open = false;
  editor().focus(!close);
}

void Viewer::type(const KeyPress& press) {
  if (press == typed(U'v', true))
    requests_.push_back(command::PasteText{});
  else
    apply(view_.prompt->press(press, *this));
}

void Viewer::paste(const std::string& text) {
  if (takes_text())
    apply(view_.prompt->insert(text, *this));
  else
    editor().paste(text);
}

bool Viewer::edit(const KeyPress& press) {
  if (!editor().has_focus() || view_.help_open) return false;
  if (editor().press(press)) return true;
  if (!press.ctrl || press.alt || press.key != KeyName::character) return false;
  switch (press.character) {
    case U'c':
    case U'x':
      if (std::string text = editor().text().selected_text(); !text.empty()) {
        requests_.push_back(command::CopyText{std::move(text)});
        if (press.character == U'x') editor().cut();
      }
      return true;
    case U'v':
      requests_.push_back(command::PasteText{});
      return true;
    case U'z':
      return editor().undo(), true;
    case U'y':
      return editor().redo(), true;
    case U'a':
      return editor().text().select_all(), true;
    default:
      return false;
  }
}

std::string Viewer::text_of(CopyWhat what) {
  if (!has_events()) return {};
  std::string text;
  switch (what) {
    case CopyWhat::narration: {
      const traces::Narration told = traces::narrate(*run_.store, cursor_);
      return told.place + ": " + told.text;
    }
    case CopyWhat::output:
      for (const traces::OutputLine& line : run_.store->output())
        text += line.text + std::string(run_.store->text(line.event, TextField::end).value_or("\n"));
      return text;
    case CopyWhat::findings:
      for (const traces::Finding& finding : traces::find_all(*run_.store))
        text += finding_text(finding) + "\n";
      return text;
  }
  return text;
}

}  // namespace loopscope::viz
