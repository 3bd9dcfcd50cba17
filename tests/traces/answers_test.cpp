// Questions to a trace: range statistics, who woke whom, why a task waits, the await tree, search.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

#include "tests/traces/trace_script.h"
#include "traces/await_tree.h"
#include "traces/range_stats.h"
#include "traces/rank_pyramid.h"
#include "traces/search.h"
#include "traces/selector.h"
#include "traces/wakers.h"
#include "traces/why.h"

namespace loopscope::traces {
namespace {

using test::TraceScript;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

EventIndex at(const TraceStore& store, std::string_view selector) {
  return std::get<EventIndex>(select_event(store, selector));
}

TEST(RankPyramid, Finds_what_a_linear_search_finds) {
  std::mt19937 random(7);
  RankPyramid pyramid;
  std::vector<std::uint32_t> values;
  for (int n = 0; n < 5000; ++n) {
    values.push_back(random() % 50);
    pyramid.push(values.back());
  }
  for (int n = 0; n < 2000; ++n) {
    const std::size_t a = random() % values.size(), b = a + random() % (values.size() - a);
    const auto best =
        std::max_element(values.begin() + static_cast<long>(a), values.begin() + static_cast<long>(b) + 1);
    ASSERT_EQ(pyramid.highest(a, b), static_cast<std::size_t>(best - values.begin())) << a << " to " << b;
  }
}

TEST(RankPyramid, Looks_at_few_of_a_million_values) {
  RankPyramid pyramid;
  for (std::uint32_t n = 0; n < 1'000'000; ++n) pyramid.push(n == 777'777 ? 9 : n % 5);
  EXPECT_EQ(pyramid.highest(0, 999'999), 777'777u);
}

TEST(HandleRuns, Are_those_of_the_trace) {
  const auto store = test::lifecycle();
  ASSERT_GT(store->run_count(), 10u);
  const HandleRun first = store->run(0);
  EXPECT_EQ(first.task, TaskId{1});
  EXPECT_EQ(store->event(first.begin).kind, EventKind::handle_begin);
  EXPECT_EQ(store->event(first.end).kind, EventKind::handle_end);
  EXPECT_EQ(store->event(*first.queued).kind, EventKind::handle_queued);
  EXPECT_EQ(store->run_count(TaskId{2}), 2u);
  EXPECT_EQ(store->run_at(first.begin + 1)->handle, first.handle);
  EXPECT_FALSE(store->run_at(first.begin - 1).has_value());
}

TEST(RangeStats, Count_the_runs_of_a_stretch_by_task_and_cause) {
  const auto store = test::lifecycle();
  const RangeStats all = range_stats(*store, 0, store->size() - 1);
  EXPECT_EQ(all.all.runs, store->run_count());
  EXPECT_EQ(all.iterations, 12u);
  EXPECT_EQ(all.duration, 2'000'000'000);
  const RangeStats one = range_stats(*store, at(*store, "iteration 2"), at(*store, "iteration 3") - 1);
  EXPECT_EQ(one.all.runs, 2u);
  ASSERT_THAT(one.by_cause, SizeIs(1));
  EXPECT_EQ(one.by_cause[0].name, "task_step");
}

TEST(RangeStats, Take_percentiles_by_nearest_rank) {
  TraceStore store;
  TraceScript s(store);
  s.start();
  for (int n = 1; n <= 100; ++n) {
    s.queue("work");
    s.iterate([&](HandleId) {
      s.now += n / 1000.0;
      s.tracer.advance_to(static_cast<std::int64_t>(std::llround(s.now * 1e9)));
    });
  }
  const RangeStats stats = range_stats(store, 0, store.size() - 1);
  EXPECT_EQ(stats.all.p50, 50'000'000);
  EXPECT_EQ(stats.all.p99, 99'000'000);
  EXPECT_EQ(stats.all.longest, 100'000'000);
  EXPECT_EQ(stats.all.mean, 50'500'000);
  EXPECT_EQ(stats.all.total, 5'050'000'000);
}

TEST(RangeStats, Cut_a_run_at_the_ends_of_the_range) {
  TraceStore store;
  TraceScript s(store);
  s.start();
  s.queue("work");
  EventIndex middle = 0;
  s.iterate([&](HandleId) {
    s.tracer.advance_to(1'000'000'000);
    s.line({}, 1);
    middle = store.size() - 1;
    s.tracer.advance_to(3'000'000'000);
  });
  EXPECT_EQ(range_stats(store, middle, store.size() - 1).all.total, 2'000'000'000);
  EXPECT_EQ(range_stats(store, 0, middle).all.total, 1'000'000'000);
}

TEST(Wakers, Name_the_timer_behind_a_sleepers_wake_up) {
  const auto store = test::lifecycle();
  const auto link = last_wake(*store, TaskId{3}, store->size() - 1);
  ASSERT_TRUE(link);
  EXPECT_EQ(link->source.kind, WakeSource::Kind::timer);
  EXPECT_EQ(store->event(link->source.event).kind, EventKind::handle_queued);
}

TEST(Wakers, Name_the_task_whose_end_wakes_another) {
  const auto store = test::lifecycle();
  const auto link = last_wake(*store, TaskId{1}, store->size() - 1);
  ASSERT_TRUE(link);
  EXPECT_EQ(link->source.kind, WakeSource::Kind::task);
  EXPECT_EQ(link->source.task, TaskId{2});
  EXPECT_TRUE(link->source.ended);
  const auto chain = wake_ancestors(*store, TaskId{1}, store->size() - 1);
  ASSERT_THAT(chain, SizeIs(2));
  EXPECT_EQ(chain[1].task, TaskId{2});
  EXPECT_EQ(chain[1].source.kind, WakeSource::Kind::timer);
}

TEST(Wakers, Draw_a_critical_path_without_holes) {
  const auto store = test::lifecycle();
  const EventIndex end = *store->done_at(TaskId{1});
  const auto path = critical_path(*store, TaskId{1}, end);
  ASSERT_FALSE(path.empty());
  EXPECT_EQ(path.back().end, end);
  for (std::size_t k = 1; k < path.size(); ++k) EXPECT_EQ(path[k].begin, path[k - 1].end);
  const bool sleeps = std::any_of(path.begin(), path.end(), [](const PathPiece& p) {
    return p.kind == PathPiece::Kind::sleeps && p.task == TaskId{2};
  });
  EXPECT_TRUE(sleeps) << "A's sleep of 2 s is what main's end needs";
}

std::vector<WhyNode::Kind> kinds(const WhyChain& chain) {
  std::vector<WhyNode::Kind> kinds;
  for (const WhyNode& node : chain.nodes) kinds.push_back(node.kind);
  return kinds;
}

TEST(Why, Follows_an_await_to_the_timer_at_its_end) {
  const auto store = test::lifecycle();
  const EventIndex i = at(*store, "iteration 3");
  const WhyChain chain = why_waiting(*store, store->state_at(i), i, TaskId{1});
  using K = WhyNode::Kind;
  EXPECT_THAT(kinds(chain), ElementsAre(K::task, K::task, K::future, K::timer, K::loop));
  EXPECT_EQ(chain.question, "Why is main waiting?");
  EXPECT_EQ(chain.end, WhyChain::End::timer);
  EXPECT_THAT(chain.nodes[3].detail, HasSubstr("due 2.000 s"));
  EXPECT_THAT(chain.answer, HasSubstr("Free again in 2.000 s, at event"));
  EXPECT_EQ(store->event(*chain.free_at).kind, EventKind::handle_begin);
}

TEST(Why, Counts_the_handles_before_a_ready_task) {
  TraceStore store;
  TraceScript s(store);
  s.start();
  for (int n = 0; n < 41; ++n) s.queue("other");
  const TaskId task = s.create("last", "");
  const EventIndex i = store.size() - 1;
  const WhyChain chain = why_waiting(store, store.state_at(i), i, task);
  EXPECT_EQ(chain.end, WhyChain::End::queued);
  EXPECT_EQ(chain.nodes.back().detail, "behind 41 handles");
}

TEST(Why, Ends_in_a_cycle_where_tasks_await_each_other) {
  TraceStore store;
  TraceScript s(store);
  s.start();
  const TaskId a = s.create("f", "'a'"), b = s.create("f", "'b'");
  s.iterate(
      [&](HandleId) {
        s.step(a), s.suspend(a, {WaitKind::task, b.value, {}}, 6);
      },
      [&](HandleId) {
        s.step(b), s.suspend(b, {WaitKind::task, a.value, {}}, 7);
      });
  store.finish();
  const EventIndex i = store.size() - 1;
  const WhyChain chain = why_waiting(store, store.state_at(i), i, a);
  EXPECT_EQ(chain.end, WhyChain::End::cycle);
  EXPECT_EQ(chain.answer, "It never runs again in this trace.");
}

TEST(Why, Says_that_nobody_wakes_a_task_only_when_the_trace_is_whole) {
  for (const bool gap : {false, true}) {
    TraceStore store;
    TraceScript s(store);
    s.start();
    const TaskId task = s.create("main", "");
    s.iterate([&](HandleId) { s.step(task), s.suspend(task, {WaitKind::event, 1, s.label("ready")}, 6); });
    if (gap) s.emit(make::plain(EventKind::gap, {}, 3));
    store.finish();
    const EventIndex i = store.size() - 1;
    EXPECT_EQ(why_waiting(store, store.state_at(i), i, task).end,
              gap ? WhyChain::End::unknown : WhyChain::End::nobody);
  }
}

TEST(Why, Looks_ahead_for_who_sets_an_event) {
  TraceStore store;
  TraceScript s(store);
  s.start();
  const TaskId waiter = s.create("waiter", ""), setter = s.create("setter", "");
  EventIndex i = 0;
  s.iterate(
      [&](HandleId) {
        s.step(waiter), s.suspend(waiter, {WaitKind::event, 1, s.label("go")}, 6);
      },
      [&](HandleId) { s.step(setter), s.sleep(setter, 1, 2, "sleep"); });
  i = store.size() - 1;
  s.iterate([&](HandleId timer) { s.wake_sleeper(timer); });
  s.iterate([&](HandleId) {
    s.step(setter);
    s.queue("waiter", {.cause = Cause::task_wakeup, .task = waiter});
    s.finish(setter, "None");
  });
  s.iterate([&](HandleId) { s.step(waiter), s.finish(waiter, "None"); });
  store.finish();
  const WhyChain chain = why_waiting(store, store.state_at(i), i, waiter);
  using K = WhyNode::Kind;
  EXPECT_THAT(kinds(chain), ElementsAre(K::task, K::sync, K::task, K::future, K::timer, K::loop));
  EXPECT_EQ(chain.nodes[1].title, "event go");
  EXPECT_EQ(chain.nodes[2].task, setter);
}

TEST(AwaitTree, Puts_the_awaited_task_under_the_one_that_awaits_it) {
  const auto store = test::lifecycle();
  const LoopState state = store->state_at(at(*store, "iteration 3"));
  const auto rows = await_tree(state);
  ASSERT_THAT(rows, SizeIs(3));
  EXPECT_EQ(rows[0].task, TaskId{1});
  EXPECT_EQ(rows[1].task, TaskId{2});
  EXPECT_EQ(rows[1].depth, 1u);
  EXPECT_EQ(rows[2].task, TaskId{3});  // not awaited yet
  EXPECT_EQ(rows[2].depth, 0u);
}

TEST(AwaitTree, Shows_each_task_of_a_circle_once) {
  TraceStore store;
  TraceScript s(store);
  s.start();
  const TaskId a = s.create("f", "'a'"), b = s.create("f", "'b'");
  s.iterate(
      [&](HandleId) {
        s.step(a), s.suspend(a, {WaitKind::task, b.value, {}}, 6);
      },
      [&](HandleId) {
        s.step(b), s.suspend(b, {WaitKind::task, a.value, {}}, 7);
      });
  const auto rows = await_tree(store.state_at(store.size() - 1));
  ASSERT_THAT(rows, SizeIs(3));
  EXPECT_TRUE(rows[2].repeated);
}

const SearchResult::Group* group(const SearchResult& result, SearchHit::Kind kind) {
  for (const auto& g : result.groups)
    if (g.kind == kind) return &g;
  return nullptr;
}

TEST(Search, Finds_tasks_lines_outputs_and_events) {
  const auto store = test::lifecycle();
  const SearchResult starting = search(*store, "STARTING");
  EXPECT_EQ(group(starting, SearchHit::Kind::output)->count, 2u);
  EXPECT_EQ(group(starting, SearchHit::Kind::line)->hits[0].line, 4u);
  const SearchResult promoted = search(*store, "timer.promoted");
  EXPECT_EQ(promoted.count(), 2u);
  EXPECT_EQ(store->event(promoted.matches[0]).kind, EventKind::timer_promoted);
  EXPECT_EQ(group(search(*store, "B"), SearchHit::Kind::task)->hits[0].title, "B");
  EXPECT_EQ(search(*store, "event 10").matches, std::vector<EventIndex>{9});
  EXPECT_EQ(store->event(search(*store, "iteration 3").matches.at(0)).kind, EventKind::iteration_begin);
}

TEST(Search, Counts_what_it_does_not_list) {
  const auto store = test::lifecycle();
  const SearchResult few = search(*store, "handle", 3), all = search(*store, "handle", 1000);
  EXPECT_THAT(group(few, SearchHit::Kind::event)->hits, SizeIs(3));
  EXPECT_EQ(group(few, SearchHit::Kind::event)->count, group(all, SearchHit::Kind::event)->hits.size());
}

TEST(Search, Finds_nothing_for_nothing) {
  EXPECT_EQ(search(*test::lifecycle(), "").count(), 0u);
  EXPECT_EQ(search(*test::lifecycle(), "no such thing").count(), 0u);
  EXPECT_EQ(search(TraceStore(), "x").count(), 0u);
}

}  // namespace
}  // namespace loopscope::traces
