#include "traces/stepping.h"

#include <gtest/gtest.h>

#include "tests/traces/trace_script.h"
#include "traces/state_cursor.h"
#include "traces/state_dump.h"

namespace loopscope::traces {
namespace {

using test::TraceScript;

constexpr Granularity kAll[] = {Granularity::event,     Granularity::handle,    Granularity::phase,
                                Granularity::iteration, Granularity::task_step, Granularity::output};

std::vector<EventIndex> walk(const TraceStore& store, EventIndex from, Granularity by, bool forward) {
  std::vector<EventIndex> stops{from};
  for (EventIndex i = from;;) {
    const EventIndex next = step_from(store, i, by, forward);
    if (next == i) return stops;
    EXPECT_EQ(next > i, forward);
    stops.push_back(i = next);
  }
}

std::shared_ptr<TraceStore> random_store(std::uint32_t seed) {
  auto store = std::make_shared<TraceStore>();
  TraceScript script(*store);
  test::write_random(script, seed, 120, [](const TraceScript&) {});
  store->finish();
  return store;
}

TEST(Stepping, Back_to_the_start_and_forward_again_ends_in_the_same_state_at_every_granularity) {
  for (const auto& store : {test::lifecycle(), random_store(1), random_store(2)})
    for (const Granularity by : kAll) {
      StateCursor cursor(store);
      const EventIndex last = store->size() - 1;
      const std::string end = dump_state(*store, cursor.seek(last));
      auto back = walk(*store, last, by, false);
      ASSERT_EQ(back.back(), 0u);
      for (const EventIndex stop : back) cursor.seek(stop);
      const std::string start = dump_state(*store, cursor.seek(0));
      const auto forth = walk(*store, 0, by, true);
      ASSERT_EQ(forth.back(), last);
      std::reverse(back.begin(), back.end());
      ASSERT_EQ(forth, back);
      for (const EventIndex stop : forth) cursor.seek(stop);
      ASSERT_EQ(dump_state(*store, cursor.seek(last)), end);
      ASSERT_EQ(dump_state(*store, cursor.seek(0)), start);
    }
}

std::vector<EventKind> kinds_at(const TraceStore& store, const std::vector<EventIndex>& stops) {
  std::vector<EventKind> kinds;
  for (std::size_t k = 1; k + 1 < stops.size(); ++k) kinds.push_back(store.event(stops[k]).kind);
  return kinds;
}

TEST(Stepping, By_iteration_stops_at_every_iterations_begin) {
  const auto store = test::lifecycle();
  const auto kinds = kinds_at(*store, walk(*store, 0, Granularity::iteration, true));
  EXPECT_EQ(kinds, std::vector(12, EventKind::iteration_begin));
}

TEST(Stepping, By_phase_stops_at_select_timers_and_run_of_every_iteration) {
  const auto store = test::lifecycle();
  const auto kinds = kinds_at(*store, walk(*store, 0, Granularity::phase, true));
  ASSERT_EQ(kinds.size(), 36u);
  for (std::size_t k = 0; k < kinds.size(); k += 3) {
    EXPECT_EQ(kinds[k], EventKind::select_begin);
    EXPECT_EQ(kinds[k + 1], EventKind::timers_begin);
    EXPECT_EQ(kinds[k + 2], EventKind::ready_begin);
  }
}

TEST(Stepping, By_handle_stops_where_each_handle_runs_or_is_skipped) {
  const auto store = test::lifecycle();
  EXPECT_EQ(walk(*store, 0, Granularity::handle, true).size(), 2u + 13u);
  EXPECT_EQ(walk(*store, 0, Granularity::task_step, true).size(), 2u + 8u);
  EXPECT_EQ(walk(*store, 0, Granularity::output, true).size(), 2u + 4u);
}

TEST(Stepping, The_io_phase_begins_at_its_first_event_only) {
  TraceStore store;
  TraceScript s(store);
  s.start();
  s.emit(make::plain(EventKind::iteration_begin, s.loop, 1));
  s.emit(make::select_begin(s.loop, 0));
  s.emit(make::plain(EventKind::select_end, s.loop, 0, 2));
  const EventIndex first = store.size();
  for (std::uint32_t fd : {7u, 8u}) {
    s.emit(make::io_ready(s.loop, fd, kReadable, HandleId{fd}));
    s.queue(HandleId{fd}, "on_data", {.cause = Cause::io});
  }
  s.emit(make::plain(EventKind::timers_begin, s.loop));
  s.emit(make::timers_end(s.loop, 0, 0));
  EXPECT_EQ(step_from(store, first - 1, Granularity::phase, true), first);
  EXPECT_EQ(store.event(step_from(store, first, Granularity::phase, true)).kind, EventKind::timers_begin);
  EXPECT_EQ(step_from(store, store.size() - 2, Granularity::phase, false), first);
}

TEST(Stepping, Where_a_model_has_no_phases_an_iteration_is_one) {
  TraceStore store;
  TraceScript s(store);
  s.start("trampoline");
  for (std::uint64_t n = 1; n <= 3; ++n) {
    s.emit(make::plain(EventKind::iteration_begin, s.loop, n));
    s.queue("turn");
    s.end_handle(s.take());
    s.emit(make::plain(EventKind::iteration_end, s.loop, n));
  }
  EXPECT_EQ(walk(store, 0, Granularity::phase, true).size(), 2u);  // a handle.queued stands between
  TraceStore plain;
  TraceScript p(plain);
  p.start("trampoline");
  p.queue("turn");
  p.queue("turn");
  for (std::uint64_t n = 1; n <= 2; ++n) {
    p.emit(make::plain(EventKind::iteration_begin, p.loop, n));
    p.end_handle(p.take());
    p.emit(make::plain(EventKind::iteration_end, p.loop, n));
  }
  EXPECT_EQ(walk(plain, 0, Granularity::phase, true).size(), 4u);
}

TEST(Stepping, Stays_inside_an_empty_or_short_trace) {
  TraceStore store;
  EXPECT_EQ(step_from(store, 0, Granularity::iteration, true), 0u);
  TraceScript s(store);
  s.start();
  for (const Granularity by : kAll) {
    EXPECT_EQ(step_from(store, 0, by, false), 0u);
    EXPECT_EQ(step_from(store, 99, by, true), store.size() - 1);
  }
}

}  // namespace
}  // namespace loopscope::traces
