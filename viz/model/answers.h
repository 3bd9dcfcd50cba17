#pragma once

#include <optional>
#include <string>
#include <vector>

#include "traces/await_lines.h"
#include "traces/findings/finding.h"
#include "traces/range_stats.h"
#include "traces/wakers.h"
#include "traces/why.h"
#include "viz/model/background.h"
#include "viz/model/listing_model.h"
#include "viz/model/turn.h"
#include "viz/model/view_state.h"

namespace loopscope::viz {

/// The answers that panels show, each kept until its question changes.
class Answers {
 public:
  /// The task that "why" is about: the selected one, else the event's, else the last one asked for.
  TaskId why_task(const FrameView& frame, const ViewState& view);
  /// Empty question when there is no such task.
  const traces::WhyChain& why(const FrameView& frame, const ViewState& view);
  /// Who stands where in the listing at the cursor.
  const ListingModel& listing(const FrameView& frame);
  /// Who awaits what at the cursor.
  const std::vector<traces::AwaitLine>& await(const FrameView& frame);
  /// Of the whole trace; while it grows, of what there was when it was half as long. Of a very large
  /// one they are looked for beside the frames: until then, none.
  const std::vector<traces::Finding>& findings(const FrameView& frame);
  /// Whether findings are being looked for, and whether they are there now, not taken yet.
  bool looking() const { return looking_.running(); }
  bool found() const { return looking_.ready(); }
  const traces::RangeStats& stats(const FrameView& frame, EventRange range);
  /// Who woke the task before the cursor, and so on.
  const std::vector<traces::WakeLink>& ancestors(const FrameView& frame, TaskId task);
  /// What had to come before the task stood where it stands at the cursor.
  const std::vector<traces::PathPiece>& critical_path(const FrameView& frame, TaskId task);

  /// What stands beside a trampoline's queue.
  const TurnSides& turn(const FrameView& frame, const traces::OneLoopState& loop);

 private:
  /// What an answer was given for.
  struct Question {
    const void* store = nullptr;
    std::size_t size = 0;
    EventIndex cursor = 0;
    std::uint32_t task = 0;
    EventRange range;
    bool finished = false;
    friend bool operator==(const Question&, const Question&) = default;
  };
  template <class Answer>
  struct Kept {
    Question question;
    Answer answer;
  };
  static Question at_cursor(const FrameView& frame, TaskId task);

  static constexpr std::size_t kLarge = 1'500'000;  // events: below, findings take a fraction of a second

  TaskId last_task_;
  Background<std::vector<traces::Finding>> looking_;
  Kept<traces::WhyChain> why_;
  Kept<std::vector<traces::Finding>> findings_;
  Kept<traces::RangeStats> stats_;
  Kept<std::vector<traces::WakeLink>> ancestors_;
  Kept<std::vector<traces::PathPiece>> path_;
  Kept<TurnSides> turn_;
  Kept<ListingModel> listing_;
  Kept<std::vector<traces::AwaitLine>> await_;
};

/// The answers kept in `view`.
Answers& answers(ViewState& view);

}  // namespace loopscope::viz
