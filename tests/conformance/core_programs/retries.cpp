#include <map>
#include <stdexcept>

#include "tests/conformance/core_programs/stage.h"

namespace loopscope::test {
namespace {

struct Retry : std::runtime_error {
  explicit Retry(int n) : std::runtime_error(std::to_string(n)) {}
};
using Attempts = std::map<int, int>;

Coroutine<int> call(int n, Attempts& attempts) {
  ++attempts[n];
  co_await sleep(0.1 * n);
  if (attempts[n] < n % 3 + 1) throw Retry(n);
  co_return n* n;
}
Coroutine<int> with_retry(Stage& out, int n, Ref<Semaphore> sem, Attempts& attempts) {
  co_await sem->acquire();
  const AtExit release([&] { sem->release(); });
  for (int i = 0; i < 4; ++i) {
    bool again = false;
    try {
      co_return co_await timeout(0.35, call(n, attempts));
    } catch (const Retry&) {
      out.print("retry", n, i);
      again = true;
    } catch (const CoreError& e) {
      if (e.type() != CoreError::Type::TimeoutError) throw;
      out.print("timeout", n);
      co_return -1;
    }
    if (again) co_await sleep(0.2 * (1 << i));
  }
  co_return -2;
}
Coroutine<> ticker(Stage& out, Ref<Event> stop) {
  int n = 0;
  while (!stop->is_set()) {
    ++n;
    try {
      co_await wait_for(stop->wait(), 0.5);
    } catch (const CoreError& e) {
      if (e.type() != CoreError::Type::TimeoutError) throw;
      out.print("tick", n);
    }
  }
  out.print("ticker ends");
}
/// Pairs of worker and item.
using Results = std::vector<AnyValue>;

Coroutine<> worker(int n, Ref<Queue> q, Results& results) {
  while (true) {
    const int item = (co_await q->get()).as<int>();
    const AtExit done([&] { q->task_done(); });
    co_await sleep(0.01 * item);
    results.emplace_back(std::vector<AnyValue>{n, item});
  }
}

}  // namespace

Coroutine<> retries(Stage& out) {
  EventLoop& loop = (co_await ThisStep{}).loop;
  auto sem = make_ref<Semaphore>(loop.tracer(), 2);
  auto stop = make_ref<Event>(loop.tracer());
  auto t = create_task(loop, ticker(out, stop));
  Attempts attempts;
  std::vector<Coroutine<int>> calls;
  for (int i = 0; i < 6; ++i) calls.push_back(with_retry(out, i, sem, attempts));
  out.print(co_await gather(loop, std::move(calls)));
  stop->set();
  co_await t;
  auto q = make_ref<Queue>(loop.tracer(), 0, Queue::Order::priority,
                           [](const AnyValue& a, const AnyValue& b) { return a.as<int>() < b.as<int>(); });
  Results results;
  co_await task_group([&](TaskGroup& g) -> Coroutine<> {
    std::vector<Ref<Task>> ws;
    for (int i = 0; i < 3; ++i) ws.push_back(g.create_task(worker(i, q, results)));
    for (int x : {5, 3, 9, 1, 7}) q->put_nowait(x);
    co_await q->join();
    for (auto& w : ws) w->cancel();
  });
  out.print(results);
}

}  // namespace loopscope::test
