#include "viz/model/teaching.h"

#include <algorithm>

#include "traces/formats/lesson_reader.h"
#include "traces/selector.h"

namespace loopscope::viz {
namespace {

using traces::TraceStore;

std::vector<TourStop> stops_of(const TraceStore& store) {
  std::vector<TourStop> stops;
  for (traces::LessonStep& step : traces::read_lesson(store.header())) {
    TourStop stop;
    const auto found = traces::select_event(store, step.at);
    if (const auto* event = std::get_if<EventIndex>(&found)) stop.event = *event;
    stop.asks = !step.ask.empty();
    stop.step = std::move(step);
    stops.push_back(std::move(stop));
  }
  return stops;
}

bool same_question(const traces::LessonStep& a, const traces::LessonStep& b) {
  return a.at == b.at && a.ask == b.ask && a.choices == b.choices && a.answer == b.answer;
}

}  // namespace

bool reveals(const Command& command) {
  if (const auto* prompt = std::get_if<command::OpenPrompt>(&command))
    return prompt->kind == PromptKind::search;
  if (const auto* copy = std::get_if<command::Copy>(&command)) return copy->what != CopyWhat::narration;
  return std::holds_alternative<command::Seek>(command) || std::holds_alternative<command::Step>(command) ||
         std::holds_alternative<command::TogglePlay>(command) ||
         std::holds_alternative<command::FollowWake>(command) ||
         std::holds_alternative<command::Back>(command) ||
         std::holds_alternative<command::Forward>(command) ||
         std::holds_alternative<command::RunToBreakpoint>(command) ||
         std::holds_alternative<command::RunToLine>(command) ||
         std::holds_alternative<command::NextBookmark>(command) ||
         std::holds_alternative<command::ToggleEditor>(command);
}

std::vector<Mark> Teaching::marks() const {
  if (mode_ == Mode::predict) return predicted_;
  std::vector<Mark> marks;
  for (const TourStop& stop : stops_)
    if (stop.asks && stop.mark != Mark::open) marks.push_back(stop.mark);
  return marks;
}

std::string Teaching::title() const {
  const std::vector<Mark> given = marks();
  std::string title = mode_ == Mode::predict
                          ? "predict"
                          : "lesson " + std::to_string(stop_ + 1) + "/" + std::to_string(stops_.size());
  const auto right = std::count(given.begin(), given.end(), Mark::right);
  const auto answered = right + std::count(given.begin(), given.end(), Mark::wrong);
  if (answered == 0) return title;
  return title + " – " + std::to_string(right) + " of " + std::to_string(answered) + " right";
}

std::optional<EventIndex> Teaching::apply(const command::Teach& command, const TraceStore& store,
                                          EventIndex cursor) {
  note_.clear();
  const What what = command.what;
  if (what == What::lesson || what == What::predict) {
    const Mode wanted = what == What::lesson ? Mode::tour : Mode::predict;
    const bool was = mode_ == wanted;
    leave();
    if (was) return std::nullopt;
    if (wanted == Mode::tour) return begin_tour(store, cursor);
    mode_ = Mode::predict;
    // At the end there is nothing to predict: from the beginning, then.
    predicted_until_ = store.runs_before(cursor + 1) < store.run_count() ? cursor : 0;
    return next(store, true, predicted_until_);
  }
  if (!on()) return std::nullopt;
  if (what == What::leave) {
    leave();
  } else if (what == What::next || what == What::previous) {
    const bool forward = what == What::next;
    if (asks() && forward) return answer(store, focused_, Mark::open);
    return next(store, forward, cursor);
  } else if (what == What::again) {
    if (mode_ == Mode::tour && miss_) return go_to_stop(store, miss_->stop, true);
  }
  if (!asks()) return std::nullopt;
  if (what == What::answer)
    return answer(store, command.number > 0 ? std::optional(command.number - 1) : focused_, Mark::open);
  if (what == What::show) return answer(store, question_->right, Mark::shown);
  if (what == What::hint) hint_ = hint_for(store, *question_);
  if (what == What::choose_next || what == What::choose_back) move_focus(what == What::choose_next);
  return std::nullopt;
}

std::optional<EventIndex> Teaching::begin_tour(const TraceStore& store, EventIndex) {
  stops_ = stops_of(store);
  if (stops_.empty() || !store.finished()) {
    stops_.clear();
    return std::nullopt;
  }
  mode_ = Mode::tour;
  return go_to_stop(store, 0, false);
}

std::optional<EventIndex> Teaching::resume(const TraceStore& store, EventIndex cursor) {
  if (mode_ == Mode::predict) {
    const bool answered = question_ && !asks();
    if (answered) return std::nullopt;
    ask(std::nullopt);
    predicted_until_ = std::min(predicted_until_, cursor);
    arrived(store, cursor);
    return std::nullopt;
  }
  std::vector<TourStop> stops = stops_of(store);
  for (std::size_t i = 0; i < std::min(stops.size(), stops_.size()); ++i)
    if (same_question(stops[i].step, stops_[i].step)) {
      stops[i].mark = stops_[i].mark;
      stops[i].chosen = stops_[i].chosen;
    }
  stops_ = std::move(stops);
  if (miss_ && miss_->stop >= stops_.size()) miss_.reset();
  if (stops_.empty()) {
    leave();
    return std::nullopt;
  }
  return go_to_stop(store, std::min(stop_, stops_.size() - 1), false);
}

std::optional<EventIndex> Teaching::go_to_stop(const TraceStore& store, std::size_t stop, bool again) {
  stop_ = stop;
  TourStop& here = stops_[stop];
  const auto found = traces::select_event(store, here.step.at);
  here.event =
      std::holds_alternative<EventIndex>(found) ? std::optional(std::get<EventIndex>(found)) : std::nullopt;
  if (again) here.mark = Mark::open;
  ask(here.event && here.asks ? lesson_question(store, *here.event, here.step) : std::nullopt);
  if (!question_) return here.event;
  if (here.mark == Mark::open) return question_->at;
  mark_ = here.mark;
  chosen_ = here.chosen;
  sentence_ = explain_answer(store, *question_, chosen_);
  return question_->answered;
}

void Teaching::ask(std::optional<Question> question) {
  question_ = std::move(question);
  mark_ = Mark::open;
  chosen_ = 0;
  focused_.reset();
  hint_.reset();
  sentence_.clear();
  note_.clear();
}

std::optional<EventIndex> Teaching::next(const TraceStore& store, bool forward, EventIndex cursor) {
  if (mode_ == Mode::tour) {
    if (forward ? stop_ + 1 >= stops_.size() : stop_ == 0) return std::nullopt;
    return go_to_stop(store, forward ? stop_ + 1 : stop_ - 1, false);
  }
  if (!forward) return std::nullopt;
  const EventIndex from = std::max(cursor, predicted_until_);
  const std::size_t k = store.runs_before(from + 1);
  if (k >= store.run_count()) {
    ask(std::nullopt);
    note_ = store.finished() ? "No handle runs any more: that was the last one." : "";
    return store.size() - 1;
  }
  return store.run(k).begin - 1;
}

EventIndex Teaching::limit(const TraceStore& store, EventIndex cursor, EventIndex wished) const {
  if (mode_ != Mode::predict || wished <= cursor) return wished;
  const EventIndex from = std::max(cursor, predicted_until_);
  const std::size_t k = store.runs_before(from + 1);
  if (k >= store.run_count()) return wished;
  return std::min(wished, store.run(k).begin - 1);
}

void Teaching::arrived(const TraceStore& store, EventIndex cursor) {
  if (mode_ != Mode::predict || asks()) return;
  const std::size_t k = store.runs_before(cursor + 1);
  const bool before_a_run = k < store.run_count() && store.run(k).begin == cursor + 1;
  if (before_a_run && cursor + 1 > predicted_until_) {
    ask(predict_question(store, cursor));
    return;
  }
  if (question_ && cursor != question_->answered) ask(std::nullopt);
}

/// On to the next choice that no hint has ruled out.
void Teaching::move_focus(bool forward) {
  const std::size_t count = question_->choices.size();
  std::size_t to = focused_.value_or(forward ? count - 1 : 0);
  for (std::size_t tries = 0; tries < count; ++tries) {
    to = (to + (forward ? 1 : count - 1)) % count;
    if (!hint_ || hint_->not_this != to) break;
  }
  focused_ = to;
}

std::optional<EventIndex> Teaching::answer(const TraceStore& store, std::optional<std::size_t> wished,
                                           Mark mark) {
  if (!question_) return std::nullopt;
  if (!wished || *wished >= question_->choices.size() || (hint_ && hint_->not_this == wished)) {
    note_ = "Choose with 1 to " + std::to_string(question_->choices.size()) + ", or the arrows and Enter.";
    return std::nullopt;
  }
  const std::size_t choice = *wished;
  mark_ = mark == Mark::shown ? mark : choice == question_->right ? Mark::right : Mark::wrong;
  chosen_ = choice;
  sentence_ = explain_answer(store, *question_, choice);
  if (mark_ == Mark::wrong) miss_ = Miss{stop_, question_->text, sentence_};
  if (mode_ == Mode::predict) {
    predicted_.push_back(mark_);
    predicted_until_ = question_->answered;
  } else {
    stops_[stop_].mark = mark_;
    stops_[stop_].chosen = choice;
  }
  return question_->answered;
}

}  // namespace loopscope::viz
