// The await tree drawn out: tasks, frames, and what the innermost frame waits for.
#include "traces/await_lines.h"

#include <gmock/gmock.h>

#include "tests/traces/trace_script.h"
#include "traces/selector.h"

namespace loopscope::traces {
namespace {

using test::TraceScript;
using testing::ElementsAre;
using testing::IsEmpty;

/// "main waits", "  coro() 12", ...: one string a line, indented by depth.
std::vector<std::string> drawn(const TraceStore& store, const LoopState& state, std::size_t most = 1000) {
  std::vector<std::string> out;
  for (const AwaitLine& line : await_lines(store, state, most)) {
    const AwaitText text = await_text(store, state, line);
    std::string words(2 * line.depth, ' ');
    words += text.title;
    if (line.kind == AwaitLine::Kind::frame) words += " " + std::to_string(text.line);
    if (line.kind == AwaitLine::Kind::task || line.kind == AwaitLine::Kind::wait)
      words += text.detail.empty() ? "" : ", " + text.detail;
    out.push_back(words);
  }
  return out;
}

TEST(AwaitLines, Go_from_the_task_through_its_frames_to_the_timer) {
  const auto store = test::lifecycle();
  const auto at = std::get<EventIndex>(select_event(*store, "iteration 3"));
  EXPECT_THAT(
      drawn(*store, store->state_at(at)),
      ElementsAre("main, waits", "  coro() 12", "    A, sleeps", "      coro() 5",
                  "        timer #5, due 2.000 s", "B, sleeps", "  coro() 5", "    timer #6, due 1.000 s"));
}

TEST(AwaitLines, Name_every_frame_of_an_await_chain_outermost_first) {
  TraceStore store;
  TraceScript s(store);
  s.start();
  const TaskId a = s.create("outer", "");
  s.iterate([&](HandleId) {
    s.step(a);
    const StackId outer = s.tracer.stack({}, s.label("outer"), 10);
    const StackId inner = s.tracer.stack(outer, s.label("inner"), 4);
    s.emit(make::task_suspended(s.loop, a, {WaitKind::lock, 7, s.label("door")}, 4, inner));
  });
  EXPECT_THAT(drawn(store, store.state_at(store.size() - 1)),
              ElementsAre("outer, waits", "  outer() 10", "    inner() 4", "      lock door"));
}

TEST(AwaitLines, Put_what_a_gather_waits_for_below_it_and_mark_the_last) {
  TraceStore store;
  TraceScript s(store);
  s.start();
  const TaskId main = s.create("main", "");
  TaskId a, b;
  s.iterate([&](HandleId) {
    s.step(main);
    a = s.create("f", "'a'", main, 3), b = s.create("f", "'b'", main, 3);
    s.suspend(main, {WaitKind::gather, 1, {}}, 3);
  });
  const LoopState state = store.state_at(store.size() - 1);
  const auto lines = await_lines(store, state, 100);
  EXPECT_THAT(drawn(store, state), ElementsAre("main, waits", "  coro() 3", "    gather", "      a, ready",
                                               "        the ready queue, its first step", "      b, ready",
                                               "        the ready queue, its first step"));
  EXPECT_FALSE(lines[3].last);
  EXPECT_TRUE(lines[5].last);
  EXPECT_EQ(lines[5].parent, 2u);
}

TEST(AwaitLines, Draw_a_task_of_a_circle_once_and_say_so_the_second_time) {
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
  EXPECT_THAT(drawn(store, store.state_at(store.size() - 1)),
              ElementsAre("a, waits", "  coro() 6", "    b, waits", "      coro() 7", "        a, above"));
}

TEST(AwaitLines, Leave_out_what_has_ended_and_stop_at_the_limit) {
  const auto store = test::lifecycle();
  EXPECT_THAT(drawn(*store, store->state_at(store->size() - 1)), IsEmpty());
  const auto at = std::get<EventIndex>(select_event(*store, "iteration 3"));
  EXPECT_LE(drawn(*store, store->state_at(at), 2).size(), 5u);
}

}  // namespace
}  // namespace loopscope::traces
