#include <stdexcept>

#include "tests/conformance/core_programs/stage.h"

namespace loopscope::test {
namespace {

Coroutine<std::string> work(Stage& out, std::string name, double delay, std::exception_ptr error = nullptr) {
  try {
    co_await sleep(delay);
  } catch (const CoreError&) {
    out.print("x", name);
    throw;
  }
  if (error) std::rethrow_exception(error);
  co_return name;
}

Coroutine<> nested_groups(Stage& out) {
  const auto error = std::make_exception_ptr(CoreError(CoreError::Type::ValueError, "inner"));
  const auto inner = [&](TaskGroup& group) -> Coroutine<> {
    group.create_task(work(out, "i", 1, error));
    group.create_task(work(out, "j", 2));
    co_return;
  };
  try {
    co_await task_group([&](TaskGroup& outer) -> Coroutine<> {
      outer.create_task(work(out, "o", 5));
      co_await task_group(inner);
    });
  } catch (const ErrorGroup& group) {
    out.print("group", group.errors().size(), type_name_of(group.errors()[0]));
  }
  out.print((co_await ThisStep{}).task.cancelling());
}

Coroutine<std::string> survives(Stage& out) {
  Task& task = (co_await ThisStep{}).task;
  try {
    co_await sleep(10);
  } catch (const CoreError&) {
    const int before = task.cancelling();
    out.print("cancelling", before, task.uncancel());
  }
  co_await sleep(1);
  co_return "survived";
}

Coroutine<> waits_for(Stage& out, int n, Typed<std::string, Task> task) { out.print("w", n, co_await task); }

Coroutine<> shields(Stage& out, Typed<std::string, Task> inner) {
  EventLoop& loop = (co_await ThisStep{}).loop;
  co_await gather(loop, shield(inner), work(out, "plain", 3));
}

Coroutine<> groups_and_waits(Stage& out, EventLoop& loop) {
  co_await create_task(loop, nested_groups(out));
  try {
    co_await timeout(1, task_group([&](TaskGroup& group) -> Coroutine<> {
                       group.create_task(work(out, "t", 3));
                       group.create_task(work(out, "u", 4));
                       co_return;
                     }));
  } catch (const CoreError& error) {
    if (error.type() != CoreError::Type::TimeoutError) throw;
    out.print("timeout", loop.time());
  }
  const auto error = std::make_exception_ptr(std::out_of_range("2"));
  std::vector<Ref<Task>> tasks;
  for (const int i : {1, 2, 3})
    tasks.push_back(create_task(loop, work(out, std::to_string(i), i, i == 2 ? error : nullptr)));
  const WaitResult waited = co_await wait(tasks, {.return_when = ReturnWhen::first_exception});
  out.print(waited.done.size(), waited.pending.size());
  co_await wait(tasks);
  try {
    std::rethrow_exception(tasks[1]->exception());
  } catch (const std::out_of_range& thrown) {
    out.print(thrown.what());
  }
}

Coroutine<> cancellations(Stage& out, EventLoop& loop) {
  Typed<std::string, Task> task = create_task(loop, survives(out));
  co_await sleep(0.1);
  task->cancel();
  out.print(co_await task);
  task = create_task(loop, work(out, "shared", 1));
  co_await gather(loop, waits_for(out, 1, task), waits_for(out, 2, task), waits_for(out, 3, task));
  const Typed<std::string, Task> inner = create_task(loop, work(out, "s", 2));
  const Ref<Task> parent = create_task(loop, shields(out, inner));
  co_await sleep(0.5);
  parent->cancel("bye");
  try {
    co_await parent;
  } catch (const CoreError& error) {
    out.print("par", "('" + error.message() + "',)");
  }
  out.print(co_await inner);
}

Coroutine<> is_notified(Stage& out, int n, Ref<Condition> condition) {
  co_await condition->acquire();
  const AtExit release([&] { condition->release(); });
  try {
    co_await condition->wait();
    out.print("notified", n);
  } catch (const CoreError&) {
    out.print("cw cancelled", n, condition->locked());
    throw;
  }
}

Coroutine<> notify(Ref<Condition> condition, std::int64_t count) {
  co_await condition->acquire();
  condition->notify(count);
  condition->release();
}

Coroutine<> cancelled_waiter(Stage& out, EventLoop& loop) {
  const Ref<Condition> condition = make_ref<Condition>(loop.tracer());
  std::vector<Ref<Task>> tasks;
  for (int i = 0; i < 3; ++i) tasks.push_back(create_task(loop, is_notified(out, i, condition)));
  for (int i = 0; i < 3; ++i) co_await sleep(0);
  tasks[0]->cancel();
  co_await notify(condition, 1);
  co_await sleep(0.1);
  co_await notify(condition, 3);
  const AnyValue ends = co_await gather(loop, tasks, {.return_exceptions = true});
  std::vector<AnyValue> returned;
  for (const AnyValue& end : ends.as<std::vector<AnyValue>>()) returned.emplace_back(end.empty());
  out.print(returned);
}

Coroutine<> passes(Stage& out, Ref<Barrier> barrier) {
  try {
    co_await barrier->wait();
    out.print("passed");
  } catch (const CoreError&) {
    out.print("broken");
  }
}

Coroutine<> gets(Stage& out, int n, Ref<Queue> queue) {
  const AnyValue item = co_await queue->get();
  out.print("get", n, item);
  queue->task_done();
}

Coroutine<> barrier_and_queue(Stage& out, EventLoop& loop) {
  const Ref<Barrier> barrier = make_ref<Barrier>(loop.tracer(), 2);
  const Ref<Task> first = create_task(loop, passes(out, barrier));
  co_await sleep(0);
  co_await barrier->reset();
  co_await first;
  co_await gather(loop, passes(out, barrier), passes(out, barrier));
  out.print(barrier->n_waiting(), barrier->broken());
  const Ref<Queue> queue = make_ref<Queue>(loop.tracer(), 1);
  std::vector<Ref<Task>> tasks;
  for (int i = 0; i < 3; ++i) tasks.push_back(create_task(loop, gets(out, i, queue)));
  co_await sleep(0);
  tasks[0]->cancel();
  for (const std::string item : {"a", "b"}) co_await queue->put(item);
  co_await queue->join();
  out.print(queue->qsize(), tasks[0]->cancelled());
  try {
    queue->task_done();
  } catch (const CoreError& error) {
    out.print(error.message());
  }
}

}  // namespace

Coroutine<> scopes(Stage& out) {
  EventLoop& loop = (co_await ThisStep{}).loop;
  co_await groups_and_waits(out, loop);
  co_await cancellations(out, loop);
  co_await cancelled_waiter(out, loop);
  co_await barrier_and_queue(out, loop);
}

}  // namespace loopscope::test
