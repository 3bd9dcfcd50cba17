#include "tests/conformance/core_programs/stage.h"

namespace loopscope::test {
namespace {

Coroutine<std::string> work(Stage& out, std::string name, double delay) {
  try {
    co_await sleep(delay);
    out.print("done", name);
    co_return name;
  } catch (const CoreError&) {
    out.print("cancelled", name);
    throw;
  }
}

/// True when TimeoutError ended `what`; its result is printed otherwise.
Coroutine<bool> is_late(Stage& out, Coroutine<std::string> what) {
  try {
    out.print(co_await std::move(what));
    co_return false;
  } catch (const CoreError& error) {
    if (error.type() != CoreError::Type::TimeoutError) throw;
    co_return true;
  }
}

Coroutine<> shields(Stage& out) {
  EventLoop& loop = (co_await ThisStep{}).loop;
  try {
    co_await shield(create_task(loop, work(out, "s", 2)));
  } catch (const CoreError&) {
    out.print("shielded cancelled");
    throw;
  }
}

Coroutine<> wait_fors(Stage& out, EventLoop& loop) {
  co_await is_late(out, wait_for(work(out, "a", 1), 2));
  if (co_await is_late(out, wait_for(work(out, "b", 3), 1))) out.print("timeout b");
  co_await is_late(out, wait_for(work(out, "c", 1), {}));
  const Typed<std::string, Task> task = create_task(loop, work(out, "d", 3));
  if (co_await is_late(out, wait_for(shield(task), 1))) out.print("timeout d", task->done());
  out.print(co_await task);
  const Ref<Future> future = make_ref<Future>(loop);
  const auto set = [future] { future->set_result(7); };
  loop.call_later(1, set, "set_result");
  out.print(co_await wait_for(future, 5));
}

Coroutine<> waits_of_many(Stage& out, EventLoop& loop) {
  std::vector<Ref<Task>> tasks;
  for (int i = 0; i < 3; ++i) tasks.push_back(create_task(loop, work(out, std::to_string(i), 3 - i)));
  WaitResult waited = co_await wait(tasks, {.return_when = ReturnWhen::first_completed});
  out.print(waited.done.size(), waited.pending.size());
  waited = co_await wait(tasks, {.timeout = 0.5});
  out.print(waited.done.size(), waited.pending.size());
  waited = co_await wait(tasks);
  out.print(waited.done.size(), waited.pending.size());
}

}  // namespace

Coroutine<> waits(Stage& out) {
  EventLoop& loop = (co_await ThisStep{}).loop;
  co_await wait_fors(out, loop);
  co_await waits_of_many(out, loop);
  const Ref<Task> task = create_task(loop, shields(out));
  co_await sleep(0.5);
  task->cancel();
  try {
    co_await task;
  } catch (const CoreError&) {
    out.print("gone");
  }
  co_await sleep(3);
  if (co_await is_late(out, wait_for(work(out, "z", 1), 0))) out.print("timeout z");
  const std::vector<Ref<Task>> none;
  try {
    co_await wait(none);
  } catch (const CoreError& error) {
    out.print(error.type_name(), error.message());
  }
}

}  // namespace loopscope::test
