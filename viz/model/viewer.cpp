#include "viz/model/viewer.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "traces/formats/lesson_reader.h"
#include "traces/stepping.h"
#include "viz/model/answers.h"
#include "viz/model/json_text.h"
#include "viz/model/lanes.h"

namespace loopscope::viz {
namespace {

constexpr double kNoLimit = 1e9;
constexpr double kFlash = 0.2;        // seconds that a target flashes when nothing may travel
constexpr double kMotionShare = 0.9;  // of the time between two events while playing

/// The scenario that a trace carries.
std::shared_ptr<const SourceText> recorded_source(const std::string& title,
                                                  const traces::TraceHeader& header) {
  if (header.scenario_json.empty()) return std::make_shared<SourceText>();
  return std::make_shared<SourceText>(SourceText{indented_json(header.scenario_json), title + ".json"});
}

}  // namespace

Viewer::Viewer(ThemeName theme, float scale)
    : theme_(theme), scale_(std::clamp(scale, kMinScale, kMaxScale)) {
  view_.editor = std::make_shared<ScenarioEditor>();
}

void Viewer::show(ViewedRun run, bool keep_cursor) {
  std::optional<PlaceFinder> old;  // where the cursor stood, or was on its way to
  if (keep_cursor && resume_at_)
    old.emplace(resume_at_->mark());
  else if (keep_cursor && has_events())
    old.emplace(mark_place(*run_.store, cursor_));
  run_ = std::move(run);
  if (run_.source)
    editor().set_source(run_.source);
  else if (run_.store && (!keep_cursor || !editor().source()))
    editor().set_source(recorded_source(run_.title, run_.store->header()));
  // Of a run that carries no scenario there is no JSON to look at.
  if (!keep_cursor && view_.program_tab == ProgramTab::json && editor().text().text().empty())
    view_.program_tab = ProgramTab::listing;
  failure_.clear();
  states_.reset();
  if (run_.store) states_.emplace(run_.store);
  view_.about = run_.store ? read_about(traces::read_about(run_.store->header())) : About{};
  view_.lesson_stops = run_.store ? traces::read_lesson(run_.store->header()).size() : 0;
  states_known_ = false;
  view_.playing = false;
  if (!keep_cursor) held_.reset();
  if (keep_cursor && view_.teaching.on()) held_ = view_.teaching;
  view_.teaching.leave();
  motion_.finish();
  if (!keep_cursor) {
    if (view_.prompt && view_.prompt->needs_run()) view_.prompt->close();
    view_.selection = view_.hovered = view_.next_hovered = {};
    view_.focus = {};
    view_.timeline = {};
    view_.range.reset();
    view_.finding.reset();
    view_.loop_shown = {};
    view_.lanes = {};
    view_.stopped_at.reset();
    visited_.clear();
    view_.listing_scroll = view_.tasks_scroll = view_.output_scroll = view_.lanes_scroll = 0;
  }
  view_.listing_follows = static_cast<std::size_t>(-1);
  view_.output_wrap = {};
  cursor_ = 0;
  resume_at_ = std::move(old);
  resume();
}

void Viewer::resume() {
  if (lesson_wanted_ && has_events() && run_.store->finished()) {
    lesson_wanted_ = false;
    teach({command::Teach::What::lesson});
  }
  if (resume_at_ && has_events()) {
    PlaceFinder finder = std::move(*resume_at_);
    const auto place = finder.look(*run_.store);
    go_to(place.value_or(finder.mark().event), false);
    if (!place) resume_at_ = std::move(finder);
  }
  if (held_ && has_events() && run_.store->finished()) resume_lesson();
}

/// The lesson that was under way goes on in the run that was made anew.
void Viewer::resume_lesson() {
  view_.teaching = std::move(*held_);
  held_.reset();
  if (const auto target = view_.teaching.resume(*run_.store, cursor_)) go_to(*target, false);
  states_known_ = false;
}

void Viewer::apply(const Command& command) {
  if (view_.teaching.asks() && reveals(command)) return hold_back(command);
  std::visit(
      [this](const auto& c) {
        using T = std::decay_t<decltype(c)>;
        if constexpr (std::is_same_v<T, command::Seek>) {
          view_.playing = false;
          jump(c.event);
        } else if constexpr (std::is_same_v<T, command::Step>)
          step(c);
        else if constexpr (std::is_same_v<T, command::TogglePlay>)
          toggle_play();
        else if constexpr (std::is_same_v<T, command::SetSpeed>)
          view_.speed = std::clamp(c.factor, speed_stops().front(), speed_stops().back());
        else if constexpr (std::is_same_v<T, command::Select>)
          view_.selection = c.what;
        else if constexpr (std::is_same_v<T, command::ToggleAxis>)
          toggle_axis();
        else if constexpr (std::is_same_v<T, command::ToggleHelp>)
          view_.help_open = !view_.help_open;
        else if constexpr (std::is_same_v<T, command::ToggleTheme>)
          theme_ = theme_ == ThemeName::dark ? ThemeName::light : ThemeName::dark;
        else if constexpr (std::is_same_v<T, command::SetScale>)
          scale_ = std::clamp(c.scale, kMinScale, kMaxScale);
        else if constexpr (std::is_same_v<T, command::Zoom>)
          zoom(c.factor);
        else if constexpr (std::is_same_v<T, command::Pan>)
          pan(c.share);
        else if constexpr (std::is_same_v<T, command::Fit>)
          view_.timeline = {};
        else if constexpr (std::is_same_v<T, command::Dismiss>)
          dismiss();
        else if constexpr (std::is_same_v<T, command::Teach>)
          teach(c);
        else if constexpr (std::is_same_v<T, command::TogglePresenter>)
          view_.presenter = !view_.presenter;
        else if constexpr (std::is_same_v<T, command::Open> || std::is_same_v<T, command::Restart> ||
                           std::is_same_v<T, command::CancelWork> || std::is_same_v<T, command::Quit> ||
                           std::is_same_v<T, command::Copy> || std::is_same_v<T, command::KeepBookmarks> ||
                           std::is_same_v<T, command::RunText> || std::is_same_v<T, command::ResetText> ||
                           std::is_same_v<T, command::SaveAs> || std::is_same_v<T, command::CopyText> ||
                           std::is_same_v<T, command::ListFiles> || std::is_same_v<T, command::PasteText>)
          requests_.push_back(c);
        else {
          look(c);
          navigate(c);
        }
      },
      command);
}

void Viewer::go_to(EventIndex event, bool moves) {
  resume_at_.reset();
  if (!has_events()) return;
  const EventIndex from = cursor_;
  const EventIndex target = view_.teaching.limit(*run_.store, from, std::min(event, size() - 1));
  if (target == from) return;
  cursor_ = target;
  states_known_ = false;
  view_.teaching.arrived(*run_.store, cursor_);
  if (view_.teaching.asks()) view_.playing = false;
  view_.stopped_at.reset();
  if (moves)
    motion_.start(*run_.store, from, target,
                  view_.reduced_motion ? kFlash
                  : view_.playing      ? Playback::interval(view_.speed) * kMotionShare
                                       : kNoLimit);
  else
    motion_.finish();
}

void Viewer::step(const command::Step& step) {
  view_.playing = false;
  view_.granularity = step.by;
  if (has_events()) go_to(traces::step_from(*run_.store, cursor_, step.by, step.forward), true);
}

void Viewer::toggle_play() {
  if (!has_events()) return;
  view_.playing = !view_.playing;
  if (!view_.playing) return;
  playback_.start();
  if (run_.store->finished() && cursor_ + 1 == size()) go_to(0, false);  // from the end, play once more
}

std::pair<float, float> Viewer::plot() const {
  const TimelineGeometry g = timeline_geometry(layout_, {.names = view_.lane_names});
  return {g.plot_left, g.plot_right};
}

void Viewer::zoom(float factor) {
  if (!has_events() || layout_.timeline.empty()) return;
  const auto [left, right] = plot();
  const TimeAxis axis(*run_.store, size(), view_.axis, view_.timeline, left, right);
  const float playhead = axis.x_of(cursor_);
  const bool visible = playhead >= left && playhead <= right;
  view_.timeline = axis.zoomed(visible ? playhead : (left + right) / 2, static_cast<double>(factor));
}

void Viewer::pan(float share) {
  if (!has_events() || layout_.timeline.empty()) return;
  const auto [left, right] = plot();
  const TimeAxis axis(*run_.store, size(), view_.axis, view_.timeline, left, right);
  view_.timeline = axis.panned(-share * (right - left));
}

void Viewer::toggle_axis() {
  const AxisKind other = view_.axis == AxisKind::steps ? AxisKind::clock : AxisKind::steps;
  if (has_events() && !layout_.timeline.empty()) {
    const auto [left, right] = plot();
    view_.timeline = switch_axis(*run_.store, size(), view_.timeline, view_.axis, cursor_, left, right);
  }
  view_.axis = other;
}

void Viewer::dismiss() {
  if (view_.help_open)
    view_.help_open = false;
  else if (view_.focus.stop != FocusStop::none)
    view_.focus = {};
  else if (view_.teaching.on())
    view_.teaching.leave();
  else if (view_.range)
    view_.range.reset();
  else if (view_.prompt && !view_.prompt->matches().empty())
    view_.prompt->forget_matches();
  else if (view_.work)
    requests_.push_back(command::CancelWork{});
  else
    view_.selection = {};
}

void Viewer::advance(double seconds) {
  motion_.advance(seconds);
  if (!view_.playing || !has_events()) return;
  const std::size_t events = playback_.advance(seconds, view_.speed);
  const EventIndex target = std::min(cursor_ + events, size() - 1);
  if (const auto hit =
          events > 0 ? find_break(*run_.store, view_.breakpoints, cursor_, target) : std::nullopt) {
    go_to(hit->event, true);
    view_.stopped_at = hit->breakpoint;
    view_.playing = false;
    return;
  }
  if (events > 0) go_to(cursor_ + events, true);
  const bool finished = run_.store->finished();  // before the size: it stays as it is from then on
  if (finished && cursor_ + 1 == size()) view_.playing = false;
}

void Viewer::refresh_states() {
  if (states_known_) return;
  before_ = cursor_ > 0 ? states_->seek(cursor_ - 1) : traces::LoopState{};
  state_ = states_->seek(cursor_);
  narration_ = traces::narrate(*run_.store, cursor_);
  states_known_ = true;
}

FrameView Viewer::frame(float width, float height, float content_scale, double clock) {
  refresh_states();
  const float scale = total_scale(content_scale);
  const bool asks = view_.teaching.asks();
  if (asks) asked_ = {narration_.place, narration_.phase, view_.teaching.question()->narration};
  layout_ =
      make_layout(width, height, scale, run_.store->task_count(), {view_.teaching.on(), view_.presenter});
  return {.store = *run_.store,
          .size = size(),
          .finished = run_.store->finished(),
          .cursor = cursor_,
          .state = state_,
          .before = before_,
          .narration = asks ? asked_ : narration_,
          .transition = motion_.transition(),
          .title = run_.title,
          .subtitle = run_.subtitle,
          .theme = theme(theme_),
          .layout = layout_,
          .scale = scale,
          .clock = clock,
          .failure = failure_,
          .shared = run_.store};
}

bool Viewer::awaits_answers() const { return view_.answers && view_.answers->looking(); }
bool Viewer::has_new_answers() const { return view_.answers && view_.answers->found(); }

std::string Viewer::window_title() const {
  if (!run_.store) return {};
  std::string title = run_.title;
  if (!has_events()) return title;
  title += " – event " + std::to_string(cursor_ + 1) + "/" + std::to_string(size());
  const LoopId loop{run_.store->event(cursor_).loop};
  const traces::LoopState state = states_known_ ? state_ : run_.store->state_at(cursor_);
  if (const auto* focus = state.focus(loop); focus && focus->iteration > 0)
    title += " – iteration " + std::to_string(focus->iteration);
  if (view_.teaching.on()) title += " – " + view_.teaching.title();
  return title;
}

}  // namespace loopscope::viz
