#include "viz/model/answers.h"

#include <algorithm>

namespace loopscope::viz {

Answers::Question Answers::at_cursor(const FrameView& frame, TaskId task) {
  return {.store = &frame.store,
          .size = frame.size,
          .cursor = frame.cursor,
          .task = task.value,
          .range = {},
          .finished = frame.finished};
}

namespace {

/// The oldest task that waits, of the first few; else one that failed, else the oldest.
TaskId one_to_ask_for(const traces::LoopState& state) {
  TaskId other;
  bool failed = false;
  for (std::size_t k = 0; k < std::min<std::size_t>(state.tasks.size(), 256); ++k) {
    const traces::TaskState& task = state.tasks[k];
    if (task.id && task.phase > traces::TaskPhase::running && task.phase < traces::TaskPhase::done)
      return task.id;
    const bool fails = task.phase == traces::TaskPhase::failed;
    if (!task.id || (other && (failed || !fails))) continue;
    other = task.id;
    failed = fails;
  }
  return other;
}

}  // namespace

TaskId Answers::why_task(const FrameView& frame, const ViewState& view) {
  TaskId task;
  if (view.selection.kind == Selection::Kind::task) task = TaskId{view.selection.id};
  if (!frame.state.task(task)) task = listing(frame).event_task;
  if (frame.state.task(task)) last_task_ = task;
  if (!frame.state.task(last_task_)) last_task_ = one_to_ask_for(frame.state);
  return last_task_;
}

const traces::WhyChain& Answers::why(const FrameView& frame, const ViewState& view) {
  const TaskId task = why_task(frame, view);
  const Question question = at_cursor(frame, task);
  if (!(why_.question == question)) {
    why_.answer =
        task ? traces::why_waiting(frame.store, frame.state, frame.cursor, task) : traces::WhyChain{};
    why_.question = question;
  }
  return why_.answer;
}

const ListingModel& Answers::listing(const FrameView& frame) {
  const Question question = at_cursor(frame, {});
  if (!(listing_.question == question)) {
    ListingModel& model = listing_.answer;
    model = listing_model(frame.store.event(frame.cursor), frame.before, frame.state);
    model.failed_line = line_of_failure(frame.store, frame.state);
    if (model.failed_line > 0) model.focus_line = model.failed_line;
    listing_.question = question;
  }
  return listing_.answer;
}

const std::vector<traces::AwaitLine>& Answers::await(const FrameView& frame) {
  constexpr std::size_t kMost = 4000;
  const Question question = at_cursor(frame, {});
  if (!(await_.question == question)) {
    await_.answer = traces::await_lines(frame.store, frame.state, kMost);
    await_.question = question;
  }
  return await_.answer;
}

const std::vector<traces::Finding>& Answers::findings(const FrameView& frame) {
  Question& asked = findings_.question;
  const bool other = asked.store != &frame.store || frame.size < asked.size;
  const bool grown = frame.finished != asked.finished || frame.size > 2 * asked.size;
  if (auto found = looking_.take()) findings_.answer = std::move(*found);
  if (other || grown) {
    if (frame.size < kLarge || !frame.shared) {
      looking_.stop();
      findings_.answer = traces::find_all(frame.store);
    } else {
      if (other) findings_.answer.clear();
      looking_.start([store = frame.shared](const std::atomic<bool>& stop) {
        return traces::find_all(*store, [&stop] { return stop.load(); });
      });
    }
    asked = {.store = &frame.store,
             .size = frame.size,
             .cursor = 0,
             .task = 0,
             .range = {},
             .finished = frame.finished};
  }
  return findings_.answer;
}

const traces::RangeStats& Answers::stats(const FrameView& frame, EventRange range) {
  Question question = at_cursor(frame, {});
  question.cursor = 0;
  question.range = range;
  if (!(stats_.question == question)) {
    stats_.answer = traces::range_stats(frame.store, range.from, range.to);
    stats_.question = question;
  }
  return stats_.answer;
}

const std::vector<traces::WakeLink>& Answers::ancestors(const FrameView& frame, TaskId task) {
  const Question question = at_cursor(frame, task);
  if (!(ancestors_.question == question)) {
    ancestors_.answer = traces::wake_ancestors(frame.store, task, frame.cursor);
    ancestors_.question = question;
  }
  return ancestors_.answer;
}

const std::vector<traces::PathPiece>& Answers::critical_path(const FrameView& frame, TaskId task) {
  const Question question = at_cursor(frame, task);
  if (!(path_.question == question)) {
    path_.answer = traces::critical_path(frame.store, task, frame.cursor, 512);
    path_.question = question;
  }
  return path_.answer;
}

const TurnSides& Answers::turn(const FrameView& frame, const traces::OneLoopState& loop) {
  constexpr std::size_t kMost = 64;  // more rows than any box has
  Question question = at_cursor(frame, {});
  question.range = {loop.id.value, 0};
  if (!(turn_.question == question)) {
    turn_.answer = turn_sides(frame.store, frame.state, loop, kMost);
    turn_.question = question;
  }
  return turn_.answer;
}

Answers& answers(ViewState& view) {
  if (!view.answers) view.answers = std::make_shared<Answers>();
  return *view.answers;
}

}  // namespace loopscope::viz
