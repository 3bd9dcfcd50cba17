#include <cmath>

#include "tests/conformance/core_programs/stage.h"

namespace loopscope::test {
namespace {

double rounded(double seconds) { return std::round(seconds * 1000) / 1000; }

Coroutine<> slow(Stage& out) {
  try {
    co_await sleep(50);
  } catch (const CoreError&) {
    out.print("slow cancelled");
    throw;
  }
}

Ref<threading::Thread> start_thread(Stage& out, std::string target, std::function<void()> body) {
  const Ref<threading::Thread> thread = make_ref<threading::Thread>(
      out.world(), out.tracer(), threading::ThreadOptions{.target_name = std::move(target)}, std::move(body));
  thread->start();
  return thread;
}

void produce(Stage& out, threading::Queue& queue) {
  for (int i = 0; i < 5; ++i) {
    queue.put(i);
    out.print("put", i);
  }
  queue.put({});
}

void consume(Stage& out, threading::Queue& queue, EventLoop& loop, const Ref<Queue>& results) {
  threading::Lock lock(out.world());
  for (AnyValue item; !(item = queue.get()).empty();) {
    lock.acquire();
    out.world().threads.sleep(0.2);
    lock.release();
    const int n = item.as<int>();
    loop.call_soon_threadsafe([results, n] { results->put_nowait(n * n); }, "put_nowait");
  }
  loop.call_soon_threadsafe([results] { results->put_nowait({}); }, "put_nowait");
}

Coroutine<> pipeline(Stage& out, EventLoop& loop) {
  const Ref<threading::Queue> queue = make_ref<threading::Queue>(out.world(), 2);
  const Ref<Queue> results = make_ref<Queue>(loop.tracer());
  start_thread(out, "producer", [&out, queue] { produce(out, *queue); });
  start_thread(out, "consumer", [&out, &loop, queue, results] { consume(out, *queue, loop, results); });
  for (AnyValue x; !(x = co_await results->get()).empty();) out.print("got", x, rounded(loop.time()));
}

void cancel_from_a_thread(Stage& out, EventLoop& loop) {
  const Ref<concurrent::Future> future = run_coroutine_threadsafe(loop, slow(out));
  out.world().threads.sleep(0.5);
  out.print("cancel", future->cancel());
  try {
    future->result();
  } catch (const concurrent::FutureError&) {
    out.print("cancelled");
  }
}

Coroutine<> pool_of_two(Stage& out, EventLoop& loop) {
  const Ref<concurrent::Executor> pool =
      concurrent::make_thread_pool(out.world(), out.tracer(), {.max_workers = 2});
  const auto job = [&out] { out.world().threads.sleep(0.3); };
  std::vector<Ref<Future>> jobs;
  for (int i = 0; i < 3; ++i) jobs.push_back(run_in_executor(loop, pool, job));
  co_await wait(jobs, {.return_when = ReturnWhen::first_completed});
  out.print("first", rounded(loop.time()));
  co_await gather(loop, jobs);
  pool->shutdown();
  out.print("all", rounded(loop.time()));
  try {
    run_in_executor(loop, pool, job);
  } catch (const CoreError& error) {
    out.print(error.message());
  }
}

}  // namespace

Coroutine<> threads(Stage& out) {
  EventLoop& loop = (co_await ThisStep{}).loop;
  co_await pipeline(out, loop);
  co_await to_thread([&] { cancel_from_a_thread(out, loop); });
  co_await sleep(0.1);
  co_await pool_of_two(out, loop);
}

}  // namespace loopscope::test
