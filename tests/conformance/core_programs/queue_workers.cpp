#include "tests/conformance/core_programs/stage.h"

namespace loopscope::test {
namespace {

Coroutine<> producer(Stage& out, Ref<Queue> queue, int n) {
  for (int i = 0; i < n; ++i) {
    co_await queue->put(i);
    out.print("put", i);
    if (i % 3 == 0) co_await sleep(0.1);
  }
}
Coroutine<> consumer(Stage& out, std::string name, Ref<Queue> queue) {
  try {
    while (true) {
      const int item = (co_await queue->get()).as<int>();
      out.print(name, "got", item);
      co_await sleep(0.05 * (item % 4));
      queue->task_done();
    }
  } catch (const CoreError& error) {
    if (error.type() != CoreError::Type::CancelledError) throw;
    out.print(name, "cancelled");
    throw;
  }
}

}  // namespace

Coroutine<> queue_workers(Stage& out) {
  EventLoop& loop = (co_await ThisStep{}).loop;
  const Ref<Queue> queue = make_ref<Queue>(loop.tracer(), 3);
  std::vector<Ref<Future>> consumers, producers;
  for (int i = 0; i < 3; ++i)
    consumers.push_back(create_task(loop, consumer(out, "c" + std::to_string(i), queue)));
  for (int i = 0; i < 2; ++i) producers.push_back(create_task(loop, producer(out, queue, 7)));
  co_await gather(loop, producers);
  out.print("produced");
  co_await queue->join();
  for (const Ref<Future>& one : consumers) one->cancel();
  const AnyValue ends = co_await gather(loop, consumers, {.return_exceptions = true});
  std::vector<std::string> types;
  for (const AnyValue& end : ends.as<std::vector<AnyValue>>())
    types.push_back(type_name_of(end.as<std::exception_ptr>()));
  out.print(types);
}

}  // namespace loopscope::test
