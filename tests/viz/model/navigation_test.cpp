// Breakpoints, bookmarks, visited places, the prompt, lanes: what the viewer does beyond stepping.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/trace/event_reader.h"
#include "tests/traces/trace_script.h"
#include "traces/selector.h"
#include "viz/model/answers.h"
#include "viz/model/timeline_model.h"
#include "viz/model/viewer.h"

namespace loopscope::viz {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Breakpoint breakpoint(std::string_view text) {
  auto parsed = parse_breakpoint(text);
  if (const auto* b = std::get_if<Breakpoint>(&parsed)) return *b;
  ADD_FAILURE() << text << ": " << std::get<std::string>(parsed);
  return {};
}

TEST(Breakpoints, Read_and_write_the_same_text) {
  for (const char* text :
       {"line 5", "task B done", "task fetch 0 waits", "phase timers", "phase io", "output A: done",
        "ready > 50", "select.timeout == 0", "heap <= 3", "time >= 1.5", "iteration != 4"})
    EXPECT_EQ(to_text(breakpoint(text)), text);
}

TEST(Breakpoints, Say_what_can_be_written_when_they_are_wrong) {
  for (const char* text : {"", "line", "line 0", "line x", "task B", "task B dances", "phase nine", "output",
                           "ready", "ready > x", "ready > nan", "nothing > 5"})
    EXPECT_TRUE(std::holds_alternative<std::string>(parse_breakpoint(text))) << text;
}

class OnLifecycle : public testing::Test {
 protected:
  OnLifecycle() { viewer.show({store, "lifecycle", ""}, false); }
  void advance_to_stop() {
    viewer.apply(command::TogglePlay{});
    for (int n = 0; n < 1000 && viewer.view().playing; ++n) viewer.advance(0.5);
  }
  TraceEvent event() const { return store->event(viewer.cursor()); }

  std::shared_ptr<traces::TraceStore> store = traces::test::lifecycle();
  Viewer viewer;
};

TEST_F(OnLifecycle, Playing_stops_at_a_breakpoint_on_a_line) {
  viewer.apply(command::AddBreakpoint{"line 6"});
  advance_to_stop();
  EXPECT_EQ(event().kind, EventKind::line);
  EXPECT_EQ(field::line(event()), 6u);
  EXPECT_TRUE(viewer.view().stopped_at.has_value());
  const EventIndex first = viewer.cursor();
  advance_to_stop();  // playing on does not stick to it
  EXPECT_GT(viewer.cursor(), first);
  EXPECT_EQ(field::line(event()), 6u);
}

TEST_F(OnLifecycle, Running_back_finds_the_same_places_as_running_on) {
  for (const char* text : {"line 5", "task B done", "task A sleeps", "phase timers", "output starting",
                           "ready > 1", "heap >= 2", "select.timeout > 0", "iteration == 4", "time >= 1"}) {
    const std::vector<Breakpoint> all{breakpoint(text)};
    std::vector<EventIndex> on, back;
    const EventIndex last = store->size() - 1;
    const auto collect = [&](EventIndex at, EventIndex to, std::vector<EventIndex>& found) {
      while (const auto hit = find_break(*store, all, at, to)) found.push_back(at = hit->event);
    };
    collect(0, last, on);
    collect(last, 0, back);
    EXPECT_FALSE(on.empty()) << text;
    std::reverse(back.begin(), back.end());
    if (!on.empty() && on.back() == last) on.pop_back();
    EXPECT_EQ(on, back) << text;
  }
}

TEST_F(OnLifecycle, A_condition_holds_where_it_becomes_true_and_not_again_while_it_stays_so) {
  const std::vector<Breakpoint> all{breakpoint("ready > 1")};
  const auto first = find_break(*store, all, 0, store->size() - 1);
  ASSERT_TRUE(first);
  EXPECT_EQ(store->state_at(first->event).loops[0].ready_count(), 2u);
  EXPECT_LE(store->state_at(first->event - 1).loops[0].ready_count(), 1u);
  const auto second = find_break(*store, all, first->event, store->size() - 1);
  if (second) {
    EXPECT_LE(store->state_at(second->event - 1).loops[0].ready_count(), 1u);
  }
}

TEST_F(OnLifecycle, Adding_a_breakpoint_twice_removes_it) {
  viewer.apply(command::ToggleLineBreakpoint{5});
  EXPECT_THAT(viewer.view().breakpoints, SizeIs(1));
  viewer.apply(command::ToggleLineBreakpoint{5});
  EXPECT_THAT(viewer.view().breakpoints, IsEmpty());
}

TEST_F(OnLifecycle, Bookmarks_keep_their_notes_and_go_round) {
  for (const EventIndex i : {40, 10, 90}) {
    viewer.apply(command::Seek{i});
    viewer.apply(command::SetBookmark{"note " + std::to_string(i)});
  }
  viewer.apply(command::Seek{0});
  std::vector<EventIndex> seen;
  for (int n = 0; n < 4; ++n) {
    viewer.apply(command::NextBookmark{true});
    seen.push_back(viewer.cursor());
  }
  EXPECT_THAT(seen, ElementsAre(10, 40, 90, 10));
  EXPECT_EQ(viewer.view().bookmarks.at(40)->note, "note 40");
  EXPECT_FALSE(viewer.take_requests().empty()) << "the session is asked to keep them";
  viewer.apply(command::RemoveBookmark{});
  EXPECT_EQ(viewer.view().bookmarks.at(10), nullptr);
}

TEST_F(OnLifecycle, Back_and_forward_visit_the_places_of_jumps_but_not_of_steps) {
  viewer.apply(command::Seek{50});
  viewer.apply(command::Step{Granularity::event, true});
  viewer.apply(command::Seek{100});
  viewer.apply(command::Back{});
  EXPECT_EQ(viewer.cursor(), 51u);
  viewer.apply(command::Back{});
  EXPECT_EQ(viewer.cursor(), 0u);
  viewer.apply(command::Back{});
  EXPECT_EQ(viewer.cursor(), 0u);
  viewer.apply(command::Forward{});
  viewer.apply(command::Forward{});
  EXPECT_EQ(viewer.cursor(), 100u);
}

TEST_F(OnLifecycle, The_wake_up_arrow_leads_back_to_its_cause_and_on_to_the_next_run) {
  viewer.apply(command::Select{{Selection::Kind::task, 1}});
  viewer.apply(command::Seek{store->run(TaskId{1}, 1).begin + 1});
  viewer.apply(command::FollowWake{false});
  EXPECT_EQ(event().kind, EventKind::handle_queued);
  EXPECT_EQ(field::queued_task(event()), TaskId{1});
  viewer.apply(command::FollowWake{true});
  EXPECT_EQ(viewer.cursor(), store->run(TaskId{1}, 1).begin);
}

void type(Viewer& viewer, std::string_view text) {
  for (const char c : text)
    viewer.type(c == ' ' ? KeyPress{.key = KeyName::space} : typed(static_cast<unsigned char>(c)));
}

TEST_F(OnLifecycle, Search_goes_to_what_is_chosen) {
  viewer.apply(command::OpenPrompt{PromptKind::search});
  ASSERT_TRUE(viewer.takes_text());
  type(viewer, "timer.promoted");
  const Prompt& prompt = *viewer.view().prompt;
  EXPECT_EQ(prompt.note(), "2 matches");
  EXPECT_THAT(prompt.matches(), SizeIs(2));
  viewer.type({.key = KeyName::down});
  viewer.type({.key = KeyName::enter});
  EXPECT_FALSE(viewer.takes_text());
  EXPECT_EQ(viewer.cursor(), prompt.matches()[1]);
}

TEST_F(OnLifecycle, The_palette_runs_any_command_of_the_table) {
  viewer.apply(command::OpenPrompt{PromptKind::palette});
  EXPECT_EQ(viewer.view().prompt->items().size(), command_table().size());
  type(viewer, "Next iter");
  EXPECT_EQ(viewer.view().prompt->items().at(0).title, "Next iteration");
  viewer.type({.key = KeyName::enter});
  EXPECT_EQ(event().kind, EventKind::iteration_begin);
}

TEST_F(OnLifecycle, A_breakpoint_is_typed_into_the_prompt) {
  viewer.apply(command::OpenPrompt{PromptKind::breakpoint});
  type(viewer, "ready > ");
  EXPECT_THAT(viewer.view().prompt->note(), HasSubstr("ready > 50"));
  type(viewer, "3");
  viewer.type({.key = KeyName::enter});
  ASSERT_THAT(viewer.view().breakpoints, SizeIs(1));
  EXPECT_EQ(to_text(viewer.view().breakpoints[0]), "ready > 3");
}

TEST_F(OnLifecycle, Text_keeps_its_case_and_backspace_removes_whole_characters) {
  viewer.apply(command::OpenPrompt{PromptKind::bookmark});
  type(viewer, "Ab");
  viewer.type(typed(U'é'));
  viewer.type({.key = KeyName::backspace});
  viewer.type({.key = KeyName::enter});
  EXPECT_EQ(viewer.view().bookmarks.at(0)->note, "Ab");
}

TEST_F(OnLifecycle, Escape_closes_the_prompt_without_doing_anything) {
  viewer.apply(command::OpenPrompt{PromptKind::palette});
  type(viewer, "Last event");
  viewer.type({.key = KeyName::escape});
  EXPECT_FALSE(viewer.takes_text());
  EXPECT_EQ(viewer.cursor(), 0u);
}

class Lanes : public testing::Test {
 protected:
  Lanes() { model.update(*store, store->size(), true); }
  std::vector<std::string> names(const LaneChoice& choice) {
    std::vector<std::string> out;
    for (const Lane& lane : list.of(model, choice)) out.push_back(model.tasks()[lane.index].badge);
    return out;
  }
  std::shared_ptr<traces::TraceStore> store = traces::test::lifecycle();
  TimelineModel model;
  LaneList list;
};

TEST_F(Lanes, Stand_in_order_of_creation_unless_asked_otherwise) {
  EXPECT_THAT(names({}), ElementsAre("main", "A", "B", "asyncgens", "executor"));
}

TEST_F(Lanes, A_filter_leaves_those_with_the_text_in_their_name) {
  LaneChoice choice;
  choice.filter = "ex";
  EXPECT_THAT(names(choice), ElementsAre("executor"));
}

TEST_F(Lanes, A_pinned_lane_stands_on_top_whatever_the_filter_says) {
  LaneChoice choice;
  choice.filter = "a";
  choice.pinned = {TaskId{3}};
  EXPECT_THAT(names(choice), ElementsAre("B", "main", "A", "asyncgens"));
}

TEST_F(Lanes, Sorted_by_runs_the_busiest_comes_first) {
  LaneChoice choice;
  choice.sort = LaneSort::runs;
  EXPECT_THAT(names(choice), ElementsAre("main", "A", "B", "asyncgens", "executor"));
}

TEST(SideTracks, Give_threads_jobs_fds_and_the_world_lanes_of_their_own) {
  traces::TraceStore store;
  traces::test::TraceScript s(store);
  s.start();
  const LabelId pool = s.label("pool-0"), load = s.label("load");
  s.emit(make::plain(EventKind::job_queued, s.loop, make::pack(1, 1), load.value, pool.value));
  s.tracer.set_thread(ThreadId{2});
  s.emit(make::thread_started(s.label("worker")));
  s.emit(make::plain(EventKind::job_begin, {}, 1));
  s.emit(make::plain(EventKind::job_end, {}, 1));
  s.tracer.emit(make::plain(EventKind::world, {}), {{TextField::text, "alice connects"}});
  s.emit(make::fd_watched(s.loop, 7, kReadable, HandleId{9}, s.label("accept")));
  TimelineModel model;
  model.update(store, store.size(), false);
  std::vector<SideTrack::Kind> kinds;
  for (const std::size_t k : model.side().shown()) kinds.push_back(model.side().all()[k].kind);
  using K = SideTrack::Kind;
  EXPECT_THAT(kinds, ElementsAre(K::thread, K::thread, K::pool, K::fd, K::world));
  const SideTrack& worker = model.side().all()[model.side().shown()[1]];
  ASSERT_THAT(worker.spans, SizeIs(1));
  EXPECT_EQ(worker.spans[0].kind, SideSpan::Kind::job);
  EXPECT_NE(worker.spans[0].end, SideSpan::kOpen);
}

TEST(SideTracks, Leave_a_plain_program_on_one_thread_without_extra_lanes) {
  const auto store = traces::test::lifecycle();
  TimelineModel model;
  model.update(*store, store->size(), true);
  EXPECT_THAT(model.side().shown(), IsEmpty());
}

}  // namespace
}  // namespace loopscope::viz
