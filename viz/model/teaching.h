#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "viz/model/commands.h"
#include "viz/model/question.h"

namespace loopscope::viz {

/// How a question ended.
enum class Mark : std::uint8_t { open, right, wrong, shown };

/// One stop of the tour, where it stands in this run, and how its question went.
struct TourStop {
  traces::LessonStep step;
  std::optional<EventIndex> event;  ///< none: the run does not reach it
  bool asks = false;
  Mark mark = Mark::open;
  std::size_t chosen = 0;  ///< the answer given, from 0
};

/// A lesson's tour through a run, or a question before every handle's run. Knows the
/// question that stands, what was answered, and the score; moves nothing itself: it
/// says where the cursor is to go.
class Teaching final {
 public:
  enum class Mode : std::uint8_t { off, tour, predict };

  Mode mode() const { return mode_; }
  bool on() const { return mode_ != Mode::off; }
  /// A question stands, and is not answered: order and future are hidden.
  bool asks() const { return question_ && mark_ == Mark::open; }
  /// Whether the question is to be seen with the cursor at `cursor`: who walks on leaves it behind.
  bool shows_question(EventIndex cursor) const {
    return question_ && (asks() || (cursor >= question_->at && cursor <= question_->answered));
  }
  /// The question that stands, answered or not.
  const std::optional<Question>& question() const { return question_; }
  Mark mark() const { return mark_; }
  std::size_t chosen() const { return chosen_; }  ///< the answer given, from 0
  /// The choice that Enter takes, from 0; none until the arrows have moved the focus.
  std::optional<std::size_t> focused() const { return focused_; }
  const std::optional<QuestionHint>& hint() const { return hint_; }
  /// What is said of the answer: the rule, the facts.
  const std::string& sentence() const { return sentence_; }
  /// What to say of a key that does nothing now; empty: nothing.
  const std::string& note() const { return note_; }

  const std::vector<TourStop>& stops() const { return stops_; }
  std::size_t stop() const { return stop_; }
  bool has_next() const { return mode_ == Mode::predict || stop_ + 1 < stops_.size(); }
  /// One mark for each question answered, in order.
  std::vector<Mark> marks() const;
  /// The last question answered wrongly: its stop (tour), what was asked, the rule.
  struct Miss {
    std::size_t stop = 0;
    std::string asked, sentence;
  };
  const std::optional<Miss>& last_miss() const { return miss_; }

  /// "lesson 3/6 – 4 of 5 right"; requires on().
  std::string title() const;
  /// Everything ends.
  void leave() { *this = Teaching(); }
  /// Does what `what` asks for; `cursor` is where the viewer stands. Where the cursor is to go.
  std::optional<EventIndex> apply(const command::Teach& what, const traces::TraceStore& store,
                                  EventIndex cursor);
  /// Predict mode: the farthest event that the cursor may go to from `cursor`.
  EventIndex limit(const traces::TraceStore& store, EventIndex cursor, EventIndex wished) const;
  /// The cursor has come to `cursor`: asks, when it stands before a run (predict mode).
  void arrived(const traces::TraceStore& store, EventIndex cursor);
  /// Goes on in `store`, the same program's run made anew, with the cursor at `cursor`: at the same
  /// stop, with the answers to questions that are still the same. Where the cursor is to go.
  std::optional<EventIndex> resume(const traces::TraceStore& store, EventIndex cursor);
  /// The user tried to go on while a question stands.
  void refuse() { note_ = "Answer first: 1 to 9, Y shows it, Esc leaves"; }

 private:
  using What = command::Teach::What;
  std::optional<EventIndex> begin_tour(const traces::TraceStore& store, EventIndex cursor);
  std::optional<EventIndex> go_to_stop(const traces::TraceStore& store, std::size_t stop, bool again);
  std::optional<EventIndex> next(const traces::TraceStore& store, bool forward, EventIndex cursor);
  std::optional<EventIndex> answer(const traces::TraceStore& store, std::optional<std::size_t> choice,
                                   Mark mark);
  void move_focus(bool forward);
  void ask(std::optional<Question> question);

  Mode mode_ = Mode::off;
  std::vector<TourStop> stops_;
  std::size_t stop_ = 0;
  std::optional<Question> question_;
  Mark mark_ = Mark::open;
  std::size_t chosen_ = 0;
  std::optional<std::size_t> focused_;
  std::optional<QuestionHint> hint_;
  std::string sentence_, note_;
  std::vector<Mark> predicted_;     // predict mode: every answer
  EventIndex predicted_until_ = 0;  // runs that begin up to here were asked for
  std::optional<Miss> miss_;
};

/// Whether `command` would show what a question hides.
bool reveals(const Command& command);

}  // namespace loopscope::viz
