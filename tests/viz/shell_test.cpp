// The viewer as people use it, without a window: mouse and keys on ImGui's null platform.
#include <functional>

#include "core/trace/event_reader.h"
#include "tests/viz/headless.h"
#include "tests/viz/lesson_trace.h"
#include "traces/stepping.h"
#include "viz/model/prompt.h"

namespace loopscope::viz {
namespace {

constexpr std::size_t kEventStepper = 3, kIterationStepper = 0;

KeyPress arrow(bool right, bool shift = false, bool ctrl = false, bool alt = false) {
  return {.key = right ? KeyName::right : KeyName::left, .shift = shift, .ctrl = ctrl, .alt = alt};
}

TEST(Transport, Clicking_the_event_steppers_right_half_steps_one_event) {
  HeadlessDriver driver;
  driver.click(driver.transport().steppers[kEventStepper].forward.center());
  EXPECT_EQ(driver.viewer.cursor(), 1U);
  driver.click(driver.transport().steppers[kEventStepper].forward.center());
  driver.click(driver.transport().steppers[kEventStepper].back.center());
  EXPECT_EQ(driver.viewer.cursor(), 1U);
}

TEST(Transport, Clicking_a_steppers_label_steps_nothing) {
  HeadlessDriver driver;
  driver.click(driver.transport().steppers[kEventStepper].whole.center());
  EXPECT_EQ(driver.viewer.cursor(), 0U);
}

TEST(Transport, The_last_used_stepper_becomes_the_current_one) {
  HeadlessDriver driver;
  driver.click(driver.transport().steppers[kIterationStepper].forward.center());
  EXPECT_EQ(driver.viewer.view().granularity, Granularity::iteration);
  EXPECT_EQ(driver.viewer.cursor(),
            traces::step_from(*driver.session.shown.run.store, 0, Granularity::iteration, true));
}

TEST(Transport, First_play_and_last_do_what_they_say) {
  HeadlessDriver driver;
  const std::size_t size = driver.session.shown.run.store->size();
  driver.click(driver.transport().last.center());
  EXPECT_EQ(driver.viewer.cursor(), size - 1);
  driver.click(driver.transport().first.center());
  EXPECT_EQ(driver.viewer.cursor(), 0U);
  driver.click(driver.transport().play.center());
  EXPECT_TRUE(driver.viewer.view().playing);
  driver.click(driver.transport().play.center());
  EXPECT_FALSE(driver.viewer.view().playing);
}

TEST(Transport, The_speed_follows_the_pointer_on_its_track) {
  HeadlessDriver driver;
  const Rect track = driver.transport().track;
  driver.click({track.right(), track.center().y});
  EXPECT_EQ(driver.viewer.view().speed, 64);
  driver.click({x_of_speed(track, 0.5F), track.center().y});
  EXPECT_EQ(driver.viewer.view().speed, 0.5F);
}

TEST(Transport, Theme_and_help_have_buttons) {
  HeadlessDriver driver;
  driver.click(driver.transport().theme.center());
  EXPECT_EQ(driver.viewer.theme_name(), ThemeName::light);
  driver.click(driver.transport().help.center());
  EXPECT_TRUE(driver.viewer.view().help_open);
}

TEST(Transport, The_small_bar_steps_too) {
  HeadlessDriver driver(sample_trace(), 1280, 720);
  driver.click(driver.transport().steppers[kEventStepper].forward.center());
  EXPECT_EQ(driver.viewer.cursor(), 1U);
}

TEST(Transport, At_scale_2_clicks_land_where_the_buttons_are) {
  HeadlessDriver driver(sample_trace(), 3200, 2000, 2);
  driver.click(driver.transport().steppers[kEventStepper].forward.center());
  EXPECT_EQ(driver.viewer.cursor(), 1U);
}

TEST(Help, Under_the_overlay_nothing_can_be_clicked_and_a_click_beside_it_closes_it) {
  HeadlessDriver driver;
  driver.type(U'?');
  ASSERT_TRUE(driver.viewer.view().help_open);
  driver.click(driver.transport().steppers[kEventStepper].forward.center());
  EXPECT_EQ(driver.viewer.cursor(), 0U);
  EXPECT_FALSE(driver.viewer.view().help_open);
}

TEST(Help, Draws_more_while_it_is_open_and_Escape_closes_it) {
  HeadlessDriver driver;
  const int closed = driver.vertices();
  driver.type(U'?');
  EXPECT_GT(driver.vertices(), closed);
  driver.press({.key = KeyName::escape});
  EXPECT_FALSE(driver.viewer.view().help_open);
}

TEST(Keys, Space_plays_and_stops_at_the_end) {
  HeadlessDriver driver;
  driver.press({.key = KeyName::end});
  driver.press(arrow(false));
  driver.press({.key = KeyName::space});
  EXPECT_TRUE(driver.viewer.view().playing);
  driver.frame(120);
  EXPECT_EQ(driver.viewer.cursor(), driver.session.shown.run.store->size() - 1);
  EXPECT_FALSE(driver.viewer.view().playing);
}

TEST(Keys, With_Shift_Alt_and_Ctrl_step_by_handle_phase_and_iteration) {
  HeadlessDriver driver;
  const auto& store = *driver.session.shown.run.store;
  driver.press(arrow(true, true));
  EXPECT_EQ(driver.viewer.cursor(), traces::step_from(store, 0, Granularity::handle, true));
  EXPECT_EQ(store.event(driver.viewer.cursor()).kind, EventKind::handle_begin);
  driver.press({.key = KeyName::home});
  driver.press(arrow(true, false, false, true));
  EXPECT_EQ(driver.viewer.cursor(), traces::step_from(store, 0, Granularity::phase, true));
  driver.press({.key = KeyName::home});
  for (int i = 0; i < 3; ++i) driver.press(arrow(true, false, true));
  EXPECT_EQ(store.iteration_at(driver.viewer.cursor())->n, 3U);
  EXPECT_EQ(store.event(driver.viewer.cursor()).kind, EventKind::iteration_begin);
  driver.press(arrow(false, false, true));
  EXPECT_EQ(store.iteration_at(driver.viewer.cursor())->n, 2U);
}

TEST(Keys, Three_presses_between_two_frames_are_three_steps) {
  HeadlessDriver driver;
  for (int i = 0; i < 3; ++i) driver.frames.press(arrow(true));
  driver.frame();
  EXPECT_EQ(driver.viewer.cursor(), 3U);
}

TEST(Hints, Name_a_button_and_its_key_once_the_mouse_has_rested_there) {
  HeadlessDriver driver;
  const Rect forward = driver.transport().steppers[0].forward;
  driver.move_to(forward.center());
  ASSERT_TRUE(driver.viewer.view().hint);
  EXPECT_EQ(driver.viewer.view().hint->text, "Next iteration");
  EXPECT_EQ(driver.viewer.view().hint->key, "Ctrl →");
  const int before = driver.vertices();
  EXPECT_GT(driver.viewer.view().wake_at, 0);  // the window wakes up for it
  driver.frame(30);
  EXPECT_GT(driver.vertices(), before);
  driver.move_to({700, 400});
  EXPECT_FALSE(driver.viewer.view().hint);
}

TEST(Hints, Say_whole_what_had_to_be_cut) {
  HeadlessDriver driver;
  driver.session.shown.run.title = std::string(200, 'w');
  ++driver.session.shown.generation;
  driver.frame(2);
  const Rect title = driver.transport().title;
  driver.move_to({title.x + 10, title.y + title.h * 0.3F});
  ASSERT_TRUE(driver.viewer.view().hint);
  EXPECT_EQ(driver.viewer.view().hint->text, std::string(200, 'w'));
}

TEST(Keys, Restart_is_the_sessions_and_Ctrl_Q_quits) {
  HeadlessDriver driver;
  driver.type(U'r');
  EXPECT_EQ(driver.session.restarts, 1);
  EXPECT_FALSE(driver.frames.wants_quit());
  driver.press(typed(U'q', true));
  EXPECT_TRUE(driver.frames.wants_quit());
}

TEST(Keys, Every_command_of_the_table_does_something_and_never_crashes) {
  for (const CommandRow& row : command_table()) {
    HeadlessDriver driver(lesson_trace());
    for (const EventIndex place : {20, 100, 60, 140}) {
      driver.frames.apply(command::Seek{place});
      driver.frames.apply(command::SetBookmark{"a note"});
    }
    driver.frames.apply(command::Back{});
    driver.frames.apply(command::AddBreakpoint{"phase timers"});
    ImGui::SetClipboardText("nothing was copied");
    driver.frames.apply(command::SetScale{1.5F});
    driver.frames.apply(command::Zoom{2});
    driver.frames.apply(command::Select{{Selection::Kind::task, 2}});
    if (row.group == CommandGroup::teach) {
      // In the lesson, after a wrong answer, at the next question.
      driver.type(U'c');
      for (const KeyPress& key : {KeyPress{.key = KeyName::enter}, typed(U'1'), {.key = KeyName::enter}})
        driver.press(key);
    }
    driver.viewer.view().focus.go_to(FocusStop::tasks);
    driver.viewer.editor().set_problems({{1, 1, "wrong"}});
    driver.frame();
    const auto look = [&] {
      const ViewState& v = driver.viewer.view();
      return std::tuple{
          driver.viewer.cursor(),
          v.playing,
          v.speed,
          v.help_open,
          v.axis,
          v.timeline.steps_begin,
          v.timeline.steps_end,
          v.selection.id,
          driver.viewer.scale(),
          driver.viewer.theme_name(),
          driver.session.restarts,
          driver.session.cancels,
          driver.frames.wants_quit(),
          v.prompt && v.prompt->is_open() ? static_cast<int>(v.prompt->kind()) : -1,
          v.breakpoints.size(),
          v.bookmarks.all().size(),
          v.arrows,
          v.lanes.pinned.size(),
          v.await.shown,
          v.lanes.sort,
          v.reduced_motion,
          v.presenter,
          v.teaching.mode(),
          v.teaching.stop(),
          v.teaching.asks(),
          v.teaching.hint().has_value(),
          v.teaching.note(),
          std::tuple{v.program_tab, driver.session.texts.size(), v.focus.stop, v.focus.row, v.loop_shown},
          std::string(ImGui::GetClipboardText())};
    };
    const auto before = look();
    driver.press(row.keys.front());
    driver.frame();  // a panel makes its moves when it is drawn
    EXPECT_NE(look(), before) << row.name;
    driver.frame(3);
  }
}

/// The smallest rectangle around what `draw` draws.
Rect drawn(HeadlessDriver& driver, const std::function<void(Paint&)>& draw) {
  ImGui::NewFrame();
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  Paint paint(list, driver.fonts(), theme(ThemeName::dark));
  draw(paint);
  float left = 1e9F, top = 1e9F, right = -1e9F, bottom = -1e9F;
  for (const ImDrawVert& v : list.VtxBuffer) {
    left = std::min(left, v.pos.x), right = std::max(right, v.pos.x);
    top = std::min(top, v.pos.y), bottom = std::max(bottom, v.pos.y);
  }
  ImGui::EndFrame();
  return {left, top, right - left, bottom - top};
}

TEST(Narration, Of_any_length_stays_inside_its_bar) {
  for (const auto& [w, h] : {std::pair{1600.0F, 1000.0F}, {1280.0F, 720.0F}, {640.0F, 480.0F}})
    for (const std::size_t words : {1, 12, 30, 300}) {
      HeadlessDriver driver(sample_trace(), w, h);
      traces::Narration narration{"Iteration 100000 · timers", traces::LoopPhase::timers, ""};
      for (std::size_t i = 0; i < words; ++i)
        narration.text += i % 7 == 3 ? "Internationalization " : "queue, ";
      if (words == 300) narration.text += std::string(400, 'x');
      const FrameView f = driver.viewer.frame(w, h, 1, 0);
      const FrameView frame{f.store,  f.size,    f.finished,   f.cursor, f.state,
                            f.before, narration, f.transition, f.title,  f.subtitle,
                            f.theme,  f.layout,  f.scale,      f.clock,  f.failure};
      const Rect used =
          drawn(driver, [&](Paint& paint) { draw_narration(frame, driver.viewer.view(), paint); });
      const Rect bar = f.layout.narration;
      EXPECT_GE(used.x, bar.x - 1);
      EXPECT_LE(used.right(), bar.right() + 1) << words << " words at " << w;
      EXPECT_GE(used.y, bar.y - 1) << words << " words at " << w;
      EXPECT_LE(used.bottom(), bar.bottom() + 1) << words << " words at " << w;
    }
}

TEST(Transport, With_a_very_long_title_stays_inside_its_bar) {
  for (const float w : {1600.0F, 1280.0F, 800.0F}) {
    HeadlessDriver driver(sample_trace(), w, 800);
    driver.session.shown.run.title = std::string(300, 'W');
    ++driver.session.shown.generation;
    driver.frame();
    const FrameView frame = driver.viewer.frame(w, 800, 1, 0);
    const Rect used =
        drawn(driver, [&](Paint& paint) { draw_transport(frame, driver.viewer.view(), paint); });
    EXPECT_LE(used.right(), w + 1);
    EXPECT_LE(used.bottom(), frame.layout.transport.bottom() + 2);  // the hairline's soft edge
    driver.click(driver.transport().steppers[kEventStepper].forward.center());
    EXPECT_EQ(driver.viewer.cursor(), 1U) << w;
  }
}

TEST(Window, Draws_at_every_size_and_scale_in_both_themes_without_spilling_over) {
  for (const auto& [w, h] : {std::pair{1600.0F, 1000.0F},
                             {1280.0F, 720.0F},
                             {1024.0F, 768.0F},
                             {640.0F, 480.0F},
                             {320.0F, 200.0F},
                             {16.0F, 16.0F},
                             {2560.0F, 1440.0F}})
    for (const float scale : {1.0F, 2.0F}) {
      HeadlessDriver driver(sample_trace(), w, h, scale);
      driver.frames.apply(command::Seek{60});
      driver.frame();
      EXPECT_GT(driver.vertices(), 0) << w << 'x' << h;
      driver.type(U't');
      driver.type(U'x');
      driver.type(U'?');
      driver.frame(2);
    }
}

TEST(Window, Walks_through_the_whole_run_in_both_directions) {
  HeadlessDriver driver;
  const std::size_t size = driver.session.shown.run.store->size();
  for (std::size_t i = 1; i < size; ++i) driver.press(arrow(true));
  EXPECT_EQ(driver.viewer.cursor(), size - 1);
  for (std::size_t i = 1; i < size; ++i) driver.press(arrow(false));
  EXPECT_EQ(driver.viewer.cursor(), 0U);
}

TEST(Window, An_empty_trace_shows_a_page_and_its_events_when_they_come) {
  const auto store = std::make_shared<traces::TraceStore>();
  HeadlessDriver driver(store);
  const int waiting = driver.vertices();
  EXPECT_GT(waiting, 0);
  for (const CommandRow& row : command_table()) driver.press(row.keys.front());
  EXPECT_EQ(driver.frames.window_title(), "loopscope – lifecycle");
  SampleTraceWriter(*store).write();
  driver.frame(2);
  EXPECT_GT(driver.vertices(), waiting);
}

TEST(Window, A_file_that_does_not_load_shows_its_errors_and_R_reads_it_again) {
  HeadlessDriver driver;
  driver.session.shown.notice =
      Notice{"broken.json cannot be run", "broken.json:3:7: error: expected a value", Notice::Kind::error};
  driver.frame(2);
  EXPECT_GT(driver.vertices(), 0);
  EXPECT_EQ(driver.frames.window_title(), "loopscope – broken.json cannot be run");
  driver.type(U'r');
  EXPECT_EQ(driver.session.restarts, 1);
  driver.session.shown.notice.reset();
  driver.frame(2);
  EXPECT_NE(driver.frames.window_title().find("event 1/"), std::string::npos);
}

TEST(Window, A_notice_of_any_length_fits_the_page) {
  HeadlessDriver driver(sample_trace(), 640, 400);
  std::string text = std::string(5000, 'x') + " " + std::string(300, ' ');
  for (int i = 0; i < 200; ++i) text += "\nlarge.json:" + std::to_string(i) + ":1: error: ünknown kéy …";
  for (const std::string& t : {text, std::string(), std::string("\n\n"), std::string("é")}) {
    driver.session.shown.notice = Notice{t, t, Notice::Kind::error};
    driver.frame(2);
    EXPECT_GT(driver.vertices(), 0);
  }
}

TEST(Window, Another_file_begins_at_its_first_event_and_a_reload_keeps_the_cursor) {
  HeadlessDriver driver;
  driver.frames.apply(command::Seek{60});
  driver.session.shown.run.store = sample_trace();
  driver.session.shown.same_program = true;
  ++driver.session.shown.generation;
  driver.frame();
  EXPECT_EQ(driver.viewer.cursor(), 60U);
  driver.session.shown.same_program = false;
  ++driver.session.shown.generation;
  driver.frame();
  EXPECT_EQ(driver.viewer.cursor(), 0U);
}

TEST(Window, Its_title_follows_the_cursor) {
  HeadlessDriver driver;
  driver.press(arrow(true, false, true));
  const std::string title = driver.frames.window_title();
  EXPECT_EQ(title, "loopscope – lifecycle – event " + std::to_string(driver.viewer.cursor() + 1) + "/" +
                       std::to_string(driver.session.shown.run.store->size()) + " – iteration 1");
}

}  // namespace
}  // namespace loopscope::viz
