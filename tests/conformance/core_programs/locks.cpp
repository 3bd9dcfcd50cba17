#include "tests/conformance/core_programs/stage.h"

namespace loopscope::test {
namespace {

using Futures = std::vector<Ref<Future>>;

/// Calls, and prints the text of the core's error.
template <class Call>
void print_error(Stage& out, Call call) {
  try {
    call();
  } catch (const CoreError& error) {
    out.print(error.message());
  }
}

Coroutine<> hold(Stage& out, int n, Ref<Lock> lock) {
  co_await lock->acquire();
  const AtExit release([&] { lock->release(); });
  out.print("in", n);
  co_await sleep(0.5);
  out.print("out", n);
}

Coroutine<> pass(Stage& out, int n, Ref<Semaphore> semaphore) {
  co_await semaphore->acquire();
  out.print("sem", n);
  co_await sleep(1);
  semaphore->release();
}

Coroutine<> await_count(Stage& out, int n, Ref<Condition> condition, int& count) {
  co_await condition->acquire();
  co_await condition->wait_for([&] { return count >= n; });
  out.print("saw", n, count);
  condition->release();
}

Coroutine<> arrive(Stage& out, int n, Ref<Barrier> barrier) {
  co_await sleep(n * 0.1);
  const std::int64_t order = co_await barrier->wait();
  out.print("party", n, order);
}

Coroutine<> await_event(Stage& out, int n, Ref<Event> event) {
  co_await event->wait();
  out.print("event", n);
}

Coroutine<> lock_and_semaphore(Stage& out, EventLoop& loop) {
  const Ref<Lock> lock = make_ref<Lock>(loop.tracer());
  Futures tasks;
  for (int i = 0; i < 3; ++i) tasks.push_back(create_task(loop, hold(out, i, lock)));
  co_await sleep(0.1);
  tasks[1]->cancel();
  const AnyValue ends = co_await gather(loop, tasks, {.return_exceptions = true});
  std::vector<std::string> types;
  for (const AnyValue& end : ends.as<std::vector<AnyValue>>())
    types.push_back(end.empty() ? "NoneType" : type_name_of(end.as<std::exception_ptr>()));
  out.print(types);
  print_error(out, [&] { lock->release(); });
  const Ref<Semaphore> semaphore = make_ref<Semaphore>(loop.tracer(), 2);
  std::vector<Coroutine<>> passing;
  for (int i = 0; i < 5; ++i) passing.push_back(pass(out, i, semaphore));
  co_await gather(loop, std::move(passing));
  print_error(out, [&] { make_ref<Semaphore>(loop.tracer(), 1, true)->release(); });
}

Coroutine<> condition_and_barrier(Stage& out, EventLoop& loop) {
  const Ref<Condition> condition = make_ref<Condition>(loop.tracer());
  int count = 0;
  Futures tasks;
  for (const int i : {2, 1, 3}) tasks.push_back(create_task(loop, await_count(out, i, condition, count)));
  for (int i = 0; i < 3; ++i) {
    co_await sleep(0.1);
    co_await condition->acquire();
    ++count;
    condition->notify_all();
    condition->release();
  }
  co_await gather(loop, tasks);
  print_error(out, [&] { condition->notify(); });
  const Ref<Barrier> barrier = make_ref<Barrier>(loop.tracer(), 3);
  std::vector<Coroutine<>> parties;
  for (int i = 0; i < 6; ++i) parties.push_back(arrive(out, i, barrier));
  co_await gather(loop, std::move(parties));
  const Ref<Task> alone = create_task(loop, arrive(out, 0, barrier));
  co_await sleep(0);
  co_await sleep(0);
  co_await barrier->abort();
  try {
    co_await alone;
  } catch (const CoreError& error) {
    out.print(error.type_name(), error.message());
  }
}

Coroutine<> event_and_queues(Stage& out, EventLoop& loop) {
  const Ref<Event> event = make_ref<Event>(loop.tracer());
  Futures tasks;
  for (int i = 0; i < 3; ++i) tasks.push_back(create_task(loop, await_event(out, i, event)));
  co_await sleep(1);
  event->set();
  event->clear();
  co_await gather(loop, tasks);
  const auto less = [](const AnyValue& a, const AnyValue& b) { return a.as<int>() < b.as<int>(); };
  const Ref<Queue> priority = make_ref<Queue>(loop.tracer(), 0, Queue::Order::priority, less);
  const Ref<Queue> lifo = make_ref<Queue>(loop.tracer(), 2, Queue::Order::lifo);
  for (const int x : {3, 1, 2}) priority->put_nowait(x);
  std::vector<int> items;
  for (int i = 0; i < 3; ++i) items.push_back(priority->get_nowait().as<int>());
  out.print(items);
  lifo->put_nowait(1);
  lifo->put_nowait(2);
  try {
    lifo->put_nowait(3);
  } catch (const CoreError&) {
    out.print("full");
  }
  const AnyValue last = co_await lifo->get(), first = co_await lifo->get();
  out.print(last, first);
  try {
    lifo->get_nowait();
  } catch (const CoreError&) {
    out.print("empty");
  }
}

}  // namespace

Coroutine<> locks(Stage& out) {
  EventLoop& loop = (co_await ThisStep{}).loop;
  co_await lock_and_semaphore(out, loop);
  co_await condition_and_barrier(out, loop);
  co_await event_and_queues(out, loop);
}

}  // namespace loopscope::test
