#include "viz/model/viewer.h"

#include "core/trace/event_reader.h"
#include "tests/viz/sample_trace.h"
#include "traces/stepping.h"

namespace loopscope::viz {
namespace {

class ViewerTest : public testing::Test {
 protected:
  ViewerTest() { viewer.show({store, "lifecycle", "Two tasks share one loop"}, false); }

  void play(double seconds) {
    for (double t = 0; t < seconds; t += 1.0 / 60) viewer.advance(1.0 / 60);
  }
  EventIndex last() const { return store->size() - 1; }

  std::shared_ptr<traces::TraceStore> store = sample_trace();
  Viewer viewer;
};

TEST_F(ViewerTest, Begins_at_the_first_event_and_shows_state_and_narration_of_the_cursor) {
  EXPECT_EQ(viewer.cursor(), 0U);
  viewer.apply(command::Seek{60});
  const FrameView frame = viewer.frame(1600, 1000, 1, 0);
  EXPECT_EQ(frame.cursor, 60U);
  EXPECT_EQ(frame.size, store->size());
  EXPECT_TRUE(frame.finished);
  EXPECT_EQ(frame.state.now, store->state_at(60).now);
  EXPECT_EQ(frame.before.now, store->state_at(59).now);
  EXPECT_EQ(frame.narration.text, traces::narrate(*store, 60).text);
}

TEST_F(ViewerTest, Seek_clamps_to_the_trace) {
  viewer.apply(command::Seek{static_cast<EventIndex>(-1)});
  EXPECT_EQ(viewer.cursor(), last());
  viewer.apply(command::Step{Granularity::event, true});
  EXPECT_EQ(viewer.cursor(), last());
  viewer.apply(command::Seek{0});
  viewer.apply(command::Step{Granularity::iteration, false});
  EXPECT_EQ(viewer.cursor(), 0U);
}

TEST_F(ViewerTest, A_step_goes_where_stepping_says_and_keeps_its_granularity) {
  for (const Granularity by : {Granularity::event, Granularity::handle, Granularity::phase,
                               Granularity::iteration, Granularity::task_step, Granularity::output}) {
    viewer.apply(command::Seek{0});
    const EventIndex expected = traces::step_from(*store, 0, by, true);
    viewer.apply(command::Step{by, true});
    EXPECT_EQ(viewer.cursor(), expected);
    EXPECT_EQ(viewer.view().granularity, by);
  }
}

TEST_F(ViewerTest, Play_runs_to_the_end_and_stops_there) {
  viewer.apply(command::SetSpeed{64});
  viewer.apply(command::TogglePlay{});
  EXPECT_TRUE(viewer.busy());
  play(2);
  EXPECT_EQ(viewer.cursor(), last());
  EXPECT_FALSE(viewer.view().playing);
}

TEST_F(ViewerTest, Play_at_the_end_begins_again_at_the_first_event) {
  viewer.apply(command::Seek{last()});
  viewer.apply(command::TogglePlay{});
  EXPECT_EQ(viewer.cursor(), 0U);
  EXPECT_TRUE(viewer.view().playing);
}

TEST_F(ViewerTest, A_step_by_hand_ends_playing) {
  viewer.apply(command::TogglePlay{});
  viewer.apply(command::Step{Granularity::event, true});
  EXPECT_FALSE(viewer.view().playing);
}

TEST_F(ViewerTest, At_the_end_of_a_trace_that_still_grows_play_waits_for_more) {
  const auto growing = std::make_shared<traces::TraceStore>();
  Tracer tracer(growing.get());
  tracer.emit(make::thread_started(tracer.label("MainThread")));
  viewer.show({growing, "growing", ""}, false);
  viewer.apply(command::TogglePlay{});
  play(1);
  EXPECT_TRUE(viewer.view().playing);
  for (int i = 0; i < 3; ++i) tracer.emit(make::line({}, {}, 1));
  play(2);
  EXPECT_EQ(viewer.cursor(), 3U);
  growing->finish();
  play(1);
  EXPECT_FALSE(viewer.view().playing);
}

TEST_F(ViewerTest, A_step_moves_and_a_seek_does_not) {
  const EventIndex queued = *store->next_of({EventKind::handle_queued}, 10);
  viewer.apply(command::Seek{queued - 1});
  EXPECT_FALSE(viewer.frame(1600, 1000, 1, 0).transition.moving());
  viewer.apply(command::Step{Granularity::event, true});
  EXPECT_TRUE(viewer.frame(1600, 1000, 1, 0).transition.moving());
  play(0.5);
  EXPECT_FALSE(viewer.frame(1600, 1000, 1, 0).transition.moving());
}

TEST_F(ViewerTest, A_new_run_of_the_same_program_keeps_the_cursor_as_far_as_it_can) {
  viewer.apply(command::Seek{60});
  viewer.show({sample_trace(), "lifecycle", ""}, true);
  EXPECT_EQ(viewer.cursor(), 60U);
  viewer.show({sample_trace(), "another", ""}, false);
  EXPECT_EQ(viewer.cursor(), 0U);
}

TEST_F(ViewerTest, A_new_run_that_still_grows_reaches_the_old_cursor_later) {
  viewer.apply(command::Seek{5});
  const auto growing = std::make_shared<traces::TraceStore>();
  viewer.show({growing, "lifecycle", ""}, true);
  EXPECT_FALSE(viewer.has_events());
  Tracer tracer(growing.get());
  for (int i = 0; i < 3; ++i) tracer.emit(make::line({}, {}, 1));
  viewer.resume();
  EXPECT_EQ(viewer.cursor(), 2U);
  for (int i = 0; i < 30; ++i) tracer.emit(make::line({}, {}, 1));
  viewer.resume();
  EXPECT_EQ(viewer.cursor(), 5U);
  viewer.apply(command::Seek{1});
  viewer.resume();
  EXPECT_EQ(viewer.cursor(), 1U);
}

TEST_F(ViewerTest, Escape_closes_the_help_first_and_deselects_then) {
  viewer.apply(command::Select{{Selection::Kind::task, 2}});
  viewer.apply(command::ToggleHelp{});
  viewer.apply(command::Dismiss{});
  EXPECT_FALSE(viewer.view().help_open);
  EXPECT_EQ(viewer.view().selection.kind, Selection::Kind::task);
  viewer.apply(command::Dismiss{});
  EXPECT_EQ(viewer.view().selection, Selection{});
}

TEST_F(ViewerTest, Open_restart_and_quit_are_left_to_the_session) {
  viewer.apply(Commands{command::Open{"a.json"}, command::Restart{}, command::Quit{}});
  const Commands requests = viewer.take_requests();
  ASSERT_EQ(requests.size(), 3U);
  EXPECT_EQ(std::get<command::Open>(requests[0]).path, "a.json");
  EXPECT_TRUE(viewer.take_requests().empty());
}

TEST_F(ViewerTest, Zoom_keeps_the_playhead_in_place_and_fit_shows_everything) {
  viewer.apply(command::Seek{60});
  (void)viewer.frame(1600, 1000, 1, 0);
  viewer.apply(command::Zoom{2});
  const TimelineView zoomed = viewer.view().timeline;
  EXPECT_NEAR(zoomed.steps_end - zoomed.steps_begin, static_cast<double>(store->size()) / 2, 2);
  const double before = 60.0 / static_cast<double>(store->size());
  EXPECT_NEAR((60 - zoomed.steps_begin) / (zoomed.steps_end - zoomed.steps_begin), before, 0.02);
  viewer.apply(command::Fit{});
  EXPECT_EQ(viewer.view().timeline.steps_begin, viewer.view().timeline.steps_end);
}

TEST_F(ViewerTest, The_window_title_names_event_and_iteration) {
  EXPECT_EQ(viewer.window_title(), "lifecycle – event 1/" + std::to_string(store->size()));
  viewer.apply(command::Seek{*store->next_of({EventKind::timer_promoted}, 0)});
  EXPECT_EQ(viewer.window_title(), "lifecycle – event " + std::to_string(viewer.cursor() + 1) + "/" +
                                       std::to_string(store->size()) + " – iteration 3");
}

TEST_F(ViewerTest, Without_a_run_every_command_is_harmless) {
  Viewer empty;
  for (const CommandRow& row : command_table()) empty.apply(row.make(empty.context()));
  empty.apply(command::Seek{7});
  empty.advance(1);
  EXPECT_FALSE(empty.has_events());
  EXPECT_EQ(empty.window_title(), "");
}

TEST_F(ViewerTest, Stepping_to_the_end_and_back_gives_the_same_states) {
  viewer.apply(command::Seek{0});
  std::vector<std::int64_t> times;
  while (viewer.cursor() < last()) {
    times.push_back(viewer.frame(1600, 1000, 1, 0).state.now);
    viewer.apply(command::Step{Granularity::event, true});
  }
  while (viewer.cursor() > 0) {
    viewer.apply(command::Step{Granularity::event, false});
    EXPECT_EQ(viewer.frame(1600, 1000, 1, 0).state.now, times[viewer.cursor()]);
  }
}

}  // namespace
}  // namespace loopscope::viz
