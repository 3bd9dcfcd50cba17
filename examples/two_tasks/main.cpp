// Two tasks on one loop. Prints what they return, and writes a trace that `loopscope two_tasks.trace.jsonl`
// opens.
#include <core/asyncio.h>
#include <fstream>
#include <iostream>
#include <traces/formats/jsonl.h>

using namespace loopscope;

Coroutine<std::string> fetch(std::string name, double delay) {
  co_await sleep(delay);
  co_return name + " is here";
}

Coroutine<> talk(EventLoop& loop) {
  std::vector<Ref<Future>> fetching;
  fetching.push_back(create_task(loop, fetch("A", 2).named("fetch", "'A', 2")));
  fetching.push_back(create_task(loop, fetch("B", 1).named("fetch", "'B', 1")));
  co_await gather(loop, fetching);
  for (const Ref<Future>& one : fetching) std::cout << one->result().repr() << '\n';
  try {
    co_await wait_for(fetch("C", 5), 0.5);
  } catch (const CoreError& error) {
    if (error.type() != CoreError::Type::TimeoutError) throw;
    std::cout << "C is late at " << loop.time() << " s\n";
  }
}

Coroutine<> program() {
  const StepContext here = co_await ThisStep{};
  co_await talk(here.loop);
}

int main(int argc, char** argv) {
  std::ofstream file(argc > 1 ? argv[1] : "two_tasks.trace.jsonl");
  traces::JsonlWriter writer(
      {.producer = "two_tasks", .title = "Two tasks, in C++"}, [&](std::string_view bytes) {
        return static_cast<bool>(file.write(bytes.data(), static_cast<std::streamsize>(bytes.size())));
      });
  Tracer tracer(&writer);
  Budget budget;
  VirtualWorld world(tracer, budget);  // time jumps to what happens next; threads and sockets are simulated
  AsyncioModel model;
  run(world.world(), tracer, budget, model, {}, program());  // asyncio.run
  world.end();
  writer.flush();
  return writer.ok() ? 0 : 1;
}
