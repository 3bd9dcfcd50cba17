#include "tests/conformance/core_programs/stage.h"

namespace loopscope::test {
namespace {

Coroutine<int> fetch(Stage& out, int n, double d) {
  out.print("begin", n);
  co_await sleep(d);
  out.print("end", n);
  co_return n * 2;
}
Coroutine<std::string> name(double d) {
  co_await sleep(d);
  co_return "name";
}
Coroutine<> none() { co_await sleep(0); }

Coroutine<> gathers_and_tasks(Stage& out, EventLoop& loop) {
  const auto [a, b, c] = co_await gather(loop, fetch(out, 1, 2), name(1), none());
  out.print(a, b, c == std::monostate());
  std::vector<Coroutine<int>> five;
  for (int i = 0; i < 5; ++i) five.push_back(fetch(out, i, 5 - i));
  int sum = 0;
  for (int n : co_await gather(loop, std::move(five))) sum += n;
  out.print(sum);
  auto t = create_task(loop, fetch(out, 10, 1));
  out.print(co_await t + 1);
  t = create_task(loop, fetch(out, 11, 3));
  try {
    co_await wait_for(shield(t), 1);
  } catch (const CoreError&) {
    out.print("shielded");
  }
  out.print(co_await t);
}

Coroutine<> groups_and_waits(Stage& out, EventLoop& loop) {
  Typed<int, Task> x;
  Typed<std::string, Task> y;
  co_await task_group([&](TaskGroup& g) -> Coroutine<> {
    x = g.create_task(fetch(out, 20, 1));
    y = g.create_task(name(2));
    co_return;
  });
  out.print(x->result().as<int>(), y->result().as<std::string>());
  try {
    out.print(co_await timeout(1, fetch(out, 30, 5)));
  } catch (const CoreError&) {
    out.print("late");
  }
  co_await timeout(9, [&out](Timeout&) -> Coroutine<> { out.print(co_await fetch(out, 31, 5)); });
  std::vector<Typed<int, Task>> ts;
  for (int i : {0, 1, 2}) ts.push_back(create_task(loop, fetch(out, i, 3 - i)));
  auto all = as_completed(loop, ts);
  for (std::size_t i = 0; i < all->count(); ++i) out.print((co_await all->next()).as<int>());
  ts.clear();
  for (int i : {1, 2}) ts.push_back(create_task(loop, fetch(out, i, i)));
  auto r = co_await wait(ts, {.timeout = 1.5});
  out.print(r.done.size(), r.pending.size());
  for (auto& p : r.pending) p->cancel();
  co_await wait(r.pending);
}

}  // namespace

Coroutine<> typed(Stage& out) {
  EventLoop& loop = (co_await ThisStep{}).loop;
  co_await gathers_and_tasks(out, loop);
  co_await groups_and_waits(out, loop);
}

}  // namespace loopscope::test
