// A trampoline as a machine: the parts of a turn, the sleeps that poll, who waits for whom.
#include "viz/model/turn.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/trace/event_reader.h"
#include "scenarios/load/loader.h"
#include "scenarios/run/runner.h"

namespace loopscope::viz {
namespace {

using testing::ElementsAre;
using traces::EventIndex;

/// Two tasks that sleep, one awaited after the other.
std::shared_ptr<traces::TraceStore> sleepers(const std::string& model) {
  const std::string text =
      R"json({"loopscope": 1, "loop": {"model": ")json" + model + R"json(", "turn_cost": 0.25},
    "program": [
      {"async def": "nap(name, delay)", "do": ["await asyncio.sleep(delay)", "print(name)"]},
      {"async def": "main()", "do": ["a = asyncio.create_task(nap('A', 2))",
                                     "b = asyncio.create_task(nap('B', 1))", "await a", "await b"]},
      "asyncio.run(main())"]})json";
  auto loaded = scenarios::load_scenario(text, "sleepers");
  if (!std::holds_alternative<scenarios::Scenario>(loaded)) throw std::runtime_error("does not load");
  const auto& scenario = std::get<scenarios::Scenario>(loaded);
  traces::TraceHeader header;
  header.model = model;
  auto store = std::make_shared<traces::TraceStore>(header);
  scenarios::Run(scenario, {}, store.get(), {}).execute();
  store->finish();
  return store;
}

std::string name(TurnPart part) {
  static constexpr const char* kNames[] = {"take", "run", "push", "clock"};
  return kNames[static_cast<int>(part)];
}

/// The parts that turn `n` goes through, each once.
std::vector<std::string> parts_of_turn(const traces::TraceStore& store, std::uint64_t n) {
  std::vector<std::string> out;
  bool inside = false;
  for (EventIndex i = 0; i < store.size(); ++i) {
    const TraceEvent e = store.event(i);
    if (e.kind == EventKind::iteration_begin) inside = field::n(e) == n;
    if (!inside) continue;
    const traces::LoopState state = store.state_at(i);
    const auto part = turn_part(state, state.loops.front(), e.kind);
    const std::string said = part ? name(*part) : "none";
    if (out.empty() || out.back() != said) out.push_back(said);
  }
  return out;
}

TEST(Turn, Takes_runs_pushes_and_lets_the_clock_move_on) {
  const auto store = sleepers("trampoline");
  for (const std::uint64_t n : {1, 2, 5}) {
    SCOPED_TRACE(n);
    EXPECT_THAT(parts_of_turn(*store, n), ElementsAre("take", "run", "push", "clock"));
  }
}

TEST(Turn, Is_none_of_its_parts_before_the_loop_runs_and_after_it) {
  const auto store = sleepers("trampoline");
  const traces::LoopState end = store->state_at(store->size() - 1);
  EXPECT_EQ(turn_part(end, end.loops.front(), EventKind::loop_closed), std::nullopt);
  traces::OneLoopState fresh;
  EXPECT_EQ(turn_part({}, fresh, EventKind::loop_created), std::nullopt);
}

TEST(Turn, Marker_stays_on_the_arc_of_its_part_and_off_its_pill) {
  const auto store = sleepers("trampoline");
  const MachineLayout m = layout_machine({0, 0, 772, 564}, false, 1);
  for (EventIndex i = 0; i < store->size(); ++i) {
    const traces::LoopState state = store->state_at(i);
    const EventKind kind = store->event(i).kind;
    if (state.loops.empty()) continue;
    const auto part = turn_part(state, state.loops.front(), kind);
    const auto at = turn_degrees(m, state, state.loops.front(), kind);
    ASSERT_EQ(part.has_value(), at.has_value());
    if (!part) continue;
    const auto index = static_cast<int>(*part);
    EXPECT_LT(std::abs(std::remainder(*at - ring_degrees(index), 360.0F)), kArcHalf);
    EXPECT_FALSE(m.pills[static_cast<std::size_t>(index)].contains(ring_point(m, *at)));
  }
}

/// The first event at which both sleeps have asked at least `polls` times.
traces::LoopState asked(const traces::TraceStore& store, std::uint64_t polls) {
  for (EventIndex i = 0; i < store.size(); ++i) {
    traces::LoopState state = store.state_at(i);
    if (state.loops.empty()) continue;
    const auto sleeps = turn_sides(store, state, state.loops.front(), 8).sleeps;
    if (sleeps.size() == 2 && sleeps[0].polls >= polls && sleeps[1].polls >= polls) return state;
  }
  ADD_FAILURE() << "never";
  return {};
}

TEST(Turn, Sleeps_are_tasks_of_the_queue_that_count_their_polls_and_know_their_sleeper) {
  const auto store = sleepers("trampoline");
  const traces::LoopState state = asked(*store, 2);
  const TurnSides sides = turn_sides(*store, state, state.loops.front(), 8);
  EXPECT_EQ(sides.all_sleeps, 2U);
  for (const PollingSleep& s : sides.sleeps) {
    const traces::TaskState* sleeper = state.task(s.sleeper);
    ASSERT_NE(sleeper, nullptr);
    EXPECT_EQ(store->label(sleeper->coro), "nap");
    EXPECT_EQ(s.polls, state.task(s.task)->steps);
  }
}

TEST(Turn, Waiters_are_the_tasks_outside_the_queue_with_what_ends_their_wait) {
  const auto store = sleepers("trampoline");
  const traces::LoopState state = asked(*store, 2);
  const TurnSides sides = turn_sides(*store, state, state.loops.front(), 8);
  ASSERT_EQ(sides.all_waits, 3U);  // main for A, and each nap for its sleep
  EXPECT_EQ(sides.waits[0].waiter.value, 1U);
  EXPECT_EQ(sides.waits[0].ends.value, 2U);
  for (std::size_t k : {1, 2}) EXPECT_EQ(store->label(state.task(sides.waits[k].ends)->coro), "sleep");
}

TEST(Turn, Lists_no_more_than_asked_for_but_counts_them_all) {
  const auto store = sleepers("trampoline");
  const traces::LoopState state = asked(*store, 1);
  const TurnSides sides = turn_sides(*store, state, state.loops.front(), 1);
  EXPECT_EQ(sides.sleeps.size(), 1U);
  EXPECT_EQ(sides.all_sleeps, 2U);
  EXPECT_EQ(sides.waits.size(), 1U);
  EXPECT_EQ(sides.all_waits, 3U);
}

TEST(Turn, Is_the_way_of_the_trampoline_only) {
  for (const std::string model : {"asyncio", "drain", "trampoline"}) {
    const auto store = sleepers(model);
    const traces::LoopState state = store->state_at(store->size() - 1);
    EXPECT_EQ(goes_by_turns(state.loops.front()), model == "trampoline") << model;
  }
}

}  // namespace
}  // namespace loopscope::viz
