#include "tests/conformance/core_programs/stage.h"

namespace loopscope::test {
namespace {

Coroutine<std::string> tick(Stage& out, std::string name, double delay) {
  for (int i = 0; i < 3; ++i) {
    co_await sleep(delay);
    out.print(name, i, out.world().threads.current().name);
  }
  co_return name;
}

Coroutine<std::string> other_main(Stage& out, EventLoop*& other_loop) {
  EventLoop& loop = (co_await ThisStep{}).loop;
  other_loop = &loop;
  const auto [x, y] = co_await gather(loop, tick(out, "x", 0.3), tick(out, "y", 0.5));
  out.print(std::vector{x, y});
  co_await sleep(1);
  co_return "over";
}

}  // namespace

Coroutine<> two_loops(Stage& out) {
  EventLoop& loop = (co_await ThisStep{}).loop;
  EventLoop* other_loop = nullptr;
  AsyncioModel model;
  const Ref<threading::Thread> thread = make_ref<threading::Thread>(
      out.world(), out.tracer(), threading::ThreadOptions{.name = "other"}, [&out, &model, &other_loop] {
        out.print(run(out.world(), out.tracer(), out.budget(), model, {}, other_main(out, other_loop)));
      });
  thread->start();
  co_await tick(out, "main", 0.4);
  const Ref<concurrent::Future> guest = run_coroutine_threadsafe(*other_loop, tick(out, "guest", 0.1));
  out.print(co_await wrap_future(loop, guest));
  other_loop->call_soon_threadsafe(
      [&out] { out.print("hello from main", out.world().threads.current().name); }, "hello");
  co_await to_thread([&thread] { thread->join(); });
  out.print("joined");
}

}  // namespace loopscope::test
